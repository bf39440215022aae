#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/core/money.hpp"
#include "fleetrace/core/time.hpp"
#include "fleetrace/fleet/results.hpp"
#include "fleetrace/scenario.hpp"

/// Racing the strategies of a scenario once, and the plan of such a race by the calendar.
namespace fleetrace {

struct Run;

/// A race that left the range of money or time, or in which a model of one's own failed; the message names the strategy.
class RunError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct RunOptions {
  /// All random numbers come from the seed. Results do not depend on it where nothing in the scenario is random.
  std::uint32_t seed = 1;
  /// Races this replication of a study with the same seed, with uncertain inputs as it draws them. Without a replication the
  /// inputs are at their medians, and all other chance is that of replication 0.
  std::optional<std::uint32_t> replication = {};
  std::function<void(std::string_view line)> trace = {};  ///< called with one line of text for every event
};

/// A change of lead: from `time` on `leader` has more effective compute than `behind`, having had less. Both are indices of
/// strategies.
struct Overtake {
  core::Time time;
  std::size_t leader = 0;
  std::size_t behind = 0;
};

/// The plan of a race: by months, quarters or years of the calendar, what is ordered, delivered and installed, what draws power
/// where, and what is paid. RunResult::plan() makes it.
///
/// A period has what happens from its first instant on until the instant before the next period begins; what happens at the
/// instant of a boundary belongs to the period that begins there. Flows of all periods add up to the totals of the race
/// exactly: counts, money to the micro-dollar, energy to the joule.
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
  std::int64_t rented = 0;  ///< accelerators in place that are rented
  /// Accelerators that stand on a site, or are rented, whatever they do.
  [[nodiscard]] std::int64_t in_place() const { return in_service + standby + serving + in_repair; }
};

/// Power of one site in one period. Nameplate and limit are IT power, which is what limits installation.
struct SitePlan {
  std::string site;            ///< name of the site; empty for all sites of the strategy together
  double nameplate_power = 0;  ///< nameplate of what is installed at the end [W]
  double power_limit =
      std::numeric_limits<double>::infinity();  ///< IT power that fits at the end [W]; infinite: unlimited
  double average_draw = 0;                      ///< draw with the overhead of the site, averaged over the period [W]
  double energy_joule = 0;  ///< energy drawn in the period, the overhead of the site included: a whole number of joules
  [[nodiscard]] double headroom() const { return power_limit - nameplate_power; }
};

/// Money in one period: flows as they run up, whether they were booked by then or not, and what is left at the end.
struct MoneyPlan {
  core::Money capex;  ///< for hardware, less what was paid back for cancelled orders
  core::Money facility;
  core::Money energy;
  core::Money research;
  core::Money rent;  ///< for rented accelerators; the rest of all terms is due at the end of the horizon
  core::Money resale;
  core::Money revenue;                     ///< what the fleet earns (finance.revenue)
  core::Money interest;                    ///< on released money that waits to be spent (finance.interest)
  std::optional<core::Money> budget_left;  ///< budget that is left at the end; none for a strategy without a budget
  /// Book value of the hardware at the end: what was paid for it, written off in equal parts over finance.accounting_life. None
  /// beyond the range of money.
  std::optional<core::Money> book_value;
  /// Book value at the beginning + capex - resale - book value at the end. None beyond the range of money.
  std::optional<core::Money> depreciation;

  /// All cash out; resale, revenue and interest are not taken off.
  [[nodiscard]] core::Money spend() const { return capex + facility + energy + research + rent; }
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
};

/// The plan of one strategy.
struct StrategyPlan {
  std::string strategy;
  bool has_power = true;            ///< whether power is modelled; else its figures say nothing
  PlanPeriod opening;               ///< stocks before the first event, at the start of the horizon
  std::vector<PlanPeriod> periods;  ///< in order of time, from the start of the horizon to its end
  PlanPeriod total;                 ///< flows over the whole horizon, and stocks at its end
};

/// What one race of all strategies came to. It is a value, and copies share what they hold.
class RunResult {
 public:
  explicit RunResult(std::shared_ptr<const Run> run);

  /// The result of the strategy of that name. Throws std::out_of_range naming those that there are.
  [[nodiscard]] const fleet::StrategyResult& operator[](std::string_view strategy) const;
  /// All results, in the order of the scenario.
  [[nodiscard]] const std::vector<std::reference_wrapper<const fleet::StrategyResult>>& strategies() const {
    return strategies_;
  }
  /// Every change of lead between two strategies, by date. Under best_run accounting there are none.
  [[nodiscard]] std::vector<Overtake> overtakes() const;
  /// The race by months, quarters or years of the calendar, in the order of the scenario: the same race is run once more with
  /// its books noted at each boundary. Throws std::invalid_argument for a month beyond 1 to 12, and for more than 2,400 periods.
  [[nodiscard]] std::vector<StrategyPlan> plan(const PlanOptions& options) const;
  /// The defaults and catalog data that this run used and that have not been checked against their source, such as
  /// "B300.price (43000 USD)".
  [[nodiscard]] std::vector<std::string> unverified_inputs() const;

  /// The records of the run, in a type of the library's own that programs need not know.
  [[nodiscard]] const Run& details() const { return *run_; }

 private:
  std::shared_ptr<const Run> run_;
  std::vector<std::reference_wrapper<const fleet::StrategyResult>> strategies_;
};

/// Races every strategy of the scenario once, on the same random numbers. The same scenario and options give the same bits on
/// every machine. Throws RunError.
[[nodiscard]] RunResult run(const Scenario& scenario, const RunOptions& options = {});

}  // namespace fleetrace
