#include <algorithm>
#include <map>

#include "sim/fleet/procurement/purchase.hpp"

namespace fleetrace::fleet {

using core::Money;

void Procurement::cancel_for(std::size_t released, const PurchaseContext& context) {
  const core::Time now = context.events.now();
  const Supply& supply = setup_->plant.supply;
  const models::AcceleratorType& newer = setup_->plant.market.types[released];
  const double per_usd = newer.useful_peak() / newer.cost(now, bought(released));
  if (const auto left = allocation_left(released, now); left && *left < supply.lot) return;
  std::map<std::uint32_t, Money> refunds;  // by the site of the order
  for (std::uint32_t i = 0; i < context.inventory.cohorts().size(); ++i) {
    const Cohort& cohort = context.inventory[i];
    const std::int64_t count = cohort.count(State::ordered);
    const double refund_usd = cohort.cost_usd * (1 - *supply.cancellation_fee);
    if (count == 0 || cohort.rented || cohort.is_contract || cohort.is_capacity() ||
        cohort.useful_peak() >= refund_usd * per_usd)
      continue;
    const Money paid = Money::from_usd(cohort.cost_usd * static_cast<double>(count));
    const Money refund = std::min(context.ledger.capex(), Money::from_usd(refund_usd * static_cast<double>(count)));
    context.ledger.refund(refund, now);
    refunds[cohort.is_for_site ? cohort.site : kAnySite] += refund;
    cancelled_.accelerators += count;
    cancelled_.fees += paid - refund;
    // As if they had never been ordered; what was on its way to delivery finds nothing to deliver.
    enter(cohort, -count);
    context.inventory.cancel(i, count);
  }
  // What is ordered instead stays within the power that the last review left, and that was given back.
  models::Decision decision;
  decision.fleet_power = fleet_watts_;
  for (const auto& [site, refund] : refunds) {
    if (refund > Money{}) Purchase(*this, decision, context).reorder(released, refund, site);
  }
}

}  // namespace fleetrace::fleet
