#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "fleetrace/study/optimum.hpp"
#include "sim/fleet/accounting/trajectory.hpp"
#include "sim/fleet/setup.hpp"

/// What a purchase schedule is chosen from: dates, and on each of them what one unit costs, computes and takes up.
namespace fleetrace::study {

/// Why no schedule can be optimised, and what to do about it.
class PlanError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// No plan comes to the target.
class OutOfReach : public PlanError {
 public:
  explicit OutOfReach(const std::string& why) : PlanError(why) {}
};

/// Which of the plans with the least final loss is taken.
enum class TieBreak { none, least_mean, least_spend };

/// What is asked.
struct PlanRequest {
  std::string strategy;
  fleet::Metric objective = fleet::Metric::final_loss;
  std::optional<double> target;  ///< relative loss, for time_to_target, cost_to_target and npv
  bool at_events = false;
  std::optional<core::Duration> every;
  std::optional<core::Money> yearly_spend;
  std::optional<core::Money> smallest_order;  ///< hardware of each order, at least
  std::size_t most_nodes = 2000;              ///< of the search for whole orders
  double gap = 1e-6;
  std::optional<double> within;
  std::vector<double> also_within;  ///< larger, ascending
  std::size_t alternatives = 0;
  TieBreak then = TieBreak::none;
  bool retires = false;
  std::uint32_t seed = 1;
  bool verbose = false;
  const std::atomic<bool>* stop = nullptr;  ///< ends the search with what has been found; it may be null
};

/// The same by an objective that a linear programme knows: a search by one of one's own begins with the most compute.
[[nodiscard]] PlanRequest modelled(PlanRequest request);

/// It was stopped before there was a plan.
class PlanStopped : public std::exception {
 public:
  [[nodiscard]] const char* what() const noexcept override { return "stopped before there was a plan"; }
};

[[nodiscard]] inline bool is_stopped(const PlanRequest& request) {
  return request.stop != nullptr && request.stop->load(std::memory_order_relaxed);
}

/// The rate of useful work changes [FLOP/s per unit].
struct RateChange {
  double years = 0;
  double rate = 0;
};

/// One unit of one type, ordered on one date for one site. Of trend hardware a unit is a dollar. Or one unit of the initial fleet
/// that is taken out of service early: then all amounts are those by which it changes what there is, most of them below 0.
struct PurchaseColumn {
  core::Time at;
  std::size_t type = 0;  ///< index into Market::types; of no meaning for trend hardware
  std::uint32_t site = 0;
  std::uint32_t allotted_to = fleet::kAnySite;  ///< the site whose allocation it is taken from
  core::Money price;
  core::Time arrives;
  core::Time leaves;         ///< when it frees what it takes up; latest() for never
  double milliwatt = 0;      ///< nameplate
  bool takes_place = false;  ///< in a rack
  double effective = 0;      ///< by the end of the horizon [FLOP]
  std::vector<RateChange> changes;
  core::Time taken_out = core::Time::latest();  ///< when it is taken out of service early; latest() for never
  std::optional<std::size_t> initial;           ///< index into Plant::initial, of what is taken out; `at` is when
};

/// What a site holds without purchases, from a date on.
struct Occupancy {
  core::Time from;
  std::int64_t milliwatt = 0;
  std::int64_t places = 0;
};

/// The world in which the strategy buys nothing.
struct BaseWorld {
  fleet::Trajectory trajectory;
  double effective = 0;                           ///< by the end [FLOP]
  std::vector<std::vector<Occupancy>> occupancy;  ///< of each site, by date
  bool has_waited = false;                        ///< whether anything of the initial fleet waited for room
  /// Where each cohort of the initial fleet stands; nullopt where it stands on several sites or on none.
  std::vector<std::optional<std::uint32_t>> stands;
};

/// What production makes of an accelerator at most.
struct MadeUnits {
  std::size_t type = 0;      ///< index into Market::types
  std::vector<double> most;  ///< within each interval of PlanProblem::intervals, counted when it may come into service
};

struct PlanProblem {
  fleet::StrategySetup setup;  ///< of the strategy as one that places orders: none so far
  core::Money money;           ///< for hardware
  std::vector<core::Time> dates;
  std::vector<PurchaseColumn> columns;
  BaseWorld base;
  bool asked_rents = false;  ///< whether the strategy asked for rents, for money or by number
  bool asked_moves = false;  ///< whether it moves hardware between sites
  /// Where production or power may hold units up, dates between which they come into service: each column is of units that do so
  /// before the date of `arrives` and no earlier than on the one before. Empty where nothing holds anything up.
  std::vector<core::Time> intervals;
  std::vector<MadeUnits> made;  ///< of each accelerator, where production is limited

  [[nodiscard]] bool is_trend() const { return setup.plant.market.trend.has_value(); }
  /// Whether orders name their site.
  [[nodiscard]] bool names_sites() const { return !is_trend() && setup.strategy.sites.size() > 1; }
  [[nodiscard]] std::int64_t lot() const { return is_trend() ? 1 : setup.plant.supply.lot; }
};

/// How many units of each column are ordered.
using Counts = std::vector<std::int64_t>;

/// The review dates, ascending. Throws PlanError.
[[nodiscard]] std::vector<core::Time> review_dates(const fleet::StrategySetup& setup, const PlanRequest& request);

/// Races the world without purchases.
[[nodiscard]] BaseWorld base_world(const fleet::StrategySetup& setup);

/// Races one unit of every type on every date alone, with all limits lifted and without an initial fleet. Columns that can not be
/// ordered, or compute nothing by the end, are left out. Throws PlanStopped where `stop` is set meanwhile; it may be null.
[[nodiscard]] std::vector<PurchaseColumn> probe_columns(const fleet::StrategySetup& setup,
                                                        const std::vector<core::Time>& dates,
                                                        const std::atomic<bool>* stop = nullptr);

/// Adds to columns the same hardware taken out of service on each date on which something arrives, and what of the initial fleet
/// may be taken out then: each raced like any other. Throws PlanError where there would be too many.
void add_retirements(const PlanProblem& problem, std::vector<PurchaseColumn>& columns);

/// A mixed schedule: some dozen columns all over the list, in amounts of the size that a plan orders at once.
[[nodiscard]] Counts mixed_schedule(const PlanProblem& problem);

/// Sets what a setup orders, and takes out of its initial fleet what is taken out. Columns with a count of 0 are not ordered.
void place_orders(const std::vector<PurchaseColumn>& columns, const Counts& counts, fleet::StrategySetup& setup);

/// The setup with no limit of money, power, space or supply, and without an initial fleet.
[[nodiscard]] fleet::StrategySetup without_limits(const fleet::StrategySetup& setup);

/// The orders of a plan by date, as they are shown and raced. Units of one type for one site that come from several allocations are
/// one order.
[[nodiscard]] std::vector<PlannedPurchase> planned_purchases(const PlanProblem& problem, const Counts& counts);
/// What they take out of the initial fleet, by date.
[[nodiscard]] std::vector<EarlyRetirement> early_retirements(const PlanProblem& problem, const Counts& counts);

/// The largest relative error of a sum of unit purchases against races of all of them together, the initial fleet among them: a
/// mixed schedule, one of twice as many, and `counts`, with limits lifted.
[[nodiscard]] double superposition_error(const PlanProblem& problem, const Counts& counts);

/// The mean loss of a race of all of them, with the initial fleet and without limits.
[[nodiscard]] double lifted_mean_loss(const PlanProblem& problem, const Counts& counts);

/// What of a scenario a sum of unit purchases does not speak of, in plain words. Empty where nothing is known to stand in the way.
[[nodiscard]] std::vector<std::string> beyond_the_model(const PlanProblem& problem);
/// Throws PlanError where not even a plan can be looked for.
void require_plannable(const fleet::StrategySetup& setup, const PlanRequest& request);

}  // namespace fleetrace::study
