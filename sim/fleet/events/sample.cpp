#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// A sample is taken for the series.
void on_sample(World& world, const Payload&) {
  world.recorder.add(world.state_at(world.now()));
  world.events.schedule(core::saturating_add(world.now(), world.setup().horizon.sample_every), EventKind::sample);
}

}  // namespace fleetrace::fleet
