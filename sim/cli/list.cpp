#include <array>
#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/cli/format_option.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/output/reference/entries.hpp"

namespace fleetrace::cli {
namespace {

using Operands = std::vector<std::string>;

output::Listing listed(const Operands& operands) {
  if (operands.size() == 2 && operands[0] == "paths") return output::list_paths(reader::load(operands[1]));
  if (operands.size() == 1 && operands[0] == "paths")
    throw UsageError("list paths needs a scenario: fleetrace list paths hare-and-turtle.");
  try {
    switch (operands.size()) {
      case 0: return output::list_families();
      case 1: return output::list_family(operands[0]);
      case 2: return output::list_entry(operands[0], operands[1]);
      default: break;
    }
  } catch (const output::UnknownEntry& error) {
    throw UsageError(error.what());
  }
  throw UsageError("list takes a family and a name: \"" + core::printable(operands[2]) + "\" is one too many.");
}

constexpr std::array kOptions{format_option<output::kListingFormats>()};

int run(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kOptions, arguments);
  const auto& format = chosen_format(output::kListingFormats, options, streams);
  streams.out << format.write(listed(options.operands()), {streams.width});
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
        "\"list format\" prints every key of a scenario file, \"list format SECTION\" those\n"
        "of one section and of the models in it. The sections are: horizon, money,\n"
        "accelerators, hardware, supply, progress, operations, demand, sites, rental,\n"
        "loss, finance, initial_fleet, actuals, strategies, study, cases, distribution. A\n"
        "section that is no family may stand in the place of FAMILY.\n"
        "\n"
        "examples:\n"
        "  fleetrace list\n"
        "  fleetrace list accelerators\n"
        "  fleetrace list accelerators H100\n"
        "  fleetrace list purchase incremental\n"
        "  fleetrace list operations\n"
        "  fleetrace list strategies once\n"
        "  fleetrace list format loss --format json\n"
        "  fleetrace list format --format markdown    # every key of a scenario file\n"
        "  fleetrace list paths hare-and-turtle\n",
    .run = run,
    .options = kOptions,
};

}  // namespace fleetrace::cli
