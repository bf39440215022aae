#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// A site is built out, loses power, or its tariff changes; what no longer fits leaves service, and what waits may find room.
void on_site_change(World& world, const Payload& payload) {
  world.update_site(payload.index);
  world.shrink_to_fit(payload.index);
  world.sites.request_installation(world.events);
}

}  // namespace fleetrace::fleet
