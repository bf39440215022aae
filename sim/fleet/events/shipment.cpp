#include "events.hpp"

namespace fleetrace::fleet {

void on_shipment(World& world, const Payload& payload) {
  if (world.cohorts[payload.index].count(State::ordered) == 0) return;  // cancelled
  world.move(payload.index, State::ordered, State::in_transit, payload.count);
}

}  // namespace fleetrace::fleet
