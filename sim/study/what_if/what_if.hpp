#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/study/what_if.hpp"
#include "sim/scenario/inputs/perturbation.hpp"
#include "sim/study/replications.hpp"
#include "sim/study/solve/goal.hpp"
#include "sim/study/statistics.hpp"

/// What if: a scenario and changed ones on the same draws of the world.
namespace fleetrace::study {

/// A scenario to race. The first case of a study is the base that the others are compared with.
struct WhatIfCase {
  std::string name;
  StudyDesign design;
  std::vector<Goal> guards;  ///< goals about its strategies
};

static_assert(kWhatIfMetrics == kRaceMetrics.size() + scenario::kPerturbations.size());

/// Races every case in each replication: as it is, and with each perturbation that applies. Strategies of different cases are
/// paired by name. A shadow value is the difference in effective compute that a perturbation makes on the same draw, divided
/// by the amount of the perturbation; its mean is over replications.
///
/// Parallel, with the same result for every number of jobs (0: all cores). `finished(done, all)` counts races of all
/// strategies, one call at a time. The result has no cases where the study was stopped. Throws ReplicationError naming the
/// case.
[[nodiscard]] WhatIf what_if(std::span<const WhatIfCase> cases, std::size_t replications, double confidence, int jobs,
                             const std::atomic<bool>& stop,
                             const std::function<void(std::size_t done, std::size_t all)>& finished = {});

}  // namespace fleetrace::study
