#include "sim/fleet/actuals/corrections.hpp"

#include <algorithm>

#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

using core::Money;

void Corrections::reset(const StrategySetup& setup, EventScheduler& events) {
  dates_.clear();
  late_.clear();
  done_until_ = core::Time::earliest();
  if (!setup.actuals) return;
  const Actuals& actuals = *setup.actuals;
  for (std::size_t i = 0; i < actuals.states.size(); ++i) {
    if (i != actuals.corrects_fleet && i != actuals.corrects_money) continue;
    dates_.push_back(actuals.states[i].date);
    events.schedule(dates_.back(), EventKind::correction, static_cast<std::uint32_t>(i));
  }
}

bool Corrections::are_done(core::Time at) const {
  return std::all_of(dates_.begin(), dates_.end(), [&](core::Time date) { return date > at || date <= done_until_; });
}

void Corrections::add_late(const LateDelivery& late, EventScheduler& events) {
  events.schedule(late.due, EventKind::late_delivery, static_cast<std::uint32_t>(late_.size()), late.count);
  late_.push_back(late);
}

void correct_money(World& world, const std::optional<Money>& spend, Money unplanned) {
  const core::Time now = world.now();
  if (!spend) return world.ledger.correct(unplanned, now);
  const Money difference = *spend - world.state_at(now).spend();
  world.ledger.correct(difference, now);
  Money unpaid = Money{} - difference;
  for (LateDelivery& late : world.corrections.late()) {
    if (unpaid <= Money{}) return;
    if (late.due <= now) continue;
    const Money price = Money::from_usd(world.inventory[late.cohort].cost_usd * static_cast<double>(late.count));
    late.owed = std::min(unpaid, price);
    world.ledger.owe(late.owed, now);
    unpaid -= late.owed;
  }
}

std::vector<std::int64_t> count_in_place(const World& world) {
  const std::size_t sites = world.setup().plant.sites.size();
  std::vector<std::int64_t> counts(world.setup().plant.market.types.size() * sites);
  for (const Batch& batch : world.reliability.batches()) {
    const Cohort& cohort = world.inventory[batch.cohort];
    if (cohort.takes_place()) counts[cohort.type * sites + batch.site] += batch.count;
  }
  return counts;
}

}  // namespace fleetrace::fleet
