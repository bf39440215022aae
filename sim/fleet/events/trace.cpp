#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {
namespace {

std::string cohort_line(const World& world, std::uint32_t index, std::int64_t count) {
  const Cohort& cohort = world.inventory[index];
  const std::string name = cohort.is_capacity() ? "capacity" : world.setup().plant.market.types[cohort.type].name;
  return " cohort=" + std::to_string(index) + " type=" + name + " count=" + std::to_string(count);
}

/// What an event is about, by what its index counts.
std::string subject(const World& world, const Payload& payload) {
  switch (info(payload.kind).index) {
    case IndexOf::accelerator_type: return ' ' + world.setup().plant.market.types[payload.index].name;
    case IndexOf::planned_move: {
      const PlannedMove& move = world.setup().strategy.moves[payload.index];
      const auto site = [&](std::uint32_t index) { return core::printable(world.setup().plant.sites[index].name); };
      return " type=" + world.setup().plant.market.types[move.type].name + " count=" + std::to_string(move.count) +
             " from=" + site(move.from) + " to=" + site(move.to);
    }
    case IndexOf::planned_rent: {
      const PlannedRent& rent = world.setup().strategy.rents[payload.index];
      return " type=" + world.setup().plant.market.types[rent.type].name + " count=" + std::to_string(rent.count);
    }
    case IndexOf::power_element: return world.power.describe(payload.index);
    case IndexOf::cohort: return payload.count == 0 ? "" : cohort_line(world, payload.index, payload.count);
    case IndexOf::batch:
    case IndexOf::failing_unit:
    case IndexOf::domain:
      return payload.count == 0 ? "" : cohort_line(world, world.reliability.batch_of(payload).cohort, payload.count);
    case IndexOf::nothing:
    case IndexOf::adoption:
    case IndexOf::site:
    case IndexOf::fleet_share: break;
  }
  return {};
}

}  // namespace

std::string describe(const World& world, const Event& event) {
  return core::to_iso8601(event.time) + ' ' + core::printable(world.setup().strategy.name) + ' ' +
         std::string(to_string(event.payload.kind)) + subject(world, event.payload);
}

}  // namespace fleetrace::fleet
