#include <algorithm>
#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/output/comparison.hpp"
#include "fleetrace/output/journal.hpp"
#include "fleetrace/output/page.hpp"
#include "fleetrace/output/resolved.hpp"
#include "fleetrace/output/sqlite.hpp"
#include "fleetrace/output/text.hpp"
#include "guards.hpp"
#include "study_options.hpp"
#include "verbs.hpp"

namespace fleetrace::cli {
namespace {

constexpr Option kOptions[] = {
    {"replications", "N",
     "How many draws of the world. Default: study.replications of the scenario; 100000 at most with the next two options."},
    {"half-width", "W",
     "Go on until the interval of every difference between two strategies is W wide to either side, in the objective's unit."},
    {"select", "DELTA",
     "Go on until the best is selected with the stated confidence, were it better by DELTA or more (Kim and Nelson 2001)."},
    kObjectiveOption,
    kTargetOption,
    {"confidence", "P", "Of the intervals, and of naming a best strategy. Default: study.confidence."},
    kSeedOption,
    kJobsOption,
    kSetOption,
    kFailIfOption,
    {"format", "FORMAT", "{}. Default: table. jsonl has a line for each replication and strategy.", false,
     formats_with_lines},
    {"output", "DIR",
     "Keep every finished replication there, and write results.csv, results.json, results.sqlite, report.html and manifest.json. The "
     "same command goes on where it was stopped; more replications are added to those that are there."},
    kProgressOption,
    kQuietOption,
    kColorOption,
};

constexpr std::string_view kHelp =
    R"(SCENARIO is a file, - for standard input, or the name of an embedded scenario.
In each replication every strategy races on the same draw of the uncertain
inputs, releases, jumps and failures, so that differences are those of the
strategies. A best one is named only where the evidence tells it from every
other at the stated confidence; else the table says what it would take.

examples:
  fleetrace compare race-under-uncertainty
  fleetrace compare race-under-uncertainty --objective mean_loss --jobs 1
  fleetrace compare race-under-uncertainty --replications 5000 --output study
  fleetrace compare my.yaml --format json > comparison.json
)";

using output::ComparisonReport;

/// Everything about one comparison that options and scenario say.
struct Request {
  fleet::Scenario scenario;
  StudySettings settings;
  std::vector<std::string> arguments;
  const Options& options;
  const Streams& streams;
  std::vector<study::Goal> guards;
};

/// How many replications the rule may take.
std::size_t most(const Request& request, const study::Plan& plan) {
  return plan.has_chance ? request.settings.rule.most : 1;
}

/// Fills `results`; nothing where Ctrl-C ended it.
std::optional<study::Ending> replicate(const Request& request, const study::Plan& plan, study::Results& results,
                                       study::LossPaths& paths, study::GoalWatch& watch, output::Journal* journal) {
  static const std::atomic<bool> kNever = false;
  const std::size_t before = results.done();
  ProgressLine progress(request.options, request.streams, most(request, plan));
  std::size_t done = before;
  const std::atomic<bool>& stop = request.streams.interrupted == nullptr ? kNever : *request.streams.interrupted;
  const StudySettings& settings = request.settings;
  auto ending = study::replicate_until(
      plan, settings.rule, settings.objective, settings.confidence, settings.jobs, stop, results,
      [&](auto replication, auto row) {
        ++done;
        if (journal != nullptr) journal->add(replication, row);
        progress.show(journal == nullptr ? done : before + journal->acknowledged());
      },
      [&](auto replication, auto strategy, const fleet::Case& one, const fleet::Outcome& outcome) {
        paths.keep(replication, strategy, outcome);
        if (replication < watch.room()) watch.keep(replication, strategy, one, outcome);
      },
      std::max(paths.room(), watch.room()));
  if (journal != nullptr) journal->sync();
  progress.clear();
  // What a journal had finished lacks its losses over time.
  if (ending && !study::complete(plan, results.replications(), settings.jobs, stop, paths)) return std::nullopt;
  if (ending && !request.guards.empty() && !study::complete(plan, results.replications(), settings.jobs, stop, watch)) {
    return std::nullopt;
  }
  return ending;
}

ComparisonReport compared(const Request& request, study::Plan plan, study::Results results, const study::Ending& ending,
                          const study::LossPaths& paths) {
  study::Comparison comparison = study::compare(plan, results, request.settings.objective, request.settings.confidence);
  study::LossBands bands = paths.bands(results.replications());
  return {request.scenario, std::move(plan), std::move(results), std::move(comparison), ending, std::move(bands)};
}

/// Returns kGuardTripped where a guard did.
int print(const Request& request, const ComparisonReport& report, const study::GoalWatch& watch) {
  const std::size_t count = report.results.replications();
  const int code = report_guards(request.guards, report.plan.strategies,
                                 watch.verdicts(request.guards.empty() ? 0 : count), "", count, request.streams);
  const std::string format = choice(request.options, "format");
  std::ostream& out = request.streams.out;
  if (format == "json") {
    out << output::comparison_json(report);
  } else if (format == "jsonl") {
    out << output::comparison_jsonl(report);
  } else if (format == "csv") {
    out << output::comparison_csv(report);
  } else if (format == "markdown") {
    out << output::comparison_markdown(report);
  } else {
    out << output::comparison_table(report, {request.streams.width, wants_color(request.options, request.streams)});
  }
  return code;
}

/// How many replications are watched: none without guards.
study::GoalWatch watch_of(const Request& request, const study::Plan& plan) {
  return {request.guards, plan.strategies, request.guards.empty() ? 0 : most(request, plan)};
}

/// "400 of 5,000 replications are done".
std::string how_many(std::size_t done, std::size_t of) {
  return output::grouped(static_cast<std::int64_t>(done)) + " of " +
         output::counted(static_cast<std::int64_t>(of), "replication is", "replications are") + " done";
}

/// What the numbers of a finished study depend on beside the identity that the manifest has anyway.
std::string settings_text(const StudySettings& settings) {
  const char* const rules[] = {"fixed", "half-width", "select"};
  return std::string("rule ") + rules[static_cast<std::size_t>(settings.rule.kind)] + ' ' +
         core::format_real(settings.rule.size) + ", replications " + std::to_string(settings.rule.most) +
         ", objective " + std::string(fleet::info(settings.objective).name) + ", confidence " +
         core::format_real(settings.confidence);
}

/// What one replication's measures depend on.
std::string identity(const Request& request, const output::Manifest& manifest) {
  return manifest.scenario_sha256 + '\n' + std::to_string(request.settings.seed) + '\n' + manifest.target + '\n' +
         manifest.resolved_scenario;
}

int compare_into(const Request& request, const std::string& path) {
  study::Plan plan = study::Plan::of(request.scenario, request.settings.seed, request.settings.target);
  output::Manifest manifest = output::manifest_of(request.scenario, {request.settings.seed, 0, fleet::InputDraw::drawn},
                                                  request.arguments);
  if (request.settings.target) manifest.target = core::format_real(*request.settings.target);
  manifest.settings = settings_text(request.settings);
  manifest.files = {"results.csv", "results.json", "results.sqlite", "report.html", output::Journal::kName};
  const output::ResultFolder folder(path, manifest);
  const std::string shown = core::printable(folder.path());
  const bool quiet = request.options.has("quiet");
  output::Journal journal(folder, identity(request, manifest), plan.strategies.size());
  study::Results results(plan.strategies.size());
  const std::size_t count = most(request, plan);
  journal.read_into(results, count);
  if (!quiet && results.done() > 0 && !folder.is_finished())
    request.streams.err << shown << ": " << how_many(results.done(), count) << "; going on.\n";
  try {
    study::LossPaths paths(plan.strategies.size(), count);
    study::GoalWatch watch = watch_of(request, plan);
    const std::optional<study::Ending> ending = replicate(request, plan, results, paths, watch, &journal);
    if (!ending) {
      manifest.status = output::Status::interrupted;
      folder.write("manifest.json", output::to_json(manifest));
      request.streams.err << "Interrupted: " << how_many(results.done(), count) << " and kept in " << shown
                          << ". The same command goes on from there.\n";
      return kInterrupted;
    }
    const ComparisonReport report = compared(request, std::move(plan), std::move(results), *ending, paths);
    if (folder.is_finished()) {
      if (!quiet)
        request.streams.err << shown
                            << ": this study is finished (scenario, seed, settings, version); nothing was run.\n";
      return print(request, report, watch);
    }
    folder.write("results.csv", output::comparison_csv(report));
    folder.write("results.json", output::comparison_json(report));
    const output::Run at_medians = output::run_scenario(request.scenario, {request.settings.seed});
    folder.write("results.sqlite", output::to_sqlite(report, at_medians));
    folder.write("report.html", output::to_html(report, at_medians, request.arguments, manifest.resolved_scenario));
    manifest.status = output::Status::finished;
    folder.write("manifest.json", output::to_json(manifest));
    if (!quiet)
      request.streams.err << "Results are in " << shown
                          << ": results.csv, results.json, results.sqlite, report.html, manifest.json.\n";
    return print(request, report, watch);
  } catch (const output::FolderError&) {
    throw;  // the disk: another file would fail, too
  } catch (const std::exception& error) {
    manifest.status = output::Status::failed;
    manifest.message = error.what();
    folder.write("manifest.json", output::to_json(manifest));
    throw;
  }
}

int compare(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kOptions, arguments);
  const std::string& name = only_operand(options, "SCENARIO");
  const std::string folder = options.text("output", "");
  if (options.has("output") && folder.empty()) throw UsageError("--output names no folder.");
  (void)choice(options, "format");
  fleet::Scenario scenario = scenario::load(name, overrides(options));
  const StudySettings settings = study_settings(options, scenario);
  std::vector<std::string> all{"compare"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  std::vector<study::Goal> goals = guards(options, scenario);
  const Request request{std::move(scenario), settings, std::move(all), options, streams, std::move(goals)};
  if (options.has("output")) return compare_into(request, folder);

  study::Plan plan = study::Plan::of(request.scenario, settings.seed, settings.target);
  study::Results results = choice(options, "format") == "jsonl"
                               ? study::Results(plan.strategies.size())
                               : study::Results(plan.strategies.size(), study::compared_measures(settings.objective));
  study::LossPaths paths(plan.strategies.size(), most(request, plan));
  study::GoalWatch watch = watch_of(request, plan);
  const std::optional<study::Ending> ending = replicate(request, plan, results, paths, watch, nullptr);
  if (!ending) {
    streams.err << "Interrupted: " << how_many(results.done(), most(request, plan))
                << " and lost. With --output DIR they are kept, and the same command goes on.\n";
    return kInterrupted;
  }
  return print(request, compared(request, std::move(plan), std::move(results), *ending, paths), watch);
}

}  // namespace

const Verb kCompare{.name = "compare",
                    .arguments = "SCENARIO [OPTION]...",
                    .summary = "race them on many draws: who wins, and how sure",
                    .help = kHelp,
                    .run = compare,
                    .options = kOptions};

}  // namespace fleetrace::cli
