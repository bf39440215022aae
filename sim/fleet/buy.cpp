#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "fleetrace/fleet/world.hpp"

namespace fleetrace::fleet {
namespace {

using core::Money;

constexpr std::int64_t kNoLimit = std::numeric_limits<std::int64_t>::max();

/// So that reserves never fall short of what is booked.
Money round_up(double usd) {
  return usd > 0 ? Money::from_micros(static_cast<std::int64_t>(std::ceil(usd * 1e6)) + 1) : Money{};
}

/// Spends the free cash of a world at one review.
class Purchase {
 public:
  explicit Purchase(World& world) : world_(world), plan_(*world.plan), now_(world.now()) {}

  void run() {
    if (world_.ledger.cash() <= Money{}) return;
    if (plan_.plant.market.trend) {
      buy_capacity(*plan_.plant.market.trend);
    } else if (const auto type = choose()) {
      buy_accelerators(*type);
    } else {
      hindered_by(Obstacle::nothing_on_sale);
    }
  }

 private:
  void hindered_by(Obstacle obstacle) { ++world_.obstacles[static_cast<std::size_t>(obstacle)]; }

  [[nodiscard]] std::optional<std::size_t> choose() const {
    const std::size_t on_sale = world_.released_types;
    const models::Market& market = plan_.plant.market;
    if (plan_.strategy.choice == Choice::named) {
      return plan_.strategy.named_type < on_sale ? std::optional(plan_.strategy.named_type) : std::nullopt;
    }
    if (on_sale == 0) return std::nullopt;
    if (plan_.strategy.choice == Choice::newest) return on_sale - 1;
    std::size_t best = 0;
    double best_value = -1;
    for (std::size_t i = 0; i < on_sale; ++i) {
      const models::AcceleratorType& type = market.types[i];
      const double value = type.peak /
                           (plan_.strategy.choice == Choice::flop_per_usd ? type.cost(now_) : type.nameplate_power);
      if (value > best_value) {
        best = i;
        best_value = value;
      }
    }
    return best;
  }

  /// Nameplate IT power that will be free when an order of today arrives [milliwatt].
  [[nodiscard]] std::int64_t power_on_arrival() const {
    const std::int64_t limit = plan_.plant.site.it_power_limit_mw;
    if (limit < 0 || !plan_.strategy.power_limits_orders) return kNoLimit;
    std::int64_t committed = world_.committed_mw;
    const core::Time arrival = core::saturating_add(now_, plan_.plant.supply.lead_time);
    for (std::size_t i = world_.next_retirement; i < world_.retirements.size(); ++i) {
      if (world_.retirements[i].at > arrival) break;
      committed -= world_.retirements[i].nameplate_mw;
    }
    return std::max<std::int64_t>(0, limit - committed);
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
    const core::Time arrival = core::saturating_add(now_, plan_.plant.supply.lead_time);
    const core::Time end = std::min(plan_.horizon.end, core::saturating_add(arrival, plan_.plant.operations.lifetime));
    if (end <= arrival) return 0;
    const double kilowatt = watts / 1e3 * plan_.plant.operations.failures.power_factor() * plan_.plant.site.pue;
    return kilowatt * (end - arrival).hours() * plan_.plant.site.electricity;
  }

  void buy_accelerators(std::size_t index) {
    const models::AcceleratorType& type = plan_.plant.market.types[index];
    Cohort cohort;
    cohort.type = static_cast<std::uint32_t>(index);
    cohort.peak = type.peak;
    cohort.average_power = type.average_power;
    cohort.nameplate_mw = std::llround(type.nameplate_power * 1e3);
    cohort.cost_usd = type.cost(now_);
    const double energy_usd = energy_reserve_usd(cohort.average_power);
    // Also keeps what costs more than money can express from being counted in it.
    if (cohort.cost_usd + energy_usd > world_.ledger.cash().usd() + 1) return hindered_by(Obstacle::price);
    const Money price = std::max(Money::from_micros(1), Money::from_usd(cohort.cost_usd));
    const Money reserve = round_up(energy_usd);
    const std::int64_t affordable = world_.ledger.cash() / (price + reserve);
    const std::int64_t powered = cohort.nameplate_mw > 0 ? power_on_arrival() / cohort.nameplate_mw : kNoLimit;
    const std::int64_t supplied = supply_left();
    if (affordable == 0) return hindered_by(Obstacle::price);
    cohort.size = std::min({affordable, powered, supplied});
    if (cohort.size < affordable) hindered_by(powered <= supplied ? Obstacle::power : Obstacle::supply);
    if (cohort.size <= 0) return;
    world_.ordered_this_year += cohort.size;
    order(cohort, price * cohort.size, reserve * cohort.size);
  }

  void buy_capacity(const models::Trend& trend) {
    const Money cash = world_.ledger.cash();
    const double per_usd = trend.price_performance_at(now_);
    const double watts_per_flops = trend.power_per_flops_at(now_);
    // A trillionth more than the energy will cost, so that rounding while it is measured never makes it exceed the reserve.
    const double reserve_per_flops = energy_reserve_usd(watts_per_flops) * (1 + 1e-12);
    double capacity = cash.usd() * per_usd;
    Money cost = cash;
    if (reserve_per_flops > 0) {
      // A trillionth and three micro-dollars stay in cash, so that rounding never makes cost and reserve exceed it.
      capacity = (cash.usd() * (1 - 1e-12) - 3e-6) / (1 / per_usd + reserve_per_flops);
      if (capacity <= 0) return hindered_by(Obstacle::price);
      cost = Money::from_usd(capacity / per_usd);
    }
    const std::int64_t power = power_on_arrival();
    if (watts_per_flops > 0 && power != kNoLimit) {
      const double powered = static_cast<double>(power) / 1e3 / watts_per_flops;
      if (powered < capacity) {
        hindered_by(Obstacle::power);
        capacity = powered;
        cost = std::min(cash, Money::from_usd(capacity / per_usd));
      }
    }
    if (cost <= Money{}) return;
    Cohort cohort;
    cohort.size = 1;
    cohort.peak = capacity;
    cohort.average_power = capacity * watts_per_flops;
    // Rounded up, so that many small purchases never draw more than the limit; what takes all power takes just that.
    cohort.nameplate_mw = std::min(power, static_cast<std::int64_t>(std::ceil(cohort.average_power * 1e3)));
    cohort.cost_usd = cost.usd();
    order(cohort, cost, round_up(capacity * reserve_per_flops));
  }

  void order(Cohort cohort, Money cost, Money reserve) {
    const models::ProgressLaw& progress = world_.trajectory.law();
    cohort.ordered = now_;
    cohort.work_rate = cohort.peak * plan_.plant.operations.utilisation();
    if (progress.embodied) cohort.work_rate *= progress.multiplier(plan_.horizon.years_at(now_));
    world_.ledger.buy(cost, reserve, now_);
    const std::uint32_t index = world_.add_cohort(cohort, State::ordered);
    const Supply& supply = plan_.plant.supply;
    const core::Time arrival = core::saturating_add(now_, supply.lead_time);
    if (supply.transit > core::Duration{})
      world_.schedule(arrival - supply.transit, EventKind::shipment, index, cohort.size);
    world_.schedule(arrival, EventKind::delivery, index, cohort.size);
  }

  World& world_;
  const Case& plan_;
  core::Time now_;
};

}  // namespace

void World::buy() { Purchase(*this).run(); }

}  // namespace fleetrace::fleet
