#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// A failure domain, a rack or a feed, goes out and takes its accelerators along.
void on_outage(World& world, const Payload& payload) {
  world.change_up(world.reliability.take_out(payload.index, world.events));
}

}  // namespace fleetrace::fleet
