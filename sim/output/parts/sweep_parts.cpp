#include "sim/output/parts/sweep_parts.hpp"

#include <algorithm>
#include <utility>

#include "fleetrace/core/quantity.hpp"
#include "sim/api/race.hpp"
#include "sim/api/scenario_state.hpp"
#include "sim/output/folder/questions.hpp"
#include "sim/output/page/page.hpp"
#include "sim/output/studies/sweep.hpp"
#include "sim/study/compare/comparison_numbers.hpp"

namespace fleetrace::output {
namespace {

/// How many numbers the comparison at any point comes to.
std::size_t numbers_of_point(const SweepStudy& work) {
  std::size_t most = 0;
  for (const study::SweepRace& race : work.races)
    most = std::max(most, study::numbers_of_comparison(race.design.strategies.size()));
  return most;
}

bool take_parts(const ShardSet& parts, AskedSweep& asked, const std::atomic<bool>& stop) {
  SweepStudy& work = asked.study;
  const std::size_t numbers = numbers_of_point(work);
  return parts.read(asked.manifest, rows_of_numbers(numbers), work.races.size(),
                    [&](std::size_t point, std::span<const fleet::Metrics> row) {
                      work.report.points.push_back(study::comparison_from(
                          numbers_in(row, numbers), work.races[point].design, work.report.objective));
                      return !stop;
                    });
}

}  // namespace

AskedSweep ask_sweep(const Scenario& scenario, const StudyRequest& request, const std::string& option,
                     const SettingsOf& settings, std::vector<std::string> arguments) {
  const ScenarioState& state = scenario.state();
  AskedSweep asked{make_sweep(*state.document, state.loaded, state.changes, request.axes, option, settings), {}};
  const SweepReport& report = asked.study.report;
  asked.manifest = manifest_of(asked.study.base, {report.seed, 0, fleet::InputDraw::drawn}, std::move(arguments));
  const std::optional<double>& target = request.options.target;
  asked.manifest.question = question_of(asked.study, target ? core::format_real(*target) : "of the study");
  asked.manifest.warnings = report.warnings;
  return asked;
}

PartState sweep_part(const AskedSweep& asked, const StudyRequest& request, const study::Shard& shard,
                     const std::string& path, const PartWatch& watch) {
  const SweepStudy& work = asked.study;
  const std::size_t numbers = numbers_of_point(work);
  const PartOfStudy part{request, asked.manifest, shard, rows_of_numbers(numbers), work.races.size()};
  return compute_part(part, path, watch, [&](ShardFolder& folder, const auto& show) {
    std::vector<std::size_t> points;
    for (std::size_t point = 0; point < work.races.size(); ++point) {
      if (folder.lacks(point)) points.push_back(point);
    }
    study::SweepEffort effort = effort_of(work);
    effort.races_at_a_time = 20'000;  // What a kill may cost: these take a second or so.
    const auto keep = [&](std::size_t point, const study::Comparison& comparison) {
      std::vector<double> row = study::to_numbers(comparison);
      row.resize(numbers);
      folder.add(point, to_rows(row));
      show(1);
    };
    return study::compare_points(work.report.axes, work.races, points, effort, watch.stop, keep);
  });
}

bool race(AskedSweep& asked, const ShardSet* parts, const std::atomic<bool>& stop, const Progress& progress) {
  return parts != nullptr ? take_parts(*parts, asked, stop) : fleetrace::race(asked.study, stop, progress);
}

StudyFiles files_of(const AskedSweep& asked, const Manifest& known) {
  const SweepReport& report = asked.study.report;
  const Run base = run_scenario(asked.study.base, {report.seed});
  return {sweep_csv(report), sweep_json(report), sweep_xlsx(report),
          to_html(report, base, known.arguments, known.resolved_scenario)};
}

}  // namespace fleetrace::output
