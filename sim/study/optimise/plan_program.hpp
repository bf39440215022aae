#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/study/optimise/linear_program.hpp"
#include "sim/study/optimise/plan_problem.hpp"

/// The limits of a plan as rows of a linear programme, in numbers of the size of 1.
namespace fleetrace::study {

/// What a limit of a plan is of.
enum class LimitKind { budget, yearly_spend, yearly_limit, allocation, initial_fleet, power, space };

/// A limit of what is ordered: the sum of weights times counts.
struct OrderLimit {
  LimitKind kind = LimitKind::budget;
  std::string of;                    ///< in words: "spending in 2027", "H100 allotted until 2028-03-01"
  double most = 0;                   ///< [USD], or units
  std::vector<std::size_t> columns;  ///< those that it counts, by price where it is of money and by 1 else
  std::size_t row = 0;               ///< of the programme
  [[nodiscard]] bool is_money() const { return kind == LimitKind::budget || kind == LimitKind::yearly_spend; }
};

/// A limit of what stands on a site, on each date on which something may arrive.
struct SiteLimit {
  LimitKind kind = LimitKind::power;
  std::uint32_t site = 0;
  std::string of;    ///< "power at main"
  double scale = 1;  ///< the most that ever fits; rows and states are in shares of it [milliwatt, or units]
  std::vector<core::Time> dates;    ///< ascending
  std::vector<double> most;         ///< what fits beside the initial fleet from that date until the next
  std::vector<std::size_t> states;  ///< columns of the programme: what stands there
};

/// The linear programme of a plan. Its first columns are those of the problem, as shares of the most that limits allow each.
struct PlanProgram {
  LinearProgram program;
  std::vector<double> unit;  ///< units of each column of the problem that a share of 1 stands for; 0 where none fits
  std::vector<OrderLimit> orders;
  std::vector<SiteLimit> sites;
  double largest = 1;                         ///< the objective is in units of it
  std::optional<core::Money> smallest_order;  ///< that whole units keep to, and the programme does not
};

/// The rows of a problem, without an objective. Order costs are left out: that is a relaxation.
[[nodiscard]] PlanProgram plan_program(const PlanProblem& problem, const PlanRequest& request);
/// Sets what each unit of a column is worth.
void set_worth(const std::vector<double>& worth, PlanProgram& plan);

/// The shares of a plan that is worth at most a millionth less than the best and buys nothing in vain, as one does that replaces
/// hardware by its like. None where the solver finds none.
[[nodiscard]] std::optional<std::vector<double>> without_waste(const PlanProblem& problem,
                                                               const std::vector<double>& worth, PlanProgram plan,
                                                               bool verbose);

/// Units of columns from shares of them, which may go on with states of limits, and back.
[[nodiscard]] std::vector<double> units_of(const PlanProgram& plan, const std::vector<double>& shares);
[[nodiscard]] std::vector<double> shares_of(const PlanProgram& plan, const std::vector<double>& units);

/// How much of a limit counts take.
[[nodiscard]] double weight(const PlanProblem& problem, const OrderLimit& limit, std::size_t column);
[[nodiscard]] double weight(const PlanProblem& problem, const SiteLimit& limit, std::size_t column);

/// The columns of each order: of a date, an accelerator, a site and a date on which it is taken out, whatever allocation its units come from.
[[nodiscard]] std::vector<std::vector<std::size_t>> order_columns(const PlanProblem& problem);

/// What is done with the money that is left when shares become whole units.
enum class Leftover {
  spend,  ///< on what is worth most per dollar
  keep,   ///< but for one lot of each column
};
/// Whole units, in whole lots, within all limits, near the shares that a solver found: rounded down and topped up. Order costs are
/// paid. An order below the smallest is made as large where there is room, and left out else.
[[nodiscard]] Counts whole_units(const PlanProblem& problem, const PlanProgram& plan, const std::vector<double>& shares,
                                 const std::vector<double>& worth, Leftover leftover);

/// Counts without the whole lots that they do not need to compute `least`, what computes least per dollar first; empty where they compute
/// less. `compute` is that of a unit of each column.
[[nodiscard]] Counts enough_units(const PlanProblem& problem, const PlanProgram& plan, Counts counts,
                                  const std::vector<double>& compute, double least);

/// The columns that are ordered in a year of the horizon.
struct PlanYear {
  core::Time from;
  std::vector<std::size_t> columns;
};
[[nodiscard]] std::vector<PlanYear> plan_years(const PlanProblem& problem);
/// The tolerances that are asked for, ascending.
[[nodiscard]] std::vector<double> tolerances(const PlanRequest& request);
/// The least and the most that is spent in each year by plans within each of the tolerances, proved as bounds are. `as_good` is a last
/// row of the programme which only plans within a tolerance meet.
[[nodiscard]] std::vector<SpendingRange> spending_ranges(const PlanProblem& problem, const PlanProgram& plan,
                                                         const PlanRequest& request,
                                                         const std::function<LinearProgram::Row(double)>& as_good);

/// What one more of each limit is worth by the prices of a solver, in units of the objective; sums over degenerate dates.
struct LimitWorth {
  std::string of;
  std::string unit;
  double worth = 0;
};
[[nodiscard]] std::vector<LimitWorth> limit_worth(const PlanProgram& plan, const std::vector<double>& prices);

/// The prices of a programme in which there is a little more of one limit. Where several limits bind at once, none of which gives anything
/// without the others, the prices of the plan itself are shared between them at will, and add up to more than any of them brings.
struct PricesOfMore {
  std::vector<std::vector<double>> orders;  ///< by limit of PlanProgram::orders; empty for what does not bind
  std::vector<std::vector<double>> sites;   ///< likewise
};
/// `prices` are those of the plan.
[[nodiscard]] PricesOfMore prices_of_more(const PlanProgram& plan, const std::vector<double>& prices, bool verbose);
[[nodiscard]] std::vector<LimitWorth> limit_worth(const PlanProgram& plan, const PricesOfMore& prices);

/// What each column of the programme is worth after the prices of the rows that it stands in.
[[nodiscard]] std::vector<double> reduced_worth(const PlanProgram& plan, const std::vector<double>& prices);

}  // namespace fleetrace::study
