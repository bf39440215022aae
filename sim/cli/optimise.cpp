#include <ostream>

#include "sim/api/optimise_study.hpp"
#include "sim/cli/format_option.hpp"
#include "sim/cli/optimise_question.hpp"
#include "sim/cli/optimise_uncertain.hpp"
#include "sim/cli/study_folder.hpp"
#include "sim/cli/study_options.hpp"
#include "sim/cli/values.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/cli/warnings.hpp"
#include "sim/output/folder/optimum_folder.hpp"
#include "sim/output/studies/optimum.hpp"
#include "sim/output/studies/uncertain_optimum.hpp"

namespace fleetrace::cli {
namespace {

constexpr Option kResultOptions[] = {
    kSeedOption,
    kJobsOption,
    kSetOption,
    kNoFilesOption,
    format_option<output::kOptimumFormats>(),
    {"output", "DIR",
     "Write plan.yaml there, the scenario with the plan as strategy optimum, and its orders, results.csv, results.json, report.html "
     "and manifest.json. A folder that holds this very plan, finished, is left alone, and so is one that holds another result."},
    {"log", "", "Show what the solver does, on standard error."},
    kProgressOption,
    kQuietOption,
    kColorOption,
};
constexpr auto kOptions = join_options(kPlanOptions, kUncertainOptions, kResultOptions);

constexpr std::string_view kHelp =
    R"(SCENARIO is a file, - for standard input, or the name of an embedded scenario.
Finds how much of which accelerator to order when and for which site, within the
budget, power, space, yearly limits and allocations of a strategy, and proves a
bound: no schedule on these dates is better. What a unit computes comes from
racing it alone in the simulator; the plan is raced, and that is its value.
Where a sum of units is not what they do together, it says that there is no
bound. Time and cost to a target are those of compare: cost_to_target counts all
spending until the loss is met, energy and sites included.
Uncertain inputs are at their medians: it is a plan for one world. With
--replications it is one plan for many draws of them, judged by draws that it
was not made for: how far from the best it can be, what it is worth to plan for
chance, and what it would be worth to know what is drawn. It is about final_loss
or mean_loss.

examples:
  fleetrace optimize capacity-what-if --strategy turtle
  fleetrace optimize hare-and-turtle --strategy turtle --objective mean_loss
  fleetrace optimize capacity-what-if --strategy turtle --within 0.1%
  fleetrace optimize capacity-what-if --strategy turtle --within 1% \
    --then least_spend
  fleetrace optimize capacity-what-if --strategy turtle \
    --at-most final_loss=0.65
  fleetrace optimize lumpy-orders --strategy monthly --smallest-order "20e6 USD"
  fleetrace optimize capacity-what-if --strategy turtle \
    --objective time_to_target --target 0.65
  fleetrace optimize capacity-what-if --strategy turtle \
    --set sites.main.power="30 MW" --dates events --retire
  fleetrace optimize two-sites --strategy both --dates events --format json
  fleetrace optimize race-under-uncertainty --strategy hare --replications 20
  fleetrace optimize race-under-uncertainty --strategy hare --every "6 months" \
    --replications 10 --objective mean_loss
)";

/// What makes it another result beside the scenario.
std::string question_text(const Options& options) {
  std::string text = "optimize";
  const auto add = [&](const Option& each) {
    if (options.has(each.name)) text += ", " + std::string(each.name) + ' ' + options.text(each.name, "");
  };
  for (const Option& each : kPlanOptions) add(each);
  for (const Option& each : kUncertainOptions) add(each);
  return text;
}

constexpr const char* kWasStopped = "Interrupted: this is the best plan and the best bound so far.\n";

/// Makes the report, and writes it to the folder that is asked for; nothing where the folder holds it already.
template <class Report>
std::optional<Report> made(const Options& options, const std::vector<std::string>& arguments,
                           const scenario::Scenario& scenario, const fleet::Draw& draw, const Streams& streams,
                           const output::Plan<Report>& make) {
  if (!options.has("output")) return make();
  output::Manifest manifest = output::manifest_of(scenario, draw, with_verb("optimize", arguments));
  manifest.question = question_text(options);
  const std::string path = options.text("output", "");
  std::optional<Report> report = output::plan_into(
      path, std::move(manifest), make, [&streams](const std::string& note) { streams.err << note << '\n'; });
  if (options.has("quiet")) return report;
  if (report)
    streams.err << "The plan is in " << core::printable(path) << ", as a scenario in plan.yaml.\n";
  else
    tell_held_already(path, streams);
  return report;
}

/// Prints a report, which may be one that was interrupted, and none where there was nothing to do.
template <class Format, class Report>
int show(const Format& format, const std::optional<Report>& report, const Options& options, const Streams& streams) {
  if (!report) return kDone;
  streams.out << format.write(*report, {streams.width, wants_color(options, streams)});
  if (report->optimum.is_stopped) streams.err << kWasStopped;
  return report->optimum.is_stopped ? kInterrupted : kDone;
}

int optimise_once(const Options& options, const std::vector<std::string>& arguments, const OptimizeOptions& what,
                  const scenario::Scenario& scenario, const Streams& streams) {
  const auto& format = chosen_format(output::kOptimumFormats, options, streams);
  const auto report = made<OptimumReport>(options, arguments, scenario, {what.seed, 0, fleet::InputDraw::medians},
                                          streams, [&] { return optimum_report(scenario, what, stop_flag(streams)); });
  return show(format, report, options, streams);
}

int optimise_draws(const Options& options, const std::vector<std::string>& arguments, UncertainOptimizeOptions what,
                   const scenario::Scenario& scenario, const Streams& streams) {
  const auto& format = chosen_format(output::kUncertainOptimumFormats, options, streams);
  ProgressLine progress(options, streams, (what.batches + 1) * what.draws);
  what.progress = [&](std::size_t done, std::size_t) { progress.show(done); };
  const auto report = made<UncertainOptimumReport>(
      options, arguments, scenario, {what.seed, 0, fleet::InputDraw::drawn}, streams, [&] {
        UncertainOptimumReport made = uncertain_optimum_report(scenario, what, stop_flag(streams));
        progress.clear();
        return made;
      });
  return show(format, report, options, streams);
}

int optimise(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kOptions, arguments);
  const std::string& name = only_operand(options, "SCENARIO");
  (void)chosen_format(output::kOptimumFormats, options, streams);
  require_replications(options);
  (void)jobs_of(options);
  if (options.has("output") && options.text("output", "").empty()) throw UsageError("--output names no folder.");
  const scenario::Scenario scenario = load_scenario(options, name);
  const OptimizeOptions what = plan_options(options, scenario);
  std::optional<UncertainOptimizeOptions> draws;
  if (options.has("replications")) draws = uncertain_options(options, what);
  print_warnings(scenario.warnings, options, streams);
  try {
    return draws ? optimise_draws(options, arguments, *draws, scenario, streams)
                 : optimise_once(options, arguments, what, scenario, streams);
  } catch (const Stopped& stopped) {
    streams.err << "Interrupted: " << stopped.what() << ".\n";
    return kInterrupted;
  } catch (const OptimizeError& error) {
    const std::string said = error.what();
    streams.err << "fleetrace: " << said << (said.ends_with('?') || said.ends_with('.') ? "\n" : ".\n");
    return kInvalidInput;
  }
}

}  // namespace

const Verb kOptimise{.name = "optimize",
                     .arguments = "SCENARIO [OPTION]...",
                     .summary = "the best purchase schedule, and the proof that none is better",
                     .help = kHelp,
                     .run = optimise,
                     .options = kOptions};

}  // namespace fleetrace::cli
