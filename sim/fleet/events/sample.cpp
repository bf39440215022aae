#include "events.hpp"

namespace fleetrace::fleet {

void on_sample(World& world, const Payload&) {
  world.sample(world.now());
  world.schedule(core::saturating_add(world.now(), world.plan->horizon.sample_every), EventKind::sample);
}

}  // namespace fleetrace::fleet
