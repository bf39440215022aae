#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// Accelerators that were moved have come to their new site, where they wait for power and space.
void on_arrival(World& world, const Payload& payload) {
  world.sites.enqueue(payload.index, world.inventory[payload.index]);
  world.move(payload.index, State::in_transit, State::waiting_for_power, payload.count);
  world.sites.request_installation(world.events);
}

}  // namespace fleetrace::fleet
