#include "fleetrace/fleet/world.hpp"

namespace fleetrace::fleet {
namespace {

std::string what(const World& world, const Payload& payload) {
  if (payload.kind == EventKind::release) return ' ' + world.plan->plant.market.types[payload.index].name;
  if (payload.kind == EventKind::power_outage || payload.kind == EventKind::power_restoration) {
    const PowerClock& clock = world.power_clocks[payload.index];
    const Site& site = world.plan->plant.sites[clock.site];
    const std::size_t copy = site.outages->copies[clock.copy].copy;
    std::size_t element = 0;
    while (element + 1 < site.outages->elements.size() && site.outages->grid.first(element + 1) <= copy) ++element;
    return " site=" + core::printable(site.name) + " element=" + core::printable(site.outages->elements[element].name) +
           '.' + std::to_string(copy - site.outages->grid.first(element) + 1);
  }
  if (payload.count == 0) return {};
  const bool of_a_batch = payload.kind == EventKind::retirement || payload.kind == EventKind::expiry ||
                          payload.kind == EventKind::hand_down || payload.kind == EventKind::turnover ||
                          payload.kind == EventKind::failure || payload.kind == EventKind::repair ||
                          payload.kind == EventKind::outage || payload.kind == EventKind::restoration;
  const std::uint32_t index = of_a_batch ? world.batch_of(payload).cohort : payload.index;
  const Cohort& cohort = world.cohorts[index];
  const std::string name = cohort.is_capacity() ? "capacity" : world.plan->plant.market.types[cohort.type].name;
  return " cohort=" + std::to_string(index) + " type=" + name + " count=" + std::to_string(payload.count);
}

}  // namespace

std::string describe(const World& world, const Event& event) {
  return core::to_iso8601(event.time) + ' ' + core::printable(world.plan->strategy.name) + ' ' +
         std::string(to_string(event.payload.kind)) + what(world, event.payload);
}

}  // namespace fleetrace::fleet
