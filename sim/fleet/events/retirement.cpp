#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// A batch has come to the end of its life; what waits may find room.
void on_retirement(World& world, const Payload& payload) {
  world.reliability.pass_retirement();
  world.retire(payload.index);
  world.sites.request_installation(world.events);
}

}  // namespace fleetrace::fleet
