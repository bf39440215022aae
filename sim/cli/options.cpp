#include "sim/cli/options.hpp"

#include <algorithm>
#include <boost/program_options.hpp>
#include <charconv>
#include <limits>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/reader/document.hpp"

namespace fleetrace::cli {
namespace {

namespace po = boost::program_options;

constexpr int kStyle = po::command_line_style::allow_long | po::command_line_style::long_allow_next |
                       po::command_line_style::long_allow_adjacent;

std::string quote(std::string_view text) { return '"' + core::printable(text) + '"'; }

[[noreturn]] void refuse_unknown(std::span<const Option> known, const std::string& given) {
  std::vector<std::string> dashed{"--help"};
  for (const Option& option : known) dashed.push_back("--" + std::string(option.name));
  throw UsageError("there is no option " + quote(given) + ". " + core::suggest(given, {dashed.begin(), dashed.end()}));
}

po::options_description description_of(std::span<const Option> known) {
  po::options_description description;
  for (const Option& option : known) {
    const std::string name(option.name);
    if (option.argument.empty()) {
      description.add_options()(name.c_str(), "");
    } else {
      description.add_options()(name.c_str(), po::value<std::string>());
    }
  }
  return description;
}

const Option* find(std::span<const Option> known, std::string_view name) {
  const auto found = std::find_if(known.begin(), known.end(), [name](const Option& each) { return each.name == name; });
  return found == known.end() ? nullptr : &*found;
}

po::parsed_options parse(std::span<const Option> known, const std::vector<std::string>& arguments) {
  const po::options_description description = description_of(known);
  try {
    return po::command_line_parser(arguments).options(description).style(kStyle).run();
  } catch (const po::unknown_option& error) {
    refuse_unknown(known, error.get_option_name());
  } catch (const po::error_with_option_name& error) {
    const std::string name = error.get_option_name();
    const Option* option = find(known, std::string_view(name).substr(std::min<std::size_t>(2, name.size())));
    if (option == nullptr) throw UsageError(core::printable(error.what()));
    if (option->argument.empty()) throw UsageError(name + " takes no value.");
    throw UsageError(name + " needs a value: " + name + ' ' + std::string(option->argument) + '.');
  }
}

}  // namespace

std::string help_text(const Option& option) {
  std::string text(option.help);
  if (const std::string notes = option.notes == nullptr ? "" : option.notes(); !notes.empty()) text += ' ' + notes;
  const std::size_t place = text.find("{}");
  if (place == std::string::npos || option.values == nullptr) return text;
  const std::vector<std::string_view> words = option.values();
  std::string listed;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool is_last = i + 1 == words.size();
    listed += (i == 0 ? "" : is_last ? " or " : ", ") + std::string(words[i]);
  }
  return text.replace(place, 2, listed);
}

std::vector<std::string_view> whens() { return {"auto", "always", "never"}; }

const Option* Options::known(std::string_view name) const { return find(known_, name); }

const std::vector<std::string>& Options::all(std::string_view name) const {
  static const std::vector<std::string> kNone;
  const auto found = given_.find(name);
  return found == given_.end() ? kNone : found->second;
}

std::string Options::text(std::string_view name, std::string_view otherwise) const {
  const std::vector<std::string>& values = all(name);
  return values.empty() ? std::string(otherwise) : values.front();
}

Options parse_options(std::span<const Option> known, const std::vector<std::string>& arguments) {
  Options options;
  options.known_ = known;
  const auto end_of_options = std::find(arguments.begin(), arguments.end(), "--");
  for (const po::option& each : parse(known, arguments).options) {
    if (each.string_key.empty()) {
      for (const std::string& operand : each.value) {
        const bool dashed = operand.size() > 1 && operand.front() == '-';
        if (dashed && std::find(arguments.begin(), end_of_options, operand) != end_of_options)
          refuse_unknown(known, operand);
        options.operands_.push_back(operand);
      }
      continue;
    }
    const auto [place, first] = options.given_.try_emplace(each.string_key);
    if (!first && !find(known, each.string_key)->repeatable)
      throw UsageError("--" + each.string_key + " is given twice.");
    place->second.insert(place->second.end(), each.value.begin(), each.value.end());
  }
  return options;
}

const std::string& only_operand(const Options& options, std::string_view what) {
  const std::vector<std::string>& operands = options.operands();
  if (operands.empty()) throw UsageError(std::string(what) + " is missing.");
  if (operands.size() > 1) {
    throw UsageError("one " + std::string(what) + " at a time: " + quote(operands[1]) + " is one too many.");
  }
  return operands.front();
}

std::string choice(const Options& options, std::string_view name, std::string_view otherwise) {
  const Option* option = options.known(name);
  if (option == nullptr) return std::string(otherwise);
  const std::vector<std::string_view> values = option->values();
  std::string value = options.text(name, otherwise.empty() ? values.front() : otherwise);
  if (std::find(values.begin(), values.end(), value) != values.end()) return value;
  throw UsageError("there is no --" + std::string(name) + ' ' + quote(value) + ". " + core::suggest(value, values));
}

namespace {

std::uint32_t whole_number(const Options& options, std::string_view name, std::string_view otherwise,
                           std::string_view kind) {
  const std::string text = options.text(name, otherwise);
  std::uint32_t value = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (error == std::errc{} && rest == end) return value;
  throw UsageError("--" + std::string(name) + ' ' + quote(text) + " is no " + std::string(name) + ". " +
                   std::string(kind) + " are the whole numbers from 0 to " +
                   std::to_string(std::numeric_limits<std::uint32_t>::max()) + '.');
}

}  // namespace

std::uint32_t seed(const Options& options) { return whole_number(options, "seed", "1", "Seeds"); }

std::uint32_t replication(const Options& options) { return whole_number(options, "replication", "0", "Replications"); }

std::vector<reader::Override> set_overrides(const Options& options) {
  std::vector<reader::Override> result;
  for (const std::string& change : options.all("set")) {
    std::optional<reader::Override> read = reader::parse_override(change);
    if (!read) {
      throw UsageError("--set " + quote(change) +
                       " is no change. Write path=value, such as strategies.turtle.budget=\"3e9 USD\".");
    }
    result.push_back(*std::move(read));
  }
  return result;
}

std::vector<reader::Override> from_override(const Options& options) {
  if (!options.has("from")) return {};
  return {{.path = "horizon.from", .text = options.text("from", ""), .option = "--from"}};
}

std::vector<reader::Override> overrides(const Options& options) {
  std::vector<reader::Override> all = from_override(options);
  for (reader::Override& each : set_overrides(options)) all.push_back(std::move(each));
  return all;
}

reader::Source source_of(const Options& options, const std::string& file_or_name) {
  reader::Source source = reader::read_source(file_or_name);
  if (options.has("no-files")) source.reads_files = false;
  return source;
}

scenario::Scenario load_scenario(const Options& options, const std::string& file_or_name) {
  const std::vector<reader::Override> changes = overrides(options);
  return reader::Document(source_of(options, file_or_name)).load(changes);
}

}  // namespace fleetrace::cli
