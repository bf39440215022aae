#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "fleetrace/plan.hpp"

/// The figures of a plan, for every format that writes them to programs.
namespace fleetrace::output {

/// One value: none, a count, a real number or an exact amount of money.
using PlanValue = std::variant<std::monostate, std::int64_t, double, core::Money>;

/// What a figure is, so that each format knows how to write it.
enum class PlanKind {
  count,
  real,   ///< twelve significant digits
  whole,  ///< a whole number that a count cannot hold, with all of its digits
  money,  ///< an exact decimal
};

/// One figure of a period, or of one accelerator type or site in it.
template <class Part>
struct PlanColumn {
  std::string_view name;            ///< Key in every format, with its unit as a suffix. Names are a promise.
  PlanValue (*value)(const Part&);  ///< None where there is none, such as a limit where power is unlimited.
  PlanKind kind = PlanKind::count;
  bool needs_power = false;  ///< Whether it says nothing where power is not modelled.
};

/// Figures of a strategy in a period: accelerators of all types, power of all sites, and money.
[[nodiscard]] std::span<const PlanColumn<PlanPeriod>> plan_columns();
/// The same of one accelerator type.
[[nodiscard]] std::span<const PlanColumn<AcceleratorPlan>> plan_accelerator_columns();
/// The same of one site.
[[nodiscard]] std::span<const PlanColumn<SitePlan>> plan_site_columns();

/// The value; none where power is not modelled and the figure is about power.
template <class Part>
[[nodiscard]] PlanValue plan_value(const PlanColumn<Part>& column, const Part& part, bool has_power) {
  return column.needs_power && !has_power ? PlanValue{} : column.value(part);
}

/// The value as CSV and JSON have it; empty where there is none.
[[nodiscard]] std::string plan_text(const PlanValue& value, PlanKind kind);
template <class Part>
[[nodiscard]] std::string plan_text(const PlanColumn<Part>& column, const Part& part, bool has_power) {
  return plan_text(plan_value(column, part, has_power), column.kind);
}

/// `b` - `a`, exact where they are; none where either is.
[[nodiscard]] PlanValue difference(const PlanValue& a, const PlanValue& b);
/// The value as a real number; no number where there is none.
[[nodiscard]] double number_of(const PlanValue& value);

/// A name with something before its unit: "capex_p10_usd" of "capex_usd" and "p10".
[[nodiscard]] std::string column_with(std::string_view name, std::string_view what);

}  // namespace fleetrace::output
