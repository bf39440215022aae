#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// Units of an order arrive, unless they were cancelled: those that fail in their burn-in retire at once, the others wait for
// power and space.
void on_delivery(World& world, const Payload& payload) {
  const Cohort& cohort = world.inventory[payload.index];
  const State from = cohort.count(State::in_transit) > 0 ? State::in_transit : State::ordered;
  if (cohort.count(from) == 0) return;
  // A cohort that comes in lots waits in its place for all of them.
  if (cohort.count(State::waiting_for_power) == 0) world.sites.enqueue(payload.index, cohort);
  const std::int64_t lost = world.procurement.lost_in_burn_in(cohort, payload.count, world.now());
  world.move(payload.index, from, State::retired, lost);
  world.move(payload.index, from, State::waiting_for_power, payload.count - lost);
  world.sites.request_installation(world.events);
}

}  // namespace fleetrace::fleet
