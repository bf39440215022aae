#include <algorithm>
#include <cmath>

#include "events.hpp"
#include "fleetrace/core/samplers.hpp"

namespace fleetrace::fleet {
namespace {

/// Of a delivery, what failed at the supplier. Drawn by what is delivered and when, so that it is the same for all strategies;
/// where failures are expected, whole accelerators whenever the sum of what is lost comes to one.
std::int64_t lost_in_burn_in(World& world, const Payload& payload) {
  const Operations& operations = world.plan->plant.operations;
  const models::FailureLaw& law = operations.failures;
  const Cohort& cohort = world.cohorts[payload.index];
  if (law.burn_in == 0 || cohort.is_capacity()) return 0;
  const double share = law.lost_in_burn_in();
  if (law.drawn()) {
    const core::Entity delivery = core::Entity::named(world.plan->plant.market.types[cohort.type].name)
                                      .part(static_cast<std::uint64_t>(world.now().milliseconds()));
    core::Stream stream(world.plan->draw.seed, world.plan->draw.replication, core::Purpose::burn_in, delivery);
    return core::binomial(stream, payload.count, share);
  }
  world.lost_in_burn_in += share * static_cast<double>(payload.count);
  const auto lost = std::min(payload.count, static_cast<std::int64_t>(std::floor(world.lost_in_burn_in)));
  world.lost_in_burn_in -= static_cast<double>(lost);
  return lost;
}

}  // namespace

void on_delivery(World& world, const Payload& payload) {
  const State from = world.cohorts[payload.index].count(State::in_transit) > 0 ? State::in_transit : State::ordered;
  if (world.cohorts[payload.index].count(from) == 0) return;  // cancelled
  // A cohort that comes in lots waits in its place for all of them.
  if (world.cohorts[payload.index].count(State::waiting_for_power) == 0) world.waiting.push_back(payload.index);
  const std::int64_t lost = lost_in_burn_in(world, payload);
  world.move(payload.index, from, State::retired, lost);
  world.move(payload.index, from, State::waiting_for_power, payload.count - lost);
  world.request_installation();
}

}  // namespace fleetrace::fleet
