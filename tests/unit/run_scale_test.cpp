#include "sim/fleet/job/run_scale.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

namespace {

using namespace fleetrace;

const core::Time kStart = *core::parse_iso8601("2026-01-01");

/// No more than 100 accelerators belong to a run, whose MFU falls with its logarithm to the base 2 by a tenth.
fleet::StrategySetup small_runs() {
  fleet::StrategySetup setup;
  setup.horizon = {kStart, kStart + core::kYear, core::kMonth};
  setup.plant.sites.resize(1);
  setup.plant.operations.throughput.largest_run = 100;
  setup.plant.operations.throughput.relative = [](const models::ThroughputLaw&, const models::Scale& scale) {
    return 1 - 0.1 * std::log2(std::max(1.0, scale.accelerators));
  };
  return setup;
}

fleet::Rates working(double accelerators) {
  fleet::Rates rates;
  rates.working_accelerators = accelerators;
  rates.working_peak = accelerators * 1e15;
  return rates;
}

/// A run with what it tells: no World.
struct Bench {
  explicit Bench(const fleet::StrategySetup& setup) {
    events.reset(setup.horizon);
    recorder.reset(kStart, false);
    sites.reset(setup, events);
    run.reset(setup);
  }
  const fleet::WorkShares& with(double accelerators) {
    return run.update(accelerators, working(accelerators), sites, recorder, events);
  }
  fleet::EventScheduler events;
  fleet::Recorder recorder;
  fleet::Sites sites;
  fleet::RunScale run;
};

}  // namespace

TEST_CASE("what the largest run cannot use adds nothing, and the network binds") {
  const fleet::StrategySetup setup = small_runs();
  Bench bench(setup);
  CHECK(bench.with(64).at_work == 1);
  CHECK(bench.with(64).throughput == Approx(0.4).epsilon(1e-12));
  CHECK(bench.recorder.bindings().spells().back().binding.constraint == fleet::Constraint::none);
  CHECK(bench.with(400).at_work == Approx(0.25).epsilon(1e-12));
  CHECK(bench.recorder.bindings().spells().back().binding.constraint == fleet::Constraint::network);
  CHECK(bench.run.lasting() == Approx(0.25 * (1 - 0.1 * std::log2(100))).epsilon(1e-12));
  CHECK(bench.run.consistent());
}

TEST_CASE("of sites of one size as many as train together belong to the run, and the others could do their own") {
  fleet::StrategySetup setup = small_runs();
  setup.plant.sites.resize(4);
  setup.strategy.sites = {0, 1, 2, 3};
  setup.plant.operations.mfu = 0.5;
  models::ThroughputLaw& law = setup.plant.operations.throughput;
  law.site_links.emplace();
  law.largest_run = 1e9;
  // Two sites lose nothing, and three lose half.
  law.relative = [](const models::ThroughputLaw&, const models::Scale& scale) { return scale.sites > 2 ? 0.5 : 1; };
  const auto alone = [&](const std::vector<double>& expected) {
    Bench bench(setup);
    fleet::Cohort cohort;
    cohort.type = 0;
    const std::int64_t counts[] = {40, 60, 40, 30};
    for (std::uint32_t i = 0; i < 4; ++i) bench.sites.count_installed(cohort, counts[i], i, kStart);
    const fleet::WorkShares shares = bench.with(170);
    for (std::uint32_t i = 0; i < 4; ++i) {
      CAPTURE(i);
      CHECK(bench.sites[i].unjoined_rate == Approx(expected[i] * 1e15 * 0.5).epsilon(1e-14));
    }
    return shares.at_work;
  };
  CHECK(alone({0, 0, 40, 30}) == Approx(100.0 / 170).epsilon(1e-14));
  law.largest_run = 35;
  CHECK(alone({35, 0, 35, 30}) == Approx(35.0 / 170).epsilon(1e-14));
  // Each other run loses by its own size: 0.1 for each doubling.
  law.largest_run = 1e9;
  law.relative = [](const models::ThroughputLaw&, const models::Scale& scale) {
    return scale.sites > 1 ? 0.0 : 1 - 0.1 * std::log2(scale.accelerators);
  };
  CHECK(alone({40 * (1 - 0.1 * std::log2(40)), 0, 40 * (1 - 0.1 * std::log2(40)), 30 * (1 - 0.1 * std::log2(30))}) ==
        Approx(60.0 / 170).epsilon(1e-14));
}

TEST_CASE("a scale that doubles is asked for, waits, and is swept before it is used") {
  fleet::StrategySetup setup = small_runs();
  setup.plant.operations.throughput.largest_run = 1e9;
  models::Retuning& retuning = setup.plant.operations.throughput.retuning;
  retuning.share = 0.5;
  retuning.delay_ms = 1e6;
  retuning.length_ms = 4e6;
  retuning.tuned_at = 16;
  Bench bench(setup);
  CHECK(bench.with(31).at_work == 1);
  CHECK(bench.events.calendar().empty());
  (void)bench.with(64);
  const auto next = [&](double accelerators) {
    CHECK(bench.events.calendar().pop().payload.kind == fleet::EventKind::retuning);
    CHECK(bench.run.retune(accelerators, bench.events));
  };
  next(64);
  CHECK(bench.with(64).at_work == Approx(0.5).epsilon(1e-12));  // twice the tuned scale at most
  CHECK(bench.events.next_time() == kStart + core::Duration::from_milliseconds(2'000'000));
  next(64);
  CHECK(bench.with(64).at_work == 0);
  CHECK(bench.events.next_time() == kStart + core::Duration::from_milliseconds(6'000'000));
  next(64);
  CHECK(bench.with(64).at_work == 1);
  CHECK(bench.events.calendar().empty());
}
