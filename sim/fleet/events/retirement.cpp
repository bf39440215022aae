#include "events.hpp"

namespace fleetrace::fleet {

void on_retirement(World& world, const Payload& payload) {
  ++world.next_retirement;
  world.move(payload.index, State::in_service, State::retired, payload.count);
  world.request_installation();
}

}  // namespace fleetrace::fleet
