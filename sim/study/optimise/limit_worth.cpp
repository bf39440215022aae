#include <algorithm>
#include <limits>

#include "sim/study/optimise/linear_solver.hpp"
#include "sim/study/optimise/plan_program.hpp"

namespace fleetrace::study {
namespace {

/// How much more of a limit there is, as a share of it: above a solver's tolerance, and far below what anybody has in mind.
constexpr double kMore = 1e-5;

LimitWorth worth_of(const PlanProgram& plan, const OrderLimit& limit, const std::vector<double>& prices) {
  const double price = limit.row < prices.size() ? std::max(0.0, prices[limit.row]) : 0;
  const double each = price * plan.largest / limit.most;
  if (limit.is_money()) return {limit.of, "million USD", each * 1e6};
  return {limit.of, "accelerator", each};
}

/// What a wider bound of a state is worth is its reduced cost; of a site that is wider on all dates, their sum.
LimitWorth worth_of(const PlanProgram& plan, const SiteLimit& limit, const std::vector<double>& prices) {
  const std::vector<double> reduced = reduced_worth(plan, prices);
  double sum = 0;
  for (const std::size_t state : limit.states) sum += std::max(0.0, reduced[state]);
  const double each = sum * plan.largest / limit.scale;
  if (limit.kind == LimitKind::power) return {limit.of, "MW", each * 1e9};
  return {limit.of, "place", each};
}

bool is_priced(const OrderLimit& limit) {
  // Of what is not allowed at all no price is known, and the initial fleet is no limit that anybody sets.
  return limit.most > 0 && limit.kind != LimitKind::initial_fleet;
}

/// Worth of all limits, each by the prices that belong to it.
template <class OfOrder, class OfSite>
std::vector<LimitWorth> worth_of_all(const PlanProgram& plan, const OfOrder& of_order, const OfSite& of_site) {
  std::vector<LimitWorth> result;
  for (std::size_t i = 0; i < plan.orders.size(); ++i) {
    if (is_priced(plan.orders[i])) result.push_back(worth_of(plan, plan.orders[i], of_order(i)));
  }
  for (std::size_t i = 0; i < plan.sites.size(); ++i) result.push_back(worth_of(plan, plan.sites[i], of_site(i)));
  return result;
}

}  // namespace

std::vector<double> reduced_worth(const PlanProgram& plan, const std::vector<double>& prices) {
  std::vector<double> reduced;
  for (const LinearProgram::Column& column : plan.program.columns()) reduced.push_back(column.objective);
  for (std::size_t i = 0; i < plan.program.rows().size() && i < prices.size(); ++i) {
    for (const LinearTerm& term : plan.program.rows()[i].terms) reduced[term.column] -= prices[i] * term.value;
  }
  return reduced;
}

std::vector<LimitWorth> limit_worth(const PlanProgram& plan, const std::vector<double>& prices) {
  const auto same = [&](std::size_t) { return prices; };
  return worth_of_all(plan, same, same);
}

std::vector<LimitWorth> limit_worth(const PlanProgram& plan, const PricesOfMore& prices) {
  return worth_of_all(
      plan, [&](std::size_t i) { return prices.orders[i]; }, [&](std::size_t i) { return prices.sites[i]; });
}

PricesOfMore prices_of_more(const PlanProgram& plan, const std::vector<double>& prices, bool verbose) {
  PricesOfMore more{std::vector<std::vector<double>>(plan.orders.size()),
                    std::vector<std::vector<double>>(plan.sites.size())};
  LinearSolver solver(plan.program, verbose);
  (void)solver.solve();
  const auto solve = [&](double worth_before, const auto& limit) {
    const LinearSolution solution = solver.solve();
    // More of something is never worth more than the last bit of it; a solver that fails or errs leaves that.
    const bool is_known = solution.status == LinearSolution::Status::optimal &&
                          worth_of(plan, limit, solution.prices).worth <= worth_before;
    return is_known ? solution.prices : prices;
  };
  for (std::size_t i = 0; i < plan.orders.size(); ++i) {
    const OrderLimit& limit = plan.orders[i];
    if (!is_priced(limit)) continue;
    const double before = worth_of(plan, limit, prices).worth;
    if (!(before > 0)) continue;
    const LinearProgram::Row& row = plan.program.rows()[limit.row];
    solver.set_row_bounds(limit.row, row.low, row.high * (1 + kMore));
    more.orders[i] = solve(before, limit);
    solver.set_row_bounds(limit.row, row.low, row.high);
  }
  for (std::size_t i = 0; i < plan.sites.size(); ++i) {
    const SiteLimit& limit = plan.sites[i];
    const double before = worth_of(plan, limit, prices).worth;
    if (!(before > 0)) continue;
    const std::vector<LinearProgram::Column>& columns = plan.program.columns();
    for (const std::size_t state : limit.states)
      solver.set_bounds(state, columns[state].low, columns[state].high + kMore);
    more.sites[i] = solve(before, limit);
    for (const std::size_t state : limit.states) solver.set_bounds(state, columns[state].low, columns[state].high);
  }
  return more;
}

}  // namespace fleetrace::study
