#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// The next step of tuning the run for a larger scale.
void on_retuning(World& world, const Payload&) {
  if (world.run_scale.retune(world.training_accelerators(), world.events)) world.refresh_work();
}

}  // namespace fleetrace::fleet
