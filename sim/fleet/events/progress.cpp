#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// Algorithmic progress changes: by an adoption on a known date, or at random.
void on_progress(World& world, const Payload& payload) {
  if (payload.index > 0) {
    world.research.adopt(payload.index - 1, world.trajectory, world.now());
  } else {
    world.research.jump(world.trajectory, world.events);
  }
}

}  // namespace fleetrace::fleet
