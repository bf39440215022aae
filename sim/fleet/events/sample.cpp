#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// A sample is taken for the series.
void on_sample(World& world, const Payload&) {
  world.sample(world.now());
  world.events.schedule(world.next_sample(), EventKind::sample);
}

}  // namespace fleetrace::fleet
