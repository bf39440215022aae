#include "events.hpp"

namespace fleetrace::fleet {

void on_delivery(World& world, const Payload& payload) {
  const State from = world.cohorts[payload.index].count(State::in_transit) > 0 ? State::in_transit : State::ordered;
  world.move(payload.index, from, State::waiting_for_power, payload.count);
  world.waiting.push_back(payload.index);
  world.request_installation();
}

}  // namespace fleetrace::fleet
