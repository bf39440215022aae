#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// The training job is interrupted.
void on_interruption(World& world, const Payload&) { world.interrupt_job(); }

}  // namespace fleetrace::fleet
