#include "sim/output/studies/solve.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/api/solve_study.hpp"
#include "sim/cli/format_option.hpp"
#include "sim/cli/guards.hpp"
#include "sim/cli/study_folder.hpp"
#include "sim/cli/study_options.hpp"
#include "sim/cli/values.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/cli/warnings.hpp"
#include "sim/output/folder/questions.hpp"
#include "sim/scenario/reference/paths.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "sim/study/affordable.hpp"

namespace fleetrace::cli {
namespace {

constexpr Option kSearchOptions[] = {
    {"for", "PATH", "The number that is looked for, such as strategies.turtle.budget."},
    {"until", "GOAL", "What it is to reach, such as \"relative_loss <= 0.6 at 2032-01-01\"."},
    {"probability", "P",
     "How probable it is to meet the goal, such as 0.9, on the draws of the world. Default: the mean meets it."},
    {"between", "LOW,HIGH",
     "Where to look, such as \"1e8 USD,1e10 USD\". Default: doubling and halving what the scenario says."},
    {"replications", "N", "How many draws of the world for each value. Default: study.replications of the scenario."},
    {"confidence", "P", "Of the interval. Default: study.confidence."},
};
constexpr Option kResultOptions[] = {
    format_option<output::kSolveFormats>(),
    kStudyFolderOption,
};
constexpr auto kOptions = join_options(kSearchOptions, kReplicatingOptions, kResultOptions, kTerminalOptions);

constexpr std::string_view kHelp =
    R"(SCENARIO is a file, - for standard input, or the name of an embedded scenario.
Looks for the value at which the goal begins to be met. A goal is
[STRATEGY.]NUMBER RELATION VALUE [at DATE or DURATION]: a number of the JSON
result by its path, such as relative_loss, sites.main.energy_kwh or
targets.0.7.reached; one of <=, <, >=, >; and a value with or without its unit,
a date, or another number of the result; at the end of the horizon unless it
says when. Two numbers make one with " - " or " / " between them. The strategy
may be left out where the path names it.

Under chance the mean over the replications meets the goal, or with
--probability so large a share of them does, on the same draws for every value;
of a distribution it is the median that is looked for. The answer then has an
interval: the values whose exact interval for the probability (Clopper and
Pearson) holds the one asked for. Where none of the values tried meets the goal
the exit code is 1.

examples:
  fleetrace solve hare-and-turtle --for strategies.turtle.budget \
    --until "relative_loss <= 0.54"
  fleetrace solve capacity-what-if --for sites.main.power \
    --until "hare.relative_loss <= 0.68" --between "10 MW,200 MW"
  fleetrace solve my.yaml --for supply.lead_time \
    --until "lab.effective_compute_flop >= 1e28 at 4 yr" --format json
  fleetrace solve race-under-uncertainty --for strategies.turtle.budget \
    --until "relative_loss <= 0.8" --probability 0.9
  fleetrace solve hare-and-turtle --for strategies.turtle.budget \
    --until "turtle.npv_usd >= hare.npv_usd"
)";

scenario::ScalarInput scalar_input(const Options& options, const scenario::Scenario& scenario) {
  if (!options.has("for"))
    throw UsageError("--for is missing: which number is looked for, such as --for strategies.turtle.budget?");
  const std::string path = options.text("for", "");
  auto found = scenario::ScalarInput::at(scenario, path);
  if (auto* problem = std::get_if<core::QuantityProblem>(&found)) {
    problem->problem = core::printable(path) + ": " + problem->problem;
    std::vector<std::string> known;
    for (const scenario::Path& each : scenario::paths(scenario)) known.push_back(each.path);
    const bool is_there = std::find(known.begin(), known.end(), path) != known.end();
    const std::vector<std::string> meant = scenario::meant_paths(path, known);
    if (!is_there && !meant.empty()) problem->suggestion = "Did you mean " + core::printable(meant.front()) + '?';
    refuse_value("for", *problem);
  }
  return std::get<scenario::ScalarInput>(std::move(found));
}

double bound(const scenario::ScalarInput& scalar_input, std::string_view text) {
  auto read = scalar_input.read(text);
  if (const auto* problem = std::get_if<core::QuantityProblem>(&read)) refuse_value("between", *problem);
  const double value = std::get<double>(read);
  if (!scalar_input.range.contains(value))
    refuse_value("between", {'"' + std::string(text) + "\" is out of range",
                             "not every value is valid for " + scalar_input.path, ""});
  return value;
}

study::SolveRequest request(const Options& options, const scenario::ScalarInput& scalar_input) {
  if (options.has("between")) {
    const std::string text = options.text("between", "");
    const std::size_t comma = text.find(',');
    if (comma == std::string::npos) throw UsageError("--between needs two values: --between LOW,HIGH.");
    const double low = bound(scalar_input, std::string_view(text).substr(0, comma));
    const std::size_t second = text.find_first_not_of(' ', comma + 1);
    const double high = bound(scalar_input, second == std::string::npos ? "" : std::string_view(text).substr(second));
    if (!(low < high)) throw UsageError("--between: the second value must be above the first.");
    return solve_request(scalar_input, std::pair(low, high));
  }
  if (!std::isfinite(scalar_input.current)) {
    throw UsageError("--for " + core::printable(scalar_input.path) +
                     ": it has no limit in the scenario, so that there is no place to begin. Give --between LOW,HIGH.");
  }
  return solve_request(scalar_input, std::nullopt);
}

/// The strategy that the goal is about.
std::string strategy_of(const study::Goal& goal, const scenario::ScalarInput& scalar_input,
                        const std::vector<std::string>& strategies) {
  if (const auto found = goal_strategy(goal, scalar_input, strategies)) return *found;
  throw UsageError("--until \"" + core::printable(goal.source_text) +
                   "\" names no strategy, and more than one races. Write " + core::printable(strategies.front()) + '.' +
                   core::printable(goal.source_text) + '.');
}

std::optional<double> probability(const Options& options) {
  if (!options.has("probability")) return std::nullopt;
  const std::string text = options.text("probability", "");
  const auto read = core::parse_number(text);
  const double value = read.index() == 0 ? std::get<double>(read) : 0;
  if (!(value > 0 && value < 1)) {
    throw UsageError("--probability: \"" + core::printable(text) +
                     "\" is no probability (it must be above 0 and below 1). Write one such as 0.9.");
  }
  return value;
}

void print(const SolveReport& report, const Options& options, const Streams& streams) {
  const auto& format = chosen_format(output::kSolveFormats, options, streams);
  streams.out << format.write(report, {streams.width, wants_color(options, streams)});
}

int verdict(const SolveReport& report, const Options& options, const Streams& streams) {
  if (report.solution.end != study::Solution::End::never) return kDone;
  if (!options.has("quiet")) streams.err << "fleetrace: none of the values tried meets the goal.\n";
  return kFailed;
}

/// Fills in what is found. False where it was stopped.
bool search_all(const study::StudyDesign& design, const study::SolveRequest& asked, const StudySettings& settings,
                const Options& options, const Streams& streams, SolveReport& report) {
  // How many inputs will be tried is not known: each has a line of its own, over the last one.
  std::optional<ProgressLine> line;
  std::size_t total = 0;
  const auto show = [&](std::size_t done, std::size_t of) {
    if (!line || of != total) line.emplace(options, streams, of);
    total = of;
    line->show(done);
  };
  const bool is_done = search(design, asked, settings, stop_flag(streams), report, show);
  if (line) line->clear();
  if (!is_done) streams.err << "Interrupted: a search is finished or not kept at all.\n";
  return is_done;
}

int solve(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kOptions, arguments);
  const std::string& name = only_operand(options, "SCENARIO");
  (void)chosen_format(output::kSolveFormats, options, streams);
  const scenario::Scenario scenario = load_scenario(options, name);
  print_warnings(scenario.warnings, options, streams);
  const StudySettings settings = study_settings(options, scenario);
  const study::StudyDesign design = study::StudyDesign::of(scenario, settings.seed, std::nullopt);
  study::require_affordable(design.has_chance ? settings.replications : 1, 1);
  SolveReport report = solve_report(scenario, settings);
  report.scalar_input = scalar_input(options, scenario);
  if (!options.has("until"))
    throw UsageError("--until is missing: what is to be reached, such as --until \"relative_loss <= 0.6\"?");
  report.goal = goal_of("until", options.text("until", ""), scenario, scenario::resolve(scenario));
  if (report.goal.chance) {
    throw UsageError("--until \"" + core::printable(report.goal.source_text) +
                     "\" is about a probability. Write the goal by itself, and --probability P beside it.");
  }
  report.strategy = strategy_of(report.goal, report.scalar_input, design.strategies);
  report.probability = probability(options);
  const study::SolveRequest asked = request(options, report.scalar_input);
  const auto run = [&] { return search_all(design, asked, settings, options, streams, report); };
  if (options.has("output")) {
    output::Manifest manifest = output::manifest_of(scenario, {settings.seed, 0, fleet::InputDraw::drawn},
                                                    with_verb("solve", arguments));
    manifest.question = output::solve_question(report, asked, settings);
    const int code = into_folder(options, streams, std::move(manifest), run, [&](const output::Manifest& known) {
      const Run base = fleetrace::run_scenario(scenario, {settings.seed});
      return StudyFiles{output::solve_csv(report), output::solve_json(report), output::solve_xlsx(report),
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
