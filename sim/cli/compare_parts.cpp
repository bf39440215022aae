#include "sim/cli/compare_parts.hpp"

#include <utility>

#include "sim/cli/study_options.hpp"
#include "sim/output/folder/loss_records.hpp"
#include "sim/study/affordable.hpp"

namespace fleetrace::cli {

int compare_part(const scenario::Scenario& scenario, const StudySettings& settings, output::Manifest whole,
                 const study::Shard& shard, const Options& options, const Streams& streams) {
  study::StudyDesign design = study::StudyDesign::of(scenario, settings.seed, settings.target, settings.objective);
  design.observed = fleet::Detail::losses;
  const std::size_t count = design.has_chance ? settings.rule.most : 1;
  study::require_affordable(count, design.strategies.size());
  const PartOfStudy part{std::move(whole), shard, design.strategies.size(), count, "replication", "replications"};
  output::LossRecorder losses(design.strategies.size(), count);
  return compute_part(part, options, streams, [&](output::ShardFolder& folder, const auto& show) {
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
        design, count, settings.jobs, stop_flag(streams), known, keep,
        [&](std::uint32_t replication, std::size_t strategy, const fleet::StrategySetup&,
            const fleet::Outcome& outcome) { losses.keep(replication, strategy, outcome); },
        losses.room());
  });
}

void take_parts(const output::ShardSet& parts, output::ComparisonFolder& folder, ComparisonStudy& work,
                const std::atomic<bool>& stop) {
  study::Results& results = work.results();
  if (results.replications() < work.most()) results.resize(work.most());
  const std::size_t strategies = work.design().strategies.size();
  output::LossReader losses(work.paths(), strategies);
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

}  // namespace fleetrace::cli
