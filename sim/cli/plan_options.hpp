#pragma once

#include <optional>

#include "sim/api/plan_periods.hpp"
#include "sim/cli/verb.hpp"
#include "sim/fleet/setup.hpp"

/// `--by` and `--fiscal-year-begins`: results by periods of the calendar.
namespace fleetrace::cli {

[[nodiscard]] std::vector<std::string_view> period_names();

inline constexpr Option kFiscalYearOption{
    "fiscal-year-begins", "MONTH",
    "The month in which years and quarters of --by begin, such as october or 10. They are named after the year in which they "
    "end: FY2027-Q1. Default: january."};

/// The plan that options ask for; none without --by. Throws UsageError for an unknown month, for a month that nothing reads,
/// and for too many periods.
[[nodiscard]] std::optional<PlanOptions> plan_options(const Options& options, const fleet::Horizon& horizon);
/// The plan that a folder holds: what options ask for, or by quarter.
[[nodiscard]] std::optional<PlanOptions> folder_plan_options(const Options& options, const fleet::Horizon& horizon);

}  // namespace fleetrace::cli
