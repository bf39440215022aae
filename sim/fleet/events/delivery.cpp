#include "events.hpp"

namespace fleetrace::fleet {

void on_delivery(World& world, const Payload& payload) {
  const State from = world.cohorts[payload.index].count(State::in_transit) > 0 ? State::in_transit : State::ordered;
  // A cohort that comes in lots waits in its place for all of them.
  if (world.cohorts[payload.index].count(State::waiting_for_power) == 0) world.waiting.push_back(payload.index);
  world.move(payload.index, from, State::waiting_for_power, payload.count);
  world.request_installation();
}

}  // namespace fleetrace::fleet
