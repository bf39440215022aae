#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
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

/// The objective of a strategy in one row.
struct RowObjective {
  double value = 0;
  bool is_reached =
      true;  ///< false where a target is asked for and not reached: then the value is the horizon or what is spent until its end
};

/// A sensitivity with the races that it was computed from.
struct RacedSensitivity : Sensitivity {
  std::vector<RowObjective> objectives;  ///< at each row of the SobolDesign, strategy by strategy within a row
};

/// How many rows the indices take: replicates x points x (inputs + 2). Each row runs every strategy once.
[[nodiscard]] std::size_t sensitivity_runs(const StudyDesign& design, const SensitivityEffort& effort);

/// How many points its Sobol sequences have in all. They may be run in any order and anywhere.
[[nodiscard]] inline std::size_t sensitivity_points(const SensitivityEffort& effort) {
  return effort.replicates * effort.points;
}
/// How many numbers a point of the design comes to: two for each strategy in each of its rows.
[[nodiscard]] std::size_t numbers_of_point(const StudyDesign& design);
/// Runs some points, and calls `found` with the numbers of each, one call at a time. Returns false where it was stopped. Throws as
/// sensitivity() does. `finished(done)` counts rows.
[[nodiscard]] bool run_points(const StudyDesign& design, fleet::Metric objective, const SensitivityEffort& effort,
                              std::span<const std::size_t> points, const std::atomic<bool>& stop,
                              const std::function<void(std::size_t point, std::span<const double> numbers)>& found,
                              const std::function<void(std::size_t done)>& finished = {});
/// Writes the numbers of a point that was run before.
using KnownPoints = std::function<void(std::size_t point, std::span<double> numbers)>;

/// Sobol indices, tornado and break-evens over the uncertain inputs of a design, of which there is at least one.
///
/// Chance other than the inputs is that of replication 0 throughout. Rank correlations are left aside, so that the indices
/// are those of independent inputs. The result is the same for every number of jobs. `finished(done)` counts rows, one call at
/// a time. Returns nullopt where it was stopped. Throws ReplicationError where a race cannot be run or its objective is not
/// finite, and std::invalid_argument for an effort that SobolDesign refuses. Where `known` is given it tells what every point of the
/// sequences comes to, so that none is run.
[[nodiscard]] std::optional<RacedSensitivity> sensitivity(const StudyDesign& design,
                                                          const SensitivityQuestion& question,
                                                          const SensitivityEffort& effort,
                                                          const std::atomic<bool>& stop,
                                                          const std::function<void(std::size_t done)>& finished = {},
                                                          const KnownPoints& known = {});

}  // namespace fleetrace::study
