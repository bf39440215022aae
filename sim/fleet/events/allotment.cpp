#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// The fleet is shared anew between training and serving.
void on_allotment(World& world, const Payload& payload) {
  world.serving.set_share(payload.index, world.now());
  world.serving.schedule_next(world.events);
  world.inventory.set_training(world.serving.training_fraction(), world.now());
  world.refresh_work();
}

}  // namespace fleetrace::fleet
