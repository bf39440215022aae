#include "sim/study/optimise/rounding.hpp"

#include <algorithm>

#include "sim/core/numeric/fit.hpp"

namespace fleetrace::study {

Rounding::Rounding(const PlanProblem& problem, const PlanProgram& plan)
    : problem_(problem), plan_(plan), counts_(problem.columns.size()) {
  for (const OrderLimit& limit : plan.orders) {
    money_.push_back(limit.is_money() ? core::Money::from_usd(limit.most) : core::Money{});
    units_.push_back(limit.is_money() ? 0 : limit.most);
  }
  for (const SiteLimit& limit : plan.sites) taken_.emplace_back(limit.dates.size(), 0.0);
}

std::int64_t Rounding::room(std::size_t column) const {
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

void Rounding::add(std::size_t column, std::int64_t count) {
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

void Rounding::remove(std::size_t column) {
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

bool Rounding::counts_in(const OrderLimit& limit, std::size_t column) {
  return std::binary_search(limit.columns.begin(), limit.columns.end(), column);
}

core::Money Rounding::order_cost(const OrderLimit& limit, std::size_t column) const {
  if (limit.kind != LimitKind::budget || counts_[column] > 0) return {};
  return problem_.setup.plant.supply.order_cost;
}

std::pair<std::size_t, std::size_t> Rounding::stay(const SiteLimit& limit, const PurchaseColumn& column) {
  const auto index_of = [&](core::Time at) {
    return static_cast<std::size_t>(std::lower_bound(limit.dates.begin(), limit.dates.end(), at) - limit.dates.begin());
  };
  return {index_of(column.arrives), index_of(column.leaves)};
}

}  // namespace fleetrace::study
