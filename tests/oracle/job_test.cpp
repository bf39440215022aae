#include "models/failure/job.hpp"

#include "tests/oracle/estimate.hpp"
#include "tests/oracle/race.hpp"

// Interruptions of a job as events: in the long run exactly the goodput of the closed form. Seeds are fixed; |z| < 4.5 has a
// false-alarm rate of 7e-6 a check.
namespace fleetrace::test {
namespace {

fleet::StrategySetup job_on(int count, const std::string& job, const std::string& length = "1 yr",
                            const std::string& failures = "none") {
  return cases_of("horizon: {start: 2026-01-01, length: " + length + ", sample_every: " + length +
                  "}\nloss: {reference: 1e26 FLOP}\noperations: {mfu: 0.4, failures: " + failures + ", job: {" + job +
                  "}}\ninitial_fleet: [{accelerator: H100, count: " + std::to_string(count) +
                  ", installed: 2025-01-01}]\nstrategies: {keeper: {buy: none}}\n")
      .front();
}

std::string drawn(std::string job) { return job.append(", fidelity: aggregate"); }

Estimate goodput_of(const fleet::StrategySetup& setup, int replications) {
  return estimate(setup, replications, [](const fleet::Outcome& outcome) { return *outcome.final.goodput; });
}

}  // namespace

TEST_CASE("Llama 3: 419 interruptions in 54 days, and over 90 % of the time useful") {
  const fleet::Outcome expected = fleet::simulate(job_on(16'384, "checkpoint: 20 s", "54 days"));
  CHECK(*expected.final.interruptions == Approx(419).epsilon(1e-5));
  CHECK(*expected.final.goodput == Approx(0.9064).epsilon(1e-4));
  const double peak = 16'384 * expected.cohorts.front().peak * 54 * 86'400;
  CHECK(expected.final.physical_flop == Approx(0.4 * peak * *expected.final.goodput).epsilon(1e-13));
}

TEST_CASE("drawn interruptions have the goodput of the closed form") {
  // Cheap and dear restarts, an interval far from the best one, and jobs that rarely come through a segment.
  for (const std::string job :
       {"checkpoint: 20 s, restart: 7 min", "checkpoint: 1 min, restart: 15 min", "checkpoint: 1 min, interval: 3 h",
        "checkpoint: 1 min, interval: young, interruption_mtbf: 8000 h", "restart: 2 h, interval: daly"}) {
    CAPTURE(job);
    const double exact = *fleet::simulate(job_on(16'384, job)).final.goodput;
    const fleet::StrategySetup one = job_on(16'384, drawn(job));
    const Estimate found = goodput_of(one, 40);
    CHECK(found.error < 0.004 * exact);
    CHECK(std::fabs(found.mean - exact) < 4.5 * found.error);
    // The check can fail: a restart that takes half an hour more is told apart.
    fleet::StrategySetup wrong = one;
    wrong.plant.operations.job->restart += 1.8e6;
    const Estimate off = goodput_of(wrong, 40);
    CHECK(std::fabs(off.mean - exact) > 4.5 * off.error);
  }
}

TEST_CASE("a job follows the fleet it runs on") {
  // Half of the fleet is in repair on average: half the interruptions, and the goodput of half the fleet.
  const std::string failures = "{law: exponential, mtbf: 50 h, repair: 50 h";
  const fleet::StrategySetup one = job_on(2'000, "interruption_mtbf: 2000 h", "30 days", failures + "}");
  const fleet::Outcome half = fleet::simulate(one);
  CHECK(*half.final.interruptions == Approx(0.5 * 2'000 * 720 / 2'000).epsilon(1e-12));
  CHECK(*half.final.goodput == Approx(one.plant.operations.job->expected_goodput(1'000)).epsilon(1e-12));
  const Estimate found = goodput_of(
      job_on(2'000, "interruption_mtbf: 2000 h, fidelity: aggregate", "30 days", failures + ", fidelity: aggregate}"),
      30);
  CHECK(found.error < 0.01);
  CHECK(std::fabs(found.mean - *half.final.goodput) < 4.5 * found.error);
}

TEST_CASE("work is lost back to the last checkpoint and counted once") {
  // By hand: a segment is an hour and a minute; what happens is read off the trajectory between events.
  const fleet::StrategySetup one = job_on(
      16'384, "checkpoint: 1 min, interval: 1 h, restart: 30 min, fidelity: aggregate", "20 days");
  core::Time since = one.horizon.start;
  double position = 0;  // of the job in hours of its own time, in whole segments and a part
  double credited = 0;
  double up = 0;  // time that the job computed
  bool down = false;
  core::Time down_until = one.horizon.start;
  const double segment = 61.0 / 60;
  const auto advance = [&](core::Time until) {
    if (down) {
      if (until < down_until) return;
      since = down_until;
      down = false;
    }
    const double hours = (until - since).hours();
    position += hours;
    credited = std::max(credited, position);
    up += hours;
    since = until;
  };
  const fleet::Outcome outcome = fleet::simulate(one, [&](const fleet::World&, const fleet::Event& event) {
    if (event.payload.kind != fleet::EventKind::interruption) return;
    advance(event.time);
    position = std::floor(position / segment) * segment;
    down = true;
    down_until = event.time + core::Duration::from_seconds(1'800);
  });
  advance(one.horizon.end);
  CHECK(outcome.final.interruptions.value() > 100);
  CHECK(*outcome.final.goodput == Approx(credited * (60.0 / 61) / 480).epsilon(1e-6));
}

TEST_CASE("without interruptions only checkpoints cost time") {
  const std::string job = "interruption_mtbf: 1e8 yr, interval: 19 min, checkpoint: 1 min";
  for (const std::string& each : {job, drawn(job)})
    CHECK(*fleet::simulate(job_on(1, each)).final.goodput == Approx(0.95).epsilon(1e-10));
}

TEST_CASE("without a job there is nothing to interrupt") {
  const fleet::Outcome outcome = fleet::simulate(
      cases_of("horizon: {start: 2026-01-01, length: 1 yr}\nhardware: {model: trend}\nloss: {reference: 1e24 FLOP}\n"
               "strategies: {hare: {buy: front_loaded, budget: 1e8 USD}}\n")
          .front());
  CHECK_FALSE(outcome.final.interruptions);
  CHECK_FALSE(outcome.final.goodput);
}

}  // namespace fleetrace::test
