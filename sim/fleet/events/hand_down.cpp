#include "events.hpp"

namespace fleetrace::fleet {

void on_hand_down(World& world, const Payload& payload) {
  Batch& batch = world.batches[payload.index];
  if (batch.count > 0) world.hand_down(batch);  // else it has retired early
}

}  // namespace fleetrace::fleet
