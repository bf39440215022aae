#include "events.hpp"

namespace fleetrace::fleet {

void on_review(World& world, const Payload&) {
  const Case& plan = *world.plan;
  const models::Observation seen{world.now(), plan.horizon.start, plan.horizon.end, world.ledger.hardware_budget(),
                                 world.ledger.released()};
  const models::Decision decision = plan.strategy.plan.review(plan.strategy.plan, seen);
  world.ledger.release(decision.released);
  ++world.reviews;
  world.buy();
  world.schedule(decision.next_review, EventKind::review);
}

}  // namespace fleetrace::fleet
