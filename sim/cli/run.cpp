#include <optional>
#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/cli/format_option.hpp"
#include "sim/cli/guards.hpp"
#include "sim/cli/plan_options.hpp"
#include "sim/cli/study_options.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/cli/warnings.hpp"
#include "sim/fleet/world.hpp"
#include "sim/output/folder/run_folder.hpp"
#include "sim/output/plan/plan.hpp"
#include "sim/output/run/writers.hpp"
#include "sim/scenario/resolve/resolve.hpp"

namespace fleetrace::cli {
namespace {

constexpr Option kOptions[] = {
    {"seed", "N",
     "0 to 4294967295; recorded in the results. Without chance in the scenario results do not depend on it. Default: 1."},
    {"replication", "K",
     "Run replication K, from 0 on, of the study that the seed stands for: uncertain inputs are drawn. Without it they are "
     "at their medians, and chance is that of replication 0."},
    kSetOption,
    kFromOption,
    kNoFilesOption,
    kFailIfOption,
    {"by", "PERIOD",
     "Answer by {} of the calendar: accelerators ordered, delivered, installed, waiting and in service by type, power by "
     "site, and money. Periods add up to the totals exactly.",
     false, period_names},
    kFiscalYearOption,
    format_option<output::kRunFormats>(),
    {"output", "DIR",
     "Write results.csv, bought.csv, plan.csv (the race by quarter, or as --by says), returns.csv, results.json, "
     "results.xlsx, report.html and manifest.json there. A folder that holds another run is left alone."},
    {"trace", "", "Print every event as a line to standard error."},
    kQuietOption,
    kColorOption,
};

constexpr std::string_view kHelp =
    R"(SCENARIO is a file, - for standard input, or the name of an embedded scenario.
Every strategy runs once. An input with a distribution in its place is at its
median, or drawn with --replication. Data go to standard output, everything
else to standard error.

examples:
  fleetrace run hare-and-turtle
  fleetrace run hare-and-turtle --format json > results.json
  fleetrace run hare-and-turtle --by quarter --fiscal-year-begins october
  fleetrace run hare-and-turtle --set strategies.turtle.every="1 yr"
  fleetrace run plan-of-record --by quarter --from 2027-01-01
  fleetrace run my.yaml --output results
  fleetrace run my.yaml --format xlsx > my.xlsx
  fleetrace run hare-and-turtle --set progress.model=jumps --replication 7
  fleetrace run my.yaml --fail-if "turtle.relative_loss > 0.75 at 2030-01-01"
)";

struct Request {
  const output::Format<Run>* format = nullptr;
  bool color = false;
  bool trace = false;
  bool quiet = false;
  std::vector<core::Time> dates;    ///< that guards name
  std::optional<PlanOptions> plan;  ///< what is raced for: an answer, or the folder
};

void print(const Run& run, const Request& request, const Streams& streams) {
  streams.out << request.format->write(run, {streams.width, request.color});
}

Run race(scenario::Scenario scenario, fleet::Draw draw, const Request& request, const Streams& streams) {
  fleet::EventObserver observer;
  if (request.trace) {
    observer = [&streams](const fleet::World& world, const fleet::Event& event) {
      streams.err << fleet::describe(world, event) << '\n';
    };
  }
  return fleetrace::run_scenario(std::move(scenario), draw, observer, request.dates, request.plan);
}

/// Races into a folder, and says what is there then; nullopt where the very same run stands there already.
std::optional<Run> race_into(const std::string& path, scenario::Scenario scenario, output::Manifest manifest,
                             const Request& request, const Streams& streams) {
  const fleet::Draw draw = manifest.draw;
  std::optional<Run> run = output::race_into(
      path, std::move(manifest), [&] { return race(std::move(scenario), draw, request, streams); },
      [&streams](const std::string& note) { streams.err << note << '\n'; });
  if (request.quiet) return run;
  const std::string shown = core::printable(path);
  if (run)
    streams.err << "Results are in " << shown
                << ": results.csv, bought.csv, plan.csv, returns.csv, results.json, results.xlsx, report.html, "
                   "manifest.json.\n";
  else
    streams.err << shown << ": holds this very run already (scenario, seed and version); there is nothing to do.\n";
  return run;
}

/// kGuardTripped where one did.
int guard(const Run& run, const std::vector<study::Goal>& goals, const Streams& streams) {
  std::vector<std::string> names;
  for (const fleet::StrategySetup& each : run.setups) names.push_back(each.strategy.name);
  study::GoalWatch watch(goals, names, 1);
  for (std::size_t i = 0; i < names.size(); ++i) watch.keep(0, i, run.setups[i], run.outcomes[i]);
  return report_guards(goals, names, watch.verdicts(1, 0.95, false), "", 1, 0.95, streams);
}

/// The guards of one race, which says nothing of probabilities.
std::vector<study::Goal> guards_of_run(const Options& options, const scenario::Scenario& scenario) {
  std::vector<study::Goal> goals = guards(options, scenario);
  for (const study::Goal& each : goals) {
    if (each.chance) {
      throw UsageError("--fail-if \"" + core::printable(each.source_text) +
                       "\": a single run has no probabilities. Ask for them with compare or whatif.");
    }
  }
  return goals;
}

int run_verb(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kOptions, arguments);
  const std::string& name = only_operand(options, "SCENARIO");
  const auto inputs = options.has("replication") ? fleet::InputDraw::drawn : fleet::InputDraw::medians;
  const fleet::Draw draw{seed(options), replication(options), inputs};
  Request request;
  request.format = options.has("by") ? &chosen_format(output::kPlanFormats, options, streams)
                                     : &chosen_format(output::kRunFormats, options, streams);
  request.color = wants_color(options, streams);
  request.trace = options.has("trace");
  request.quiet = options.has("quiet");
  const std::string folder = options.text("output", "");
  if (options.has("output") && folder.empty()) throw UsageError("--output names no folder.");

  scenario::Scenario scenario = load_scenario(options, name);
  print_warnings(scenario.warnings, options, streams);
  const std::vector<study::Goal> goals = guards_of_run(options, scenario);
  request.dates = study::dates_of(goals);
  const fleet::Horizon horizon = scenario::resolve(scenario).front().horizon;
  // A spreadsheet is the one that a folder would hold.
  const bool has_usual_plan = options.has("output") || request.format->is_binary();
  request.plan = has_usual_plan ? folder_plan_options(options, horizon) : plan_options(options, horizon);
  if (!options.has("output")) {
    const Run run = race(std::move(scenario), draw, request, streams);
    const int code = guard(run, goals, streams);
    print(run, request, streams);
    return code;
  }
  std::vector<std::string> all{"run"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  output::Manifest manifest = output::run_manifest(scenario, draw, request.plan, std::move(all));
  const auto run = race_into(folder, scenario, std::move(manifest), request, streams);
  if (run) print(*run, request, streams);
  if (goals.empty()) return kDone;
  // A guard is asked also where the folder holds the run already.
  return guard(run ? *run : race(std::move(scenario), draw, request, streams), goals, streams);
}

}  // namespace

const Verb kRun{"run",
                "SCENARIO [OPTION]...",
                "race the strategies of a scenario once: losses, money, energy, target dates",
                kHelp,
                run_verb,
                kOptions};

}  // namespace fleetrace::cli
