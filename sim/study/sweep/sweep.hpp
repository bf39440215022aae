#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "sim/study/compare/comparison.hpp"

/// Runs the same race at every point of a grid of inputs.
namespace fleetrace::study {

/// Number of points of the grid over these axes: the product of their numbers of values.
[[nodiscard]] std::size_t grid_size(std::span<const Axis> axes);
/// Index of the value that a point has on each axis. The last axis runs fastest.
[[nodiscard]] std::vector<std::size_t> grid_position(std::span<const Axis> axes, std::size_t point);
/// The name of a point, such as "horizon.length=4 yr, operations.mfu=0.4".
[[nodiscard]] std::string grid_label(std::span<const Axis> axes, std::size_t point);

/// The race of one point.
struct SweepRace {
  StudyDesign design;
  std::size_t replications = 1;  ///< for a design with chance; a design without chance takes one
};

/// How a grid is raced.
struct SweepEffort {
  fleet::Metric objective = fleet::Metric::final_loss;
  double confidence = 0.95;
  int jobs = 0;  ///< 0: all cores
  /// How many races are kept at a time, which bounds memory to some 50 MB; a point that takes more is kept whole.
  std::size_t races_at_a_time = 1'000'000;
};

/// Called with each point that was compared, one after the other.
using FoundPoint = std::function<void(std::size_t point, Comparison comparison)>;

/// Compares the strategies at some points of the grid, in the order of the list. All points draw the same replications, so that
/// points differ by their inputs alone. Parallel over points and replications, with the same result for every number of jobs.
/// Memory does not grow with points times replications. `finished(done)` counts replications, one call at a time. Returns false
/// where it was stopped. Throws ReplicationError naming the point of the grid.
[[nodiscard]] bool compare_points(std::span<const Axis> axes, std::span<const SweepRace> races,
                                  std::span<const std::size_t> points, const SweepEffort& effort,
                                  const std::atomic<bool>& stop, const FoundPoint& found,
                                  const std::function<void(std::size_t done)>& finished = {});

/// The same at every point. The result is empty where it was stopped.
[[nodiscard]] std::vector<Comparison> sweep(std::span<const Axis> axes, std::span<const SweepRace> races,
                                            const SweepEffort& effort, const std::atomic<bool>& stop,
                                            const std::function<void(std::size_t done)>& finished = {});

/// How many replications a race takes: one where nothing is random.
[[nodiscard]] inline std::size_t replications_of(const SweepRace& race) {
  return race.design.has_chance ? race.replications : 1;
}

}  // namespace fleetrace::study
