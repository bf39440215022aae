#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// Failures and repairs of a batch, many in one step.
void on_turnover(World& world, const Payload& payload) {
  world.change_up(world.reliability.turn_over(payload.index));
  world.reliability.schedule_turnover(payload.index, world.events);
}

}  // namespace fleetrace::fleet
