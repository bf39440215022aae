#include "events.hpp"

namespace fleetrace::fleet {

void on_expiry(World& world, const Payload& payload) { world.give_back(world.batches[payload.index]); }

}  // namespace fleetrace::fleet
