#include <atomic>
#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/output/comparison.hpp"
#include "study_options.hpp"
#include "verbs.hpp"

namespace fleetrace::cli {
namespace {

constexpr Option kOptions[] = {
    {"replications", "N", "How many draws of the world. Default: study.replications of the scenario."},
    {"objective", "NAME",
     "final_loss, mean_loss, time_to_target, cost_to_target, npv or cost_per_effective_compute. Default: study.objective."},
    {"target", "LOSS", "The relative loss that the two target objectives mean. Default: study.target."},
    {"confidence", "P", "Of the intervals, and of naming a best strategy. Default: study.confidence."},
    kSeedOption,
    kJobsOption,
    kSetOption,
    {"format", "FORMAT", "table (default), csv, json, jsonl (a line for each replication and strategy) or markdown."},
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
  fleetrace compare my.yaml --format json > comparison.json
)";

int compare(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kOptions, arguments);
  const std::string& name = only_operand(options, "SCENARIO");
  const std::string format = choice(options, "format", "table", {"table", "csv", "json", "jsonl", "markdown"});
  fleet::Scenario scenario = scenario::load(name, overrides(options));
  const StudySettings settings = study_settings(options, scenario);

  study::Plan plan = study::Plan::of(scenario, settings.seed, settings.target);
  study::Results results(plan.strategies.size());
  const std::size_t count = plan.has_chance ? settings.replications : 1;
  ProgressLine progress(options, streams, count);
  const std::atomic<bool> stop = false;
  (void)study::replicate(plan, count, settings.jobs, stop, results, progress.callback());
  progress.clear();
  study::Comparison comparison = study::compare(plan, results, settings.objective, settings.confidence);
  const output::ComparisonReport report{std::move(scenario), std::move(plan), std::move(results),
                                        std::move(comparison)};
  if (format == "json") {
    streams.out << output::comparison_json(report);
  } else if (format == "jsonl") {
    streams.out << output::comparison_jsonl(report);
  } else if (format == "csv") {
    streams.out << output::comparison_csv(report);
  } else if (format == "markdown") {
    streams.out << output::comparison_markdown(report);
  } else {
    streams.out << output::comparison_table(report, {streams.width, wants_color(options, streams)});
  }
  return kDone;
}

}  // namespace

const Verb kCompare{.name = "compare",
                    .arguments = "SCENARIO [OPTION]...",
                    .summary = "race them on many draws: who wins, and how sure",
                    .help = kHelp,
                    .run = compare,
                    .options = kOptions};

}  // namespace fleetrace::cli
