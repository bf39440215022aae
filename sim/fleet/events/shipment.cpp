#include <algorithm>

#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// Units of an order leave the maker, unless they were cancelled.
void on_shipment(World& world, const Payload& payload) {
  const std::int64_t left = world.inventory[payload.index].count(State::ordered);
  world.move(payload.index, State::ordered, State::in_transit, std::min(payload.count, left));
}

}  // namespace fleetrace::fleet
