#include "sim/output/studies/sensitivity.hpp"

#include <charconv>
#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/api/sensitivity_study.hpp"
#include "sim/cli/format_option.hpp"
#include "sim/cli/parts.hpp"
#include "sim/cli/shard_option.hpp"
#include "sim/cli/study_folder.hpp"
#include "sim/cli/study_options.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/cli/warnings.hpp"
#include "sim/output/parts/sensitivity_parts.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::cli {
namespace {

constexpr Option kQuestionOptions[] = {
    kObjectiveOption,
    kTargetOption,
    {"strategy", "STRATEGY", "Ask for the objective of this strategy alone."},
    {"difference", "A,B",
     "Ask for the objective of A minus that of B. Default: the two with the best means of those that can be chosen."},
    {"points", "N",
     "Of each of 16 Sobol sequences, a power of two; it takes 16 N (inputs + 2) runs. Default: 128. Twice as many narrow "
     "the intervals about by half."},
    kConfidenceOption,
};
constexpr Option kResultOptions[] = {
    format_option<output::kSensitivityFormats>(),
    kStudyFolderOption,
    kShardOption,
};
constexpr auto kOptions = join_options(kQuestionOptions, kReplicatingOptions, kResultOptions, kTerminalOptions);

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

std::size_t strategy_named(const study::StudyDesign& design, const std::string& option, const std::string& name) {
  if (const auto found = study::find_strategy(design, name)) return *found;
  throw UsageError("--" + option + ": there is no strategy \"" + core::printable(name) + "\". " +
                   core::suggest(name, {design.strategies.begin(), design.strategies.end()}));
}

study::SensitivityQuestion question_of(const Options& options, const study::StudyDesign& design,
                                       fleet::Metric objective) {
  if (options.has("strategy") && options.has("difference"))
    throw UsageError("--strategy asks for one strategy and --difference for two. Keep one.");
  study::SensitivityQuestion question{objective, {}, {}};
  if (options.has("strategy")) question.strategy = strategy_named(design, "strategy", options.text("strategy", ""));
  if (!options.has("difference")) return question;
  const std::string text = options.text("difference", "");
  // Names may hold commas.
  for (std::size_t comma = text.find(','); comma != std::string::npos; comma = text.find(',', comma + 1)) {
    const auto a = study::find_strategy(design, text.substr(0, comma));
    const auto b = study::find_strategy(design, text.substr(comma + 1));
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
  (void)strategy_named(design, "difference", text.substr(0, comma));
  (void)strategy_named(design, "difference", text.substr(comma + 1));
  return question;
}

/// The question about the strategies that parts name.
study::SensitivityQuestion question_of(const output::ShardSet& parts, const study::StudyDesign& design,
                                       fleet::Metric objective) {
  const StudyRequest& request = parts.request();
  return parts.asked([&] { return fleetrace::question_of(design, objective, request.strategy, request.against); });
}

int sensitivity_study(const std::vector<std::string>& arguments, const Streams& streams,
                      const output::ShardSet* parts) {
  const Options options = parse_options(kOptions, arguments);
  const std::string& name = only_operand(options, "SCENARIO");
  const auto& format = chosen_format(output::kSensitivityFormats, options, streams);
  const std::optional<study::Shard> shard = shard_of(options);
  StudyRequest request = parts == nullptr ? study_request(StudyRequest::Verb::sensitivity, options, name)
                                          : parts->request();
  const scenario::Scenario scenario = load(request).details();
  print_warnings(scenario.warnings, options, streams);
  const StudySettings settings = parts == nullptr ? study_settings(options, scenario)
                                                  : parts->settings(scenario, jobs_of(options));
  study::StudyDesign design = study::StudyDesign::of(scenario, settings.seed, settings.target, settings.objective);
  require_uncertain(scenario, design, name);
  const study::SensitivityQuestion question = parts == nullptr ? question_of(options, design, settings.objective)
                                                               : question_of(*parts, design, settings.objective);
  if (parts == nullptr) {
    request.options = asked_settings(options, scenario);
    request.points = points(options, request.points);
    if (question.strategy) request.strategy = design.strategies[*question.strategy];
    if (question.against) request.against = design.strategies[*question.against];
  }
  const output::AskedSensitivity asked = output::ask_sensitivity(scenario, std::move(design), question, request,
                                                                 settings, with_verb("sensitivity", arguments));
  const std::size_t runs = study::sensitivity_runs(asked.design, asked.effort);
  if (!is_affordable(asked.design, asked.effort)) {
    throw UsageError("that takes " + output::counted(static_cast<std::int64_t>(runs), "run", "runs") +
                     " of every strategy, which is too many. Take fewer --points.");
  }
  if (shard) {
    return compute_part(request.verb, options, streams, [&](const std::string& path, const output::PartWatch& watch) {
      return output::sensitivity_part(asked, request, *shard, path, watch);
    });
  }
  std::optional<SensitivityReport> report;
  const auto run = [&] {
    ProgressLine progress(options, streams, runs);
    report = output::race(asked, parts, stop_flag(streams),
                          [&progress](std::size_t done, std::size_t) { progress.show(done); });
    progress.clear();
    if (!report) streams.err << "Interrupted: nothing is kept of a sensitivity that is not finished.\n";
    return report.has_value();
  };
  if (options.has("output")) {
    if (parts != nullptr) parts->require_study(asked.manifest);
    const int code = into_folder(options, streams, asked.manifest, run, [&](const output::Manifest& known) {
      return output::files_of(asked, *report, known);
    });
    if (code != kDone || !report) return code;
  } else if (!run()) {
    return kInterrupted;
  }
  streams.out << format.write(*report, {streams.width, wants_color(options, streams)});
  return kDone;
}

int sensitivity(const std::vector<std::string>& arguments, const Streams& streams) {
  return sensitivity_study(arguments, streams, nullptr);
}

}  // namespace

int merge_sensitivity(const std::vector<std::string>& arguments, const Streams& streams,
                      const output::ShardSet& parts) {
  return sensitivity_study(arguments, streams, &parts);
}

const Verb kSensitivity{.name = "sensitivity",
                        .arguments = "SCENARIO [OPTION]...",
                        .summary = "which uncertain input decides who wins, and where the winner changes",
                        .help = kHelp,
                        .run = sensitivity,
                        .options = kOptions};

}  // namespace fleetrace::cli
