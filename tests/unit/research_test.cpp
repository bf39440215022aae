#include "sim/fleet/research/research.hpp"

#include <catch2/catch.hpp>

#include "setup_of.hpp"

namespace {

using namespace fleetrace;

/// What research works with besides: no World.
struct Bench {
  explicit Bench(const fleet::StrategySetup& setup) {
    events.reset(setup.horizon);
    trajectory.reset(setup.horizon, setup.plant.progress);
    research.reset(setup);
  }
  fleet::EventScheduler events;
  fleet::Trajectory trajectory;
  fleet::Research research;
};

}  // namespace

TEST_CASE("progress that does not change by itself plans nothing, and costs what it is budgeted") {
  const fleet::StrategySetup setup = test::setup_of(
      "progress: {model: exponential, doubling: 1 yr, cost: 3e6 USD/yr}\n", "{buy: none, budget: 1e9 USD}");
  Bench bench(setup);
  bench.research.schedule_jump(bench.trajectory, bench.events);
  bench.research.schedule_adoptions(bench.events);
  CHECK(bench.events.calendar().empty());
  CHECK(bench.research.cost_usd(setup.horizon.start + core::kYear * 2) == Approx(6e6).epsilon(1e-12));
  CHECK_FALSE(bench.research.depends_on_fleet());
  bench.research.fund(bench.trajectory, 1e18, setup.horizon.start);
  CHECK(bench.trajectory.segments().size() == 1);
}

TEST_CASE("random changes follow one another, the same for the same draw and others after another") {
  const fleet::StrategySetup setup = test::setup_of("progress: {model: jumps, doubling: 8 months, jumps: 2 /yr}\n");
  const auto dates = [&](std::optional<core::Stream> stream) {
    Bench bench(setup);
    if (stream) bench.research.redraw(*stream);
    bench.research.schedule_jump(bench.trajectory, bench.events);
    std::vector<core::Time> found;
    while (!bench.events.calendar().empty()) {
      const fleet::Event event = bench.events.calendar().pop();
      CHECK(event.payload.kind == fleet::EventKind::progress);
      CHECK(event.payload.index == 0);
      found.push_back(event.time);
      bench.research.jump(bench.trajectory, bench.events);
    }
    CHECK(bench.trajectory.multiplier(setup.horizon.end) > 1);
    return found;
  };
  const std::vector<core::Time> first = dates(std::nullopt);
  CHECK_FALSE(first.empty());
  CHECK(dates(std::nullopt) == first);
  CHECK(dates(core::Stream(4711, 42, core::Purpose::progress_jumps)) != first);
}
