#include <array>
#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/output/entries.hpp"
#include "fleetrace/output/paths.hpp"
#include "verbs.hpp"

namespace fleetrace::cli {
namespace {

constexpr std::array kOptions{kFormatOption};

output::ListFormat format_of(const Options& options) {
  const std::string word = choice(options, "format");
  if (word == "json") return output::ListFormat::json;
  if (word == "csv") return output::ListFormat::csv;
  return word == "markdown" ? output::ListFormat::markdown : output::ListFormat::table;
}

std::string listed(const std::vector<std::string>& operands, output::ListFormat format) {
  if (operands.size() == 2 && operands[0] == "paths") return output::list_paths(scenario::load(operands[1]), format);
  if (operands.size() == 1 && operands[0] == "paths")
    throw UsageError("list paths needs a scenario: fleetrace list paths hare-and-turtle.");
  try {
    switch (operands.size()) {
      case 0: return output::list_families(format);
      case 1: return output::list_family(operands[0], format);
      case 2: return output::list_entry(operands[0], operands[1], format);
      default: break;
    }
  } catch (const output::UnknownEntry& error) {
    throw UsageError(error.what());
  }
  throw UsageError("list takes a family and a name: \"" + core::printable(operands[2]) + "\" is one too many.");
}

int run(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kOptions, arguments);
  streams.out << listed(options.operands(), format_of(options));
  return kDone;
}

}  // namespace

const Verb kList{
    .name = "list",
    .arguments = "[FAMILY [NAME]] [OPTION]...",
    .summary = "scenarios, accelerators, models, and the keys of a scenario file",
    .help =
        "Without operands the families; with FAMILY its entries; with NAME everything\n"
        "about one of them: keys, units, ranges, defaults and where those come from.\n"
        "Numbers that nobody read in their source are marked unverified. \"list paths\n"
        "SCENARIO\" lists what --set and --vary can change in a scenario.\n"
        "\n"
        "examples:\n"
        "  fleetrace list\n"
        "  fleetrace list accelerators\n"
        "  fleetrace list accelerators H100\n"
        "  fleetrace list purchase incremental\n"
        "  fleetrace list format --format markdown    # every key of a scenario file\n"
        "  fleetrace list paths hare-and-turtle\n",
    .run = run,
    .options = kOptions,
};

}  // namespace fleetrace::cli
