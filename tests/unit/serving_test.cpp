#include "sim/fleet/serving/serving.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace fleetrace;

const core::Time kStart = *core::parse_iso8601("2026-01-01");

/// A constant load of 100 FLOP/s; a quarter of the fleet serves, after two years half of it.
fleet::StrategySetup constant_load() {
  fleet::StrategySetup setup;
  setup.horizon = {kStart, kStart + core::kYear * 4, core::kMonth};
  setup.plant.sites.resize(1);
  setup.plant.demand.emplace();
  setup.plant.demand->load = 100;
  setup.plant.operations.fleet_shares = {{kStart, 0.75, 0.25}, {kStart + core::kYear * 2, 0.5, 0.5}};
  return setup;
}

fleet::Rates working(double accelerators, double peak) {
  fleet::Rates rates;
  rates.working_accelerators = accelerators;
  rates.working_peak = accelerators * peak;
  return rates;
}

}  // namespace

TEST_CASE("what is not carried is integrated exactly, and so is since when") {
  const fleet::StrategySetup setup = constant_load();
  fleet::Serving serving;
  serving.reset(setup);
  fleet::EventScheduler events;
  events.reset(setup.horizon);
  serving.schedule_shares(events);
  CHECK(serving.training_fraction() == 0.75);
  serving.change(serving.fleet(working(40, 10)), kStart);
  CHECK(serving.carried() == Approx(100).epsilon(1e-12));
  serving.change(serving.fleet(working(20, 10)), kStart + core::kYear);
  CHECK(serving.carried() == Approx(50).epsilon(1e-12));
  const fleet::Event anew = events.calendar().pop();
  CHECK(anew.payload.kind == fleet::EventKind::allotment);
  CHECK(anew.time == kStart + core::kYear * 2);
  serving.set_share(anew.payload.index, anew.time);
  CHECK(serving.training_fraction() == 0.5);
  serving.change(serving.fleet(working(20, 10)), anew.time);
  CHECK(serving.load(anew.time) == 100);
  CHECK(serving.demanded_flop(setup.horizon.end) == Approx(100 * 4 * core::kYear.seconds()).epsilon(1e-12));
  CHECK(serving.unmet_flop(setup.horizon.end) == Approx(50 * core::kYear.seconds()).epsilon(1e-9));
  CHECK(serving.short_from(setup.horizon.end) == kStart + core::kYear);
}

TEST_CASE("what was handed down serves, and the last of it leaves no rounding error") {
  const fleet::StrategySetup setup = constant_load();
  fleet::Serving serving;
  serving.reset(setup);
  fleet::Cohort cohort;
  cohort.type = 0;
  cohort.peak = 0.1;
  serving.count_handed_down(cohort, 30);
  CHECK(serving.fleet(working(0, 0)).accelerators == 30);
  CHECK(serving.fleet(working(0, 0)).useful == Approx(3).epsilon(1e-12));
  cohort.counts[static_cast<std::size_t>(fleet::State::serving)] = 30;
  CHECK(serving.recount_agrees({cohort}));
  CHECK_FALSE(serving.recount_agrees({}));
  serving.count_handed_down(cohort, -30);
  CHECK(serving.fleet(working(0, 0)).useful == 0);
}
