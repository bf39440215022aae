#include "sim/scenario/resolve/resolve_orders.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>

#include "sim/scenario/resolve/resolve_plant.hpp"
#include "sim/scenario/resolve/resolve_sites.hpp"

namespace fleetrace::scenario {

bool may_still_come(const models::Market& market, const std::string& wanted) {
  if (!market.releases || std::isinf(market.releases->shape)) return false;
  const std::string prefix = market.releases->base + '+';
  std::size_t number = 0;
  const char* const end = wanted.data() + wanted.size();
  if (wanted.size() <= prefix.size() || wanted.compare(0, prefix.size(), prefix) != 0) return false;
  const auto [stop, error] = std::from_chars(wanted.data() + prefix.size(), end, number);
  return error == std::errc{} && stop == end && wanted[prefix.size()] != '0' && number <= models::kMostGenerations;
}

namespace {

void find_site(models::PlannedOrder& order, const std::string& path, const fleet::Plant& plant,
               const fleet::Strategy& strategy, core::Diagnostics& diagnostics) {
  static_assert(models::PlannedOrder::kAnywhere == fleet::kAnySite);
  if (order.site.empty()) return;
  order.place = named_site(order.site, order.site_where, path, plant.sites, diagnostics);
  const bool is_used = std::find(strategy.sites.begin(), strategy.sites.end(), order.place) != strategy.sites.end();
  if (order.place == fleet::kAnySite || is_used) return;
  diagnostics.add({order.site_where, path, "the strategy does not use " + core::printable(order.site),
                   "its sites are listed, and that is not one of them",
                   "Add it to strategies." + strategy.name + ".sites, or name another."});
}

core::Money contract_price(const models::PlannedOrder& order, const models::AcceleratorType& type) {
  return order.unit_price.value_or(std::max(core::Money::from_micros(1), core::Money::from_usd(type.cost(order.at))));
}

/// What of a contract is paid within the horizon, to the micro-dollar as it will be.
core::Money contract_due(const models::PlannedOrder& order, core::Money price) {
  const core::Money total = price * order.count;
  return order.is_earlier() ? total - std::min(total, core::Money::from_usd(total.usd() * order.deposit)) : total;
}

}  // namespace

void resolve_orders(const core::Spec& spec, const std::string& path, const fleet::Plant& plant,
                    fleet::Strategy& strategy, core::Diagnostics& diagnostics) {
  std::vector<models::PlannedOrder>& orders = strategy.policy.orders;
  if (orders.empty()) return;
  const models::Market& market = plant.market;
  if (market.trend) {
    diagnostics.add({spec.value("orders").where, path + ".orders", "orders are of accelerators",
                     "trend hardware has none", "Choose hardware: catalog, or schedule money (buy: schedule)."});
    return;
  }
  std::vector<std::string_view> known;
  for (std::size_t i = 0; i < market.on_sale; ++i) known.emplace_back(market.types[i].name);
  core::Money total;
  std::vector<double> bought(known.size());
  for (models::PlannedOrder& order : orders) {
    find_site(order, path + ".orders." + std::to_string(order.row) + ".site", plant, strategy, diagnostics);
    const auto found = std::find(known.begin(), known.end(), order.accelerator);
    order.type = static_cast<std::size_t>(found - known.begin());
    if (found == known.end()) {
      order.type = market.types.size();
      if (may_still_come(market, order.accelerator)) continue;
      diagnostics.add({order.where, path + ".orders", '"' + core::printable(order.accelerator) + "\" is not on sale",
                       "it cannot be ordered", core::suggest(order.accelerator, known)});
      continue;
    }
    const models::AcceleratorType& type = market.types[order.type];
    // What is ordered before its release is delivered after it, at the earliest.
    const core::Time wanted = order.delivery.value_or(order.signed_at);
    if (wanted < type.released && !may_still_come(market, order.accelerator)) {
      const std::string_view what = order.delivery ? " is delivered on " : " is ordered on ";
      diagnostics.add({order.where, path + ".orders", type.name + std::string(what) + core::to_date(wanted),
                       "it was released on " + core::to_date(type.released), "Correct the date."});
    }
    if (order.signed_at >= type.off_sale && !may_still_come(market, order.accelerator)) {
      diagnostics.add({order.where, path + ".orders", type.name + " is ordered on " + core::to_date(order.signed_at),
                       "it is off sale since " + core::to_date(type.off_sale), "Correct the date."});
    }
    if (order.count % plant.supply.lot != 0) {
      diagnostics.add({order.where, path + ".orders", "the order is not of whole lots",
                       "supply.lot is " + std::to_string(plant.supply.lot), "Correct one of them."});
    }
    const auto count = static_cast<double>(order.count);
    const double usd = order.is_contract ? contract_price(order, type).usd() * count
                                         : type.cost_of(count, order.at, bought[order.type]);
    if (!(total.usd() + usd + plant.supply.order_cost.usd() < kMostUsd)) {
      diagnostics.add({spec.value("orders").where, path + ".orders", "the orders come to more than 9 trillion USD",
                       "money is counted exactly up to that", "Lower them."});
      return;
    }
    // To the micro-dollar as they will be paid.
    if (order.is_contract) {
      total += contract_due(order, contract_price(order, type)) +
               (order.is_earlier() ? core::Money{} : plant.supply.order_cost);
      if (!order.is_earlier()) bought[order.type] += count;
      continue;
    }
    const core::Money each = std::max(core::Money::from_micros(1), core::Money::from_usd(type.cost(order.at)));
    total += plant.supply.order_cost;
    total += type.price.learns_from_own() ? std::max(core::Money::from_micros(order.count), core::Money::from_usd(usd))
                                          : each * order.count;
    bought[order.type] += count;
  }
  strategy.policy.planned = total;
}

}  // namespace fleetrace::scenario
