#include "models/theory/lot_sizing.hpp"

#include <algorithm>

#include "models/purchase/expectation.hpp"
#include "models/purchase/purchase_entries.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

constexpr std::size_t kLoad = 0;  // load at the start [useful FLOP/s]
constexpr std::int64_t kMostPeriods = 500;

/// Peak FLOP/s that the load needs in the period that begins at `from`: the higher of the needs at its two ends.
double need(const PurchasePolicy& policy, const Observation& seen, core::Time from) {
  const core::Time to = std::min(core::saturating_add(from, policy.every), seen.end);
  const core::Time busiest = policy.believed_growth > 0 ? to : from;
  // Until now the load has grown as it did, from now on it grows as is believed.
  const double growth = policy.growth * (seen.now - seen.start).years() +
                        policy.believed_growth * (busiest - seen.now).years();
  return policy.coefficients[kLoad] * core::exp(growth) / seen.outlook.utilisation;
}

Decision review(const PurchasePolicy& policy, const Observation& seen) {
  Decision decision{seen.budget, next_regular(policy, seen)};
  decision.fleet_capacity = 0;
  if (!(seen.offer.flops_per_usd > 0)) return decision;
  std::vector<double> needs;
  std::vector<double> demand;
  std::vector<double> unit_cost;
  double met = seen.fleet.capacity;
  for (core::Time from = seen.now; from < seen.end; from = core::saturating_add(from, policy.every)) {
    needs.push_back(need(policy, seen, from));
    // A difference within rounding of a need that was met is not a demand.
    demand.push_back(needs.back() > met * (1 + 1e-9) ? needs.back() - met : 0);
    met = std::max(met, needs.back());
    unit_cost.push_back(1 / expected_offer(seen, from).flops_per_usd);
  }
  const theory::LotPlan best = theory::best_lots({demand, unit_cost, seen.outlook.order_usd, 0});
  if (best.orders.empty() || best.orders.front() > 0) return decision;
  const std::size_t until = best.orders.size() > 1 ? best.orders[1] : needs.size();
  decision.fleet_capacity = *std::max_element(needs.begin(), needs.begin() + static_cast<std::ptrdiff_t>(until));
  return decision;
}

PurchasePolicy resolve(const core::Spec& spec, const PurchaseRequest& request, core::Diagnostics& diagnostics) {
  PurchasePolicy policy = regular_reviews(spec, request, review, diagnostics, kMostPeriods);
  if (policy.review == nullptr) return policy;
  policy.growth = policy.believed_growth = spec.number("growth");
  policy.coefficients[kLoad] = spec.number("load");
  const double last = policy.coefficients[kLoad] * core::exp(policy.growth * (request.end - request.start).years());
  if (last < 1e100 && last > 1e-100) return policy;
  diagnostics.add({spec.value("growth").where, request.path + ".growth", "the load would leave the range of numbers",
                   "it should stay between 1e-100 and 1e100 FLOP/s", "Slow its growth or shorten the horizon."});
  return {};
}

}  // namespace

const PurchaseEntry kLotSizing{
    core::Entry{
        .name = "lot_sizing",
        .summary = "Meets a growing load by the cheapest sequence of orders, each of which costs something in itself.",
        .parameters = with_beliefs({
            load(),
            load_growth(),
            review_interval("3 months", "convention: a quarter, the rhythm of company accounts"),
        }),
        .scope =
            "Wagner and Whitin's plan over the reviews to come, made anew at each with the prices that are expected then and "
            "supply.order_cost: a later order is cheaper by the price that has fallen, a larger one saves the cost of another. "
            "Of equally cheap sequences it takes the one whose last order comes first. "
            "All load of the time until the next review is met from its start. It knows no lead time, no end of life before it "
            "happens, no discount rate, no power limit and no lot; a budget that is too small stops it.",
    },
    resolve, believe_growth};

}  // namespace fleetrace::models
