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

/// Compares the strategies at every point. All points draw the same replications, so that points differ by their inputs
/// alone. Parallel over points and replications, with the same result for every number of jobs (0: all cores). Memory does not
/// grow with points times replications. `finished(done)` counts replications, one call at a time. The result is empty where
/// the sweep was stopped. Throws ReplicationError naming the point of the grid.
[[nodiscard]] std::vector<Comparison> sweep(std::span<const Axis> axes, std::span<const SweepRace> races,
                                            fleet::Metric objective, double confidence, int jobs,
                                            const std::atomic<bool>& stop,
                                            const std::function<void(std::size_t done)>& finished = {});

/// How many replications a race takes: one where nothing is random.
[[nodiscard]] inline std::size_t replications_of(const SweepRace& race) {
  return race.design.has_chance ? race.replications : 1;
}

}  // namespace fleetrace::study
