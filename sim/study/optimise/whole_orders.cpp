#include "sim/study/optimise/whole_orders.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace fleetrace::study {
namespace {

constexpr double kUnlimited = std::numeric_limits<double>::infinity();

/// Orders that are placed are decided on before how many lots they have.
constexpr int kPlacedRank = 0;
constexpr int kLotRank = 1;

class Extension {
 public:
  Extension(const PlanProblem& problem, PlanProgram plan) : problem_(problem) { result_.plan = std::move(plan); }

  WholeOrders extend() {
    limit_columns();
    for (const std::vector<std::size_t>& order : order_columns(problem_)) add_order(order);
    return std::move(result_);
  }

 private:
  [[nodiscard]] LinearProgram& program() { return result_.plan.program; }
  [[nodiscard]] double most(std::size_t column) const { return result_.plan.program.columns()[column].high; }

  /// The most that each column can have by itself: what its site has room for while it stands there, in whole lots.
  void limit_columns() {
    const double budget = problem_.money.usd();
    const double left = budget - problem_.setup.plant.supply.order_cost.usd();
    for (std::size_t i = 0; i < problem_.columns.size(); ++i) {
      const double unit = result_.plan.unit[i];
      if (!(unit > 0)) continue;
      const PurchaseColumn& column = problem_.columns[i];
      double units = std::min(unit, std::max(0.0, left) / column.price.usd());
      for (const SiteLimit& limit : result_.plan.sites) {
        const double size = limit.site == column.site ? weight(problem_, limit, i) : 0;
        if (!(size > 0)) continue;
        for (std::size_t k = 0; k < limit.dates.size(); ++k) {
          if (limit.dates[k] >= column.arrives && limit.dates[k] < column.leaves)
            units = std::min(units, limit.most[k] / size);
        }
      }
      // What rounding has taken from a whole number of lots is given back.
      const auto lot = static_cast<double>(problem_.lot());
      units = lot > 1 ? std::floor(units / lot + 1e-9) * lot : units * (1 + 1e-12);
      program().set_bounds(i, 0, std::min(1.0, units / unit));
      if (lot > 1 && units > 0) add_whole({i, lot / unit}, kLotRank);
    }
  }

  void add_whole(const WholeColumn& column, int rank) {
    result_.whole.push_back(column);
    result_.rank.push_back(rank);
  }

  /// A column that is 1 where any of these is ordered.
  std::size_t add_placed(const std::vector<std::size_t>& columns) {
    const std::size_t placed = program().add_column({0, 0, 1});
    add_whole({placed, 1}, kPlacedRank);
    for (const std::size_t i : columns) {
      if (most(i) > 0) (void)program().add_row({-kUnlimited, 0, {{i, 1}, {placed, -most(i)}}});
    }
    return placed;
  }

  void add_order(const std::vector<std::size_t>& order) {
    const core::Money cost = problem_.setup.plant.supply.order_cost;
    std::size_t placed = 0;
    if (cost > core::Money{}) {
      for (const std::size_t i : order) {
        placed = add_placed({i});
        result_.placed.push_back({placed, i});
        for (const OrderLimit& limit : result_.plan.orders) {
          if (limit.kind == LimitKind::budget && limit.most > 0)
            program().add_term(limit.row, {placed, cost.usd() / limit.most});
        }
      }
    }
    if (!result_.plan.smallest_order) return;
    if (cost == core::Money{} || order.size() > 1) placed = add_placed(order);
    double largest = 0;
    const auto usd = [&](std::size_t i) { return problem_.columns[i].price.usd() * result_.plan.unit[i]; };
    for (const std::size_t i : order) largest = std::max(largest, usd(i));
    if (!(largest > 0)) return;
    LinearProgram::Row row{0, kUnlimited, {{placed, -result_.plan.smallest_order->usd() / largest}}};
    for (const std::size_t i : order) {
      if (most(i) > 0) row.terms.push_back({i, usd(i) / largest});
    }
    (void)program().add_row(std::move(row));
  }

  const PlanProblem& problem_;
  WholeOrders result_;
};

}  // namespace

bool has_whole_orders(const PlanProblem& problem, const PlanRequest& request) {
  return problem.lot() > 1 || problem.setup.plant.supply.order_cost > core::Money{} || request.smallest_order;
}

bool is_searched_whole(const PlanProblem& problem, const PlanRequest& request) {
  return has_whole_orders(problem, request) && !request.retires && problem.intervals.empty();
}

WholeOrders whole_orders(const PlanProblem& problem, PlanProgram plan) {
  return Extension(problem, std::move(plan)).extend();
}

}  // namespace fleetrace::study
