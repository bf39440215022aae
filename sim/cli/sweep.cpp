#include "sim/output/studies/sweep.hpp"

#include <ostream>

#include "sim/cli/format_option.hpp"
#include "sim/cli/parts.hpp"
#include "sim/cli/shard_option.hpp"
#include "sim/cli/study_folder.hpp"
#include "sim/cli/study_options.hpp"
#include "sim/cli/vary.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/cli/warnings.hpp"
#include "sim/output/parts/sweep_parts.hpp"

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

/// Runs the grid, or takes it from the parts where these are given; false where Ctrl-C ended it.
bool run_grid(const Options& options, const Streams& streams, output::AskedSweep& asked,
              const output::ShardSet* parts) {
  ProgressLine progress(options, streams, asked.study.replications);
  const bool is_done = output::race(asked, parts, stop_flag(streams),
                                    [&progress](std::size_t done, std::size_t) { progress.show(done); });
  progress.clear();
  if (!is_done) streams.err << "Interrupted: a grid is finished or not kept at all.\n";
  return is_done;
}

int sweep_study(const std::vector<std::string>& arguments, const Streams& streams, const output::ShardSet* parts) {
  const Options options = parse_options(kOptions, arguments);
  const std::string& name = only_operand(options, "SCENARIO");
  const auto& format = chosen_format(output::kSweepFormats, options, streams);
  std::vector<study::Axis> grid = axes(options);
  const std::optional<study::Shard> shard = shard_of(options);
  StudyRequest request;
  if (parts != nullptr) {
    request = parts->request();
  } else {
    request = study_request(StudyRequest::Verb::sweep, options, name);
    request.axes = std::move(grid);
  }
  const Scenario scenario = load(request);
  if (parts == nullptr) request.options = asked_settings(options, scenario.details());
  output::AskedSweep asked = output::ask_sweep(
      scenario, request, "--vary",
      [&](const scenario::Scenario& point) {
        return parts == nullptr ? study_settings(options, point) : parts->settings(point, jobs_of(options));
      },
      with_verb("sweep", arguments));
  const SweepReport& report = asked.study.report;
  print_warnings(report.warnings, options, streams);
  if (shard) {
    return compute_part(request.verb, options, streams, [&](const std::string& path, const output::PartWatch& watch) {
      return output::sweep_part(asked, request, *shard, path, watch);
    });
  }
  const auto run = [&] { return run_grid(options, streams, asked, parts); };
  if (options.has("output")) {
    if (parts != nullptr) parts->require_study(asked.manifest);
    const int code = into_folder(options, streams, asked.manifest, run,
                                 [&](const output::Manifest& known) { return output::files_of(asked, known); });
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
