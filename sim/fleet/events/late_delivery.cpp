#include <utility>

#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// What was late arrives, and what is owed for it falls due. Its burn-in is behind it.
void on_late_delivery(World& world, const Payload& payload) {
  LateDelivery& late = world.corrections.late()[payload.index];
  world.deliver(late.cohort, late.count, false);
  world.ledger.settle(std::exchange(late.owed, core::Money{}), world.now());
}

}  // namespace fleetrace::fleet
