#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// The strategy looks at its fleet and its money, decides, and buys or rents.
void on_review(World& world, const Payload&) {
  const StrategySetup& setup = world.setup();
  // What it chooses to buy does not change until it buys.
  const std::optional<std::size_t> choice = world.procurement.choice(world.now());
  const models::Decision decision = setup.strategy.policy.review(setup.strategy.policy, world.observe(choice));
  if (decision.retire_ordered_by > core::Time::earliest()) world.retire_early(decision.retire_ordered_by);
  world.ledger.release(decision.released, world.now());
  world.recorder.count_review();
  world.procurement.open_review(decision);
  if (setup.strategy.rented > 0) world.rent(decision);
  if (setup.strategy.rented < 1) world.procurement.buy(decision, choice, world.purchase_context());
  world.procurement.close_review(choice, world.purchase_context());
  world.events.schedule(decision.next_review, EventKind::review);
}

}  // namespace fleetrace::fleet
