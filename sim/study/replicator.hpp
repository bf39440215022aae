#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <utility>
#include <vector>

#include "fleetrace/study/results.hpp"
#include "sim/fleet/results/metrics.hpp"
#include "sim/scenario/inputs/inputs.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "sim/study/study_design.hpp"

namespace fleetrace::study {

/// Called with a finished race.
using Observer = std::function<void(std::uint32_t replication, std::size_t strategy, const fleet::StrategySetup&,
                                    const fleet::Outcome&)>;

/// Stands for all replications of a study, however many there are.
inline constexpr std::size_t kEveryReplication = std::numeric_limits<std::size_t>::max();

struct RaceMemory;

/// Runs replications of one design one after the other: in each, all strategies race on one draw of the world. It keeps its
/// memory from one to the next.
class Replicator {
 public:
  explicit Replicator(const StudyDesign& design);
  /// `design` must outlive it.
  Replicator(const StudyDesign& design, std::shared_ptr<RaceMemory> memory)
      : design_(&design), memory_(std::move(memory)) {}

  /// Metrics of each strategy, in the order of the design; they are valid until the next run. Throws ReplicationError.
  std::span<const fleet::Metrics> run(std::uint32_t replication) {
    row_.resize(design_->strategies.size());
    run(replication, row_);
    return row_;
  }
  /// Writes the metrics of each strategy to `row`.
  void run(std::uint32_t replication, std::span<fleet::Metrics> row);
  /// Runs the replication with these values of the inputs, in the order of Inputs::all(), in place of those that it draws. All
  /// other chance is that of the replication.
  void run(std::uint32_t replication, std::span<const double> values, std::span<fleet::Metrics> row);

  /// Called with each finished race of the first `observed` replications. The outcomes of other replications hold no more than
  /// metrics are read from, which takes about half the time.
  Observer observe;
  std::size_t observed = kEveryReplication;
  /// Called with the scenario that a replication drew, before it is resolved. It changes every draw alike, and with them what
  /// the strategies believe.
  std::function<void(scenario::Scenario&)> alter;

 private:
  /// The strategy setups of a draw, in the memory of the draw before.
  std::vector<fleet::StrategySetup>& setups_of(const fleet::Draw& chance, std::span<const double> values);
  std::vector<fleet::StrategySetup>& resolve(const fleet::Draw& chance, std::span<const double> values);
  std::vector<fleet::StrategySetup>& resolve(const scenario::Scenario& drawn, const fleet::Draw& chance);
  /// What the world without purchases costs and computes; empty where the design does not ask for it.
  [[nodiscard]] std::optional<fleet::WithoutPurchases> race_base(const fleet::Draw& chance);
  void believe();

  /// Races one strategy, followed event by event where the design asks for it.
  void race_followed(std::uint32_t replication, std::size_t strategy, const fleet::StrategySetup& setup);

  const StudyDesign* design_;
  std::shared_ptr<RaceMemory> memory_;
  std::shared_ptr<RaceFollower> follower_;  ///< made when it is first needed
  std::vector<double> uniforms_;
  std::vector<double> values_;
  std::unique_ptr<scenario::DrawnScenario> drawn_;
  scenario::Resolution resolution_;
  std::optional<fleet::StrategySetup> base_;  ///< the world without purchases, where the design asks for it
  bool believes_ = false;                     ///< whether the resolution was told what strategies believe
  bool holds_for_all_ = false;                ///< whether the setups are those of every replication, but for chance
  std::vector<fleet::Metrics> row_;
};

}  // namespace fleetrace::study
