#include "fleetrace/output/sweep.hpp"

#include <algorithm>
#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/output/page.hpp"
#include "study_folder.hpp"
#include "study_options.hpp"
#include "vary.hpp"
#include "verbs.hpp"

namespace fleetrace::cli {
namespace {

constexpr Option kOptions[] = {
    {"vary", "PATH=A,B,...",
     "An axis of the grid: values of any path as --set takes them, or \"2 yr..10 yr/9\" for 9 in equal steps, \"1 yr..16 "
     "yr/5 log\" in equal ratios. May be repeated.",
     true},
    {"replications", "N", "How many draws of the world a point. Default: study.replications of the scenario."},
    kObjectiveOption,
    kTargetOption,
    {"confidence", "P", "Of the intervals, and of naming a winner. Default: study.confidence."},
    kSeedOption,
    kJobsOption,
    kSetOption,
    {"format", "FORMAT", "{}. Default: table. csv has a row for each point and strategy.", false, formats},
    {"output", "DIR",
     "Write results.csv, results.json, report.html and manifest.json there. A folder that holds another result is left alone."},
    kProgressOption,
    kQuietOption,
    kColorOption,
};

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

/// Findings of all points, each once.
class Findings {
 public:
  void add(const core::InputError& error) {
    for (const core::Diagnostic& each : error.diagnostics()) {
      std::string text = core::to_string(each);
      if (std::find(texts_.begin(), texts_.end(), text) != texts_.end()) continue;
      texts_.push_back(std::move(text));
      found_.push_back(each);
    }
  }
  /// More help nobody.
  [[nodiscard]] bool are_enough() const { return found_.size() >= 100; }
  void throw_if_any() const {
    if (!found_.empty()) throw core::InputError(found_);
  }

 private:
  std::vector<std::string> texts_;
  std::vector<core::Diagnostic> found_;
};

struct Grid {
  fleet::Scenario first;  ///< the scenario of its first point
  std::vector<study::SweepRace> races;
  std::size_t replications = 0;  ///< of all points
  int jobs = 0;
};

Grid load_grid(const Options& options, const scenario::Source& source, output::SweepReport& report) {
  const std::vector<scenario::Override> fixed = overrides(options);
  Grid grid;
  Findings findings;
  for (std::size_t point = 0; point < study::grid_size(report.axes) && !findings.are_enough(); ++point) {
    std::vector<scenario::Override> changes = fixed;
    const std::vector<std::size_t> position = study::grid_position(report.axes, point);
    for (std::size_t i = 0; i < position.size(); ++i)
      changes.push_back({report.axes[i].path, report.axes[i].values[position[i]], "--vary"});
    try {
      const fleet::Scenario scenario = scenario::load_bytes(source.bytes, source.file, changes);
      const StudySettings settings = study_settings(options, scenario);
      if (point == 0) grid.first = scenario;
      report.name = scenario.name();
      report.seed = settings.seed;
      grid.jobs = settings.jobs;
      report.objective = settings.objective;
      report.confidence = settings.confidence;
      grid.races.push_back({study::Plan::of(scenario, settings.seed, settings.target), settings.replications});
      report.has_chance = report.has_chance || grid.races.back().plan.has_chance;
      grid.replications += study::replications_of(grid.races.back());
    } catch (const core::InputError& error) {
      findings.add(error);
    }
  }
  findings.throw_if_any();
  return grid;
}

/// Everything that makes a sweep another one, beside the scenario at its first point.
std::string question_of(const output::SweepReport& report, const Grid& grid, const Options& options) {
  std::string text = "sweep " + std::string(fleet::info(report.objective).name) + ", target " +
                     options.text("target", "of the study") + ", confidence " + core::format_real(report.confidence) +
                     ", replications " + std::to_string(grid.races.front().replications);
  for (const study::Axis& axis : report.axes) {
    text += "; " + axis.path + " =";
    for (const std::string& value : axis.values) text += ' ' + value + ',';
  }
  return text;
}

/// Runs the grid; false where Ctrl-C ended it.
bool run_grid(const Options& options, const Streams& streams, const Grid& grid, output::SweepReport& report) {
  ProgressLine progress(options, streams, grid.replications);
  report.points = study::sweep(report.axes, grid.races, report.objective, report.confidence, grid.jobs,
                               stop_flag(streams), [&progress](std::size_t done) { progress.show(done); });
  progress.clear();
  if (report.points.empty()) streams.err << "Interrupted: a grid is finished or not kept at all.\n";
  return !report.points.empty();
}

int sweep(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kOptions, arguments);
  const std::string& name = only_operand(options, "SCENARIO");
  const std::string format = choice(options, "format");
  output::SweepReport report;
  report.axes = axes(options);
  const scenario::Source source = scenario::read_source(name);
  report.sha256 = scenario::sha256(source.bytes, overrides(options));
  const Grid grid = load_grid(options, source, report);
  const auto run = [&] { return run_grid(options, streams, grid, report); };
  if (options.has("output")) {
    output::Manifest manifest = output::manifest_of(grid.first, {report.seed, 0, fleet::InputDraw::drawn},
                                                    with_verb("sweep", arguments));
    manifest.scenario_sha256 = report.sha256;
    manifest.question = question_of(report, grid, options);
    const int code = into_folder(options, streams, std::move(manifest), run, [&](const output::Manifest& known) {
      const output::Run first = output::run_scenario(grid.first, {report.seed});
      return StudyFiles{output::sweep_csv(report), output::sweep_json(report),
                        output::to_html(report, first, known.arguments, known.resolved_scenario)};
    });
    if (code != kDone || report.points.empty()) return code;
  } else if (!run()) {
    return kInterrupted;
  }
  if (format == "json") {
    streams.out << output::sweep_json(report);
  } else if (format == "csv") {
    streams.out << output::sweep_csv(report);
  } else if (format == "markdown") {
    streams.out << output::sweep_markdown(report);
  } else {
    streams.out << output::sweep_table(report, {streams.width, wants_color(options, streams)});
  }
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
