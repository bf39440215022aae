#include "fleetrace/output/solve.hpp"

#include <algorithm>
#include <cmath>
#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "guards.hpp"
#include "study_folder.hpp"
#include "study_options.hpp"
#include "verbs.hpp"

namespace fleetrace::cli {
namespace {

constexpr Option kOptions[] = {
    {"for", "PATH", "The number that is looked for, such as strategies.turtle.budget."},
    {"until", "GOAL", "What it is to reach, such as \"relative_loss <= 0.6 at 2032-01-01\"."},
    {"between", "LOW,HIGH",
     "Where to look, such as \"1e8 USD,1e10 USD\". Default: doubling and halving what the scenario says."},
    {"replications", "N", "How many draws of the world for each value. Default: study.replications of the scenario."},
    {"confidence", "P", "Of the interval. Default: study.confidence."},
    kSeedOption,
    kJobsOption,
    kSetOption,
    {"format", "FORMAT", "{}. Default: table. csv has a row for each value that was tried.", false, formats},
    {"output", "DIR",
     "Write results.csv, results.json, report.html and manifest.json there. A folder that holds another result is left alone."},
    kQuietOption,
    kColorOption,
};

constexpr std::string_view kHelp =
    R"(SCENARIO is a file, - for standard input, or the name of an embedded scenario.
Looks for the value at which the goal begins to be met. A goal is
[STRATEGY.]COLUMN RELATION VALUE [at DATE or DURATION]: a column of the JSON
result, one of <=, <, >=, > and a value with or without its unit, at the end of
the horizon unless it says when. The strategy may be left out where the path
names it. Under chance the mean over the replications meets the goal, on the
same draws for every value; of a distribution it is the median that is looked
for. Where no value that was tried meets the goal the exit code is 1.

examples:
  fleetrace solve hare-and-turtle --for strategies.turtle.budget \
    --until "relative_loss <= 0.54"
  fleetrace solve capacity-what-if --for sites.main.power \
    --until "hare.relative_loss <= 0.68" --between "10 MW,200 MW"
  fleetrace solve my.yaml --for supply.lead_time \
    --until "lab.effective_compute_flop >= 1e28 at 4 yr" --format json
)";

/// Replications for one value, all of the goal's strategy alone.
class Racer {
 public:
  Racer(const study::Plan& plan, const fleet::Knob& knob, const study::Goal& goal, std::string strategy,
        std::size_t replications, int jobs, const std::atomic<bool>& stop)
      : plan_(plan),
        knob_(knob),
        goal_(goal),
        strategy_(std::move(strategy)),
        values_(plan.has_chance ? replications : 1),
        jobs_(jobs),
        stop_(stop) {}

  [[nodiscard]] double operator()(double input) {
    const bool all = study::parallel_replications(
        plan_, values_.size(), jobs_, stop_, [&](study::Replicator& worker, std::size_t i) {
          std::vector<fleet::Measures> row(plan_.strategies.size());
          worker.alter = [this, input](fleet::Scenario& drawn) { output::turn(drawn, knob_, strategy_, input); };
          worker.observe = [this](auto replication, auto, const fleet::Case& one, const fleet::Outcome& outcome) {
            const std::optional<double> value = goal_.read(one, outcome);
            if (!value)
              throw study::ReplicationError(strategy_ + " has no " + std::string(goal_.gauge->name) + " (" +
                                            std::string(goal_.gauge->absent) + ")");
            values_[replication] = *value;
          };
          worker.run(static_cast<std::uint32_t>(i), row);
        });
    if (!all) throw Interrupted{};
    return study::moments(values_).mean;
  }

  /// Of the last value.
  [[nodiscard]] study::Interval interval(double confidence) const {
    const study::Moments found = study::moments(values_);
    if (!plan_.has_chance) return {found.mean, found.mean};
    return study::mean_interval(found, confidence);
  }
  [[nodiscard]] std::size_t replications() const { return values_.size(); }

  struct Interrupted {};

 private:
  const study::Plan& plan_;
  const fleet::Knob& knob_;
  const study::Goal& goal_;
  std::string strategy_;
  std::vector<double> values_;
  int jobs_;
  const std::atomic<bool>& stop_;
};

[[noreturn]] void refuse(const std::string& option, const core::QuantityProblem& problem) {
  throw UsageError("--" + option + ": " + core::printable(problem.problem) + " (" + core::printable(problem.reason) +
                   ")." + (problem.suggestion.empty() ? "" : ' ' + problem.suggestion));
}

fleet::Knob knob(const Options& options, const fleet::Scenario& scenario) {
  if (!options.has("for"))
    throw UsageError("--for is missing: which number is looked for, such as --for strategies.turtle.budget?");
  const std::string path = options.text("for", "");
  auto found = fleet::Knob::at(scenario, path);
  if (auto* problem = std::get_if<core::QuantityProblem>(&found)) {
    problem->problem = core::printable(path) + ": " + problem->problem;
    refuse("for", *problem);
  }
  return std::get<fleet::Knob>(std::move(found));
}

double bound(const fleet::Knob& knob, std::string_view text) {
  auto read = core::parse_quantity(knob.dimension, text);
  if (const auto* problem = std::get_if<core::QuantityProblem>(&read)) refuse("between", *problem);
  const double value = std::get<double>(read);
  if (!knob.range.contains(value))
    refuse("between",
           {'"' + std::string(text) + "\" is out of range", "not every value is valid for " + knob.path, ""});
  return value;
}

/// Durations in years, months or days, as people would write them.
double unit_of(const fleet::Knob& knob, double size) {
  if (knob.dimension != core::Dimension::duration) return 1;
  for (const core::Duration unit : {core::kYear, core::kMonth}) {
    if (const auto length = static_cast<double>(unit.milliseconds()); size >= length) return length;
  }
  return static_cast<double>(core::kDay.milliseconds());
}

study::SolveRequest request(const Options& options, const fleet::Knob& knob) {
  study::SolveRequest result{knob.current, knob.range, knob.is_whole, unit_of(knob, knob.current), std::nullopt};
  if (options.has("between")) {
    const std::string text = options.text("between", "");
    const std::size_t comma = text.find(',');
    if (comma == std::string::npos) throw UsageError("--between needs two values: --between LOW,HIGH.");
    const double low = bound(knob, std::string_view(text).substr(0, comma));
    const std::size_t second = text.find_first_not_of(' ', comma + 1);
    const double high = bound(knob, second == std::string::npos ? "" : std::string_view(text).substr(second));
    if (!(low < high)) throw UsageError("--between: the second value must be above the first.");
    result.between = {low, high};
    result.unit = unit_of(knob, high);
  } else if (!std::isfinite(knob.current)) {
    throw UsageError("--for " + core::printable(knob.path) +
                     ": it has no limit in the scenario, so that there is no place to begin. Give --between LOW,HIGH.");
  }
  return result;
}

/// The strategy that the goal is about: its own, that of the path, or the only one.
std::string strategy_of(const study::Goal& goal, const fleet::Knob& knob, const std::vector<std::string>& strategies) {
  if (!goal.strategy.empty()) return goal.strategy;
  constexpr std::string_view kTable = "strategies.";
  std::string found = strategies.size() == 1 ? strategies.front() : "";
  if (knob.path.rfind(kTable, 0) == 0) {
    const std::string rest = knob.path.substr(kTable.size());
    for (const std::string& each : strategies) {
      if (rest.rfind(each + '.', 0) == 0 && each.size() > (strategies.size() == 1 ? 0 : found.size())) found = each;
    }
  }
  if (!found.empty()) return found;
  throw UsageError("--until \"" + core::printable(goal.written) +
                   "\" names no strategy, and more than one races. Write " + core::printable(strategies.front()) + '.' +
                   core::printable(goal.written) + '.');
}

void print(const output::SolveReport& report, const Options& options, const Streams& streams) {
  const std::string format = choice(options, "format");
  if (format == "json") {
    streams.out << output::solve_json(report);
  } else if (format == "csv") {
    streams.out << output::solve_csv(report);
  } else if (format == "markdown") {
    streams.out << output::solve_markdown(report);
  } else {
    streams.out << output::solve_table(report, {streams.width, wants_color(options, streams)});
  }
}

int verdict(const output::SolveReport& report, const Options& options, const Streams& streams) {
  if (report.solution.end != study::Solution::End::never) return kDone;
  if (!options.has("quiet")) streams.err << "fleetrace: no value that was tried meets the goal.\n";
  return kFailed;
}

/// Fills in what is found. False where it was stopped.
bool search(const study::Plan& plan, const study::SolveRequest& asked, const StudySettings& settings,
            const Streams& streams, output::SolveReport& report) {
  Racer racer(plan, report.knob, report.goal, report.strategy, settings.replications, settings.jobs,
              stop_flag(streams));
  report.replications = racer.replications();
  try {
    report.solution = study::solve(
        report.goal, [&racer](double input) { return racer(input); }, asked);
    if (report.solution.samples.empty()) throw study::ReplicationError(report.solution.refused);
    (void)racer(report.solution.best.input);
    report.interval = racer.interval(settings.confidence);
  } catch (const Racer::Interrupted&) {
    streams.err << "Interrupted: a search is finished or not kept at all.\n";
    return false;
  }
  report.at_medians = output::run_at(plan, report.knob, report.strategy, report.solution.best.input, settings.seed);
  return true;
}

/// What makes it another result beside the scenario.
std::string question_text(const output::SolveReport& report, const study::SolveRequest& asked,
                          const StudySettings& settings) {
  std::string text = "solve " + report.knob.path + ", until " + report.goal.written + ", strategy " + report.strategy +
                     ", confidence " + core::format_real(settings.confidence) + ", replications " +
                     std::to_string(settings.replications);
  if (asked.between)
    text += ", between " + core::format_real(asked.between->first) + " and " + core::format_real(asked.between->second);
  return text;
}

int solve(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kOptions, arguments);
  const std::string& name = only_operand(options, "SCENARIO");
  (void)choice(options, "format");
  const fleet::Scenario scenario = scenario::load(name, overrides(options));
  const StudySettings settings = study_settings(options, scenario);
  const study::Plan plan = study::Plan::of(scenario, settings.seed, std::nullopt);
  output::SolveReport report;
  report.name = scenario.name();
  report.sha256 = scenario.sha256;
  report.seed = settings.seed;
  report.confidence = settings.confidence;
  report.knob = knob(options, scenario);
  if (!options.has("until"))
    throw UsageError("--until is missing: what is to be reached, such as --until \"relative_loss <= 0.6\"?");
  const fleet::Horizon horizon = fleet::resolve(scenario).front().horizon;
  report.goal = goal_of("until", options.text("until", ""), plan.strategies, horizon);
  report.strategy = strategy_of(report.goal, report.knob, plan.strategies);
  const study::SolveRequest asked = request(options, report.knob);
  const auto run = [&] { return search(plan, asked, settings, streams, report); };
  if (options.has("output")) {
    output::Manifest manifest = output::manifest_of(scenario, {settings.seed, 0, fleet::InputDraw::drawn},
                                                    with_verb("solve", arguments));
    manifest.question = question_text(report, asked, settings);
    const int code = into_folder(options, streams, std::move(manifest), run, [&](const output::Manifest& known) {
      const output::Run base = output::run_scenario(scenario, {settings.seed});
      return StudyFiles{output::solve_csv(report), output::solve_json(report),
                        output::to_html(report, base, known.arguments, known.resolved_scenario)};
    });
    if (code != kDone) return code;
    if (report.solution.samples.empty()) {  // the folder holds the answer; whether there was one is asked again
      return run() ? verdict(report, options, streams) : kInterrupted;
    }
  } else if (!run()) {
    return kInterrupted;
  }
  print(report, options, streams);
  return verdict(report, options, streams);
}

}  // namespace

const Verb kSolve{.name = "solve",
                  .arguments = "SCENARIO --for PATH --until GOAL [OPTION]...",
                  .summary = "the input that meets a goal",
                  .help = kHelp,
                  .run = solve,
                  .options = kOptions};

}  // namespace fleetrace::cli
