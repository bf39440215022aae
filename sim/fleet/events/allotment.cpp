#include "events.hpp"

namespace fleetrace::fleet {

void on_allotment(World& world, const Payload& payload) {
  world.allotment = payload.index;
  world.refresh_work();
}

}  // namespace fleetrace::fleet
