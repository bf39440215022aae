#include <algorithm>
#include <filesystem>
#include <memory>
#include <utility>

#include "sim/core/schema/read_value.hpp"
#include "sim/core/schema/uncertain.hpp"
#include "sim/reader/csv/csv.hpp"
#include "sim/reader/section_reader.hpp"
#include "sim/reader/yaml/scalars.hpp"
#include "sim/scenario/scenario.hpp"

namespace fleetrace::reader {

using core::Entry;
using core::Family;
using core::Parameter;
using core::Shape;
using core::Spec;
using core::Value;

namespace {

/// A row takes some forty times its bytes.
constexpr std::size_t kMostCsvBytes = std::size_t{4} << 20U;
/// Short rows take most: what is left out of one has its place in memory, too, some two hundred bytes.
constexpr std::size_t kMostCsvValues = 1'000'000;

const Spec* named(const Value* table, const std::string& name) {
  const auto* specs = table == nullptr ? nullptr : std::get_if<std::vector<Spec>>(&table->data);
  if (specs == nullptr) return nullptr;
  const auto found = std::find_if(specs->begin(), specs->end(), [&](const Spec& spec) { return spec.name == name; });
  return found == specs->end() ? nullptr : &*found;
}

const Spec* only_section(const Value* value) {
  const auto* specs = value == nullptr ? nullptr : std::get_if<std::vector<Spec>>(&value->data);
  return specs == nullptr || specs->empty() ? nullptr : &specs->front();
}

}  // namespace

Value SectionReader::value(const Node& node, const Parameter& parameter, const std::string& key,
                           const std::string& path, const Value* base) {
  Value result;
  result.where = node.where;
  const std::size_t before = findings_.count();
  if (node.kind == Node::Kind::null) {
    findings_.wrong_kind(node, path, {});
    if (parameter.shape == Shape::section) result.data = std::vector<Spec>(1);
    result.faulty = true;
    return result;
  }
  switch (parameter.shape) {
    case Shape::section:
      result.data = std::vector<Spec>{section(node, *parameter.family, path, only_section(base))};
      break;
    case Shape::list: result.data = list(node, parameter, path); break;
    case Shape::table: result.data = table(node, parameter, path, base); break;
    case Shape::changes: result.data = std::vector<Spec>{changes(node, path)}; break;
    case Shape::numbers: result = numbers(node, parameter, key, path); break;
    case Shape::texts: result = read_elements(node, parameter, key, path, currency_, findings_); break;
    default:
      if (parameter.sourced) {
        result = read_sourced(node, parameter, path, currency_, findings_);
      } else if (node.kind == Node::Kind::mapping && core::may_be_uncertain(parameter)) {
        result = uncertain(node, parameter, key, path);
      } else {
        result = read_scalar(node, parameter, key, path, currency_, findings_);
      }
      break;
  }
  result.where = node.where;
  // What is wrong inside sections is marked there.
  const bool holds_sections = std::holds_alternative<std::vector<Spec>>(result.data) &&
                              !std::get<std::vector<Spec>>(result.data).empty();
  result.faulty = findings_.count() > before && !holds_sections;
  return result;
}

Value SectionReader::uncertain(const Node& node, const Parameter& parameter, const std::string& key,
                               const std::string& path) {
  const Family& laws = core::distribution_family(core::uncertain_dimension(parameter, key));
  if (node.members.size() != 1) {
    findings_.add(
        node.where, path,
        {node.members.empty() ? "the section is empty" : "it is a section of several keys",
         "a single value stands here, or one distribution under the name of its law",
         "Write a value, or {lognormal: {median: ..., sigma: ...}}. " + core::suggest({}, entry_names(laws))});
    return {};
  }
  const Member& law = node.members.front();
  const Entry* entry = laws.find(law.key);
  if (entry == nullptr) {
    findings_.add(law.where, child(path, law.key),
                  {"there is no distribution \"" + law.key + '"', "a single value or a distribution stands here",
                   core::suggest(law.key, entry_names(laws))});
    return {};
  }
  const std::string section = path.substr(0, path.find('.'));
  if (!scenario::may_be_uncertain(section)) {
    findings_.add(node.where, path,
                  {"it may not be uncertain", "all replications of a study share it", "Write a single value."});
    return {};
  }
  const std::size_t before = findings_.count();
  const Spec spec = members(law.value, *entry, laws, child(path, law.key), nullptr);
  if (findings_.count() > before) return {};
  auto made = core::make_uncertain(parameter, key, spec);
  if (auto* problem = std::get_if<core::QuantityProblem>(&made)) {
    findings_.add(node.where, path, std::move(*problem));
    return {};
  }
  auto known = std::make_shared<const core::Uncertain>(std::get<core::Uncertain>(std::move(made)));
  Value value;
  value.data = known->median();
  value.source_text = core::law_source_text(spec);
  value.uncertain = std::move(known);
  return value;
}

std::vector<Spec> SectionReader::list(const Node& node, const Parameter& parameter, const std::string& path) {
  if (node.kind == Node::Kind::scalar) {
    const std::optional<Node> rows = csv(node, *parameter.family, path);
    return rows ? entries(*rows, *parameter.family, path) : std::vector<Spec>{};
  }
  if (node.kind != Node::Kind::sequence) {
    findings_.wrong_kind(node, path, "a list");
    return {};
  }
  if (node.items.empty() && parameter.required && !is_cut_) {
    findings_.add(node.where, path, {"the list is empty", "at least one is needed", ""});
  }
  return entries(node, *parameter.family, path);
}

Value SectionReader::numbers(const Node& node, const Parameter& parameter, const std::string& key,
                             const std::string& path) {
  Parameter cell = parameter;
  cell.shape = Shape::quantity;
  cell.required = true;
  const bool is_file = node.kind == Node::Kind::scalar &&
                       !std::holds_alternative<Value>(core::read_value(cell, key, node.scalar, node.quoted, currency_));
  if (!is_file) return read_elements(node, parameter, key, path, currency_, findings_);
  const Entry row{.name = "row", .summary = parameter.summary, .parameters = {cell}};
  const Entry* const rows[] = {&row};
  const std::optional<Node> read = csv(node, {.name = "row", .summary = {}, .selector = {}, .entries = rows}, path);
  if (!read) return {};
  Node elements;
  elements.kind = Node::Kind::sequence;
  elements.where = node.where;
  for (const Node& each : read->items) {
    if (const Node* element = each.find(parameter.name)) elements.items.push_back(*element);
  }
  return read_elements(elements, parameter, key, path, currency_, findings_);
}

std::vector<Spec> SectionReader::entries(const Node& node, const Family& family, const std::string& path) {
  std::vector<Spec> specs;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    specs.push_back(section(node.items[i], family, child(path, std::to_string(i)), nullptr));
  }
  return specs;
}

std::optional<Node> SectionReader::csv(const Node& node, const Family& family, const std::string& path) {
  const std::filesystem::path beside = std::filesystem::path(node.where.file.text()).parent_path();
  const std::string file = (beside / node.scalar).string();
  if (files_ == Files::none) {
    findings_.add(node.where, path,
                  {"the scenario names a file, and none is read here",
                   "text, standard input and --no-files stand for themselves alone",
                   "Write a list, or give the scenario as a file."});
    return std::nullopt;
  }
  std::string bytes;
  try {
    // "-" would be standard input.
    bytes = read_input(file == "-" ? "./-" : file);
  } catch (const core::InputError& error) {
    const core::Diagnostic& found = error.diagnostics().front();
    findings_.add(node.where, path,
                  {'"' + node.scalar + "\" is not a CSV file that can be read", found.problem,
                   "Write a list, or name a file beside the scenario."});
    return std::nullopt;
  }
  csv_bytes_ += bytes.size();
  csv_values_ += family.entries.front()->parameters.size() *
                 static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\n'));
  // What is read so far is as much as may be read at all: nothing else is looked at, so that the refusal comes soon.
  if (csv_bytes_ > kMostCsvBytes || csv_values_ > kMostCsvValues) {
    throw core::InputError(
        {{node.where, path,
          csv_bytes_ > kMostCsvBytes
              ? "the CSV files are larger than 4 MiB in all, each counted as often as it is named"
              : "the CSV files have more than a million values in all, a row counted with all that may stand in it",
          "their rows stay in memory", "Leave out rows, or name a file where all strategies have it."}});
  }
  strangers_.note(file, node.where, path, node.scalar);
  return read_csv(bytes, file, family, path, currency_, findings_);
}

std::vector<Spec> SectionReader::table(const Node& node, const Parameter& parameter, const std::string& path,
                                       const Value* base) {
  std::vector<Spec> specs;
  if (node.kind != Node::Kind::mapping) {
    findings_.wrong_kind(node, path, "a table");
    return specs;
  }
  if (node.members.empty() && parameter.required && !is_cut_) {
    findings_.add(node.where, path, {"it is empty", "at least one is needed", ""});
  }
  for (const Member& member : node.members) {
    const Family& family = *parameter.family;
    if (family.selector.empty() && member.value.kind == Node::Kind::scalar &&
        family.entries.front()->find(member.key)) {
      findings_.add(
          member.where, path,
          {'"' + member.key + "\" stands where a name should", "there may be more than one " + std::string(family.name),
           "Write {NAME: {" + member.key + ": " + member.value.scalar + "}}."});
      return specs;
    }
    findings_.check_name(member, path);
    Spec spec = section(member.value, *parameter.family, child(path, member.key), named(base, member.key));
    spec.name = member.key;
    spec.where = member.where;
    specs.push_back(std::move(spec));
  }
  return specs;
}

}  // namespace fleetrace::reader
