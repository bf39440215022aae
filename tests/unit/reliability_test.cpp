#include "sim/fleet/reliability/reliability.hpp"

#include <catch2/catch.hpp>

#include "setup_of.hpp"

namespace {

using namespace fleetrace;
using fleet::EventKind;
using fleet::State;

std::string failing(const std::string& failures) {
  return "hardware: {model: catalog, accelerators: [H100]}\noperations: {mfu: 0.4, lifetime: 2 yr, failures: {" +
         failures + "}}\n";
}

/// Reliability with the cohorts, the meter and the trajectory that its failures are applied to: no World.
struct Bench {
  explicit Bench(const fleet::StrategySetup& setup) : of(setup) {
    events.reset(setup.horizon);
    inventory.reset();
    meter.reset(setup);
    trajectory.reset(setup.horizon, setup.plant.progress);
    reliability.reset(setup);
  }
  /// Installs so many as one batch, and moves them as their state says.
  std::uint32_t install(std::int64_t count) {
    fleet::Cohort cohort;
    cohort.type = 0;
    cohort.size = count;
    cohort.peak = 1e15;
    cohort.work_rate = 4e14;
    cohort.nameplate_milliwatt = 700'000;
    const std::uint32_t index = inventory.add(cohort, State::waiting_for_power, events.now());
    const std::uint32_t batch = reliability.install(index, inventory[index], count, events.now(), 0, events);
    const fleet::Batch& installed = reliability[batch];
    move(index, State::waiting_for_power, State::in_service, installed.working());
    move(index, State::waiting_for_power, State::standby, installed.healthy - installed.working());
    move(index, State::waiting_for_power, State::in_repair, count - installed.healthy);
    reliability.schedule_retirement(batch, inventory[index], events);
    return batch;
  }
  void move(std::uint32_t cohort, State from, State to, std::int64_t count) {
    if (count == 0) return;
    meter.change(inventory[cohort], inventory.move(cohort, from, to, count, 1, 0, events.now()), events.now());
    trajectory.change(events.now(), meter.rates().work);
  }
  /// So many more of a batch are up; each change is applied at once.
  void change_up(const fleet::HealthChange& change) {
    reliability.change_up(change);
    const std::int64_t starting = reliability.change_healthy(change.batch, change.up);
    const std::int64_t idle = change.up - starting;
    const fleet::Batch& batch = reliability[change.batch];
    const auto between = [&](State state, std::int64_t more) {
      move(batch.cohort, more > 0 ? State::in_repair : state, more > 0 ? state : State::in_repair, std::abs(more));
    };
    between(State::in_service, starting);
    between(batch.idle_state(), idle);
  }
  [[nodiscard]] bool agrees() const {
    return reliability.agrees_with(inventory.cohorts()) && reliability.recount_agrees() && inventory.conserved();
  }
  [[nodiscard]] fleet::MeasuredFleet measured() { return {inventory, meter, trajectory, 1}; }

  const fleet::StrategySetup& of;
  fleet::EventScheduler events;
  fleet::Inventory inventory;
  fleet::ComputeMeter meter;
  fleet::Trajectory trajectory;
  fleet::Reliability reliability;
};

/// Handles failures and repairs of batches until the end of the horizon, and checks the batch each time.
std::int64_t run_batch(Bench& bench) {
  std::int64_t seen = 0;
  while (!bench.events.calendar().empty()) {
    const fleet::Event event = bench.events.calendar().pop();
    if (event.payload.kind != EventKind::retirement && bench.reliability.has_clocks()) {
      const fleet::HealthChange change = bench.reliability.fire_clock();
      CHECK(change.up == (event.payload.kind == EventKind::failure ? -1 : 1));
      bench.change_up(change);
      bench.reliability.schedule_first_clock(bench.events);
    } else if (event.payload.kind == EventKind::failure) {
      const fleet::HealthChange failed = bench.reliability.fail(event.payload.index, bench.events);
      CHECK(failed.up == -1);
      bench.change_up(failed);
      bench.reliability.schedule_failure(failed.batch, bench.events);
    } else if (event.payload.kind == EventKind::repair) {
      const fleet::HealthChange repaired = bench.reliability.repair(event.payload.index);
      CHECK(repaired.up == 1);
      bench.change_up(repaired);
      bench.reliability.schedule_failure(repaired.batch, bench.events);
    } else {
      CHECK(event.payload.kind == EventKind::retirement);
      bench.reliability.pass_retirement();
      bench.reliability.stop(event.payload.index, bench.events);
      continue;
    }
    ++seen;
    REQUIRE(bench.agrees());
  }
  return seen;
}

}  // namespace

TEST_CASE("spares stand in for what fails by batch, and nothing befalls a batch after its end") {
  const fleet::StrategySetup setup = test::setup_of(
      failing("law: exponential, mtbf: 2000 h, repair: 100 h, spares: 0.1, fidelity: aggregate"));
  Bench bench(setup);
  const std::uint32_t batch = bench.install(50);
  CHECK(bench.reliability[batch].target == 45);
  CHECK(bench.agrees());
  CHECK(run_batch(bench) > 500);
  // A failure each 2 000 h of those that are up: 50 x 17 532 h / 2 100 h.
  CHECK(static_cast<double>(bench.reliability.failures()) == Approx(50 * 17'532 / 2'100.0).epsilon(0.15));
  const fleet::Cohort& cohort = bench.inventory[0];
  CHECK(cohort.working_seconds > 0.99 * 45 * core::kYear.seconds() * 2 * 0.97);
}

TEST_CASE("retirements free the power and the places of their site when they come") {
  const fleet::StrategySetup setup = test::setup_of(failing("law: exponential, fidelity: expected"));
  Bench bench(setup);
  const std::uint32_t batch = bench.install(50);
  const core::Time end = setup.horizon.start + core::kYear * 2;
  const auto to_come = bench.reliability.retirements().to_come();
  REQUIRE(to_come.size() == 1);
  CHECK(to_come.front().at == end);
  CHECK(to_come.front().nameplate_milliwatt == 50 * 700'000);
  CHECK(to_come.front().places == 50);
  CHECK(to_come.front().site == 0);
  REQUIRE(bench.events.next_time() == end);
  bench.reliability.stop(batch, bench.events);
  bench.move(0, State::in_service, State::retired, 50);
  bench.reliability.remove(batch);
  bench.reliability.cancel_retirements(bench.events);
  bench.reliability.forget_retired();
  CHECK(bench.reliability.first_alive() == 1);
  CHECK(bench.events.calendar().empty());
  CHECK(bench.reliability.retirements().to_come().empty());
  CHECK(bench.agrees());
}

TEST_CASE("clocks that are skipped to leave the sums that each by itself leaves") {
  // Of the 5 % that are in repair on average, spares stand in for all, for most, for some and for none.
  const std::string law = GENERATE(
      "fidelity: device", "fidelity: device, repair_law: lognormal", "fidelity: device, spares: 0.2",
      "fidelity: device, spares: 0.07", "fidelity: device, spares: 0.05, lemons: {share: 0.1, factor: 8}",
      "fidelity: device, spares: 0.02, domains: [{size: 8, mtbf: 1 yr, repair: 5 days}]", "fidelity: aggregate",
      "fidelity: aggregate, spares: 0.05", "fidelity: aggregate, spares: 0.05, lemons: {share: 0.1, factor: 8}");
  const std::uint32_t batches = GENERATE(1U, 2U);  // one by itself goes on from bucket to bucket
  const std::int64_t units = GENERATE(64, 2'000);  // of so many, a bucket of 18.6 hours has some twenty changes
  CAPTURE(law, batches, units);
  const fleet::StrategySetup setup = test::setup_of(failing("law: exponential, mtbf: 2000 h, repair: 100 h, " + law));
  Bench one_by_one(setup);
  Bench skipped(setup);
  for (Bench* bench : {&one_by_one, &skipped}) {
    bench->install(units);
    if (batches > 1) bench->install(units * 5 / 8);
    CHECK(bench->reliability.batches_failures());
    CHECK(bench->reliability.may_skip());
    CHECK(bench->agrees());
  }
  const core::Time until = setup.horizon.start + core::kYear;
  std::uint64_t fired = 0;
  for (auto next = one_by_one.reliability.next_clock(); next && *next < until;
       next = one_by_one.reliability.next_clock()) {
    const fleet::HealthChange change = one_by_one.reliability.fire_clock();
    ++fired;
    if (change.up == 0) continue;  // its domain is out
    if (one_by_one.reliability.is_beyond_bucket(*next))
      one_by_one.reliability.enter_bucket(*next, one_by_one.measured());
    one_by_one.reliability.change_up(change);
    const std::int64_t starting = one_by_one.reliability.change_healthy(change.batch, change.up);
    one_by_one.reliability.accumulate(change.batch, starting, change.up - starting, *next, one_by_one.inventory);
  }
  skipped.reliability.skip_to(until, skipped.measured());
  for (Bench* bench : {&one_by_one, &skipped}) {
    bench->reliability.apply_pending(until, bench->measured());
    CHECK(bench->agrees());
  }
  CHECK(skipped.reliability.failures() > 100);
  CHECK(skipped.reliability.skipped_events() + 1 == fired);  // the first has its event
  CHECK(skipped.reliability.failures() == one_by_one.reliability.failures());
  for (std::uint32_t i = 0; i < batches; ++i) {
    CHECK(skipped.inventory[i].counts == one_by_one.inventory[i].counts);
    CHECK(skipped.inventory[i].working_seconds == one_by_one.inventory[i].working_seconds);
  }
  CHECK(skipped.trajectory.effective_at(until) == one_by_one.trajectory.effective_at(until));
  skipped.reliability.reset(setup);
  CHECK(skipped.reliability.skipped_events() == 0);
  CHECK(skipped.reliability.failures() == 0);
}

TEST_CASE("a race that begins anew knows nothing of failures that were pending") {
  const fleet::StrategySetup setup = test::setup_of(
      failing("law: exponential, mtbf: 2000 h, repair: 100 h, fidelity: device"));
  const auto segments_of = [&](Bench& bench) {
    bench.events.reset(setup.horizon);
    bench.inventory.reset();
    bench.meter.reset(setup);
    bench.trajectory.reset(setup.horizon, setup.plant.progress);
    bench.reliability.reset(setup);
    bench.install(64);
    bench.reliability.skip_to(setup.horizon.start + core::kDay * 100, bench.measured());
    CHECK(bench.reliability.has_pending());
    return bench.trajectory.segments().size();
  };
  Bench used(setup);
  const std::size_t first = segments_of(used);
  CHECK(first > 5);
  CHECK(segments_of(used) == first);
  Bench fresh(setup);
  CHECK(segments_of(fresh) == first);
}

TEST_CASE("a turnover takes many failures in one step, whose mean is that of single ones") {
  const fleet::StrategySetup setup = test::setup_of(
      failing("law: exponential, mtbf: 2000 h, repair: 100 h, fidelity: aggregate"));
  Bench bench(setup);
  const std::uint32_t batch = bench.install(100'000);
  const double hours = 24 * 30;
  while (!bench.events.calendar().empty() && bench.events.next_time() < setup.horizon.start + core::kDay * 30) {
    const fleet::Event event = bench.events.calendar().pop();
    REQUIRE(event.payload.kind == EventKind::turnover);
    const fleet::HealthChange change = bench.reliability.turn_over(batch);
    if (change.up != 0) bench.change_up(change);
    bench.reliability.schedule_turnover(batch, bench.events);
    REQUIRE(bench.agrees());
  }
  CHECK(static_cast<double>(bench.reliability.failures()) == Approx(100'000 * hours / 2'100).epsilon(0.02));
}

TEST_CASE("a turnover counts lemons among those that are up, and good ones by themselves") {
  fleet::StrategySetup setup = test::setup_of(
      failing("law: exponential, mtbf: 2000 h, repair: 100 h, fidelity: aggregate, lemons: {share: 0.1, factor: 8}"));
  setup.plant.operations.failures.life.mean = 1e30;  // lemons alone fail
  Bench bench(setup);
  const std::uint32_t index = bench.install(10'000);
  const fleet::Batch& batch = bench.reliability[index];
  REQUIRE(batch.lemons > 900);
  double up = 0;
  for (int i = 0; i < 1'000; ++i) {
    const fleet::HealthChange change = bench.reliability.turn_over(index);
    if (change.up != 0) bench.change_up(change);
    REQUIRE(bench.agrees());
    // Some 25 repairs long, so that whatever was in repair at first is back.
    if (i >= 500) REQUIRE(batch.own_healthy - batch.healthy_lemons == batch.count - batch.lemons);
    up += static_cast<double>(batch.healthy_lemons) / static_cast<double>(batch.lemons) / 1'000;
  }
  // 250 h up, 100 h in repair.
  CHECK(up == Approx(5.0 / 7).epsilon(0.02));
}

TEST_CASE("a rack that goes out takes its accelerators along, and those alone whose own clocks run") {
  const fleet::StrategySetup setup = test::setup_of(
      failing("law: exponential, mtbf: 1e8 h, fidelity: aggregate, domains: [{size: 16, mtbf: 1e7 h, repair: 1 h}]"));
  Bench bench(setup);
  const std::uint32_t batch = bench.install(40);
  REQUIRE(bench.reliability[batch].up == 40);  // so drawn
  CHECK(bench.reliability[batch].domains == 3);
  bench.change_up(bench.reliability.fail(batch, bench.events));
  CHECK(bench.reliability[batch].up == 39);
  std::int64_t gone = 0;
  for (std::uint32_t domain = 0; domain < 3; ++domain) {
    const fleet::HealthChange out = bench.reliability.take_out(domain, bench.events);
    bench.change_up(out);
    gone += out.up;
    CHECK(bench.agrees());
  }
  CHECK(gone == -39);
  CHECK(bench.reliability.outages() == 3);
  for (std::uint32_t domain = 0; domain < 3; ++domain) bench.change_up(bench.reliability.restore(domain, bench.events));
  CHECK(bench.reliability[batch].up == 39);
  CHECK(bench.agrees());
}

TEST_CASE("a fresh batch works by its age, and its expected failures are counted once") {
  const fleet::StrategySetup setup = test::setup_of(failing("law: bathtub, start: fresh, fidelity: expected"));
  Bench bench(setup);
  const std::uint32_t batch = bench.install(100);
  const fleet::Aging first = bench.reliability.aging(batch, false, setup.horizon.start);
  CHECK(bench.reliability[batch].share == first.share);
  CHECK(first.share < 1);
  CHECK(bench.events.next_time() - setup.horizon.start == core::Duration::from_milliseconds(std::llround(first.wait)));
  CHECK(bench.reliability.set_working_share(batch, first.share - 0.25) == Approx(-25).epsilon(1e-12));
  const core::Time year = setup.horizon.start + core::kYear;
  bench.reliability.count_expected_failures(batch, bench.inventory[0], year);
  bench.reliability.count_expected_failures(batch, bench.inventory[0], year);
  const auto age = static_cast<double>(core::kYear.milliseconds());
  CHECK(bench.reliability.expected_failures() ==
        Approx(100 * setup.plant.operations.failures.fresh_failures(age)).epsilon(1e-12));
}
