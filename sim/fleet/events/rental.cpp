#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// The term of accelerators begins that the strategy rents by number.
void on_rental(World& world, const Payload& payload) { world.rent_planned(payload.index); }

}  // namespace fleetrace::fleet
