#include "events.hpp"

namespace fleetrace::fleet {

void on_retirement(World& world, const Payload& payload) {
  ++world.next_retirement;
  world.retire(world.batches[payload.index]);
  world.request_installation();
}

}  // namespace fleetrace::fleet
