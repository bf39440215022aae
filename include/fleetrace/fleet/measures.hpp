#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "fleetrace/fleet/case.hpp"
#include "fleetrace/fleet/outcome.hpp"

/// What a race is judged by: one number a strategy.
namespace fleetrace::fleet {

enum class Measure : std::uint8_t {
  final_loss,                  ///< relative loss at the end of the horizon
  mean_loss,                   ///< time average of relative loss
  time_to_target,              ///< [yr], at most the horizon where the target is not reached
  cost_to_target,              ///< [USD] spent until then, nominal
  npv,                         ///< [USD] sales, credits and salvage less spending, discounted
  cost_per_effective_compute,  ///< [USD/PF-day] minus npv over effective compute
  target_reached,              ///< 1 or 0
  spend,                       ///< [USD] nominal
  energy,                      ///< [kWh] of the site
  effective_compute,           ///< [FLOP] since the start
  idle_money,                  ///< [USD yr] released money that waited to be spent
  idle_accelerators,           ///< [accelerator-years] delivered accelerators that waited to enter service
};
inline constexpr std::size_t kMeasures = 12;
inline constexpr std::size_t kObjectives = 6;  ///< the first so many may be what a study compares

struct MeasureInfo {
  Measure measure;
  std::string_view name;
  std::string_view summary;
  std::string_view unit;  ///< empty for pure numbers
  bool lower_is_better;
  bool needs_target;
};
/// In the order of Measure.
[[nodiscard]] const MeasureInfo& info(Measure measure);
[[nodiscard]] std::vector<std::string_view> objective_names();
/// The objective of that name; nullopt where there is none.
[[nodiscard]] std::optional<Measure> find_objective(std::string_view name);

using Measures = std::array<double, kMeasures>;
[[nodiscard]] inline double& get(Measures& measures, Measure which) {
  return measures[static_cast<std::size_t>(which)];
}
[[nodiscard]] inline double get(const Measures& measures, Measure which) {
  return measures[static_cast<std::size_t>(which)];
}

/// Measures of a finished race. The target is the one of that index in LossAccounting::targets; without one nothing is
/// reached. Spending until a target counts hardware by its order; energy and research run evenly between two samples.
[[nodiscard]] Measures measure(const Case& plan, const Outcome& outcome, std::optional<std::size_t> target);

/// Hardware ordered until then, sites paid for until then, and all spending [USD]; as above.
[[nodiscard]] double facility_until(const Case& plan, core::Time until);
[[nodiscard]] double capex_until(const Outcome& outcome, const Case& plan, core::Time until);
[[nodiscard]] double spend_until(const Outcome& outcome, const Case& plan, core::Time until);

/// Whether races of this case differ by replication, inputs aside.
[[nodiscard]] bool has_chance(const Case& plan);
/// Whether what is on sale when differs by replication: then each resolves to a case of its own.
[[nodiscard]] bool has_random_releases(const Case& plan);

}  // namespace fleetrace::fleet
