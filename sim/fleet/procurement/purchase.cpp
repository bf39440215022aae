#include "sim/fleet/procurement/purchase.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "sim/core/numeric/fit.hpp"
#include "sim/fleet/procurement/make_cohort.hpp"

namespace fleetrace::fleet {
namespace {

using core::Money;

/// Rounds up, so that reserves never fall short of what is booked.
Money round_up(double usd) {
  return usd > 0 ? Money::from_micros(static_cast<std::int64_t>(std::ceil(usd * 1e6)) + 1) : Money{};
}

}  // namespace

void Procurement::buy(const models::Decision& decision, std::optional<std::size_t> choice,
                      const PurchaseContext& context) {
  Purchase(*this, decision, context).run(choice);
}

void Procurement::Purchase::run(std::optional<std::size_t> type) {
  context_.recorder.ordering(now_, {Constraint::budget});
  if (decision_.first_order < decision_.last_order) return place_planned_orders();
  if (!take_cash()) return;
  if (setup_.plant.market.trend) return buy_capacity(*setup_.plant.market.trend);
  std::vector<bool> passed_over;
  for (; type; type = procurement_.choice(now_, passed_over)) {
    const std::size_t before = context_.inventory.cohorts().size();
    const bool is_limited = buy_accelerators(*type);
    // Where a maker allots less than money pays for, or to sites that are full, the next best follows.
    const auto left = procurement_.allocation_left(*type, now_);
    if (is_limited && is_allotted_to_sites(*type)) {
      passed_over.resize(setup_.plant.market.types.size());
      passed_over[*type] = true;
    } else if (!left || *left >= setup_.plant.supply.lot || context_.inventory.cohorts().size() == before) {
      return;
    }
    if (!take_cash()) return;
  }
  if (!passed_over.empty()) return;  // what limited those has been noted
  const bool is_supply = !procurement_.taken_.empty() && procurement_.sells_anything(now_);
  block({is_supply ? Constraint::supply : Constraint::nothing_on_sale});
}

void Procurement::Purchase::reorder(std::size_t type, Money usd, std::uint32_t site) {
  most_ = usd;
  if (take_cash()) buy_accelerators(type, kNoLimit, site);
}

Money Procurement::Purchase::spendable() const {
  const Ledger& ledger = context_.ledger;
  return is_planned_ ? ledger.cash() + (ledger.hardware_budget() - ledger.released()) : ledger.cash();
}

bool Procurement::Purchase::take_cash() {
  Money cash = spendable();
  if (most_) cash = std::min(cash, *most_);
  if (cash <= Money{}) return false;
  cash_ = cash - setup_.plant.supply.order_cost;
  if (cash_ > Money{}) return true;
  block({Constraint::price});
  return false;
}

void Procurement::Purchase::place_planned_orders() {
  is_planned_ = true;
  context_.recorder.ordering(now_, {});
  for (std::size_t i = decision_.first_order; i < decision_.last_order; ++i) {
    const models::PlannedOrder& planned = setup_.strategy.policy.orders[i];
    taken_out_ = planned.taken_out;
    if (planned.is_contract) {
      place_contract(planned);
    } else if (!procurement_.is_on_sale(planned.type, now_)) {
      block({Constraint::nothing_on_sale});
    } else if (take_cash()) {
      buy_accelerators(planned.type, planned.count, planned.place);
    } else {
      block({Constraint::price});
    }
  }
}

/// Buys one type from all allocations that it has. Whether supply or a site limited the order. Which one is noted: a site where
/// something allotted to it finds no room before supply, since money could have gone there.
bool Procurement::Purchase::buy_accelerators(std::size_t type, std::int64_t at_most, std::uint32_t site) {
  std::optional<BindingConstraint> limited_by;
  // A type without allocations has one source, which takes no memory.
  Source only{site, kAnySite, kNoLimit, site != kAnySite};
  std::vector<Source> several;
  if (procurement_.allocation_left(type, now_)) {
    several = sources_of(type, site);
    if (several.empty()) only = {site, kAnySite, 0, false};
  }
  const std::span<const Source> sources = several.empty() ? std::span<const Source>(&only, 1) : several;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (i > 0 && !take_cash()) return false;
    const Ordered ordered = buy_from(sources[i], type, at_most);
    if (!ordered.limited_by) return false;
    if (!limited_by || limited_by->constraint == Constraint::supply) limited_by = ordered.limited_by;
    if (at_most != kNoLimit) at_most -= ordered.count;
  }
  block(*limited_by);
  return true;
}

Procurement::Purchase::Ordered Procurement::Purchase::buy_from(const Source& source, std::size_t index,
                                                               std::int64_t at_most) {
  const models::AcceleratorType& type = setup_.plant.market.types[index];
  Cohort cohort = make_accelerators(setup_.plant.market, index, 0, type.cost(now_, procurement_.bought(index)));
  const double energy_usd = energy_reserve_usd(cohort.average_power, index);
  cohort.ordered = now_;
  cohort.site = source.site;
  cohort.allotted_to = source.allotted_to;
  cohort.is_for_site = source.is_for_site;
  cohort.taken_out = taken_out_;
  const std::int64_t wanted = std::min(at_most, units_wanted(cohort));
  if (wanted == 0) {
    wants_no_more();
    return {};
  }
  // Also keeps what costs more than money can express from being counted in it.
  if (cohort.cost_usd + energy_usd > cash_.usd() + 1) {
    block({Constraint::price});
    return {};
  }
  const Money price = std::max(Money::from_micros(1), Money::from_usd(cohort.cost_usd));
  const Money reserve = round_up(energy_usd);
  // What is paid is rounded; what it pays for is not, so that 27 of a price that is no whole micro-dollar fit 27 times that.
  const double each_usd = std::max(cohort.cost_usd, 1e-6) + energy_usd;
  const std::int64_t most = type.price.learns_from_own()
                                ? affordable_along_curve(index, reserve)
                                : std::max(cash_ / (price + reserve), core::count_of_units(cash_.usd(), 0, each_usd));
  const std::int64_t affordable = std::min(wanted, most);
  const AvailableCapacity& room = capacity_on_arrival(source.site);
  const std::int64_t powered = room.units(cohort.nameplate_milliwatt);
  const std::int64_t supplied = std::min(procurement_.yearly_limit_left(now_), source.most);
  if (affordable < setup_.plant.supply.lot) {
    block({Constraint::price});
    return {};
  }
  cohort.size = std::min({affordable, powered, supplied});
  note_end(wanted, most);
  Ordered ordered;
  if (cohort.size < affordable) {
    ordered.limited_by = powered <= supplied ? room.binding(cohort.nameplate_milliwatt)
                                             : BindingConstraint{Constraint::supply};
  }
  cohort.size -= cohort.size % setup_.plant.supply.lot;
  if (cohort.size <= 0) return ordered;
  ordered.count = cohort.size;
  Money cost = type.price.learns_from_own() ? cost_along_curve(index, cohort.size) : price * cohort.size;
  cost = std::min(cost, cash_ - reserve * cohort.size);
  if (type.price.learns_from_own()) cohort.cost_usd = cost.usd() / static_cast<double>(cohort.size);
  procurement_.enter(cohort, cohort.size);
  order(cohort, cost, reserve * cohort.size);
  return ordered;
}

void Procurement::Purchase::buy_capacity(const models::Trend& trend) {
  const Money cash = cash_;
  const double per_usd = trend.price_performance_at(now_);
  const double watts_per_flops = trend.power_per_flops_at(now_);
  // A trillionth more than the energy will cost, so that rounding while it is measured never makes it exceed the reserve.
  const double reserve_per_flops = energy_reserve_usd(watts_per_flops, Cohort::kCapacity) * (1 + 1e-12);
  double capacity = cash.usd() * per_usd;
  Money cost = cash;
  if (reserve_per_flops > 0) {
    // A trillionth and three micro-dollars stay in cash, so that rounding never makes cost and reserve exceed it.
    capacity = (cash.usd() * (1 - 1e-12) - 3e-6) / (1 / per_usd + reserve_per_flops);
    if (capacity <= 0) return block({Constraint::price});
    cost = Money::from_usd(capacity / per_usd);
  }
  const auto limit_to = [&](double most) {
    if (most >= capacity) return false;
    capacity = most;
    cost = std::min(cash, Money::from_usd(capacity / per_usd));
    return true;
  };
  const std::int64_t wanted = procurement_.power_left(decision_, context_);
  const AvailableCapacity& room = capacity_on_arrival(kAnySite);
  const std::int64_t power = room.milliwatt_at_one_site();
  const auto powered = [&](std::int64_t milliwatt) { return static_cast<double>(milliwatt) / 1e3 / watts_per_flops; };
  if (limit_to(procurement_.peak_left(decision_, context_))) wants_no_more();
  if (watts_per_flops > 0 && wanted != kNoLimit && limit_to(powered(wanted))) wants_no_more();
  if (watts_per_flops > 0 && power != kNoLimit && limit_to(powered(power))) block({room.power_by, room.site});
  if (cost <= Money{}) return;
  Cohort cohort = make_capacity(capacity, watts_per_flops, cost.usd());
  // Rounded up, so that many small purchases never draw more than the limit; what takes all power takes just that.
  const auto drawn = static_cast<std::int64_t>(std::ceil(cohort.average_power * 1e3));
  cohort.nameplate_milliwatt = std::min({power, wanted, drawn});
  cohort.ordered = now_;
  procurement_.count_ordered_power(cohort.nameplate_milliwatt);
  order(cohort, cost, round_up(capacity * reserve_per_flops));
}

void Procurement::Purchase::note_end(std::int64_t wanted, std::int64_t most) {
  if (is_planned_ && most < wanted) context_.recorder.ordering(now_, {Constraint::budget});
  if (!is_planned_ && wanted < most) wants_no_more();
}

void Procurement::Purchase::order(Cohort& cohort, Money cost, Money reserve) {
  const Money paid = cost + setup_.plant.supply.order_cost;
  // Orders that are planned one by one release what they cost when they are placed, so that nothing idles in between.
  if (is_planned_)
    context_.ledger.release(context_.ledger.released() + (paid + reserve - context_.ledger.cash()), now_);
  procurement_.order(cohort, paid, reserve, context_);
  if (most_) *most_ -= paid + reserve;
}

void Procurement::order(Cohort& cohort, Money paid, Money reserve, const PurchaseContext& context) {
  context.ledger.buy(paid, reserve, context.events.now());
  await(cohort, context);
}

std::uint32_t Procurement::await(Cohort& cohort, const PurchaseContext& context) {
  const core::Time now = context.events.now();
  cohort.work_rate = work_rate_when_new(cohort, setup_->plant.operations, context.trajectory.law(),
                                        setup_->horizon.years_at(now));
  const std::uint32_t index = context.inventory.add(cohort, State::ordered, now);
  schedule_deliveries(index, cohort, context.events);
  return index;
}

}  // namespace fleetrace::fleet
