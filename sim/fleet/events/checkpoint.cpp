#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// A date that a question names, or the instant in which something entered service first.
void on_checkpoint(World& world, const Payload&) { world.checkpoint(); }

}  // namespace fleetrace::fleet
