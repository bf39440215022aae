#include "sim/output/parts/comparison_parts.hpp"

#include <utility>

#include "sim/api/plan_periods.hpp"
#include "sim/output/folder/loss_records.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "sim/study/affordable.hpp"

namespace fleetrace::output {

Manifest whole_comparison(const scenario::Scenario& scenario, const StudySettings& settings,
                          std::vector<std::string> arguments) {
  const fleet::Horizon horizon = scenario::resolve(scenario).front().horizon;
  return comparison_manifest(scenario, settings, usual_plan(horizon.start, horizon.end), std::move(arguments));
}

PartState compare_part(const StudyRequest& request, const scenario::Scenario& scenario, const StudySettings& settings,
                       std::vector<std::string> arguments, const study::Shard& shard, const std::string& path,
                       const PartWatch& watch) {
  study::StudyDesign design = study::StudyDesign::of(scenario, settings.seed, settings.target, settings.objective);
  design.observed = fleet::Detail::losses;
  const std::size_t count = design.has_chance ? settings.rule.most : 1;
  study::require_affordable(count, design.strategies.size());
  const PartOfStudy part{request, whole_comparison(scenario, settings, std::move(arguments)), shard,
                         design.strategies.size(), count};
  LossRecorder losses(design.strategies.size(), count);
  return compute_part(part, path, watch, [&](ShardFolder& folder, const auto& show) {
    study::Results known(design.strategies.size(), {});  // which replications are not to be run, and nothing of them
    known.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
      if (!shard.has(i) || (folder.has(i) && losses.is_written(folder, i))) known.set_done(i);
    }
    const auto keep = [&](std::uint32_t replication, std::span<const fleet::Metrics> row) {
      if (folder.lacks(replication)) {
        folder.add(replication, row);
        show(1);
      }
      losses.write(folder, replication);
    };
    return study::replicate(
        design, count, settings.jobs, watch.stop, known, keep,
        [&](std::uint32_t replication, std::size_t strategy, const fleet::StrategySetup&,
            const fleet::Outcome& outcome) { losses.keep(replication, strategy, outcome); },
        losses.room());
  });
}

void take_parts(const ShardSet& parts, ComparisonFolder& folder, ComparisonStudy& work, const std::atomic<bool>& stop) {
  study::Results& results = work.results();
  if (results.replications() < work.most()) results.resize(work.most());
  const std::size_t strategies = work.design().strategies.size();
  LossReader losses(work.paths(), strategies);
  (void)parts.read(
      folder.manifest(), strategies, work.most(),
      [&](std::size_t replication, std::span<const fleet::Metrics> row) {
        if (results.has(replication)) return true;
        results.set(replication, row);
        results.set_done(replication);
        folder.journal().add(static_cast<std::uint32_t>(replication), row);
        return !stop;
      },
      [&losses](std::uint32_t number, std::span<const fleet::Metrics> row) { losses.take(number, row); });
}

}  // namespace fleetrace::output
