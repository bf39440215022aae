#include "power_outages.hpp"

#include <algorithm>
#include <cmath>

#include "events/events.hpp"

namespace fleetrace::fleet {
namespace {

using core::Purpose;

const PowerOutages::Copy& law_of(const World& world, const PowerClock& clock) {
  return world.plan->plant.sites[clock.site].outages->copies[clock.copy];
}

core::Stream stream(const World& world, Purpose purpose, const PowerClock& clock) {
  return {world.plan->draw.seed, world.plan->draw.replication, purpose, clock.entity.part(clock.cycle)};
}

/// The copy goes out or comes back; what is powered follows.
void toggle(World& world, const PowerClock& clock) {
  const PowerOutages& outages = *world.plan->plant.sites[clock.site].outages;
  models::PowerGrid::State& state = world.grids[clock.site];
  outages.grid.toggle(state, outages.copies[clock.copy].copy);
  world.sites[clock.site].share = outages.share(state);
}

}  // namespace

void start_power(World& world) {
  world.power_clocks.clear();
  world.power_outages = 0;
  const std::vector<Site>& sites = world.plan->plant.sites;
  world.grids.resize(sites.size());
  if (!world.plan->plant.operations.failures.drawn()) return;
  for (std::uint32_t i = 0; i < sites.size(); ++i) {
    if (!sites[i].outages) continue;
    sites[i].outages->grid.reset(world.grids[i]);
    const core::Entity entity = core::Entity::named("power_tree." + sites[i].name);
    for (std::uint32_t k = 0; k < sites[i].outages->copies.size(); ++k) {
      const auto index = static_cast<std::uint32_t>(world.power_clocks.size());
      PowerClock clock;
      clock.site = i;
      clock.copy = k;
      const PowerOutages::Copy& law = sites[i].outages->copies[k];
      clock.entity = entity.part(law.copy);
      core::Stream lives = stream(world, Purpose::outages, clock);
      if (lives.uniform() < 1 - law.out) {
        clock.next = world.schedule_after(law.life.draw_residual(lives), EventKind::power_outage, index);
      } else {
        core::Stream repairs = stream(world, Purpose::restorations, clock);
        toggle(world, clock);
        clock.next = world.schedule_after(law.repair.draw_residual(repairs), EventKind::power_restoration, index);
      }
      world.power_clocks.push_back(clock);
    }
  }
}

void World::share_power(std::uint32_t site) {
  const double share = sites[site].share;
  // Batch by batch, what has been powered never exceeds the share of what could be so far.
  double could_mw = 0;
  double shared_mw = 0;
  for (std::size_t i = first_alive; i < batches.size(); ++i) {
    Batch& batch = batches[i];
    if (batch.count == 0 || batch.site != site) continue;
    const auto nameplate = static_cast<double>(cohorts[batch.cohort].nameplate_mw);
    could_mw += static_cast<double>(batch.up) * nameplate;
    std::int64_t powered = batch.up;
    if (share < 1 && nameplate > 0) {
      const double free = (could_mw * share - shared_mw) / nameplate * (1 + 1e-12);
      powered = std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor(free)), 0, batch.up);
    }
    shared_mw += static_cast<double>(powered) * nameplate;
    if (powered != batch.healthy) move_healthy(batch, powered - batch.healthy);
  }
}

void on_power_outage(World& world, const Payload& payload) {
  PowerClock& clock = world.power_clocks[payload.index];
  ++world.power_outages;
  ++clock.cycle;
  core::Stream repairs = stream(world, Purpose::restorations, clock);
  clock.next = world.schedule_after(law_of(world, clock).repair.draw(repairs), EventKind::power_restoration,
                                    payload.index);
  const double before = world.sites[clock.site].share;
  const double worked = world.meter.rates().working_accelerators;
  toggle(world, clock);
  if (world.sites[clock.site].share == before) return;
  world.share_power(clock.site);
  // The run goes on without them, from its last checkpoint.
  const std::optional<models::JobLaw>& job = world.plan->plant.operations.job;
  if (job && job->drawn && world.meter.rates().working_accelerators < worked) on_interruption(world, payload);
}

void on_power_restoration(World& world, const Payload& payload) {
  PowerClock& clock = world.power_clocks[payload.index];
  ++clock.cycle;
  core::Stream lives = stream(world, Purpose::outages, clock);
  clock.next = world.schedule_after(law_of(world, clock).life.draw(lives), EventKind::power_outage, payload.index);
  const double before = world.sites[clock.site].share;
  toggle(world, clock);
  if (world.sites[clock.site].share != before) world.share_power(clock.site);
}

}  // namespace fleetrace::fleet
