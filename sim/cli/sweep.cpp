#include "sim/output/studies/sweep.hpp"

#include <algorithm>
#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/api/sweep_study.hpp"
#include "sim/cli/format_option.hpp"
#include "sim/cli/parts.hpp"
#include "sim/cli/shard_option.hpp"
#include "sim/cli/study_folder.hpp"
#include "sim/cli/study_options.hpp"
#include "sim/cli/vary.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/cli/warnings.hpp"
#include "sim/output/folder/questions.hpp"
#include "sim/output/page/page.hpp"
#include "sim/reader/document.hpp"
#include "sim/study/compare/comparison_numbers.hpp"

namespace fleetrace::cli {
namespace {

constexpr Option kGridOptions[] = {
    {"vary", "PATH=A,B,...",
     "An axis of the grid: values of any path as --set takes them, or \"2 yr..10 yr/9\" for 9 in equal steps, \"1 yr..16 "
     "yr/5 log\" in equal ratios. May be repeated.",
     true},
    {"replications", "N", "How many draws of the world a point. Default: study.replications of the scenario."},
    kObjectiveOption,
    kTargetOption,
    {"confidence", "P", "Of the intervals, and of naming a winner. Default: study.confidence."},
};
constexpr Option kResultOptions[] = {
    format_option<output::kSweepFormats>(),
    kStudyFolderOption,
    kShardOption,
};
constexpr auto kOptions = join_options(kGridOptions, kReplicatingOptions, kResultOptions, kTerminalOptions);

constexpr std::string_view kHelp =
    R"(SCENARIO is a file, - for standard input, or the name of an embedded scenario.
The same race at every point of a grid, on the same draws. One axis gives a row
a value, two a map of who wins (? where the evidence does not tell), more a row
a point. All points are checked before the first one runs.

examples:
  fleetrace sweep hare-and-turtle --vary horizon.length="7 yr,8 yr,10 yr"
  fleetrace sweep winner-map --vary horizon.length="2 yr..10 yr/9" \
    --vary hardware.price_performance_doubling="1 yr..4 yr/7"
  fleetrace sweep my.yaml --vary loss.kappa=0.04,0.05,0.06 --format csv > my.csv
)";

/// Runs the grid; false where Ctrl-C ended it.
bool run_grid(const Options& options, const Streams& streams, SweepStudy& work) {
  ProgressLine progress(options, streams, work.replications);
  const bool is_done = race(work, stop_flag(streams),
                            [&progress](std::size_t done, std::size_t) { progress.show(done); });
  progress.clear();
  if (!is_done) streams.err << "Interrupted: a grid is finished or not kept at all.\n";
  return is_done;
}

/// How many numbers the comparison at any point comes to.
std::size_t numbers_of_point(const SweepStudy& work) {
  std::size_t most = 0;
  for (const study::SweepRace& race : work.races)
    most = std::max(most, study::numbers_of_comparison(race.design.strategies.size()));
  return most;
}

output::Manifest manifest_of(const SweepStudy& work, const Options& options, std::vector<std::string> arguments) {
  output::Manifest manifest = output::manifest_of(work.base, {work.report.seed, 0, fleet::InputDraw::drawn},
                                                  std::move(arguments));
  manifest.question = output::question_of(work, options.text("target", "of the study"));
  manifest.warnings = work.report.warnings;
  return manifest;
}

/// Compares one part of the points.
int sweep_part(const SweepStudy& work, const study::Shard& shard, output::Manifest whole, const Options& options,
               const Streams& streams) {
  const std::size_t numbers = numbers_of_point(work);
  const PartOfStudy part{std::move(whole),  shard,   output::rows_of_numbers(numbers),
                         work.races.size(), "point", "points"};
  return compute_part(part, options, streams, [&](output::ShardFolder& folder, const auto& show) {
    std::vector<std::size_t> points;
    for (std::size_t point = 0; point < work.races.size(); ++point) {
      if (folder.lacks(point)) points.push_back(point);
    }
    study::SweepEffort effort = effort_of(work);
    effort.races_at_a_time = 20'000;  // What a kill may cost: these take a second or so.
    const auto keep = [&](std::size_t point, const study::Comparison& comparison) {
      std::vector<double> row = study::to_numbers(comparison);
      row.resize(numbers);
      folder.add(point, output::to_rows(row));
      show(1);
    };
    return study::compare_points(work.report.axes, work.races, points, effort, stop_flag(streams), keep);
  });
}

/// Takes the points from the parts of the study; false where Ctrl-C ended it.
bool take_parts(const output::ShardSet& parts, const output::Manifest& whole, SweepStudy& work,
                const std::atomic<bool>& stop) {
  const std::size_t numbers = numbers_of_point(work);
  return parts.read(whole, output::rows_of_numbers(numbers), work.races.size(),
                    [&](std::size_t point, std::span<const fleet::Metrics> row) {
                      work.report.points.push_back(study::comparison_from(
                          output::numbers_in(row, numbers), work.races[point].design, work.report.objective));
                      return !stop;
                    });
}

int sweep_study(const std::vector<std::string>& arguments, const Streams& streams, const output::ShardSet* parts) {
  const Options options = parse_options(kOptions, arguments);
  const std::string& name = only_operand(options, "SCENARIO");
  const auto& format = chosen_format(output::kSweepFormats, options, streams);
  std::vector<study::Axis> grid = axes(options);
  const std::optional<study::Shard> shard = shard_of(options);
  const reader::Document document(source_of(options, name));
  const std::vector<reader::Override> changes = overrides(options);
  SweepStudy work = make_sweep(document, document.load(changes), changes, std::move(grid), "--vary",
                               [&](const scenario::Scenario& point) { return study_settings(options, point); });
  print_warnings(work.report.warnings, options, streams);
  output::Manifest manifest = manifest_of(work, options, with_verb("sweep", arguments));
  if (shard) return sweep_part(work, *shard, std::move(manifest), options, streams);
  const SweepReport& report = work.report;
  const auto run = [&] {
    return parts != nullptr ? take_parts(*parts, manifest, work, stop_flag(streams)) : run_grid(options, streams, work);
  };
  if (options.has("output")) {
    if (parts != nullptr) parts->require_study(manifest);
    const int code = into_folder(options, streams, manifest, run, [&](const output::Manifest& known) {
      const Run base = fleetrace::run_scenario(work.base, {report.seed});
      return StudyFiles{output::sweep_csv(report), output::sweep_json(report), output::sweep_xlsx(report),
                        output::to_html(report, base, known.arguments, known.resolved_scenario)};
    });
    if (code != kDone || report.points.empty()) return code;
  } else if (!run()) {
    return kInterrupted;
  }
  streams.out << format.write(report, {streams.width, wants_color(options, streams)});
  return kDone;
}

int sweep(const std::vector<std::string>& arguments, const Streams& streams) {
  return sweep_study(arguments, streams, nullptr);
}

}  // namespace

int merge_sweep(const std::vector<std::string>& arguments, const Streams& streams, const output::ShardSet& parts) {
  return sweep_study(arguments, streams, &parts);
}

const Verb kSweep{.name = "sweep",
                  .arguments = "SCENARIO --vary PATH=A,B,... [OPTION]...",
                  .summary = "race them at every point of a grid: who wins where",
                  .help = kHelp,
                  .run = sweep,
                  .options = kOptions};

}  // namespace fleetrace::cli
