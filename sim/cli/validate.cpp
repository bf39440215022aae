#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/cli/study_options.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/cli/warnings.hpp"
#include "sim/fleet/setup.hpp"
#include "sim/output/table/text.hpp"
#include "sim/reader/document.hpp"
#include "sim/scenario/resolve/resolve.hpp"

namespace fleetrace::cli {
namespace {

constexpr Option kOptions[] = {
    {"set", "PATH=VALUE", "Change one value of the scenario before it is checked. May be repeated.", true},
    kNoFilesOption,
    {"quiet", "", "No line for scenarios that are valid."},
};

constexpr std::string_view kHelp =
    R"(Each SCENARIO is a file, - for standard input, or the name of an embedded
scenario. Everything that is wrong is reported in one go, with file, line and
column; the exit code is 3 if anything is.

examples:
  fleetrace validate my.yaml
  fleetrace validate scenarios/*.yaml
)";

int validate(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kOptions, arguments);
  if (options.operands().empty()) throw UsageError("SCENARIO is missing.");
  const std::vector<reader::Override> changes = overrides(options);
  std::vector<core::Diagnostic> wrong;
  for (const std::string& name : options.operands()) {
    try {
      const scenario::Scenario scenario = reader::Document(source_of(options, name)).load(changes);
      print_findings(scenario.warnings, streams);
      if (options.has("quiet")) continue;
      const std::vector<fleet::StrategySetup> setups = scenario::resolve(scenario);
      const fleet::Horizon& horizon = setups.front().horizon;
      streams.out << core::printable(name) << ": valid ("
                  << output::counted(static_cast<std::int64_t>(setups.size()), "strategy", "strategies") << ", "
                  << core::to_date(horizon.start) << " to " << core::to_date(horizon.end) << ")\n";
    } catch (const core::InputError& error) {
      wrong.insert(wrong.end(), error.diagnostics().begin(), error.diagnostics().end());
    }
  }
  if (!wrong.empty()) throw core::InputError(std::move(wrong));
  return kDone;
}

}  // namespace

const Verb kValidate{"validate", "SCENARIO... [OPTION]...", "check scenarios without running them", kHelp, validate,
                     kOptions};

}  // namespace fleetrace::cli
