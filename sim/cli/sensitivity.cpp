#include "fleetrace/output/sensitivity.hpp"

#include <algorithm>
#include <charconv>
#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/output/page.hpp"
#include "fleetrace/output/text.hpp"
#include "fleetrace/study/comparison.hpp"
#include "study_folder.hpp"
#include "study_options.hpp"
#include "verbs.hpp"

namespace fleetrace::cli {
namespace {

constexpr Option kOptions[] = {
    kObjectiveOption,
    kTargetOption,
    {"strategy", "STRATEGY", "Ask for the objective of this strategy alone."},
    {"difference", "A,B", "Ask for the objective of A minus that of B. Default: the two with the best means."},
    {"points", "N",
     "Of each of 16 Sobol sequences, a power of two; it takes 16 N (inputs + 2) runs. Default: 128. Twice as many narrow "
     "the intervals about by half."},
    {"confidence", "P", "Of the intervals. Default: study.confidence."},
    kSeedOption,
    kJobsOption,
    kSetOption,
    {"format", "FORMAT", "{}. Default: table. csv has a row for each input.", false, formats},
    {"output", "DIR",
     "Write results.csv, results.json, report.html and manifest.json there. A folder that holds another result is left alone."},
    kProgressOption,
    kQuietOption,
    kColorOption,
};

constexpr std::string_view kHelp =
    R"(SCENARIO is a file, - for standard input, or the name of an embedded scenario.
Which uncertain input decides who wins: Sobol indices with intervals, what each
input does alone between its 5 % and 95 % quantiles, and the value at which the
winner changes. Chance other than the inputs is that of replication 0.

examples:
  fleetrace sensitivity race-under-uncertainty
  fleetrace sensitivity race-under-uncertainty --difference hare,turtle
  fleetrace sensitivity my.yaml --strategy lab --objective npv --format csv
)";

/// Results that are kept, 8 bytes each.
constexpr std::size_t kMostResults = 50'000'000;

std::size_t points(const Options& options, std::size_t otherwise) {
  constexpr std::size_t kMost = std::size_t{1} << 20;
  if (!options.has("points")) return otherwise;
  const std::string text = options.text("points", "");
  std::size_t value = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_power = value >= 2 && value <= kMost && (value & (value - 1)) == 0;
  if (error == std::errc{} && rest == text.data() + text.size() && is_power) return value;
  throw UsageError("--points \"" + core::printable(text) +
                   "\" is no power of two from 2 to 1,048,576, which Sobol sequences need. Write 128, 256 or 512.");
}

std::size_t strategy_named(const study::Plan& plan, const std::string& option, const std::string& name) {
  if (const auto found = study::find_strategy(plan, name)) return *found;
  throw UsageError("--" + option + ": there is no strategy \"" + core::printable(name) + "\". " +
                   core::suggest(name, {plan.strategies.begin(), plan.strategies.end()}));
}

study::SensitivityQuestion question_of(const Options& options, const study::Plan& plan, fleet::Measure objective) {
  if (options.has("strategy") && options.has("difference"))
    throw UsageError("--strategy asks for one strategy and --difference for two. Keep one.");
  study::SensitivityQuestion question{objective, {}, {}};
  if (options.has("strategy")) question.strategy = strategy_named(plan, "strategy", options.text("strategy", ""));
  if (!options.has("difference")) return question;
  const std::string text = options.text("difference", "");
  // Names may hold commas.
  for (std::size_t comma = text.find(','); comma != std::string::npos; comma = text.find(',', comma + 1)) {
    const auto a = study::find_strategy(plan, text.substr(0, comma));
    const auto b = study::find_strategy(plan, text.substr(comma + 1));
    if (!a || !b) continue;
    if (a == b) throw UsageError("--difference \"" + core::printable(text) + "\" is that of a strategy and itself.");
    question.strategy = a;
    question.against = b;
    return question;
  }
  const std::size_t comma = text.find(',');
  if (comma == std::string::npos)
    throw UsageError("--difference \"" + core::printable(text) +
                     "\" is no pair. Write two strategies: --difference A,B.");
  (void)strategy_named(plan, "difference", text.substr(0, comma));
  (void)strategy_named(plan, "difference", text.substr(comma + 1));
  return question;
}

void refuse_certain(const fleet::Scenario& scenario, const std::string& name) {
  throw core::InputError(
      {{{name, 0, 0},
        "",
        "there is no uncertain input in " + core::printable(scenario.name()),
        "sensitivity asks which of them decides",
        "Put a distribution in the place of a number, such as --set "
        "loss.kappa=\"{uniform: {low: 0.04, high: 0.06}}\", or vary it by hand with fleetrace sweep."}});
}

bool has_other_chance(const fleet::Scenario& scenario) {
  const std::vector<fleet::Case> cases = fleet::resolve(scenario);
  return std::any_of(cases.begin(), cases.end(), [](const fleet::Case& each) { return fleet::has_chance(each); });
}

/// Everything that makes a sensitivity another one, beside the scenario.
std::string question_text(const Options& options, const StudySettings& settings,
                          const study::SensitivityEffort& effort) {
  return "sensitivity of " + std::string(fleet::info(settings.objective).name) + ", target " +
         (settings.target ? core::format_real(*settings.target) : "none") + ", strategy " +
         options.text("strategy", "chosen") + ", difference " + options.text("difference", "chosen") + ", points " +
         std::to_string(effort.points) + ", confidence " + core::format_real(effort.confidence);
}

int sensitivity(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kOptions, arguments);
  const std::string& name = only_operand(options, "SCENARIO");
  const std::string format = choice(options, "format");
  fleet::Scenario scenario = scenario::load(name, overrides(options));
  const StudySettings settings = study_settings(options, scenario);
  study::Plan plan = study::Plan::of(scenario, settings.seed, settings.target);
  if (plan.inputs.all().empty()) refuse_certain(scenario, name);
  const study::SensitivityQuestion question = question_of(options, plan, settings.objective);
  study::SensitivityEffort effort;
  effort.points = points(options, effort.points);
  effort.confidence = settings.confidence;
  effort.jobs = settings.jobs;
  const std::size_t runs = study::sensitivity_runs(plan, effort);
  if (runs > kMostResults / plan.strategies.size()) {
    throw UsageError("that takes " + output::counted(static_cast<std::int64_t>(runs), "run", "runs") +
                     " of every strategy, which is too many. Take fewer --points.");
  }
  std::optional<output::SensitivityReport> report;
  const auto run = [&] {
    ProgressLine progress(options, streams, runs);
    auto found = study::sensitivity(plan, question, effort, stop_flag(streams),
                                    [&progress](std::size_t done) { progress.show(done); });
    progress.clear();
    if (found) report = {scenario, plan, effort, std::move(*found), has_other_chance(scenario)};
    if (!found) streams.err << "Interrupted: nothing is kept of a sensitivity that is not finished.\n";
    return found.has_value();
  };
  if (options.has("output")) {
    output::Manifest manifest = output::manifest_of(scenario, {settings.seed, 0, fleet::InputDraw::drawn},
                                                    with_verb("sensitivity", arguments));
    manifest.question = question_text(options, settings, effort);
    const int code = into_folder(options, streams, std::move(manifest), run, [&](const output::Manifest& known) {
      const output::Run at_medians = output::run_scenario(scenario, {settings.seed});
      return StudyFiles{output::sensitivity_csv(*report), output::sensitivity_json(*report),
                        output::to_html(*report, at_medians, known.arguments, known.resolved_scenario)};
    });
    if (code != kDone || !report) return code;
  } else if (!run()) {
    return kInterrupted;
  }
  if (format == "json") {
    streams.out << output::sensitivity_json(*report);
  } else if (format == "csv") {
    streams.out << output::sensitivity_csv(*report);
  } else if (format == "markdown") {
    streams.out << output::sensitivity_markdown(*report);
  } else {
    streams.out << output::sensitivity_table(*report, {streams.width, wants_color(options, streams)});
  }
  return kDone;
}

}  // namespace

const Verb kSensitivity{.name = "sensitivity",
                        .arguments = "SCENARIO [OPTION]...",
                        .summary = "which uncertain input decides who wins, and where the winner changes",
                        .help = kHelp,
                        .run = sensitivity,
                        .options = kOptions};

}  // namespace fleetrace::cli
