#include "sim/fleet/sites/power_trees.hpp"

#include <catch2/catch.hpp>

#include "setup_of.hpp"

using namespace fleetrace;

TEST_CASE("an element that goes out takes its part of the tree along until it is back") {
  // Two feeds of half the power each; what is out at the start is drawn.
  const fleet::StrategySetup setup = test::setup_of(
      "hardware: {model: catalog, accelerators: [H100]}\n"
      "operations: {mfu: 0.4, failures: {law: exponential, mtbf: 1e7 yr, fidelity: aggregate}}\n"
      "sites: {main: {power: 2 MW, power_tree: {feed: {capacity: 1 MW, count: 2, mtbf: 6 months, repair: 12 h}}}}\n");
  fleet::EventScheduler events;
  events.reset(setup.horizon);
  fleet::PowerTrees power;
  power.reset(setup, events);
  CHECK(power.has_outages());
  REQUIRE(power.share(0) == 1);  // so drawn
  CHECK(power.describe(1) == " site=main element=feed.2");
  int seen = 0;
  while (!events.calendar().empty() && seen < 40) {
    ++seen;
    const fleet::Event event = events.calendar().pop();
    const double before = power.share(0);
    const bool goes_out = event.payload.kind == fleet::EventKind::power_outage;
    const auto site = goes_out ? power.take_out(event.payload.index, events)
                               : power.restore(event.payload.index, events);
    REQUIRE(site == std::optional<std::uint32_t>(0));
    CHECK(power.share(0) == before + (goes_out ? -0.5 : 0.5));
    CHECK(power.consistent());
    CHECK(power.state(0).delivers == std::llround(power.share(0) * 2e9));
  }
  CHECK(power.outages() > 10);
}

TEST_CASE("where outages act as a factor, none is an event and all power is shared out") {
  const fleet::StrategySetup setup = test::setup_of(
      "hardware: {model: catalog, accelerators: [H100]}\noperations: {mfu: 0.4}\n"
      "sites: {main: {power: 2 MW, power_tree: {feed: {capacity: 1 MW, count: 2, mtbf: 6 months, repair: 12 h}}}}\n");
  fleet::EventScheduler events;
  events.reset(setup.horizon);
  fleet::PowerTrees power;
  power.reset(setup, events);
  CHECK_FALSE(power.has_outages());
  CHECK(power.share(0) == 1);
  CHECK(events.calendar().empty());
}
