#include "events.hpp"

namespace fleetrace::fleet {

// Types on sale are sorted by release date, so those that are out are the first so many.
void on_release(World& world, const Payload& payload) {
  world.released_types = payload.index + 1;
  if (world.plan->plant.supply.cancellation_fee) world.cancel_for(payload.index);
}

}  // namespace fleetrace::fleet
