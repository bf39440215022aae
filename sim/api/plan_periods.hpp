#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "fleetrace/plan.hpp"
#include "sim/fleet/setup.hpp"

/// Periods of the calendar within a horizon.
namespace fleetrace {

struct PlanDates {
  std::string name;
  core::Time begins;
  core::Time ends;
  bool is_correction = false;  ///< PlanPeriod::is_correction

  bool operator==(const PlanDates&) const = default;
};

/// The most periods that a plan has.
inline constexpr std::size_t kMostPeriods = 2'400;

/// The periods from `start` to `end`, which comes later: the first and the last one may be cut off. Throws
/// std::invalid_argument for a month that there is none, and where there were more than kMostPeriods.
[[nodiscard]] std::vector<PlanDates> plan_periods(core::Time start, core::Time end, const PlanOptions& options);

/// The periods of a race: from where the first of the strategies is corrected to its actuals, or branches off; each correction is a
/// period of its own, without length. Throws like plan_periods().
[[nodiscard]] std::vector<PlanDates> ledger_periods(const std::vector<fleet::StrategySetup>& setups,
                                                    const PlanOptions& options);

/// By quarter, or by year where those were too many. None where there were too many years.
[[nodiscard]] std::optional<PlanOptions> usual_plan(core::Time start, core::Time end);

/// "by quarter", "by year from month 10".
[[nodiscard]] std::string to_string(const PlanOptions& options);
/// Finds what to_string() wrote in a longer text.
[[nodiscard]] std::optional<PlanOptions> find_plan_options(const std::string& text);

[[nodiscard]] std::string_view to_string(Period period);

}  // namespace fleetrace
