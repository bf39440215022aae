#include "events.hpp"

namespace fleetrace::fleet {

void on_progress(World& world, const Payload&) {
  models::ProgressLaw law = world.trajectory.law();
  law.jump(law, world.progress_stream);
  world.trajectory.change_law(world.now(), law);
  world.schedule_progress();
}

}  // namespace fleetrace::fleet
