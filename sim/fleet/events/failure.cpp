#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// An accelerator fails.
void on_failure(World& world, const Payload& payload) {
  if (world.reliability.has_clocks()) return world.fire_clocks();
  const HealthChange failed = world.reliability.fail(payload.index, world.events);
  world.change_up(failed);
  world.reliability.schedule_failure(failed.batch, world.events);
}

}  // namespace fleetrace::fleet
