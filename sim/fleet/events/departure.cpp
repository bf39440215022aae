#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// Accelerators leave a site for another one; what waits may find the room that they leave.
void on_departure(World& world, const Payload& payload) {
  world.depart(payload.index);
  world.sites.request_installation(world.events);
}

}  // namespace fleetrace::fleet
