#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "fleetrace/core/money.hpp"
#include "fleetrace/core/time.hpp"

/// A race by months, quarters or years of the calendar: what is ordered, delivered and installed, what draws power where, and
/// what is paid. RunResult::plan() makes it.
///
/// A period has what happens from its first instant on until the instant before the next period begins; what happens at the
/// instant of a boundary belongs to the period that begins there. Flows of all periods add up to the totals of the race
/// exactly: counts, money to the micro-dollar, energy to the joule.
namespace fleetrace {

enum class Period : std::uint8_t { month, quarter, year };

struct PlanOptions {
  Period by = Period::quarter;
  /// The month, from 1 to 12, in which years begin, and quarters with them. A year that does not begin in January is named after
  /// the calendar year in which it ends: FY2027 begins in October 2026.
  int fiscal_year_begins = 1;
};

/// Accelerators in one period: flows in it, and stocks at its end. Capacity of a trend is not counted.
struct AcceleratorPlan {
  std::string accelerator;     ///< name of the type; empty for all types together
  std::int64_t ordered = 0;    ///< bought or rented, less what was cancelled
  std::int64_t delivered = 0;  ///< arrived, what failed in its burn-in included
  std::int64_t installed = 0;  ///< came to stand on a site, or began its term where it is rented
  std::int64_t retired = 0;    ///< went for good, whether it was in place, waited or was lost in its burn-in
  std::int64_t on_order = 0;   ///< ordered and not delivered
  std::int64_t waiting = 0;    ///< delivered and not installed
  std::int64_t in_service = 0;
  std::int64_t standby = 0;
  std::int64_t serving = 0;
  std::int64_t in_repair = 0;
  std::int64_t rented = 0;  ///< of those in place
  /// Accelerators that stand on a site, or are rented, whatever they do.
  [[nodiscard]] std::int64_t in_place() const { return in_service + standby + serving + in_repair; }
};

/// Power of one site in one period. Nameplate and limit are IT power, which is what limits installation.
struct SitePlan {
  std::string site;            ///< name of the site; empty for all sites of the strategy together
  double nameplate_power = 0;  ///< of what is installed at the end [W]
  double power_limit =
      std::numeric_limits<double>::infinity();  ///< IT power that fits at the end [W]; infinite: unlimited
  double average_draw = 0;                      ///< with the overhead of the site, averaged over the period [W]
  double energy_joule = 0;                      ///< the same over time: a whole number of joules
  [[nodiscard]] double headroom() const { return power_limit - nameplate_power; }
};

/// Money in one period: flows as they run up, whether they were booked by then or not, and what is left at the end.
struct MoneyPlan {
  core::Money capex;  ///< for hardware, less what was paid back for cancelled orders
  /// Part of capex: what was really spent by the date of the actuals that a forecast goes on from, less what was planned.
  core::Money correction;
  core::Money facility;
  core::Money energy;
  core::Money research;
  core::Money rent;  ///< the rest of all terms is due at the end of the horizon
  core::Money resale;
  core::Money revenue;                     ///< what the fleet earns (finance.revenue)
  core::Money interest;                    ///< on released money that waits to be spent (finance.interest)
  std::optional<core::Money> budget_left;  ///< at the end; none for a strategy without a budget
  /// Book value of the hardware at the end: what was paid for it, written off in equal parts over finance.accounting_life. And
  /// depreciation: book value at the beginning + capex - resale - book value at the end. None beyond the range of money.
  std::optional<core::Money> book_value;
  std::optional<core::Money> depreciation;

  /// All cash out; resale, revenue and interest are not taken off.
  [[nodiscard]] core::Money spend() const { return capex + facility + energy + research + rent; }
};

/// Accelerators of one type on one site, rented ones left out: as planned, and as counted.
struct PlannedAndCounted {
  std::string accelerator;
  std::string site;  ///< empty where the scenario has no sites
  std::int64_t planned = 0;
  std::int64_t actual = 0;
  [[nodiscard]] std::int64_t variance() const { return actual - planned; }
};

/// Power that one site draws with its overhead, on average over what works then: as planned, and as metered [W].
struct PlannedAndMetered {
  std::string site;
  double planned = 0;
  std::optional<double> actual;
};

/// Plan and actual on one date, before a forecast is corrected to the actual.
struct PlanAndActual {
  core::Time date;
  bool is_counted = false;                ///< whether accelerators were counted
  std::vector<PlannedAndCounted> counts;  ///< by type and site, where either is not zero; empty where none were counted
  std::vector<PlannedAndMetered> power;   ///< the sites whose power was metered
  core::Money planned_spend;              ///< all cash out since the start of the horizon
  std::optional<core::Money> spend;

  /// All types and sites together.
  [[nodiscard]] PlannedAndCounted accelerators() const {
    PlannedAndCounted sum;
    for (const PlannedAndCounted& each : counts) {
      sum.planned += each.planned;
      sum.actual += each.actual;
    }
    return sum;
  }
  /// All metered sites together; no actual where none was metered.
  [[nodiscard]] PlannedAndMetered draw() const {
    PlannedAndMetered sum;
    for (const PlannedAndMetered& each : power) {
      sum.planned += each.planned;
      sum.actual = sum.actual.value_or(0) + each.actual.value_or(0);
    }
    return sum;
  }
};

/// One period of one strategy.
struct PlanPeriod {
  /// "2027-03", "2027-Q1", "2027"; "FY2027-Q1", "FY2027" of a fiscal year. What the horizon cuts off is named by its dates:
  /// "2026-02-15 to 2026-03-31".
  std::string name;
  core::Time begins;
  core::Time ends;  ///< the first instant that no longer belongs to it
  AcceleratorPlan accelerators;
  std::vector<AcceleratorPlan> by_type;  ///< the types of the strategy, the same in every period, by release
  double capacity = 0;                   ///< peak FLOP/s installed at the end
  SitePlan power;
  std::vector<SitePlan> by_site;  ///< the sites of the strategy, the same in every period, in the order of the scenario
  MoneyPlan money;
  /// The last actual of the period, if there is one: after its first instant, up to its end.
  std::optional<PlanAndActual> actual;
  /// Whether it has no length, and is the correction of a forecast to the actuals of that date: counts of what was late are
  /// negative then. Periods add up with it.
  bool is_correction = false;
};

/// The plan of one strategy.
struct StrategyPlan {
  std::string strategy;
  bool has_power = true;  ///< whether power is modelled; else its figures say nothing
  bool has_actuals = false;
  /// Stocks at the start of the horizon, before the first event; of a forecast, where it branches off the plan.
  PlanPeriod opening;
  std::vector<PlanPeriod> periods;  ///< in order of time, from there to the end of the horizon
  PlanPeriod total;                 ///< flows over all of them, and stocks at the end
};

}  // namespace fleetrace
