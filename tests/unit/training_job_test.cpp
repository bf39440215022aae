#include "sim/fleet/job/training_job.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace fleetrace;

const core::Time kStart = *core::parse_iso8601("2026-01-01");

/// Checkpoints of 1 s every 99 s, restarts of 10 s.
fleet::StrategySetup with_job(bool drawn) {
  fleet::StrategySetup setup;
  setup.horizon = {kStart, kStart + core::kYear, core::kMonth};
  models::JobLaw law;
  law.mtbf = 1e12;
  law.checkpoint = 1e3;
  law.restart = 1e4;
  law.rule = models::JobLaw::Interval::fixed;
  law.fixed_interval = 99e3;
  law.drawn = drawn;
  setup.plant.operations.job = law;
  return setup;
}

}  // namespace

TEST_CASE("an interrupted job restarts and does again what it lost since the last checkpoint") {
  const fleet::StrategySetup setup = with_job(true);
  fleet::EventScheduler events;
  events.reset(setup.horizon);
  fleet::TrainingJob job;
  job.reset(setup);
  CHECK(job.is_drawn());
  job.set_size(1'000, events);
  CHECK(job.drawn_goodput() == Approx(0.99).epsilon(1e-12));
  REQUIRE(events.calendar().size() == 1);
  const fleet::Event interruption = events.calendar().pop();
  CHECK(interruption.payload.kind == fleet::EventKind::interruption);
  job.interrupt(events);
  CHECK(job.interruptions() == 1);
  CHECK(job.drawn_goodput() == 0);
  const auto pop_until = [&](fleet::EventKind kind) {
    for (;;) {
      const fleet::Event event = events.calendar().pop();
      if (event.payload.kind == kind) return event.time;
    }
  };
  const core::Time restarted = pop_until(fleet::EventKind::restart);
  CHECK(restarted == interruption.time + core::Duration::from_milliseconds(10'000));
  job.restart(events);
  CHECK(job.drawn_goodput() == 0);
  const core::Time recovered = pop_until(fleet::EventKind::recovery);
  CHECK(recovered - restarted ==
        core::Duration::from_milliseconds((interruption.time - kStart).milliseconds() % 100'000));
  job.recover(events.now());
  CHECK(job.drawn_goodput() == Approx(0.99).epsilon(1e-12));
  CHECK(job.consistent());
}

TEST_CASE("a job of the same size keeps its interruption, and none is planned where nothing trains") {
  const fleet::StrategySetup setup = with_job(true);
  fleet::EventScheduler events;
  events.reset(setup.horizon);
  fleet::TrainingJob job;
  job.reset(setup);
  job.set_size(1'000, events);
  const core::Time planned = events.next_time();
  job.set_size(1'000, events);
  CHECK(events.next_time() == planned);
  job.set_size(0, events);
  CHECK(events.calendar().empty());
}

TEST_CASE("interruptions that are not drawn act by their expectation; without a job all is useful") {
  const fleet::StrategySetup setup = with_job(false);
  fleet::TrainingJob job;
  job.reset(setup);
  CHECK_FALSE(job.is_drawn());
  CHECK(job.expected_goodput(1'000) == setup.plant.operations.job->expected_goodput(1'000));
  CHECK(job.expected_goodput(1'000) < 0.99);
  fleet::StrategySetup without = setup;
  without.plant.operations.job.reset();
  job.reset(without);
  CHECK(job.expected_goodput(1'000) == 1);
}
