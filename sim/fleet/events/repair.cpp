#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// An accelerator is back from repair.
void on_repair(World& world, const Payload& payload) {
  if (world.reliability.has_clocks()) return world.fire_clocks();
  const HealthChange repaired = world.reliability.repair(payload.index);
  world.change_up(repaired);
  world.reliability.schedule_failure(repaired.batch, world.events);
}

}  // namespace fleetrace::fleet
