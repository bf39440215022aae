#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/fleet/relief.hpp"
#include "fleetrace/study/goal.hpp"
#include "fleetrace/study/replications.hpp"
#include "fleetrace/study/statistics.hpp"

/// What if: a scenario and changed ones, on the same draws of the world.
namespace fleetrace::study {

/// One future; the first of a study is the base that the others are compared with.
struct Future {
  std::string name;
  Plan plan;
  std::vector<Goal> guards;  ///< of its strategies
};

struct Estimate {
  double mean = 0;
  Interval interval;  ///< of no width where nothing is random; infinite for one replication of many
};

/// What a strategy's race is told by: measures, then shadow values.
struct Figure {
  std::string_view name;     ///< as results have it: "final_loss", "pf_days_per_mw"
  std::string_view unit;     ///< empty for pure numbers
  std::string_view summary;  ///< one line
};
inline constexpr std::size_t kWhatIfMeasures = 7;
inline constexpr std::size_t kFigures = kWhatIfMeasures + fleet::kReliefs.size();
/// Final and mean loss, effective compute [FLOP], spend [USD], energy [kWh], idle money [USD yr], idle accelerators
/// [accelerator-years]; then the shadow values [PF-day a unit].
[[nodiscard]] const Figure& figure(std::size_t index);

struct FigureStanding {
  bool applies = false;  ///< shadow values: whether there is anything to relax
  Estimate value;
  Estimate difference;  ///< to the base on the same draws; of futures other than the base, where both apply
};

struct StrategyFuture {
  std::string name;
  bool in_base = true;
  std::array<FigureStanding, kFigures> figures;
};

struct FutureStanding {
  std::string name;
  std::vector<StrategyFuture> strategies;
  std::vector<GoalWatch::Verdict> guards;
  bool differs = false;  ///< from the base, in any measure of any replication
};

struct WhatIf {
  double confidence = 0.95;
  std::size_t replications = 0;
  bool has_chance = false;
  std::vector<FutureStanding> futures;  ///< the base first
};

/// Races every future in each replication: as it is, and with each relief that applies. Strategies are paired by name. A
/// shadow value is the difference in effective compute that the relief makes on the same draw over what was relieved; its
/// mean is over replications. Parallel, with the same result for every number of jobs (0: all cores). `finished(done, all)`
/// counts races of all strategies, one call at a time. No futures where it was stopped. Throws ReplicationError naming the
/// future.
[[nodiscard]] WhatIf what_if(std::span<const Future> futures, std::size_t replications, double confidence, int jobs,
                             const std::atomic<bool>& stop,
                             const std::function<void(std::size_t done, std::size_t all)>& finished = {});

}  // namespace fleetrace::study
