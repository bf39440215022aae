#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// The rest of the price of an order falls due.
void on_payment(World& world, const Payload& payload) {
  world.ledger.settle(world.inventory[payload.index].owed, world.now());
}

}  // namespace fleetrace::fleet
