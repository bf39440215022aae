#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// An accelerator type comes on sale; orders of older ones may be cancelled for it.
void on_release(World& world, const Payload& payload) {
  world.procurement.release(payload.index);
  if (world.setup().plant.supply.cancellation_fee)
    world.procurement.cancel_for(payload.index, world.purchase_context());
}

}  // namespace fleetrace::fleet
