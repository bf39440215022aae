#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// The term of a rented batch ends.
void on_expiry(World& world, const Payload& payload) { world.give_back(payload.index); }

}  // namespace fleetrace::fleet
