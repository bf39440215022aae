#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// A batch that started fresh has come to an age at which another share of it works, unless it was handed down.
void on_aging(World& world, const Payload& payload) {
  const Batch& batch = world.reliability[payload.index];
  if (batch.handed_down) return;
  const bool is_capacity = world.inventory[batch.cohort].is_capacity();
  const Aging next = world.reliability.aging(payload.index, is_capacity, world.now());
  world.set_working_share(payload.index, next.share);
  world.reliability.schedule_aging(payload.index, next.wait, world.events);
}

}  // namespace fleetrace::fleet
