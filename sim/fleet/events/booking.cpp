#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// Costs of the month that has passed are booked.
void on_booking(World& world, const Payload&) {
  world.book(world.now());
  world.events.schedule(world.now() + core::kMonth, EventKind::booking);
}

}  // namespace fleetrace::fleet
