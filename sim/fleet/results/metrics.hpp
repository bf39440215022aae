#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "fleetrace/fleet/metric.hpp"
#include "sim/fleet/results/outcome.hpp"
#include "sim/fleet/setup.hpp"

/// What a race is judged by: one number a strategy.
namespace fleetrace::fleet {

/// By Metric; in the last place stands the one objective of one's own that a study may have.
using Metrics = std::array<double, kMetrics + 1>;
[[nodiscard]] inline std::size_t place_of(Metric metric) {
  return std::min(static_cast<std::size_t>(metric), kMetrics);
}
[[nodiscard]] inline double& get(Metrics& metrics, Metric which) { return metrics[place_of(which)]; }
[[nodiscard]] inline double get(const Metrics& metrics, Metric which) { return metrics[place_of(which)]; }

/// What a world costs and computes in which the initial fleet works and nobody buys: what cost at the margin is measured from.
struct WithoutPurchases {
  double cost_usd = 0;  ///< market value of the initial fleet less net present value without earnings
  double effective_flop = 0;
};
[[nodiscard]] WithoutPurchases without_purchases(const Summary& final);
/// FinanceReport::marginal_usd_per_pf_day; infinite where money and compute are those of the world without purchases.
[[nodiscard]] double marginal_usd_per_pf_day(const Summary& final, const WithoutPurchases& base);

/// Metrics of a finished race. The target is the one of that index in LossAccounting::targets; without one nothing is
/// reached. What has no value (see has_value()) holds how far it is known: the horizon, all spending. Without a base no cost at
/// the margin has one.
[[nodiscard]] Metrics measure(const StrategySetup& setup, const Outcome& outcome, std::optional<std::size_t> target,
                              const std::optional<WithoutPurchases>& base = std::nullopt);

/// Whether a race has a value of a metric, given that value and its metric `target_reached`. Times and costs until a target are
/// of races that reach it, cost at the margin of races in which money bought compute.
[[nodiscard]] bool has_value(Metric metric, double value, double target_reached);
/// The value; no number where there is none. For raw results, in which a bound would pass for a value.
[[nodiscard]] double value_or_none(const Metrics& metrics, Metric which);

/// All spending of a race that has targets [USD]: hardware counts when it is ordered, sites when they are paid for, and running
/// costs as they run up, booked or not. From the end of the horizon on, the rest of all rents counts, too.
[[nodiscard]] double spend_until(const Outcome& outcome, core::Time until);

/// Whether races of this case differ by replication, inputs aside.
[[nodiscard]] bool has_chance(const StrategySetup& setup);
/// Whether what is on sale when differs by replication: then each resolves to a case of its own.
[[nodiscard]] bool has_random_releases(const StrategySetup& setup);

}  // namespace fleetrace::fleet
