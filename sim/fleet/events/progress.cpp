#include "events.hpp"

namespace fleetrace::fleet {

void on_progress(World& world, const Payload& payload) {
  models::ProgressLaw law = world.trajectory.law();
  if (payload.index > 0) {
    world.plan->plant.adoptions[payload.index - 1].apply(law);
    world.trajectory.change_law(world.now(), law);
    return;
  }
  law.jump(law, world.progress_stream);
  world.trajectory.change_law(world.now(), law);
  world.schedule_progress();
}

}  // namespace fleetrace::fleet
