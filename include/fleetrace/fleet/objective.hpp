#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "fleetrace/fleet/metric.hpp"

/// Objectives of one's own: a number made of what a race comes to, by which studies compare and plans are searched for.
namespace fleetrace::fleet {

struct Objective {
  std::string name;  ///< what results call it; shown with spaces in place of underscores
  std::string summary = {};
  std::string unit = {};  ///< of the number; empty for a pure number
  bool lower_is_better = true;
  /// The number of a race, of the strategy of that name. `metrics` are its metrics in the order of Metric; NaN where the race has none,
  /// and for cost_per_effective_compute, which a study measures only where it is the objective. The same metrics always give
  /// the same number. What is not finite, or a models::ModelError that it throws, ends the study as a StudyError. Several threads
  /// may call it at a time.
  std::function<double(std::string_view strategy, std::span<const double, kMetrics> metrics)> value = {};
};

/// How many may be added.
inline constexpr std::size_t kMostOwnObjectives = 1024;

/// Adds it for as long as the program runs, and returns what stands for it where a study or a plan asks for its objective. Results
/// that are kept in folders, and scenarios, know those of the library alone. Any thread may call it. Throws std::invalid_argument
/// without a name or a function, and std::length_error beyond kMostOwnObjectives.
[[nodiscard]] Metric add_objective(Objective objective);

/// Whether the metric is an objective that was added.
[[nodiscard]] inline bool is_own(Metric metric) { return static_cast<std::size_t>(metric) >= kMetrics; }

}  // namespace fleetrace::fleet
