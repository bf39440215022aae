#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "sim/study/replications.hpp"
#include "sim/study/sensitivity/sobol_indices.hpp"

/// Sensitivity of a race to its uncertain inputs: which one decides it, and at which value the winner changes.
namespace fleetrace::study {

/// The result whose sensitivity is asked for: a strategy's objective, or that of one strategy minus that of another.
struct SensitivityQuestion {
  fleet::Metric objective = fleet::Metric::final_loss;
  /// The strategy that is asked about. Where it is empty, the one with the best mean is compared with the second-best.
  std::optional<std::size_t> strategy;
  /// The strategy whose objective is subtracted. Where it is empty, that of `strategy` is looked at alone.
  std::optional<std::size_t> against;
};

struct SensitivityEffort {
  std::size_t points = 128;     ///< points of each replicate, a power of two
  std::size_t replicates = 16;  ///< independent Sobol sequences
  double confidence = 0.95;
  int jobs = 0;  ///< 0: all cores
};

/// How many rows the indices take: replicates x points x (inputs + 2). Each row runs every strategy once.
[[nodiscard]] std::size_t sensitivity_runs(const StudyDesign& design, const SensitivityEffort& effort);

/// Sobol indices, tornado and break-evens over the uncertain inputs of a design, of which there is at least one.
///
/// Chance other than the inputs is that of replication 0 throughout. Rank correlations are left aside, so that the indices
/// are those of independent inputs. The result is the same for every number of jobs. `finished(done)` counts rows, one call at
/// a time. Returns nullopt where it was stopped. Throws ReplicationError where a race cannot be run or its objective is not
/// finite, and std::invalid_argument for an effort that SobolDesign refuses.
[[nodiscard]] std::optional<Sensitivity> sensitivity(const StudyDesign& design, const SensitivityQuestion& question,
                                                     const SensitivityEffort& effort, const std::atomic<bool>& stop,
                                                     const std::function<void(std::size_t done)>& finished = {});

}  // namespace fleetrace::study
