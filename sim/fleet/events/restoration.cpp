#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// A failure domain, a rack or a feed, is back with its accelerators.
void on_restoration(World& world, const Payload& payload) {
  world.change_up(world.reliability.restore(payload.index, world.events));
}

}  // namespace fleetrace::fleet
