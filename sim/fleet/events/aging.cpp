#include "events.hpp"

namespace fleetrace::fleet {

void on_aging(World& world, const Payload& payload) { world.age(payload.index, true); }

}  // namespace fleetrace::fleet
