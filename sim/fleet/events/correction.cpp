#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

// The plan ends here, and the race goes on from what really was.
void on_correction(World& world, const Payload& payload) {
  const Actuals& actuals = *world.setup().actuals;
  const ActualState& actual = actuals.states[payload.index];
  core::Money unplanned;
  if (actuals.corrects_fleet == payload.index) unplanned = correct_fleet(world, actual);
  correct_money(world, actuals.corrects_money == payload.index ? actual.spend : std::nullopt, unplanned);
  world.corrections.note(world.now());
}

}  // namespace fleetrace::fleet
