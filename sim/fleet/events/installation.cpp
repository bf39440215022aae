#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// What waits enters service, as far as power and space allow.
void on_installation(World& world, const Payload&) { world.install_waiting(); }

}  // namespace fleetrace::fleet
