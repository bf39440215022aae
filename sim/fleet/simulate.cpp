#include <stdexcept>

#include "fleetrace/models/registry.hpp"
#include "sim/fleet/results/summarise.hpp"
#include "sim/fleet/stopping.hpp"
#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {
namespace {

#ifdef FLEETRACE_CHECK_INVARIANTS
void check(const World& world, bool holds, const char* what) {
  if (!holds) throw std::logic_error(std::string(what) + " is not conserved, at " + core::to_iso8601(world.now()));
}
#endif

void race(World& world, const StrategySetup& setup, Outcome& outcome, const EventObserver& observer) {
  world.reset(setup);
#ifdef FLEETRACE_CHECK_INVARIANTS
  world.reliability.skip_events(false);
#endif
  std::uint64_t looks = 0;
  const std::atomic<bool>& stop = race_stop();
  const auto handle = [&world, &looks, &stop](const Event& event) {
    if (stop.load(std::memory_order_relaxed)) throw RaceStopped();
    world.handle(event);
    if (info(event.payload.kind).phase == engine::Phase::closing) ++looks;
#ifdef FLEETRACE_CHECK_INVARIANTS
    check(world, world.conserved(), "money, an accelerator or power");
    const EventKind kind = event.payload.kind;
    if ((kind == EventKind::sample || kind == EventKind::booking) && !world.reliability.has_pending())
      check(world, world.recount_agrees(world.now()), "a recounted quantity");
#endif
  };
  const engine::Limits limits{setup.horizon.end};
  engine::Calendar<Payload>& calendar = world.events.calendar();
  const engine::RunResult result = observer ? engine::run(calendar, limits, handle,
                                                          [&](const Event& event) { observer(world, event); })
                                            : engine::run(calendar, limits, handle);
  world.finish();
#ifdef FLEETRACE_CHECK_INVARIANTS
  check(world, world.conserved() && world.recount_agrees(setup.horizon.end), "a final quantity");
#endif
  // Who looks does not count: how often the series is sampled is no part of the race.
  outcome.events = result.events - looks + world.reliability.skipped_events();
  outcome.stop_reason = result.reason;
  summarise(world, outcome);
}

}  // namespace

void simulate(World& world, const StrategySetup& setup, Outcome& outcome, const EventObserver& observer) {
  try {
    race(world, setup, outcome, observer);
  } catch (const models::ModelError& error) {
    throw models::ModelError(std::string(error.what()) + ", on " + core::to_date(world.now()));
  }
}

Outcome simulate(const StrategySetup& setup, const EventObserver& observer) {
  World world;
  world.reliability.skip_events(!observer);
  Outcome outcome;
  simulate(world, setup, outcome, observer);
  return outcome;
}

}  // namespace fleetrace::fleet
