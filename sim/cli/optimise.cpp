#include <cmath>
#include <ostream>

#include "sim/api/optimise_study.hpp"
#include "sim/api/resolved.hpp"
#include "sim/api/settings.hpp"
#include "sim/cli/format_option.hpp"
#include "sim/cli/study_folder.hpp"
#include "sim/cli/study_options.hpp"
#include "sim/cli/values.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/cli/warnings.hpp"
#include "sim/output/folder/folder.hpp"
#include "sim/output/studies/optimum.hpp"

namespace fleetrace::cli {
namespace {

std::vector<std::string_view> objectives() {
  return {"final_loss", "mean_loss", "time_to_target", "cost_to_target", "npv"};
}
std::vector<std::string_view> date_rules() { return {"calendar", "events"}; }

std::vector<std::string_view> tie_breaks() { return {"any", "least_mean", "least_spend"}; }

constexpr Option kPlanOptions[] = {
    {"strategy", "STRATEGY",
     "In whose place the plan stands: its budget, its sites and its changes. Default: the only one."},
    {"objective", "NAME",
     "{}: what is to be least, or of npv most. Under loss.compute: best_run the loss is that of the best run. Default: final_loss.",
     false, objectives},
    {"target", "LOSS",
     "The relative loss that time_to_target and cost_to_target are about. Default: study.target, or the first of loss.targets."},
    {"at-most", "final_loss=L",
     "Only plans that come to that final loss: the one with the highest npv, or, without --objective, cost_to_target."},
    {"every", "DURATION", "Interval between the dates of orders. Default: that of the strategy, else 3 months."},
    {"dates", "RULE",
     "{}: at that interval alone, or besides when something is released or allotted, and so that it arrives when a site "
     "opens or a life ends. Default: calendar.",
     false, date_rules},
    {"yearly-spend", "MONEY", "The most that is spent on hardware in each year of the horizon. Default: no limit."},
    {"within", "SHARE",
     "Also say the least and the most that plans spend in each year whose loss is above the best by no more than that, such as "
     "0.1%."},
    {"then", "RULE",
     "{}: which plan is taken of those whose final loss is the least, or that are within --within of it: the one with the "
     "least mean loss or spending. Default: any, the best.",
     false, tie_breaks},
    {"retire", "",
     "Also take hardware out of service before its life ends, where what leaves makes room for better or saves energy."},
    {"gap", "G",
     "The search for mean_loss, for the best run or for cost_to_target ends where no plan can be better by more. Default: 1e-6."},
};
constexpr Option kResultOptions[] = {
    kSeedOption,
    kSetOption,
    format_option<output::kOptimumFormats>(),
    {"output", "DIR",
     "Write plan.yaml there, the scenario with the plan as strategy optimum, and its orders, results.csv, results.json and "
     "manifest.json. A folder that holds another result is left alone."},
    {"log", "", "Show what the solver does, on standard error."},
    kQuietOption,
    kColorOption,
};
constexpr auto kOptions = join_options(kPlanOptions, kResultOptions);

constexpr std::string_view kHelp =
    R"(SCENARIO is a file, - for standard input, or the name of an embedded scenario.
Finds how much of which accelerator to order when and for which site, within the
budget, power, space, yearly limits and allocations of a strategy, and proves a
bound: no schedule on these dates is better. What a unit computes comes from
racing it alone in the simulator; the plan is raced, and that is its value.
Where a sum of units is not what they do together, it says that there is no
bound. Time and cost to a target are those of compare: cost_to_target counts all
spending until the loss is met, energy and sites included.
Uncertain inputs are at their medians: it is a plan for one world.

examples:
  fleetrace optimize capacity-what-if --strategy turtle
  fleetrace optimize hare-and-turtle --strategy turtle --objective mean_loss
  fleetrace optimize capacity-what-if --strategy turtle --within 0.1%
  fleetrace optimize capacity-what-if --strategy turtle --within 1% \
    --then least_spend
  fleetrace optimize capacity-what-if --strategy turtle \
    --at-most final_loss=0.65
  fleetrace optimize capacity-what-if --strategy turtle \
    --objective time_to_target --target 0.65
  fleetrace optimize capacity-what-if --strategy turtle \
    --set sites.main.power="30 MW" --dates events --retire
  fleetrace optimize two-sites --strategy both --dates events --format json
)";

const core::Parameter kEvery{.name = "every",
                             .summary = "interval between dates of orders",
                             .dimension = core::Dimension::duration,
                             .range = core::at_least(1)};
const core::Parameter kYearlySpend{.name = "yearly-spend",
                                   .summary = "most that is spent in a year",
                                   .dimension = core::Dimension::money,
                                   .range = core::above_up_to(0, 9e12)};
const core::Parameter kGap{.name = "gap", .summary = "what is left to gain", .range = core::between(1e-9, 0.5)};

const core::Parameter kLoss{
    .name = "at-most", .summary = "final loss to reach", .range = core::between(0.001, 0.999999)};
const core::Parameter kTarget{
    .name = "target", .summary = "relative loss to reach", .range = core::between(0.001, 0.999999)};
const core::Parameter kWithin{
    .name = "within", .summary = "how much worse a plan may be", .range = core::above_up_to(0, 1)};

/// A share: 0.001 or 0.1%.
double share(const std::string& text) {
  const bool is_percent = !text.empty() && text.back() == '%';
  const std::string number = is_percent ? text.substr(0, text.find_last_not_of(" %") + 1) : text;
  return number_of("within", kWithin, number) / (is_percent ? 100 : 1);
}

OptimizeOptions asked(const Options& options, const scenario::Scenario& scenario) {
  OptimizeOptions asked;
  asked.strategy = options.text("strategy", "");
  asked.objective = *fleet::find_objective(choice(options, "objective"));
  if (options.has("at-most")) {
    const std::string text = options.text("at-most", "");
    constexpr std::string_view kMetric = "final_loss=";
    if (text.rfind(kMetric, 0) != 0)
      throw UsageError("--at-most needs a final loss, such as --at-most final_loss=0.6.");
    if (options.has("target")) throw UsageError("--at-most states a target of its own: leave --target out.");
    if (options.has("within")) throw UsageError("--within is a tolerance of losses: leave it out, or --at-most.");
    if (!options.has("objective")) asked.objective = fleet::Metric::cost_to_target;
    if (asked.objective != fleet::Metric::cost_to_target && asked.objective != fleet::Metric::npv)
      throw UsageError("--at-most is a condition of cost_to_target and npv: leave it out, or choose one of them.");
    asked.target = number_of("at-most", kLoss, text.substr(kMetric.size()));
  } else if (fleet::info(asked.objective).needs_target) {
    asked.target = options.has("target") ? number_of("target", kTarget, options.text("target", ""))
                                         : study_target(scenario);
    if (!asked.target)
      throw UsageError(std::string(fleet::info(asked.objective).name) +
                       " needs a target. Give --target LOSS, or study.target or loss.targets in the scenario.");
  } else if (options.has("target")) {
    throw UsageError("--target is of time_to_target and cost_to_target: leave it out, or choose one of them.");
  }
  const bool is_loss = asked.objective == fleet::Metric::final_loss || asked.objective == fleet::Metric::mean_loss;
  if (options.has("within") && !is_loss)
    throw UsageError("--within is a tolerance of losses: leave it out, or choose --objective final_loss or mean_loss.");
  asked.dates = choice(options, "dates") == "events" ? ReviewDates::events : ReviewDates::calendar;
  if (options.has("every"))
    asked.every = core::Duration::from_milliseconds(
        std::llround(number_of("every", kEvery, options.text("every", ""))));
  if (options.has("yearly-spend"))
    asked.yearly_spend = core::Money::from_usd(
        number_of("yearly-spend", kYearlySpend, options.text("yearly-spend", "")));
  asked.gap = number_of("gap", kGap, options.text("gap", "1e-6"));
  if (options.has("within")) asked.within = share(options.text("within", ""));
  const std::string then = choice(options, "then");
  asked.then = then == "least_mean"    ? BreakTies::least_mean
               : then == "least_spend" ? BreakTies::least_spend
                                       : BreakTies::any;
  if (asked.then != BreakTies::any && asked.objective != fleet::Metric::final_loss)
    throw UsageError("--then breaks ties of final loss alone: leave it out, or choose --objective final_loss.");
  asked.seed = seed(options);
  asked.retires = options.has("retire");
  asked.verbose = options.has("log");
  return asked;
}

/// What makes it another result beside the scenario.
std::string question_text(const Options& options) {
  std::string text = "optimize";
  for (const Option& each : kPlanOptions) {
    if (options.has(each.name)) text += ", " + std::string(each.name) + ' ' + options.text(each.name, "");
  }
  return text;
}

void write(const output::ResultFolder& folder, const OptimumReport& report, output::Manifest& manifest) {
  const std::string orders = output::orders_file(report);
  folder.write("plan.yaml", to_yaml(report.plan));
  folder.write(orders, output::orders_csv(report));
  folder.write("results.csv", output::optimum_csv(report));
  folder.write("results.json", output::optimum_json(report));
  manifest.files = {"plan.yaml", orders, "results.csv", "results.json"};
  if (!report.optimum.retired.empty()) {
    folder.write("retirements.csv", output::retirements_csv(report));
    manifest.files.emplace_back("retirements.csv");
  }
  manifest.status = output::Status::finished;
  folder.write("manifest.json", output::to_json(manifest));
}

int optimise(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kOptions, arguments);
  const std::string& name = only_operand(options, "SCENARIO");
  const auto& format = chosen_format(output::kOptimumFormats, options, streams);
  const std::string path = options.text("output", "");
  if (options.has("output") && path.empty()) throw UsageError("--output names no folder.");
  const scenario::Scenario scenario = reader::load(name, overrides(options));
  const OptimizeOptions what = asked(options, scenario);
  print_warnings(scenario.warnings, options, streams);
  OptimumReport report;
  try {
    if (options.has("output")) {
      output::Manifest manifest = output::manifest_of(scenario, {what.seed, 0, fleet::InputDraw::medians},
                                                      with_verb("optimize", arguments));
      manifest.question = question_text(options);
      const output::ResultFolder folder(path, manifest);
      report = optimum_report(scenario, what);
      write(folder, report, manifest);
      if (!options.has("quiet"))
        streams.err << "The plan is in " << core::printable(folder.path()) << ": " << manifest.files[0] << ", "
                    << manifest.files[1] << ", results.csv, results.json, manifest.json.\n";
    } else {
      report = optimum_report(scenario, what);
    }
  } catch (const OptimizeError& error) {
    const std::string said = error.what();
    streams.err << "fleetrace: " << said << (said.ends_with('?') || said.ends_with('.') ? "\n" : ".\n");
    return kInvalidInput;
  }
  streams.out << format.write(report, {streams.width, wants_color(options, streams)});
  return kDone;
}

}  // namespace

const Verb kOptimise{.name = "optimize",
                     .arguments = "SCENARIO [OPTION]...",
                     .summary = "the best purchase schedule, and the proof that none is better",
                     .help = kHelp,
                     .run = optimise,
                     .options = kOptions};

}  // namespace fleetrace::cli
