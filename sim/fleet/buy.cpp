#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "fleetrace/fleet/world.hpp"
#include "free_room.hpp"
#include "new_cohort.hpp"

namespace fleetrace::fleet {
namespace {

using core::Money;

constexpr std::int64_t kNoLimit = FreeRoom::kNoLimit;

/// So that reserves never fall short of what is booked.
Money round_up(double usd) {
  return usd > 0 ? Money::from_micros(static_cast<std::int64_t>(std::ceil(usd * 1e6)) + 1) : Money{};
}

/// Whole milliwatts, the nearest; no limit where they are beyond counting.
std::int64_t milliwatt(double watts) { return watts < 9e15 ? std::llround(watts * 1e3) : kNoLimit; }

/// Spends the free cash of a world at one review.
class Purchase {
 public:
  Purchase(World& world, const models::Decision& limits)
      : world_(world), plan_(*world.plan), limits_(limits), now_(world.now()) {}

  /// Begins with this type, where accelerators are on sale and it chooses any.
  void run(std::optional<std::size_t> type) {
    world_.bindings.ordering(now_, {Constraint::budget});
    if (limits_.first_order < limits_.last_order) return place_orders();
    if (!take_cash(world_.ledger.cash())) return;
    if (plan_.plant.market.trend) return buy_capacity(*plan_.plant.market.trend);
    std::vector<bool> passed_over;
    for (; type; type = world_.choice(passed_over)) {
      const std::size_t before = world_.cohorts.size();
      const bool is_held_back = buy_accelerators(*type);
      // Where a maker allots less than money pays for, or to sites that are full, the next best follows.
      const auto left = world_.allotted(*type);
      if (is_held_back && is_allotted_to_sites(*type)) {
        passed_over.resize(plan_.plant.market.types.size());
        passed_over[*type] = true;
      } else if (!left || *left >= plan_.plant.supply.lot || world_.cohorts.size() == before) {
        return;
      }
      if (!take_cash(world_.ledger.cash())) return;
    }
    if (!passed_over.empty()) return;  // what held those back has been said
    hindered_by(world_.released_types > 0 && !world_.taken.empty() ? Constraint::supply : Constraint::nothing_on_sale);
  }

  /// Orders what `usd` of free cash pays for of one type, for one site or for any.
  void reorder(std::size_t type, Money usd, std::uint32_t site) {
    most_ = usd;
    if (take_cash(world_.ledger.cash())) buy_accelerators(type, kNoLimit, site);
  }

 private:
  /// Where an order goes, and from what allocation it is taken.
  struct Source {
    std::uint32_t site = SiteState::kAny;
    std::uint32_t allotted_to = SiteState::kAny;
    std::int64_t most = kNoLimit;
    bool is_for_site = false;
  };

  /// Whether there is any beside the cost of the order itself.
  bool take_cash(Money cash) {
    if (most_) cash = std::min(cash, *most_);
    if (cash <= Money{}) return false;
    cash_ = cash - plan_.plant.supply.order_cost;
    if (cash_ > Money{}) return true;
    hindered_by(Constraint::price);
    return false;
  }

  void place_orders() {
    for (std::size_t i = limits_.first_order; i < limits_.last_order; ++i) {
      const models::PlannedOrder& planned = plan_.strategy.plan.orders[i];
      if (planned.type >= world_.released_types) {
        hindered_by(Constraint::nothing_on_sale);
      } else if (take_cash(world_.ledger.cash())) {
        buy_accelerators(planned.type, planned.count, planned.place);
      } else {
        hindered_by(Constraint::price);
      }
    }
  }

  void hindered_by(Constraint constraint) { world_.hindered_by(constraint); }
  void wants_no_more() { world_.bindings.ordering(now_, {Constraint::demand}); }

  /// What will be free on the sites when an order of today arrives, as far as that is known today.
  [[nodiscard]] FreeRoom room_on_arrival() const {
    if (!plan_.strategy.power_limits_orders) return {};
    return free_room(world_, core::saturating_add(now_, plan_.plant.supply.lead_time.mean));
  }

  /// Nameplate IT power that the strategy's decision leaves for this purchase [milliwatt].
  [[nodiscard]] std::int64_t power_wanted() const {
    const std::int64_t order = std::max<std::int64_t>(0, milliwatt(limits_.order_power) - ordered_mw_);
    const std::int64_t fleet = milliwatt(limits_.fleet_power);
    return fleet == kNoLimit ? order : std::min(order, std::max<std::int64_t>(0, fleet - world_.committed_mw));
  }

  /// Peak FLOP/s that the decision leaves.
  [[nodiscard]] double capacity_wanted() const {
    if (std::isinf(limits_.fleet_capacity)) return limits_.fleet_capacity;
    return std::max(0.0, limits_.fleet_capacity - world_.training_peak() - world_.pending_peak.value());
  }

  [[nodiscard]] std::int64_t supply_left() {
    if (plan_.plant.supply.yearly_limit < 0) return kNoLimit;
    const std::int64_t year = (now_ - plan_.horizon.start) / core::kYear;
    if (year != world_.year) {
      world_.year = year;
      world_.ordered_this_year = 0;
    }
    return plan_.plant.supply.yearly_limit - world_.ordered_this_year;
  }

  /// What the energy of `watts` will cost at most until the end of its life or of the horizon, where the budget covers it.
  [[nodiscard]] double energy_reserve_usd(double watts) const {
    if (!plan_.strategy.budget_covers_energy) return 0;
    // Nobody knows how short a random lead time will be.
    const models::LeadTime& lead_time = plan_.plant.supply.lead_time;
    const core::Time arrival = lead_time.variation > 0 ? now_ : core::saturating_add(now_, lead_time.mean);
    const core::Time end = std::min(plan_.horizon.end, core::saturating_add(arrival, plan_.plant.operations.lifetime));
    if (end <= arrival) return 0;
    const Site& dearest = dearest_site(plan_.plant, plan_.strategy.sites);
    const double kilowatt = watts / 1e3 * plan_.plant.operations.failures.power_factor() * dearest.marginal_pue();
    return kilowatt * (end - arrival).hours() * dearest.dearest_electricity();
  }

  /// How many accelerators the decision leaves.
  [[nodiscard]] std::int64_t units_wanted(const Cohort& cohort) const {
    const std::int64_t power = power_wanted();
    const std::int64_t powered = power == kNoLimit || cohort.nameplate_mw == 0 ? kNoLimit : power / cohort.nameplate_mw;
    // A trillionth more, so that a limit of so many accelerators is not missed by rounding. What capacity is wanted comes in
    // whole lots.
    double count = capacity_wanted() / cohort.peak * (1 + 1e-12);
    if (const auto lot = static_cast<double>(plan_.plant.supply.lot); lot > 1 && count >= 1)
      count = std::ceil(count * (1 - 2e-12) / lot) * lot;
    return count < 9e18 ? std::min(powered, static_cast<std::int64_t>(count)) : powered;
  }

  [[nodiscard]] bool is_allotted_to_sites(std::size_t type) const {
    const std::vector<Allocation>& all = plan_.plant.supply.allocations;
    return std::any_of(all.begin(), all.end(),
                       [type](const Allocation& each) { return each.type == type && each.site != SiteState::kAny; });
  }

  /// What is allotted to a site can be spent there alone, so that it goes first, in the order of the strategy's sites; what
  /// is allotted to none fills what they leave.
  [[nodiscard]] std::vector<Source> sources_of(std::size_t type, std::uint32_t site) const {
    const bool is_for_site = site != SiteState::kAny;
    std::vector<Source> sources;
    const auto add = [&](std::uint32_t where, std::uint32_t allotted_to) {
      if (const std::int64_t count = world_.allotted_to(type, allotted_to); count > 0)
        sources.push_back({where, allotted_to, count, is_for_site});
    };
    if (is_allotted_to_sites(type)) {
      for (const std::uint32_t each : plan_.strategy.sites) {
        if (!is_for_site || each == site) add(each, each);
      }
    }
    add(site, SiteState::kAny);
    return sources;
  }

  /// Whether supply or a site held it back. What held it back is noted: a site where something allotted to it finds no room
  /// before supply, since money could have gone there.
  bool buy_accelerators(std::size_t index, std::int64_t at_most = kNoLimit, std::uint32_t site = SiteState::kAny) {
    std::optional<Binding> held;
    // A type without allocations has one source, which takes no memory.
    Source only{site, SiteState::kAny, kNoLimit, site != SiteState::kAny};
    std::vector<Source> several;
    if (world_.allotted(index)) {
      several = sources_of(index, site);
      if (several.empty()) only = {site, SiteState::kAny, 0, false};
    }
    const std::span<const Source> sources = several.empty() ? std::span<const Source>(&only, 1) : several;
    for (std::size_t i = 0; i < sources.size(); ++i) {
      if (i > 0 && !take_cash(world_.ledger.cash())) return false;
      const Held result = buy_from(sources[i], index, at_most);
      if (!result.by) return false;
      if (!held || held->constraint == Constraint::supply) held = result.by;
      if (at_most != kNoLimit) at_most -= result.ordered;
    }
    world_.hindered_by(held->constraint, held->site);
    return true;
  }

  /// What was ordered, and what kept more from being; nothing where money, the price or the plan did, which is noted then.
  struct Held {
    std::int64_t ordered = 0;
    std::optional<Binding> by;
  };

  Held buy_from(const Source& source, std::size_t index, std::int64_t at_most) {
    const models::AcceleratorType& type = plan_.plant.market.types[index];
    Cohort cohort = accelerators(plan_.plant.market, index, 0, type.cost(now_, world_.bought(index)));
    const double energy_usd = energy_reserve_usd(cohort.average_power);
    cohort.site = source.site;
    cohort.allotted_to = source.allotted_to;
    cohort.is_for_site = source.is_for_site;
    const std::int64_t wanted = std::min(at_most, units_wanted(cohort));
    if (wanted == 0) {
      wants_no_more();
      return {};
    }
    // Also keeps what costs more than money can express from being counted in it.
    if (cohort.cost_usd + energy_usd > cash_.usd() + 1) {
      hindered_by(Constraint::price);
      return {};
    }
    const Money price = std::max(Money::from_micros(1), Money::from_usd(cohort.cost_usd));
    const Money reserve = round_up(energy_usd);
    const std::int64_t most = type.price.learns_from_own() ? affordable_along_curve(index, reserve)
                                                           : cash_ / (price + reserve);
    const std::int64_t affordable = std::min(wanted, most);
    FreeRoom room = room_on_arrival();
    if (source.site != SiteState::kAny) room = room.only(source.site);
    const std::int64_t powered = room.units(cohort.nameplate_mw);
    const std::int64_t supplied = std::min(supply_left(), source.most);
    if (affordable < plan_.plant.supply.lot) {
      hindered_by(Constraint::price);
      return {};
    }
    cohort.size = std::min({affordable, powered, supplied});
    if (affordable < most) wants_no_more();
    Held held;
    if (cohort.size < affordable)
      held.by = powered <= supplied ? room.binding(cohort.nameplate_mw) : Binding{Constraint::supply};
    cohort.size -= cohort.size % plan_.plant.supply.lot;
    if (cohort.size <= 0) return held;
    held.ordered = cohort.size;
    world_.ordered_this_year += cohort.size;
    if (!world_.taken.empty()) world_.taken[world_.taken_index(index, cohort.allotted_to)] += cohort.size;
    ordered_mw_ += cohort.size * cohort.nameplate_mw;
    Money cost = price * cohort.size;
    if (type.price.learns_from_own()) {
      cost = cost_along_curve(index, cohort.size);
      cohort.cost_usd = cost.usd() / static_cast<double>(cohort.size);
      world_.own_purchases[index] += cohort.size;
    }
    order(cohort, cost, reserve * cohort.size);
    return held;
  }

  /// Where each accelerator of an order is cheaper than the one before it.
  [[nodiscard]] Money cost_along_curve(std::size_t index, std::int64_t count) const {
    const models::AcceleratorType& type = plan_.plant.market.types[index];
    const double usd = type.cost_of(static_cast<double>(count), now_, world_.bought(index));
    return std::max(Money::from_micros(count), Money::from_usd(usd));
  }

  /// The largest order that cash pays for, reserves included: bisection between bounds that the price alone gives.
  [[nodiscard]] std::int64_t affordable_along_curve(std::size_t index, Money reserve) const {
    const double units = plan_.plant.market.types[index].affordable(cash_.usd(), now_, world_.bought(index));
    std::int64_t most = cash_ / std::max(reserve, Money::from_micros(1));
    if (units + 1 < static_cast<double>(most)) most = static_cast<std::int64_t>(units) + 1;
    std::int64_t fits = 0;
    while (fits < most) {
      const std::int64_t middle = fits + (most - fits + 1) / 2;
      if (cost_along_curve(index, middle) <= cash_ - reserve * middle) {
        fits = middle;
      } else {
        most = middle - 1;
      }
    }
    return fits;
  }

  void buy_capacity(const models::Trend& trend) {
    const Money cash = cash_;
    const double per_usd = trend.price_performance_at(now_);
    const double watts_per_flops = trend.power_per_flops_at(now_);
    // A trillionth more than the energy will cost, so that rounding while it is measured never makes it exceed the reserve.
    const double reserve_per_flops = energy_reserve_usd(watts_per_flops) * (1 + 1e-12);
    double capacity = cash.usd() * per_usd;
    Money cost = cash;
    if (reserve_per_flops > 0) {
      // A trillionth and three micro-dollars stay in cash, so that rounding never makes cost and reserve exceed it.
      capacity = (cash.usd() * (1 - 1e-12) - 3e-6) / (1 / per_usd + reserve_per_flops);
      if (capacity <= 0) return hindered_by(Constraint::price);
      cost = Money::from_usd(capacity / per_usd);
    }
    const auto limit_to = [&](double most) {
      if (most >= capacity) return false;
      capacity = most;
      cost = std::min(cash, Money::from_usd(capacity / per_usd));
      return true;
    };
    const std::int64_t wanted = power_wanted();
    const FreeRoom room = room_on_arrival();
    const std::int64_t power = room.power_mw_at_one_site;
    const auto powered = [&](std::int64_t mw) { return static_cast<double>(mw) / 1e3 / watts_per_flops; };
    if (limit_to(capacity_wanted())) wants_no_more();
    if (watts_per_flops > 0 && wanted != kNoLimit && limit_to(powered(wanted))) wants_no_more();
    if (watts_per_flops > 0 && power != kNoLimit && limit_to(powered(power)))
      world_.hindered_by(room.power_by, room.site);
    if (cost <= Money{}) return;
    Cohort cohort = fleet::capacity(capacity, watts_per_flops, cost.usd());
    // Rounded up, so that many small purchases never draw more than the limit; what takes all power takes just that.
    const auto drawn = static_cast<std::int64_t>(std::ceil(cohort.average_power * 1e3));
    cohort.nameplate_mw = std::min({power, wanted, drawn});
    order(cohort, cost, round_up(capacity * reserve_per_flops));
  }

  void order(Cohort cohort, Money cost, Money reserve) {
    const models::ProgressLaw& progress = world_.trajectory.law();
    cohort.ordered = now_;
    cohort.work_rate = cohort.peak * plan_.plant.operations.utilisation();
    if (progress.embodied) cohort.work_rate *= progress.multiplier(plan_.horizon.years_at(now_));
    const Money paid = cost + plan_.plant.supply.order_cost;
    world_.ledger.buy(paid, reserve, now_);
    if (most_) *most_ -= paid + reserve;
    world_.fulfil(world_.add_cohort(cohort, State::ordered));
  }

  World& world_;
  const Case& plan_;
  const models::Decision& limits_;
  core::Time now_;
  Money cash_;                   ///< less the cost of the order itself
  std::optional<Money> most_;    ///< that may be spent, where that is not all cash
  std::int64_t ordered_mw_ = 0;  ///< nameplate IT power of this purchase so far
};

}  // namespace

void World::buy(const models::Decision& limits, const std::optional<std::size_t>& choice) {
  Purchase(*this, limits).run(choice);
}

void World::cancel_for(std::size_t released) {
  const Supply& supply = plan->plant.supply;
  const models::AcceleratorType& newer = plan->plant.market.types[released];
  const double per_usd = newer.peak / newer.cost(now(), bought(released));
  if (allotted(released).value_or(kNoLimit) < supply.lot) return;
  std::map<std::uint32_t, core::Money> refunds;  // by the site of the order
  for (Cohort& cohort : cohorts) {
    const std::int64_t count = cohort.count(State::ordered);
    const double refund_usd = cohort.cost_usd * (1 - *supply.cancellation_fee);
    if (count == 0 || cohort.rented || cohort.is_capacity() || cohort.peak >= refund_usd * per_usd) continue;
    const Money paid = Money::from_usd(cohort.cost_usd * static_cast<double>(count));
    const Money refund = std::min(ledger.capex(), Money::from_usd(refund_usd * static_cast<double>(count)));
    ledger.refund(refund, now());
    refunds[cohort.is_for_site ? cohort.site : SiteState::kAny] += refund;
    cancelled.accelerators += count;
    cancelled.fees += paid - refund;
    // As if they had never been ordered; what was on its way to delivery finds nothing to deliver.
    cohort.size -= count;
    cohort.count(State::ordered) = 0;
    committed_mw -= cohort.nameplate_mw * count;
    committed_units -= count;
    count_pending(cohort, -count);
    if ((cohort.ordered - plan->horizon.start) / core::kYear == year) ordered_this_year -= count;
    if (!taken.empty()) taken[taken_index(cohort.type, cohort.allotted_to)] -= count;
    if (!own_purchases.empty()) own_purchases[cohort.type] -= count;
  }
  for (const auto& [site, refund] : refunds) {
    if (refund > Money{}) Purchase(*this, {}).reorder(released, refund, site);
  }
}

}  // namespace fleetrace::fleet
