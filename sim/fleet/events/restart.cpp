#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// The training job has restarted and does again what the interruption lost.
void on_restart(World& world, const Payload&) { world.job.restart(world.events); }

}  // namespace fleetrace::fleet
