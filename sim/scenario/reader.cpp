#include "reader.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "csv.hpp"
#include "findings.hpp"
#include "fleetrace/core/read_value.hpp"
#include "fleetrace/core/uncertain.hpp"
#include "fleetrace/fleet/scenario.hpp"
#include "fleetrace/models/purchase.hpp"
#include "scalars.hpp"

namespace fleetrace::scenario {
namespace {

using core::Diagnostics;
using core::Entry;
using core::Family;
using core::Parameter;
using core::Shape;
using core::Spec;
using core::Value;

/// Gives defaults the place of the section that leaves them out, so that messages about them lead somewhere.
void place_presets(Spec& spec, const core::Location& where) {
  spec.where = where;
  for (Value& value : spec.values) {
    value.where = where;
    auto* sections = std::get_if<std::vector<Spec>>(&value.data);
    if (sections == nullptr) continue;
    for (Spec& section : *sections) place_presets(section, where);
  }
}

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

/// Reads one scenario. Methods add a finding and return something harmless where a node does not fit: a section whose
/// model is unknown has no entry, and nobody looks at what was read once anything was found.
class Reader {
 public:
  explicit Reader(Diagnostics& diagnostics) : findings_(diagnostics) {}

  Spec scenario(const Node& node) {
    const Entry& entry = fleet::scenario_entry();
    const Entry* const entries[] = {&entry};
    const Family family{.name = "scenario", .summary = {}, .selector = {}, .entries = entries, .preset = {}};
    // Changes of strategies refer to the rest, wherever that stands in the file.
    Node ordered = node;
    std::stable_partition(ordered.members.begin(), ordered.members.end(),
                          [](const Member& member) { return member.key != "strategies"; });
    return members(ordered, entry, family, "", nullptr);
  }

  Spec section(const Node& node, const Family& family, const std::string& path, const Spec* base) {
    if (family.selector.empty()) return members(node, *family.entries.front(), family, path, base);
    if (node.kind == Node::Kind::scalar) {
      Node empty;
      empty.kind = Node::Kind::mapping;
      empty.where = node.where;
      return section_of(named_entry(node.scalar, node.where, family, path), empty, family, path, base);
    }
    if (node.kind != Node::Kind::mapping) {
      findings_.wrong_kind(node, path, "a section");
      return {};
    }
    if (const Node* selected = node.find(family.selector)) {
      const std::string here = child(path, family.selector);
      if (selected->kind == Node::Kind::scalar) {
        return section_of(named_entry(selected->scalar, selected->where, family, here), node, family, path, base);
      }
      findings_.wrong_kind(*selected, here, "a name");
      return {};
    }
    // {best_run: {length: 6 months}} is short for {model: best_run, length: 6 months}.
    if (node.members.size() == 1 && node.members.front().value.kind == Node::Kind::mapping) {
      const Member& only = node.members.front();
      if (const Entry* entry = family.find(only.key)) {
        Family chosen = family;
        chosen.selector = {};
        return members(only.value, *entry, chosen, child(path, only.key), base);
      }
    }
    if (base != nullptr) return section_of(base->entry, node, family, path, base);
    if (const Entry* preset = family.find(family.preset)) return members(node, *preset, family, path, base);
    findings_.add(node.where, child(path, family.selector),
                  {"it is missing", "it says which " + std::string(family.name) + " model is meant",
                   core::suggest({}, entry_names(family))});
    return {};
  }

 private:
  /// `entry` may be nullptr: then what is wrong has been said.
  Spec section_of(const Entry* entry, const Node& node, const Family& family, const std::string& path,
                  const Spec* base) {
    return entry == nullptr ? Spec{} : members(node, *entry, family, path, base);
  }

  const Entry* named_entry(const std::string& name, const core::Location& where, const Family& family,
                           const std::string& path) {
    const Entry* entry = family.find(name);
    if (entry == nullptr) {
      findings_.add(where, path,
                    {"there is no " + std::string(family.name) + " model \"" + name + '"', "unknown name",
                     core::suggest(name, entry_names(family))});
    }
    return entry;
  }

  Spec members(const Node& node, const Entry& entry, const Family& family, const std::string& path, const Spec* base) {
    const bool is_change = base != nullptr && base->entry == &entry;
    Spec spec = core::preset_spec(entry);
    if (is_change) spec.values.assign(spec.values.size(), Value{});
    place_presets(spec, node.where);
    if (node.kind != Node::Kind::mapping) {
      findings_.wrong_kind(node, path, "a section");
      return spec;
    }
    if (path.empty()) root_ = &spec;
    std::vector<bool> seen(entry.parameters.size());
    std::vector<bool> misspelt(entry.parameters.size());
    for (const Member& member : node.members) {
      if (member.key == family.selector) continue;
      const std::string here = child(path, member.key);
      const Parameter* parameter = entry.find(member.key);
      if (parameter == nullptr) {
        findings_.add(member.where, here,
                      {"there is no such key", "it would be ignored", suggest_key(member.key, entry, family)});
        if (const Parameter* meant = meant_parameter(member.key, entry)) misspelt[index_of(*meant, entry)] = true;
        continue;
      }
      const std::size_t index = index_of(*parameter, entry);
      if (seen[index]) {
        const core::GrowthKeys keys = core::growth_keys(*parameter);
        findings_.add(
            member.where, here,
            {"both " + keys.doubling + " and " + keys.rate + " are given", "they say the same thing", "Keep one."});
        continue;
      }
      seen[index] = true;
      spec.values[index] = value(member.value, *parameter, member.key, here,
                                 is_change ? &base->values[index] : nullptr);
    }
    for (std::size_t i = 0; i < entry.parameters.size(); ++i) {
      const Parameter& parameter = entry.parameters[i];
      if (seen[i] || misspelt[i] || is_change || !parameter.required) continue;
      findings_.add(node.where, child(path, parameter.name), {"it is missing", std::string(parameter.summary), ""});
    }
    return spec;
  }

  static std::size_t index_of(const Parameter& parameter, const Entry& entry) {
    return static_cast<std::size_t>(&parameter - entry.parameters.data());
  }

  Value value(const Node& node, const Parameter& parameter, const std::string& key, const std::string& path,
              const Value* base) {
    Value result;
    if (node.kind == Node::Kind::null) {
      findings_.wrong_kind(node, path, {});
      if (parameter.shape == Shape::section) result.data = std::vector<Spec>(1);
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
      case Shape::texts: result = read_elements(node, parameter, key, path, findings_); break;
      default:
        if (parameter.sourced) {
          result = read_sourced(node, parameter, path, findings_);
        } else if (node.kind == Node::Kind::mapping && core::may_be_uncertain(parameter)) {
          result = uncertain(node, parameter, key, path);
        } else {
          result = read_scalar(node, parameter, key, path, findings_);
        }
        break;
    }
    result.where = node.where;
    return result;
  }

  /// A distribution: {lognormal: {median: 2 yr, sigma: 0.3}}.
  Value uncertain(const Node& node, const Parameter& parameter, const std::string& key, const std::string& path) {
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
    if (!fleet::may_be_uncertain(section)) {
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
    value.written = core::written_law(spec);
    value.uncertain = std::move(known);
    return value;
  }

  std::vector<Spec> list(const Node& node, const Parameter& parameter, const std::string& path) {
    if (node.kind == Node::Kind::scalar) {
      const std::optional<Node> rows = csv(node, *parameter.family, path);
      return rows ? entries(*rows, *parameter.family, path) : std::vector<Spec>{};
    }
    if (node.kind != Node::Kind::sequence) {
      findings_.wrong_kind(node, path, "a list");
      return {};
    }
    if (node.items.empty() && parameter.required) {
      findings_.add(node.where, path, {"the list is empty", "at least one is needed", ""});
    }
    return entries(node, *parameter.family, path);
  }

  /// A list of numbers, or the only column of a CSV file.
  Value numbers(const Node& node, const Parameter& parameter, const std::string& key, const std::string& path) {
    Parameter cell = parameter;
    cell.shape = Shape::quantity;
    cell.required = true;
    const bool is_file = node.kind == Node::Kind::scalar &&
                         !std::holds_alternative<Value>(core::read_value(cell, key, node.scalar, node.quoted));
    if (!is_file) return read_elements(node, parameter, key, path, findings_);
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
    return read_elements(elements, parameter, key, path, findings_);
  }

  std::vector<Spec> entries(const Node& node, const Family& family, const std::string& path) {
    std::vector<Spec> specs;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      specs.push_back(section(node.items[i], family, child(path, std::to_string(i)), nullptr));
    }
    return specs;
  }

  /// Rows of the CSV file that the node names, looked for beside the scenario.
  std::optional<Node> csv(const Node& node, const Family& family, const std::string& path) {
    const std::filesystem::path beside = std::filesystem::path(node.where.file).parent_path();
    const std::string file = (beside / node.scalar).string();
    try {
      // "-" would be standard input.
      return read_csv(read_input(file == "-" ? "./-" : file), file, family, path, findings_);
    } catch (const core::InputError& error) {
      const core::Diagnostic& found = error.diagnostics().front();
      findings_.add(node.where, path,
                    {'"' + node.scalar + "\" is not a CSV file that can be read", found.problem,
                     "Write a list, or name a file beside the scenario."});
      return std::nullopt;
    }
  }

  std::vector<Spec> table(const Node& node, const Parameter& parameter, const std::string& path, const Value* base) {
    std::vector<Spec> specs;
    if (node.kind != Node::Kind::mapping) {
      findings_.wrong_kind(node, path, "a table");
      return specs;
    }
    if (node.members.empty() && parameter.required) {
      findings_.add(node.where, path, {"it is empty", "at least one is needed", ""});
    }
    for (const Member& member : node.members) {
      const Family& family = *parameter.family;
      if (family.selector.empty() && member.value.kind == Node::Kind::scalar &&
          family.entries.front()->find(member.key)) {
        findings_.add(member.where, path,
                      {'"' + member.key + "\" stands where a name should",
                       "there may be more than one " + std::string(family.name),
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

  /// A strategy's `with`: a partial scenario over the one that was read so far.
  Spec changes(const Node& node, const std::string& path) {
    Spec partial;
    partial.entry = &fleet::scenario_entry();
    partial.values.assign(partial.entry->parameters.size(), Value{});
    partial.where = node.where;
    if (node.kind != Node::Kind::mapping) {
      findings_.wrong_kind(node, path, "a section");
      return partial;
    }
    for (const Member& member : node.members) {
      const std::string here = child(path, member.key);
      if (!fleet::may_differ_by_strategy(member.key)) {
        refuse_change(member, here, partial.entry->find(member.key) != nullptr);
        continue;
      }
      const Parameter& parameter = *partial.entry->find(member.key);
      const std::size_t index = index_of(parameter, *partial.entry);
      partial.values[index] = value(member.value, parameter, member.key, here, &root_->values[index]);
    }
    return partial;
  }

  void refuse_change(const Member& member, const std::string& path, bool is_section) {
    std::vector<std::string_view> allowed;
    for (const Parameter& each : fleet::scenario_entry().parameters) {
      if (fleet::may_differ_by_strategy(each.name)) allowed.push_back(each.name);
    }
    if (is_section) {
      const bool is_other = member.key == "strategies";
      findings_.add(member.where, path,
                    {"a strategy may not change it",
                     is_other ? "a strategy changes itself alone" : "all strategies race under the same one",
                     valid_keys(allowed)});
      return;
    }
    const Family& own = models::purchase_family();
    const bool is_own = std::any_of(own.entries.begin(), own.entries.end(),
                                    [&](const Entry* entry) { return entry->find(member.key) != nullptr; });
    std::string suggestion = valid_keys(allowed);
    if (is_own && member.key != "with") suggestion = "Write it beside \"with\", not inside it.";
    if (!core::nearest(member.key, allowed).empty()) suggestion = core::suggest(member.key, allowed);
    findings_.add(member.where, path, {"there is no such section", "it would be ignored", suggestion});
  }

  Findings findings_;
  const Spec* root_ = nullptr;  ///< the scenario that is being read
};

}  // namespace

Spec read_section(const Node& node, const Family& family, const std::string& path, const Spec* base,
                  Diagnostics& diagnostics) {
  return Reader(diagnostics).section(node, family, path, base);
}

Spec read_scenario(const Node& node, Diagnostics& diagnostics) { return Reader(diagnostics).scenario(node); }

}  // namespace fleetrace::scenario
