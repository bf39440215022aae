#include "sim/output/studies/sweep.hpp"

#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/api/sweep_study.hpp"
#include "sim/cli/format_option.hpp"
#include "sim/cli/study_folder.hpp"
#include "sim/cli/study_options.hpp"
#include "sim/cli/vary.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/cli/warnings.hpp"
#include "sim/output/folder/questions.hpp"
#include "sim/output/page/page.hpp"
#include "sim/reader/document.hpp"

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

int sweep(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kOptions, arguments);
  const std::string& name = only_operand(options, "SCENARIO");
  const auto& format = chosen_format(output::kSweepFormats, options, streams);
  std::vector<study::Axis> grid = axes(options);
  const reader::Document document(source_of(options, name));
  const std::vector<reader::Override> changes = overrides(options);
  SweepStudy work = make_sweep(document, document.load(changes), changes, std::move(grid), "--vary",
                               [&](const scenario::Scenario& point) { return study_settings(options, point); });
  print_warnings(work.report.warnings, options, streams);
  const SweepReport& report = work.report;
  const auto run = [&] { return run_grid(options, streams, work); };
  if (options.has("output")) {
    output::Manifest manifest = output::manifest_of(work.base, {report.seed, 0, fleet::InputDraw::drawn},
                                                    with_verb("sweep", arguments));
    manifest.question = output::question_of(work, options.text("target", "of the study"));
    manifest.warnings = report.warnings;
    const int code = into_folder(options, streams, std::move(manifest), run, [&](const output::Manifest& known) {
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

}  // namespace

const Verb kSweep{.name = "sweep",
                  .arguments = "SCENARIO --vary PATH=A,B,... [OPTION]...",
                  .summary = "race them at every point of a grid: who wins where",
                  .help = kHelp,
                  .run = sweep,
                  .options = kOptions};

}  // namespace fleetrace::cli
