#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What a race is judged by: one number for each strategy.
namespace fleetrace::fleet {

/// Values beyond these stand for objectives of one's own (add_objective).
enum class Metric : std::uint16_t {
  final_loss,      ///< relative loss at the end of the horizon
  mean_loss,       ///< time average of relative loss
  time_to_target,  ///< [yr] until the target is reached; only a race that reaches it has a value
  cost_to_target,  ///< [USD] spent until the target is reached, nominal; only a race that reaches it has a value
  npv,             ///< [USD] sales, credits and salvage less spending, discounted to the start
  /// [USD/PF-day] what a strategy costs beyond the same world without purchases, over the effective compute that it has beyond
  /// it. Only a race in which money bought compute has one.
  cost_per_effective_compute,
  discounted_loss,          ///< relative loss, averaged over the horizon with later days discounted
  target_reached,           ///< 1 where the target is reached, else 0
  spend,                    ///< [USD] nominal, on everything
  energy,                   ///< [kWh] used by all sites
  effective_compute,        ///< [FLOP] since the start
  idle_money,               ///< [USD yr] released money that waited to be spent
  idle_accelerators,        ///< [accelerator-years] delivered accelerators that waited to enter service
  cost_with_initial_fleet,  ///< [USD/PF-day] market value of the initial fleet less npv, over all effective compute
};
inline constexpr std::size_t kMetrics = 14;
inline constexpr std::size_t kObjectives = 7;  ///< the first so many may be what a study compares

struct MetricInfo {
  Metric metric;
  std::string_view name;
  std::string_view summary;
  std::string_view unit;  ///< empty for pure numbers
  bool lower_is_better;
  bool needs_target;
  bool needs_base;  ///< whether it is measured from the same world without purchases
};
[[nodiscard]] const MetricInfo& info(Metric metric);
[[nodiscard]] std::vector<std::string_view> objective_names();
/// The objective of that name; nullopt where there is none.
[[nodiscard]] std::optional<Metric> find_objective(std::string_view name);

/// An objective of one's own: a number made of what a race comes to, by which studies compare and plans are searched for.
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

/// The one rule for ties: two values are tied where they differ by less than this fraction of the larger one, or by less than a
/// millisecond or a cent. That is as far as arithmetic can tell: means over time hold to 1e-10. Nobody leads by less.
inline constexpr double kTieTolerance = 1e-9;
[[nodiscard]] bool are_tied(double a, double b);
/// Whether two values of a metric are tied by that rule.
[[nodiscard]] bool are_tied(Metric metric, double a, double b);

}  // namespace fleetrace::fleet
