#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/fleet/metric.hpp"
#include "fleetrace/study/results.hpp"

/// What a what-if comes to, as plain values.
namespace fleetrace::study {

/// A mean with its interval, and how far single futures lie apart, which no number of replications narrows.
struct Estimate {
  double mean = 0;
  Interval interval;  ///< of the mean; of no width where nothing is random, infinite for one replication of many
  Spread futures = {};
};

/// What a what-if reports of a strategy: a metric of its race, or a shadow value.
struct WhatIfMetric {
  std::string_view name;     ///< as results have it: "final_loss", "pf_days_per_mw"
  std::string_view unit;     ///< empty for pure numbers
  std::string_view summary;  ///< one line of explanation
};

/// The metrics of each race that a what-if reports, the leading ones first.
inline constexpr std::array kRaceMetrics = {fleet::Metric::effective_compute,
                                            fleet::Metric::final_loss,
                                            fleet::Metric::cost_per_effective_compute,
                                            fleet::Metric::mean_loss,
                                            fleet::Metric::spend,
                                            fleet::Metric::npv,
                                            fleet::Metric::energy,
                                            fleet::Metric::idle_money,
                                            fleet::Metric::idle_accelerators};
inline constexpr std::size_t kWhatIfMetrics = kRaceMetrics.size() + 3;
/// The metric of that index: those of kRaceMetrics, then the shadow values [PF-day a unit] of power, budget and time.
[[nodiscard]] const WhatIfMetric& what_if_metric(std::size_t index);

/// One metric of a strategy.
struct MetricStanding {
  bool applies = false;  ///< false where a race has no such number, or there is nothing to perturb for a shadow value
  Estimate value;
  /// Whether there is a difference: in other cases than the base, where the metric applies in both.
  bool has_difference = false;
  Estimate difference;  ///< difference to the base on the same draws
};

/// One strategy of one case; its metrics in the order of what_if_metric().
struct WhatIfStrategy {
  std::string name;
  bool in_base = true;  ///< whether a strategy of that name races in the base, too
  std::array<MetricStanding, kWhatIfMetrics> metrics;
};

/// One case of a what-if.
struct WhatIfCaseStanding {
  std::string name;
  std::vector<WhatIfStrategy> strategies;
  std::vector<GoalVerdict> guards;  ///< one for each goal that was asked
  bool differs = false;             ///< whether any metric of any race differs from the base
};

/// A scenario and changed ones on the same draws.
struct WhatIf {
  double confidence = 0.95;
  std::size_t replications = 0;
  bool has_chance = false;
  std::vector<WhatIfCaseStanding> cases;  ///< the base first
};

}  // namespace fleetrace::study
