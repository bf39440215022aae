#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// Units of an order leave the maker, unless they were cancelled.
void on_shipment(World& world, const Payload& payload) {
  if (world.inventory[payload.index].count(State::ordered) == 0) return;
  world.move(payload.index, State::ordered, State::in_transit, payload.count);
}

}  // namespace fleetrace::fleet
