#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// The training job is back where it was interrupted.
void on_recovery(World& world, const Payload&) {
  world.job.recover(world.now());
  world.refresh_work();
}

}  // namespace fleetrace::fleet
