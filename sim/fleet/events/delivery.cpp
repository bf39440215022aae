#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// Units of an order arrive, unless they were cancelled: those that fail in their burn-in retire at once, the others wait for
// power and space.
void on_delivery(World& world, const Payload& payload) { world.deliver(payload.index, payload.count, true); }

}  // namespace fleetrace::fleet
