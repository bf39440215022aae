#include "events.hpp"

namespace fleetrace::fleet {

void on_review(World& world, const Payload&) {
  const Case& plan = *world.plan;
  // What it chooses to buy does not change until it buys.
  const std::optional<std::size_t> choice = world.choice();
  const models::Decision decision = plan.strategy.plan.review(plan.strategy.plan, world.observe(choice));
  if (decision.retire_ordered_by > core::Time::earliest()) world.retire_early(decision.retire_ordered_by);
  world.ledger.release(decision.released, world.now());
  ++world.reviews;
  if (plan.strategy.rented > 0) world.rent(decision);
  if (plan.strategy.rented < 1) world.buy(decision, choice);
  world.schedule(decision.next_review, EventKind::review);
}

}  // namespace fleetrace::fleet
