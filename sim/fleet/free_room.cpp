#include "free_room.hpp"

#include <algorithm>

namespace fleetrace::fleet {
namespace {

constexpr std::int64_t kNoLimit = FreeRoom::kNoLimit;

std::int64_t units_by(std::int64_t power_mw, std::int64_t nameplate_mw) {
  return nameplate_mw > 0 && power_mw != kNoLimit ? power_mw / nameplate_mw : kNoLimit;
}

std::int64_t plus(std::int64_t a, std::int64_t b) { return a == kNoLimit || b == kNoLimit ? kNoLimit : a + b; }

/// What retires by then frees its power, and its place.
struct Leaving {
  std::int64_t power_mw = 0;
  std::int64_t units = 0;
};

Leaving leaving(const World& world, core::Time arrival, std::uint32_t site) {
  Leaving sum;
  for (std::size_t i = world.next_retirement; i < world.retirements.size(); ++i) {
    const Retirement& each = world.retirements[i];
    if (each.at > arrival) break;
    const Batch& batch = world.batches[each.batch];
    if (batch.site != site) continue;
    sum.power_mw += each.nameplate_mw;
    if (world.cohorts[batch.cohort].takes_place()) sum.units += batch.count;
  }
  return sum;
}

FreeRoom::AtSite free_at(const World& world, core::Time arrival, std::uint32_t index) {
  const SiteCapacity fits = world.plan->plant.sites[index].counted_on(world.now(), arrival);
  FreeRoom::AtSite room;
  room.site = index;
  room.power_by = fits.power_by;
  if (fits.it_power_mw < 0 && fits.accelerators < 0) return room;
  const SiteState& state = world.sites[index];
  const Leaving gone = leaving(world, arrival, index);
  const auto left = [](std::int64_t fitting, std::int64_t there, std::int64_t leaving, std::int64_t bound) {
    return std::max<std::int64_t>(0, fitting - there + leaving - bound);
  };
  if (fits.it_power_mw >= 0) room.power_mw = left(fits.it_power_mw, state.powered_mw, gone.power_mw, state.bound_mw);
  if (fits.accelerators >= 0) room.places = left(fits.accelerators, state.accelerators, gone.units, state.bound_units);
  return room;
}

/// What is left of `free` when as much of `pending` as fits has taken it, and is pending no more.
std::int64_t less(std::int64_t free, std::int64_t& pending) {
  const std::int64_t taken = std::min(free, pending);
  pending -= taken;
  return free == kNoLimit ? kNoLimit : free - taken;
}

}  // namespace

std::int64_t FreeRoom::units(std::int64_t nameplate_mw) const {
  std::int64_t fitting = std::min(units_by(power_mw, nameplate_mw), places);
  if (at.empty()) return fitting;
  // Whole accelerators site by site, less what takes their room.
  std::int64_t apart = 0;
  for (const AtSite& each : at) apart = plus(apart, std::min(units_by(each.power_mw, nameplate_mw), each.places));
  if (apart == kNoLimit) return fitting;
  const std::int64_t taken = nameplate_mw > 0 ? (pending_mw + nameplate_mw - 1) / nameplate_mw : pending_units;
  return std::min(fitting, std::max<std::int64_t>(0, apart - std::max(taken, pending_units)));
}

Binding FreeRoom::binding(std::int64_t nameplate_mw) const {
  return {places < units_by(power_mw, nameplate_mw) ? Constraint::space : power_by, site};
}

FreeRoom FreeRoom::only(std::uint32_t wanted) const {
  if (at.empty()) return *this;  // there is no other, or nothing is limited
  std::int64_t power = pending_mw;
  std::int64_t units = pending_units;
  FreeRoom room;
  for (const AtSite& each : at) {
    room.power_mw = room.power_mw_at_one_site = less(each.power_mw, power);
    room.places = less(each.places, units);
    room.power_by = each.power_by;
    room.site = each.site;
    if (each.site == wanted) break;
  }
  return room;
}

FreeRoom free_room(const World& world, core::Time arrival) {
  const std::vector<std::uint32_t>& used = world.plan->strategy.sites;
  FreeRoom room;
  room.pending_mw = world.committed_mw - world.powered_mw;
  room.pending_units = world.committed_units;
  for (const SiteState& each : world.sites) {
    room.pending_mw -= each.bound_mw;
    room.pending_units -= each.accelerators + each.bound_units;
  }
  room.power_mw = room.places = room.power_mw_at_one_site = 0;
  for (const std::uint32_t index : used) {
    const FreeRoom::AtSite here = free_at(world, arrival, index);
    room.power_mw = plus(room.power_mw, here.power_mw);
    room.places = plus(room.places, here.places);
    room.power_mw_at_one_site = std::max(room.power_mw_at_one_site, here.power_mw);
    if (used.size() > 1) room.at.push_back(here);
    if (index == used.front()) {
      if (world.sites.size() > 1) room.site = index;
      room.power_by = here.power_by;
    }
  }
  for (std::int64_t* power : {&room.power_mw, &room.power_mw_at_one_site}) {
    if (*power != kNoLimit) *power = std::max<std::int64_t>(0, *power - room.pending_mw);
  }
  if (room.places != kNoLimit) room.places = std::max<std::int64_t>(0, room.places - room.pending_units);
  return room;
}

const Site& dearest_site(const Plant& plant, const std::vector<std::uint32_t>& used) {
  const Site* dearest = &plant.sites[used.front()];
  for (const std::uint32_t index : used) {
    const Site& site = plant.sites[index];
    if (site.marginal_pue() * site.dearest_electricity() > dearest->marginal_pue() * dearest->dearest_electricity())
      dearest = &site;
  }
  return *dearest;
}

}  // namespace fleetrace::fleet
