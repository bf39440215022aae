#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// An element of a site's power tree goes out. Where the job loses accelerators, it goes on without them from its last
// checkpoint.
void on_power_outage(World& world, const Payload& payload) {
  const double worked = world.meter.rates().working_accelerators;
  const auto site = world.power.take_out(payload.index, world.events);
  if (!site) return;
  world.share_power(*site);
  if (world.job.is_drawn() && world.meter.rates().working_accelerators < worked) world.interrupt_job();
}

}  // namespace fleetrace::fleet
