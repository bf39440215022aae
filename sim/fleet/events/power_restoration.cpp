#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// An element of a site's power tree is back.
void on_power_restoration(World& world, const Payload& payload) {
  if (const auto site = world.power.restore(payload.index, world.events)) world.share_power(*site);
}

}  // namespace fleetrace::fleet
