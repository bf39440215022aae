#include <algorithm>
#include <cmath>

#include "sim/core/numeric/fit.hpp"
#include "sim/study/optimise/plan_program.hpp"

namespace fleetrace::study {
namespace {

/// What counts take of every limit.
class Rounding {
 public:
  Rounding(const PlanProblem& problem, const PlanProgram& plan)
      : problem_(problem), plan_(plan), counts_(problem.columns.size()) {
    for (const OrderLimit& limit : plan.orders) {
      money_.push_back(limit.is_money() ? core::Money::from_usd(limit.most) : core::Money{});
      units_.push_back(limit.is_money() ? 0 : limit.most);
    }
    for (const SiteLimit& limit : plan.sites) taken_.emplace_back(limit.dates.size(), 0.0);
  }

  [[nodiscard]] const Counts& counts() const { return counts_; }

  /// How many more units of a column fit, in whole lots.
  [[nodiscard]] std::int64_t room(std::size_t column) const {
    const PurchaseColumn& each = problem_.columns[column];
    std::int64_t most = fleet::kNoLimit;
    for (std::size_t i = 0; i < plan_.orders.size(); ++i) {
      const OrderLimit& limit = plan_.orders[i];
      if (!counts_in(limit, column)) continue;
      if (limit.is_money()) {
        const core::Money left = money_[i] - order_cost(limit, column);
        most = std::min(most, left <= core::Money{} ? 0 : left / each.price);
      } else {
        most = std::min(most, static_cast<std::int64_t>(std::max(0.0, units_[i])));
      }
    }
    for (std::size_t i = 0; i < plan_.sites.size(); ++i) {
      const SiteLimit& limit = plan_.sites[i];
      const double size = limit.site == each.site ? weight(problem_, limit, column) : 0;
      if (!(size > 0)) continue;
      const auto [first, last] = stay(limit, each);
      for (std::size_t k = first; k < last; ++k) {
        const std::int64_t fits = core::count_of_units(limit.most[k], taken_[i][k], size);
        most = std::min(most, fits);
      }
    }
    return std::max<std::int64_t>(0, each.initial ? most : most - most % problem_.lot());
  }

  void add(std::size_t column, std::int64_t count) {
    const PurchaseColumn& each = problem_.columns[column];
    for (std::size_t i = 0; i < plan_.orders.size(); ++i) {
      const OrderLimit& limit = plan_.orders[i];
      if (!counts_in(limit, column)) continue;
      if (limit.is_money()) {
        money_[i] -= each.price * count + order_cost(limit, column);
      } else {
        units_[i] -= static_cast<double>(count);
      }
    }
    for (std::size_t i = 0; i < plan_.sites.size(); ++i) {
      const SiteLimit& limit = plan_.sites[i];
      const double size = limit.site == each.site ? weight(problem_, limit, column) : 0;
      if (size == 0) continue;
      const auto [first, last] = stay(limit, each);
      for (std::size_t k = first; k < last; ++k) taken_[i][k] += size * static_cast<double>(count);
    }
    counts_[column] += count;
  }

  /// Takes all units of a column back.
  void remove(std::size_t column) {
    const PurchaseColumn& each = problem_.columns[column];
    const std::int64_t count = counts_[column];
    if (count == 0) return;
    counts_[column] = 0;
    for (std::size_t i = 0; i < plan_.orders.size(); ++i) {
      const OrderLimit& limit = plan_.orders[i];
      if (!counts_in(limit, column)) continue;
      if (limit.is_money()) {
        money_[i] += each.price * count + order_cost(limit, column);
      } else {
        units_[i] += static_cast<double>(count);
      }
    }
    for (std::size_t i = 0; i < plan_.sites.size(); ++i) {
      const SiteLimit& limit = plan_.sites[i];
      const double size = limit.site == each.site ? weight(problem_, limit, column) : 0;
      if (!(size > 0)) continue;
      const auto [first, last] = stay(limit, each);
      for (std::size_t k = first; k < last; ++k) taken_[i][k] -= size * static_cast<double>(count);
    }
  }

 private:
  static bool counts_in(const OrderLimit& limit, std::size_t column) {
    return std::binary_search(limit.columns.begin(), limit.columns.end(), column);
  }
  /// What the first unit of an order costs beside its price. It is out of the budget, and no spending on hardware by year.
  [[nodiscard]] core::Money order_cost(const OrderLimit& limit, std::size_t column) const {
    if (limit.kind != LimitKind::budget || counts_[column] > 0) return {};
    return problem_.setup.plant.supply.order_cost;
  }
  [[nodiscard]] static std::pair<std::size_t, std::size_t> stay(const SiteLimit& limit, const PurchaseColumn& column) {
    const auto index_of = [&](core::Time at) {
      return static_cast<std::size_t>(std::lower_bound(limit.dates.begin(), limit.dates.end(), at) -
                                      limit.dates.begin());
    };
    return {index_of(column.arrives), index_of(column.leaves)};
  }

  const PlanProblem& problem_;
  const PlanProgram& plan_;
  Counts counts_;
  std::vector<core::Money> money_;          ///< that is left of each limit of orders
  std::vector<double> units_;               ///< likewise
  std::vector<std::vector<double>> taken_;  ///< of each limit of a site, by date
};

/// Makes each order as large as the smallest that may be, or leaves it out.
void keep_to_smallest(const PlanProblem& problem, core::Money smallest, Rounding& rounding) {
  const std::int64_t lot = problem.lot();
  for (const std::vector<std::size_t>& order : order_columns(problem)) {
    core::Money spent;
    for (const std::size_t k : order) spent += problem.columns[k].price * rounding.counts()[k];
    if (spent <= core::Money{} || spent >= smallest) continue;
    for (const std::size_t k : order) {
      if (spent >= smallest) break;
      const core::Money price = problem.columns[k].price;
      std::int64_t missing = (smallest - spent + price - core::Money::from_micros(1)) / price;
      missing += (lot - missing % lot) % lot;
      const std::int64_t count = std::min(missing, rounding.room(k));
      if (count <= 0) continue;
      rounding.add(k, count);
      spent += price * count;
    }
    if (spent >= smallest) continue;
    for (const std::size_t k : order) rounding.remove(k);
  }
}

}  // namespace

Counts whole_units(const PlanProblem& problem, const PlanProgram& plan, const std::vector<double>& shares,
                   const std::vector<double>& worth, Leftover leftover) {
  struct Wanted {
    std::size_t column = 0;
    double units = 0;
    double per_usd = 0;
  };
  std::vector<Wanted> wanted;
  for (std::size_t i = 0; i < problem.columns.size(); ++i) {
    const double units = shares[i] * plan.unit[i];
    if (units >= 0.5 && !problem.columns[i].initial)
      wanted.push_back({i, units, worth[i] / problem.columns[i].price.usd()});
  }
  // What is large first, so that it is not crowded out by what a solver's tolerance lets be too much.
  std::stable_sort(wanted.begin(), wanted.end(), [&](const Wanted& a, const Wanted& b) {
    return a.units * problem.columns[a.column].price.usd() > b.units * problem.columns[b.column].price.usd();
  });
  Rounding rounding(problem, plan);
  // What leaves makes room for the rest, so that it comes first, and is rounded up.
  for (std::size_t i = 0; i < problem.columns.size(); ++i) {
    const double units = shares[i] * plan.unit[i];
    if (!problem.columns[i].initial || units < 0.5) continue;
    rounding.add(i, std::min(static_cast<std::int64_t>(std::ceil(units * (1 - 1e-9))), rounding.room(i)));
  }
  const std::int64_t lot = problem.lot();
  for (const Wanted& each : wanted) {
    // A solver's answer of 21.9999999 means 22.
    auto count = static_cast<std::int64_t>(std::floor(each.units * (1 + 1e-9)));
    count -= count % lot;
    if (count = std::min(count, rounding.room(each.column)); count > 0) rounding.add(each.column, count);
  }
  // What rounding has taken from the smallest orders comes before anything else that money is left for.
  if (plan.smallest_order) keep_to_smallest(problem, *plan.smallest_order, rounding);
  std::stable_sort(wanted.begin(), wanted.end(),
                   [](const Wanted& a, const Wanted& b) { return a.per_usd > b.per_usd; });
  for (const Wanted& each : wanted) {
    if (leftover == Leftover::spend && !(each.per_usd > 0)) continue;
    std::int64_t count = rounding.room(each.column);
    if (leftover == Leftover::keep) count = std::min(count, lot);
    if (count > 0) rounding.add(each.column, count);
  }
  if (plan.smallest_order) {
    keep_to_smallest(problem, *plan.smallest_order, rounding);
    for (const Wanted& each : wanted) {  // what was left out has left room to what stays
      if (leftover == Leftover::keep || rounding.counts()[each.column] == 0 || !(each.per_usd > 0)) continue;
      if (const std::int64_t count = rounding.room(each.column); count > 0) rounding.add(each.column, count);
    }
  }
  return rounding.counts();
}

}  // namespace fleetrace::study
