#include "events.hpp"

namespace fleetrace::fleet {

void on_booking(World& world, const Payload&) {
  world.book();
  world.schedule(world.now() + core::kMonth, EventKind::booking);
}

}  // namespace fleetrace::fleet
