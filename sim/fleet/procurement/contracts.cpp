#include <algorithm>
#include <cmath>

#include "sim/core/numeric/fit.hpp"
#include "sim/fleet/procurement/make_cohort.hpp"
#include "sim/fleet/procurement/purchase.hpp"
#include "sim/fleet/sites/energy_reserve.hpp"

// Orders on terms of their own: a unit price, a deposit, dates of delivery and payment, some of them placed before the start.
namespace fleetrace::fleet {
namespace {

using core::Money;

/// What a contract comes to for so many accelerators.
struct Terms {
  Money prepaid;  ///< before the start
  Money at_once;
  Money owed;

  Terms(const models::PlannedOrder& planned, Money price, std::int64_t count) {
    const Money total = price * count;
    const Money deposit = std::min(total, Money::from_usd(total.usd() * planned.deposit));
    (planned.is_earlier() ? prepaid : at_once) = deposit;
    owed = total - deposit;
  }
  [[nodiscard]] Money due() const { return at_once + owed; }
};

}  // namespace

/// A contract is placed whole, as far as money covers it: what power, allotments and yearly limits leave is no matter of it.
void Procurement::Purchase::place_contract(const models::PlannedOrder& planned) {
  if (planned.type >= setup_.plant.market.types.size()) return block({Constraint::nothing_on_sale});
  const models::AcceleratorType& type = setup_.plant.market.types[planned.type];
  const Money price = planned.unit_price.value_or(
      std::max(Money::from_micros(1), Money::from_usd(type.cost(now_, procurement_.bought(planned.type)))));
  const Money order_cost = planned.is_earlier() ? Money{} : setup_.plant.supply.order_cost;
  Cohort cohort = make_accelerators(setup_.plant.market, planned.type, planned.count, price.usd());
  const core::Time arrival = planned.delivery.value_or(now_);
  const double energy_usd = setup_.strategy.budget_covers_energy
                                ? cohort.average_power / 1e3 * setup_.plant.operations.failures.power_factor() *
                                      dearest_kilowatt(setup_.plant, setup_.strategy.sites, std::max(now_, arrival),
                                                       setup_.horizon.end, setup_.plant.operations.lifetime)
                                : 0;
  const Money reserve = energy_usd > 0 ? Money::from_usd(energy_usd) + Money::from_micros(1) : Money{};
  const auto needed = [&](std::int64_t count) {
    return Terms(planned, price, count).due() + order_cost + reserve * count;
  };
  const Money cash = spendable();
  if (needed(cohort.size) > cash) {
    context_.recorder.ordering(now_, {Constraint::budget});
    // The largest count that money covers: what is due grows with it.
    std::int64_t most = 0;
    for (std::int64_t beyond = cohort.size; beyond - most > 1;) {
      const std::int64_t middle = most + (beyond - most) / 2;
      (needed(middle) <= cash ? most : beyond) = middle;
    }
    cohort.size = most - most % setup_.plant.supply.lot;
    if (cohort.size == 0) return block({Constraint::price});
  }
  const Terms terms(planned, price, cohort.size);
  cohort.ordered = planned.signed_at;
  cohort.site = planned.place;
  cohort.is_for_site = planned.place != kAnySite;
  cohort.is_contract = true;
  cohort.taken_out = planned.taken_out;
  cohort.prepaid = terms.prepaid;
  cohort.owed = terms.owed;
  if (planned.delivery) cohort.arrives = std::max(now_, *planned.delivery);
  Ledger& ledger = context_.ledger;
  const Money reserved = reserve * cohort.size;
  ledger.release(ledger.released() + (terms.due() + order_cost + reserved - ledger.cash()), now_);
  ledger.buy(terms.at_once + order_cost, reserved, now_);
  ledger.owe(terms.owed, now_);
  // It takes nothing of what is allotted or sold to all, but the maker learns from it like from any order.
  if (!planned.is_earlier() && !procurement_.own_purchases_.empty())
    procurement_.own_purchases_[planned.type] += cohort.size;
  const std::uint32_t index = procurement_.await(cohort, context_);
  if (terms.owed == Money{}) return;
  // Without a date of its own the rest is due on delivery, which a contract without one has after the mean lead time.
  const core::Time due = planned.payment    ? *planned.payment
                         : planned.delivery ? *planned.delivery
                                            : setup_.plant.supply.mean_arrival(now_);
  context_.events.schedule(std::max(now_, due), EventKind::payment, index, cohort.size);
}

}  // namespace fleetrace::fleet
