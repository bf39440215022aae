#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "fleetrace/study/comparison.hpp"

/// The same race at every point of a grid of inputs.
namespace fleetrace::study {

/// One input and the values that it takes, as a scenario would write them.
struct Axis {
  std::string path;
  std::vector<std::string> values;
};

/// Number of points of the grid over these axes: the product of their values.
[[nodiscard]] std::size_t grid_size(std::span<const Axis> axes);
/// Which value of each axis a point has. The last axis runs fastest.
[[nodiscard]] std::vector<std::size_t> grid_position(std::span<const Axis> axes, std::size_t point);
/// "horizon.length=4 yr, operations.mfu=0.4"
[[nodiscard]] std::string grid_label(std::span<const Axis> axes, std::size_t point);

/// The race of one point.
struct SweepRace {
  Plan plan;
  std::size_t replications = 1;  ///< of a plan with chance; others take one
};

/// Compares the strategies at every point. All points draw the same replications, so that points differ by their inputs
/// alone. Parallel over points and replications, with the same result for every number of jobs (0: all cores); memory does
/// not grow with points times replications. `finished(done)` counts replications, one call at a time. Empty where stopped.
/// Throws ReplicationError naming the point of the grid.
[[nodiscard]] std::vector<Comparison> sweep(std::span<const Axis> axes, std::span<const SweepRace> races,
                                            fleet::Measure objective, double confidence, int jobs,
                                            const std::atomic<bool>& stop,
                                            const std::function<void(std::size_t done)>& finished = {});

/// Replications of a race: one where nothing is random.
[[nodiscard]] inline std::size_t replications_of(const SweepRace& race) {
  return race.plan.has_chance ? race.replications : 1;
}

}  // namespace fleetrace::study
