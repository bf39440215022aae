#include "events.hpp"

namespace fleetrace::fleet {

void on_installation(World& world, const Payload&) {
  world.installation_pending = false;
  world.install_waiting();
}

}  // namespace fleetrace::fleet
