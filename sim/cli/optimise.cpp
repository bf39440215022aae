#include <charconv>
#include <cmath>
#include <ostream>

#include "sim/api/optimise_study.hpp"
#include "sim/api/resolved.hpp"
#include "sim/cli/format_option.hpp"
#include "sim/cli/optimise_uncertain.hpp"
#include "sim/cli/study_folder.hpp"
#include "sim/cli/study_options.hpp"
#include "sim/cli/values.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/cli/warnings.hpp"
#include "sim/output/folder/folder.hpp"
#include "sim/output/studies/optimum.hpp"
#include "sim/output/studies/uncertain_optimum.hpp"

namespace fleetrace::cli {
namespace {

std::vector<std::string_view> objectives() { return {"final_loss", "mean_loss"}; }
std::vector<std::string_view> date_rules() { return {"calendar", "events"}; }

std::vector<std::string_view> tie_breaks() { return {"any", "least_mean", "least_spend"}; }

constexpr Option kPlanOptions[] = {
    {"strategy", "STRATEGY",
     "In whose place the plan stands: its budget, its sites and its changes. Default: the only one."},
    {"objective", "NAME", "{}: which loss is to be least. Default: final_loss.", false, objectives},
    {"at-most", "final_loss=L", "Look for the least money that comes to that final loss, in place of the least loss."},
    {"every", "DURATION", "Interval between the dates of orders. Default: that of the strategy, else 3 months."},
    {"dates", "RULE",
     "{}: at that interval alone, or besides when something is released or allotted, and so that it arrives when a site "
     "opens or a life ends. Default: calendar.",
     false, date_rules},
    {"yearly-spend", "MONEY", "The most that is spent on hardware in each year of the horizon. Default: no limit."},
    {"smallest-order", "MONEY", "The least hardware that one order buys. Default: a lot, or one accelerator."},
    {"nodes", "N",
     "How far the search for whole orders goes, where lots, the cost of an order or --smallest-order are to be kept to. What it "
     "has not seen lies between the plan and the bound. Default: 2000."},
    {"within", "SHARE[,SHARE]...",
     "Also say the least and the most that plans spend in each year whose loss is above the best by no more than that, such as "
     "0.1%,1%. The first share is that of --then and --alternatives."},
    {"alternatives", "N",
     "Also show so many plans within --within that look as different as can be: each spends least in the years, on the accelerators "
     "and at the sites where the best plan and those before it spend. Default: 0."},
    {"then", "RULE",
     "{}: which plan is taken of those whose final loss is the least, or that are within --within of it: the one with the "
     "least mean loss or spending. Default: any, the best.",
     false, tie_breaks},
    {"gap", "G", "The search for mean_loss ends where no plan can be better by more. Default: 1e-6."},
};
constexpr Option kResultOptions[] = {
    kSeedOption,
    kJobsOption,
    kSetOption,
    format_option<output::kOptimumFormats>(),
    {"output", "DIR",
     "Write plan.yaml there, the scenario with the plan as strategy optimum, and its orders, results.csv, results.json, report.html "
     "and manifest.json. A folder that holds another result is left alone."},
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
bound.
Uncertain inputs are at their medians: it is a plan for one world. With
--replications it is one plan for many draws of them, judged by draws that it
was not made for: how far from the best it can be, what it is worth to plan for
chance, and what it would be worth to know what is drawn.

examples:
  fleetrace optimize capacity-what-if --strategy turtle
  fleetrace optimize hare-and-turtle --strategy turtle --objective mean_loss
  fleetrace optimize capacity-what-if --strategy turtle --within 0.1%
  fleetrace optimize capacity-what-if --strategy turtle --within 1% \
    --then least_spend
  fleetrace optimize capacity-what-if --strategy turtle \
    --at-most final_loss=0.65
  fleetrace optimize lumpy-orders --strategy monthly --smallest-order "20e6 USD"
  fleetrace optimize two-sites --strategy both --dates events --format json
  fleetrace optimize race-under-uncertainty --strategy hare --replications 20
)";

const core::Parameter kEvery{.name = "every",
                             .summary = "interval between dates of orders",
                             .dimension = core::Dimension::duration,
                             .range = core::at_least(1)};
const core::Parameter kYearlySpend{.name = "yearly-spend",
                                   .summary = "most that is spent in a year",
                                   .dimension = core::Dimension::money,
                                   .range = core::above_up_to(0, 9e12)};
const core::Parameter kSmallestOrder{.name = "smallest-order",
                                     .summary = "least hardware of an order",
                                     .dimension = core::Dimension::money,
                                     .range = core::above_up_to(0, 9e12)};
const core::Parameter kGap{.name = "gap", .summary = "what is left to gain", .range = core::between(1e-9, 0.5)};

const core::Parameter kLoss{
    .name = "at-most", .summary = "final loss to reach", .range = core::between(0.001, 0.999999)};
const core::Parameter kWithin{
    .name = "within", .summary = "how much worse a plan may be", .range = core::above_up_to(0, 1)};
const core::Parameter kPercent{
    .name = "within", .summary = "how much worse a plan may be [%]", .range = core::above_up_to(0, 100)};

/// A share: 0.001 or 0.1%.
double share(const std::string& text) {
  const bool is_percent = !text.empty() && text.back() == '%';
  const std::string number = is_percent ? text.substr(0, text.find_last_not_of(" %") + 1) : text;
  return is_percent ? number_of("within", kPercent, number) / 100 : number_of("within", kWithin, number);
}

/// Shares that are separated by commas, each larger than the one before.
std::vector<double> shares(const std::string& text) {
  std::vector<double> all;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t comma = std::min(text.find(',', from), text.size());
    all.push_back(share(text.substr(from, comma - from)));
    if (all.size() > 1 && all.back() <= all[all.size() - 2])
      throw UsageError("--within \"" + core::printable(text) + "\" must ascend: the least share comes first.");
    from = comma + 1;
  }
  return all;
}

/// A whole number from `least` to `most`.
std::size_t count(const Options& options, std::string_view name, std::size_t otherwise, std::size_t least,
                  std::size_t most) {
  if (!options.has(name)) return otherwise;
  const std::string text = options.text(name, "");
  std::size_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (error == std::errc{} && rest == end && value >= least && value <= most) return value;
  throw UsageError("--" + std::string(name) + " \"" + core::printable(text) + "\" is no whole number from " +
                   std::to_string(least) + " to " + std::to_string(most) + '.');
}

OptimizeOptions asked(const Options& options) {
  OptimizeOptions asked;
  asked.strategy = options.text("strategy", "");
  asked.objective = *fleet::find_objective(choice(options, "objective"));
  if (options.has("at-most")) {
    const std::string text = options.text("at-most", "");
    constexpr std::string_view kMetric = "final_loss=";
    if (text.rfind(kMetric, 0) != 0)
      throw UsageError("--at-most needs a final loss, such as --at-most final_loss=0.6.");
    if (options.has("objective")) throw UsageError("--at-most makes money the objective: leave --objective out.");
    if (options.has("within")) throw UsageError("--within is a tolerance of losses: leave it out, or --at-most.");
    asked.objective = fleet::Metric::cost_to_target;
    asked.target = number_of("at-most", kLoss, text.substr(kMetric.size()));
  }
  asked.dates = choice(options, "dates") == "events" ? ReviewDates::events : ReviewDates::calendar;
  if (options.has("every"))
    asked.every = core::Duration::from_milliseconds(
        std::llround(number_of("every", kEvery, options.text("every", ""))));
  if (options.has("yearly-spend"))
    asked.yearly_spend = core::Money::from_usd(
        number_of("yearly-spend", kYearlySpend, options.text("yearly-spend", "")));
  if (options.has("smallest-order"))
    asked.smallest_order = core::Money::from_usd(
        number_of("smallest-order", kSmallestOrder, options.text("smallest-order", "")));
  asked.most_nodes = count(options, "nodes", asked.most_nodes, 1, 100'000'000);
  asked.gap = number_of("gap", kGap, options.text("gap", "1e-6"));
  if (options.has("within")) {
    asked.also_within = shares(options.text("within", ""));
    asked.within = asked.also_within.front();
    asked.also_within.erase(asked.also_within.begin());
  }
  asked.alternatives = count(options, "alternatives", 0, 0, 20);
  if (asked.alternatives > 0 && !asked.within) throw UsageError("--alternatives needs --within, such as --within 1%.");
  const std::string then = choice(options, "then");
  asked.then = then == "least_mean"    ? BreakTies::least_mean
               : then == "least_spend" ? BreakTies::least_spend
                                       : BreakTies::any;
  if (asked.then != BreakTies::any && asked.objective != fleet::Metric::final_loss)
    throw UsageError("--then breaks ties of final loss alone: leave it out, or choose --objective final_loss.");
  asked.seed = seed(options);
  asked.verbose = options.has("log");
  return asked;
}

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

/// The files of a result, beside the scenario with its plan.
void write_files(const output::ResultFolder& folder, output::Manifest& manifest,
                 const std::vector<std::pair<std::string, std::string>>& files, bool is_stopped) {
  for (const auto& [name, text] : files) {
    folder.write(name, text);
    manifest.files.push_back(name);
  }
  manifest.status = is_stopped ? output::Status::interrupted : output::Status::finished;
  folder.write("manifest.json", output::to_json(manifest));
}

void write(const output::ResultFolder& folder, const OptimumReport& report, output::Manifest& manifest) {
  write_files(folder, manifest,
              {{"plan.yaml", to_yaml(report.plan)},
               {output::orders_file(report), output::orders_csv(report)},
               {"results.csv", output::optimum_csv(report)},
               {"results.json", output::optimum_json(report)},
               {"report.html", output::to_html(report, run_scenario(report.plan, {report.seed}), manifest.arguments,
                                               manifest.resolved_scenario)}},
              report.optimum.is_stopped);
}

void write(const output::ResultFolder& folder, const UncertainOptimumReport& report, output::Manifest& manifest) {
  OptimumReport orders;
  orders.optimum.schedule = report.optimum.schedule;
  write_files(folder, manifest,
              {{"plan.yaml", to_yaml(report.plan)},
               {output::orders_file(orders), output::orders_csv(orders)},
               {"results.csv", output::uncertain_optimum_csv(report)},
               {"results.json", output::uncertain_optimum_json(report)},
               {"report.html", output::to_html(report, run_scenario(report.plan, {report.seed}), manifest.arguments,
                                               manifest.resolved_scenario)}},
              false);
}

/// Makes the report, and writes it to the folder that is asked for.
template <class Make>
auto made(const Options& options, const std::vector<std::string>& arguments, const scenario::Scenario& scenario,
          const fleet::Draw& draw, const Streams& streams, const Make& make) {
  if (!options.has("output")) return make();
  output::Manifest manifest = output::manifest_of(scenario, draw, with_verb("optimize", arguments));
  manifest.question = question_text(options);
  const output::ResultFolder folder(options.text("output", ""), manifest);
  auto report = make();
  write(folder, report, manifest);
  if (!options.has("quiet")) {
    streams.err << "The plan is in " << core::printable(folder.path()) << ": ";
    for (const std::string& file : manifest.files) streams.err << file << ", ";
    streams.err << "manifest.json.\n";
  }
  return report;
}

int optimise_once(const Options& options, const std::vector<std::string>& arguments, const OptimizeOptions& what,
                  const scenario::Scenario& scenario, const Streams& streams) {
  const auto& format = chosen_format(output::kOptimumFormats, options, streams);
  const OptimumReport report = made(options, arguments, scenario, {what.seed, 0, fleet::InputDraw::medians}, streams,
                                    [&] { return optimum_report(scenario, what, stop_flag(streams)); });
  streams.out << format.write(report, {streams.width, wants_color(options, streams)});
  if (report.optimum.is_stopped) streams.err << kWasStopped;
  return report.optimum.is_stopped ? kInterrupted : kDone;
}

int optimise_draws(const Options& options, const std::vector<std::string>& arguments, UncertainOptimizeOptions what,
                   const scenario::Scenario& scenario, const Streams& streams) {
  const auto& format = chosen_format(output::kUncertainOptimumFormats, options, streams);
  ProgressLine progress(options, streams, (what.batches + 1) * what.draws);
  what.progress = [&](std::size_t done, std::size_t) { progress.show(done); };
  const UncertainOptimumReport report = made(options, arguments, scenario, {what.seed, 0, fleet::InputDraw::drawn},
                                             streams, [&] {
                                               UncertainOptimumReport made = uncertain_optimum_report(
                                                   scenario, what, stop_flag(streams));
                                               progress.clear();
                                               return made;
                                             });
  streams.out << format.write(report, {streams.width, wants_color(options, streams)});
  return kDone;
}

int optimise(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kOptions, arguments);
  const std::string& name = only_operand(options, "SCENARIO");
  (void)chosen_format(output::kOptimumFormats, options, streams);
  const OptimizeOptions what = asked(options);
  require_replications(options);
  std::optional<UncertainOptimizeOptions> draws;
  if (options.has("replications")) draws = uncertain_options(options, what);
  if (options.has("output") && options.text("output", "").empty()) throw UsageError("--output names no folder.");
  const scenario::Scenario scenario = reader::load(name, overrides(options));
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
