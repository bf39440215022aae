#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// A batch is old enough to serve instead of training, unless it has retired early.
void on_hand_down(World& world, const Payload& payload) {
  if (world.reliability[payload.index].count > 0) world.hand_down(payload.index);
}

}  // namespace fleetrace::fleet
