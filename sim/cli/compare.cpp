#include <algorithm>
#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/api/comparison_study.hpp"
#include "sim/api/plan_periods.hpp"
#include "sim/api/resolved.hpp"
#include "sim/cli/format_option.hpp"
#include "sim/cli/guards.hpp"
#include "sim/cli/parts.hpp"
#include "sim/cli/plan_options.hpp"
#include "sim/cli/shard_option.hpp"
#include "sim/cli/study_folder.hpp"
#include "sim/cli/study_options.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/cli/warnings.hpp"
#include "sim/output/folder/comparison_folder.hpp"
#include "sim/output/parts/comparison_parts.hpp"
#include "sim/output/plan/plan_bands.hpp"
#include "sim/output/studies/comparison.hpp"
#include "sim/output/table/text.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "sim/scenario/schema/money_entry.hpp"

namespace fleetrace::cli {
namespace {

constexpr Option kStudyOptions[] = {
    {"replications", "N",
     "How many draws of the world. Default: study.replications of the scenario; 100000 at most with the next two options."},
    {"half-width", "W",
     "Go on until the interval of every difference between two strategies is W wide to either side, in the objective's unit."},
    {"select", "DELTA",
     "Go on until the best is selected with the stated confidence, were it better by DELTA or more (Kim and Nelson 2001)."},
    kObjectiveOption,
    kTargetOption,
    {"confidence", "P", "Of the intervals, and of naming a best strategy. Default: study.confidence."},
};
constexpr Option kResultOptions[] = {
    kFailIfOption,
    {"by", "PERIOD",
     "Answer by {} of the calendar: mean, P10, P50 and P90 over the replications of every figure of run --by.", false,
     period_names},
    kFiscalYearOption,
    format_option<output::kComparisonFormats>(),
    {"output", "DIR",
     "Keep every finished replication there, and write results.csv, results.json, results.xlsx, results.sqlite, report.html and manifest.json. The "
     "same command goes on where it was stopped; more replications are added to those that are there."},
    kShardOption,
};
constexpr auto kOptions = join_options(kStudyOptions, kReplicatingOptions, kResultOptions, kTerminalOptions);

constexpr std::string_view kHelp =
    R"(SCENARIO is a file, - for standard input, or the name of an embedded scenario.
In each replication every strategy races on the same draw of the uncertain
inputs, releases, jumps and failures, so that differences are those of the
strategies. A best one is named only where the evidence tells it from every
other at the stated confidence; else the table says what it would take. The
interval of a mean says how well the mean is known; P10, P50 and P90 say how far
single futures lie apart. A guard about a probability trips where the whole
exact interval of the probability lies on the side that it names.

examples:
  fleetrace compare race-under-uncertainty
  fleetrace compare race-under-uncertainty --objective mean_loss --jobs 1
  fleetrace compare race-under-uncertainty --replications 5000 --output study
  fleetrace compare race-under-uncertainty \
    --fail-if "P(turtle.relative_loss > 0.9) > 0.1"
  fleetrace compare my.yaml --format json > comparison.json
  fleetrace compare race-under-uncertainty --by year --replications 50
)";

/// Everything about one comparison that options and scenario say.
struct Request {
  scenario::Scenario scenario;
  StudySettings settings;
  std::vector<std::string> arguments;
  const Options& options;
  const Streams& streams;
  std::vector<study::Goal> guards;
  std::optional<PlanOptions> plan;  ///< what is asked by period
};

/// Replicates until the rule is met; false where Ctrl-C ended it.
bool replicate(const Request& request, ComparisonStudy& work, output::Journal* journal) {
  const std::size_t before = work.results().done();
  ProgressLine progress(request.options, request.streams, work.most());
  std::size_t done = before;
  const std::atomic<bool>& stop = stop_flag(request.streams);
  const bool is_done = work.replicate(stop, [&](auto replication, auto row) {
    ++done;
    if (journal != nullptr) journal->add(replication, row);
    progress.show(journal == nullptr ? done : before + journal->acknowledged());
  });
  if (journal != nullptr) journal->sync();
  progress.clear();
  return is_done && work.complete(stop);
}

/// What is asked of each race by period, where something is.
std::optional<PlanQuestion> plan_question(const Request& request) {
  return request.plan ? std::optional(output::plan_question(*request.plan)) : std::nullopt;
}

/// Returns kGuardTripped where a guard did.
int print(const Request& request, const ComparisonReport& report, std::optional<PlanSamples> plans,
          const std::vector<study::GoalVerdict>& verdicts) {
  const std::size_t count = report.results.replications();
  const int code = report_guards(request.guards, report.design.strategies, verdicts, "", count,
                                 request.settings.confidence, request.streams);
  const output::TableStyle style{request.streams.width, wants_color(request.options, request.streams)};
  if (plans) {
    const output::PlanBands bands{report.scenario.name(),   report.scenario.sha256,
                                  report.design.seed,       scenario::money_note(report.scenario.root()),
                                  report.scenario.warnings, *std::move(plans)};
    request.streams.out
        << chosen_format(output::kPlanBandsFormats, request.options, request.streams).write(bands, style);
    return code;
  }
  request.streams.out
      << chosen_format(output::kComparisonFormats, request.options, request.streams).write(report, style);
  return code;
}

/// "400 of 5,000 replications are done".
std::string how_many(std::size_t done, std::size_t of) {
  return output::grouped(static_cast<std::int64_t>(done)) + " of " +
         output::counted(static_cast<std::int64_t>(of), "replication is", "replications are") + " done";
}

/// What is kept of each race: with rows of replications everything that they show.
ComparisonStudy::Keep kept_metrics(const Request& request) {
  const bool shows_replications = chosen_format(output::kComparisonFormats, request.options, request.streams)
                                      .detail() == output::Detail::replications;
  return shows_replications ? ComparisonStudy::Keep::all_metrics : ComparisonStudy::Keep::what_is_compared;
}

/// The periods of the files of a folder.
std::optional<PlanOptions> folder_plan(const Request& request) {
  return folder_plan_options(request.options, scenario::resolve(request.scenario).front().horizon);
}

int compare_into(const Request& request, const std::string& path, const output::ShardSet* parts) {
  ComparisonStudy work(request.scenario, request.settings, request.guards, kept_metrics(request),
                       plan_question(request));
  const std::optional<PlanOptions> plan = folder_plan(request);
  if (parts != nullptr)
    parts->require_study(output::comparison_manifest(request.scenario, request.settings, plan, request.arguments));
  output::ComparisonFolder folder(path, request.scenario, request.settings, plan, request.arguments, work);
  const std::string shown = core::printable(folder.path());
  const bool quiet = request.options.has("quiet");
  study::Results& results = work.results();
  const std::size_t count = work.most();
  for (const std::string& note : folder.notes()) request.streams.err << note << '\n';
  if (!quiet && results.done() > 0 && !folder.is_finished())
    request.streams.err << shown << ": " << how_many(results.done(), count) << "; going on.\n";
  try {
    if (parts != nullptr && !folder.is_finished()) output::take_parts(*parts, folder, work, stop_flag(request.streams));
    if (!replicate(request, work, &folder.journal())) {
      folder.note_interruption();
      request.streams.err << "Interrupted: " << how_many(results.done(), count) << " and kept in " << shown
                          << ". The same command goes on from there.\n";
      return kInterrupted;
    }
    const std::vector<study::GoalVerdict> verdicts = work.verdicts();
    std::optional<PlanSamples> plans = work.plans();
    const ComparisonReport report = work.report();
    if (folder.is_finished()) {
      if (!quiet)
        request.streams.err << shown
                            << ": this study is finished (scenario, seed, settings, version); nothing was run.\n";
      return print(request, report, std::move(plans), verdicts);
    }
    folder.write(report);
    if (!quiet)
      request.streams.err << "Results are in " << shown
                          << ": results.csv, results.json, results.xlsx, results.sqlite, report.html, manifest.json.\n";
    return print(request, report, std::move(plans), verdicts);
  } catch (const output::FolderError&) {
    throw;  // the disk: another file would fail, too
  } catch (const std::exception& error) {
    folder.note_failure(error.what());
    throw;
  }
}

int compare_study(const std::vector<std::string>& arguments, const Streams& streams, const output::ShardSet* parts) {
  const Options options = parse_options(kOptions, arguments);
  const std::string& name = only_operand(options, "SCENARIO");
  const std::string folder = options.text("output", "");
  if (options.has("output") && folder.empty()) throw UsageError("--output names no folder.");
  (void)chosen_format(output::kComparisonFormats, options, streams);
  if (options.has("by") &&
      chosen_format(output::kComparisonFormats, options, streams).detail() == output::Detail::replications)
    throw UsageError("--by has no rows of replications: --format csv has a row for each strategy and period.");
  const std::optional<study::Shard> shard = shard_of(options);
  StudyRequest asked = parts == nullptr ? study_request(StudyRequest::Verb::compare, options, name) : parts->request();
  scenario::Scenario scenario = load(asked).details();
  print_warnings(scenario.warnings, options, streams);
  const StudySettings settings = parts == nullptr ? study_settings(options, scenario)
                                                  : parts->settings(scenario, jobs_of(options));
  std::vector<std::string> all = with_verb("compare", arguments);
  std::vector<study::Goal> goals = guards(options, scenario);
  const auto plan = plan_options(options, scenario::resolve(scenario).front().horizon);
  const Request request{std::move(scenario), settings, std::move(all), options, streams, std::move(goals), plan};
  if (shard) {
    asked.options = asked_settings(options, request.scenario);
    return compute_part(asked.verb, options, streams, [&](const std::string& path, const output::PartWatch& watch) {
      return output::compare_part(asked, request.scenario, settings, request.arguments, *shard, path, watch);
    });
  }
  if (options.has("output")) return compare_into(request, folder, parts);

  ComparisonStudy work(request.scenario, settings, request.guards, kept_metrics(request), plan_question(request));
  if (!replicate(request, work, nullptr)) {
    streams.err << "Interrupted: " << how_many(work.results().done(), work.most())
                << " and lost. With --output DIR they are kept, and the same command goes on.\n";
    return kInterrupted;
  }
  const std::vector<study::GoalVerdict> verdicts = work.verdicts();
  std::optional<PlanSamples> plans = work.plans();
  return print(request, work.report(), std::move(plans), verdicts);
}

int compare(const std::vector<std::string>& arguments, const Streams& streams) {
  return compare_study(arguments, streams, nullptr);
}

}  // namespace

int merge_comparison(const std::vector<std::string>& arguments, const Streams& streams, const output::ShardSet& parts) {
  return compare_study(arguments, streams, &parts);
}

const Verb kCompare{.name = "compare",
                    .arguments = "SCENARIO [OPTION]...",
                    .summary = "race them on many draws: who wins, and how sure",
                    .help = kHelp,
                    .run = compare,
                    .options = kOptions};

}  // namespace fleetrace::cli
