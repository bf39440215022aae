#include "models/failure/renewal.hpp"
#include "race.hpp"

// Lemons, failure domains, fresh batches and burn-in: the three fidelities have the same means, and those are the products
// and sums that theory gives. Seeds are fixed; |z| < 4.5 has a false-alarm rate of 7e-6 a check.
namespace fleetrace::test {
namespace {

constexpr auto kInService = static_cast<std::size_t>(fleet::State::in_service);

fleet::StrategySetup fleet_of(int count, const std::string& failures, const std::string& installed = "2026-01-01",
                              const std::string& length = "4000 h") {
  return cases_of("horizon: {start: 2026-01-01, length: " + length + ", sample_every: " + length +
                  "}\nloss: {reference: 1e24 FLOP}\noperations: {mfu: 1, failures: {" + failures +
                  "}}\ninitial_fleet: [{accelerator: H100, count: " + std::to_string(count) +
                  ", installed: " + installed + "}]\nstrategies: {keeper: {buy: none}}\n")
      .front();
}

double availability(const fleet::Outcome& outcome, const fleet::StrategySetup& one) {
  const fleet::Cohort& cohort = outcome.cohorts.front();
  return outcome.final.physical_flop /
         (static_cast<double>(cohort.size) * cohort.peak * (one.horizon.end - one.horizon.start).seconds());
}

struct Estimate {
  double mean = 0;
  double error = 0;
  [[nodiscard]] bool agrees(double exact) const { return std::fabs(mean - exact) < 4.5 * error; }
};
struct Estimates {
  Estimate availability, failures, outages;
};

Estimates estimate(fleet::StrategySetup one, int replications) {
  fleet::World world;
  fleet::Outcome outcome;
  double sums[3] = {}, squares[3] = {};
  for (int i = 0; i < replications; ++i) {
    one.draw.replication = static_cast<std::uint32_t>(i);
    fleet::simulate(world, one, outcome);
    const double values[3] = {availability(outcome, one), outcome.final.failures, outcome.final.outages.value_or(0)};
    for (int k = 0; k < 3; ++k) {
      sums[k] += values[k];
      squares[k] += values[k] * values[k];
    }
  }
  const auto of = [&](int k) {
    const double mean = sums[k] / replications;
    return Estimate{mean, std::sqrt(std::max(0.0, squares[k] / replications - mean * mean) / (replications - 1))};
  };
  return {of(0), of(1), of(2)};
}

std::string drawn(std::string law, const std::string& fidelity) { return law.append(", fidelity: ").append(fidelity); }

}  // namespace

TEST_CASE("lemons, domains and fresh batches have the same means at all fidelities") {
  struct Setting {
    std::string law;
    double slack;  ///< of what the expected fidelity tabulates
  };
  const std::vector<Setting> settings = {
      {"law: exponential, mtbf: 500 h, repair: 50 h, lemons: {share: 0.1, factor: 8}", 0},
      {"law: exponential, mtbf: 800 h, repair: 50 h, domains: [{size: 16, mtbf: 900 h, repair: 60 h}, "
       "{size: 100, mtbf: 2000 h, shape: 2, repair: 40 h, repair_law: lognormal}]",
       0},
      {"law: exponential, mtbf: 800 h, repair: 50 h, spares: 0.1, domains: [{size: 10, mtbf: 900 h, repair: 60 h}]", 0},
      {"law: weibull, shape: 0.5, mtbf: 2000 h, repair: 60 h, start: fresh", 5e-4},
      {"law: weibull, shape: 3, mtbf: 3000 h, repair: 200 h, repair_law: lognormal, start: fresh", 5e-4},
      {"law: bathtub, infant_mtbf: 6000 h, mtbf: 3000 h, wear_mtbf: 5000 h, wear_shape: 4, repair: 80 h, start: fresh, "
       "burn_in: 50 h, lemons: {share: 0.1, factor: 5}",
       5e-4},
  };
  for (const Setting& setting : settings) {
    CAPTURE(setting.law);
    const fleet::StrategySetup one = fleet_of(200, setting.law);
    const fleet::Outcome expected = fleet::simulate(one);
    const double exact = availability(expected, one);
    for (const std::string fidelity : {"aggregate", "device"}) {
      CAPTURE(fidelity);
      fleet::StrategySetup changed = fleet_of(200, drawn(setting.law, fidelity));
      const Estimates found = estimate(changed, 24);
      CHECK(found.availability.error < 0.006 * exact);
      CHECK(std::fabs(found.availability.mean - exact) < 4.5 * found.availability.error + setting.slack * exact);
      CHECK(found.failures.error < 0.02 * found.failures.mean);
      CHECK(std::fabs(found.failures.mean - expected.final.failures) <
            4.5 * found.failures.error + setting.slack * expected.final.failures);
      if (expected.final.outages) CHECK(found.outages.agrees(*expected.final.outages));
      // The check can fail: a tenth more repair time is told apart.
      changed.plant.operations.failures.repair.mean *= 1.1;
      changed.plant.operations.failures.repair.median *= 1.1;
      CHECK(estimate(changed, 12).availability.mean < found.availability.mean);
    }
  }
}

TEST_CASE("lemons have the same means where so many fail that they are drawn by steps") {
  const std::string law = "law: exponential, mtbf: 500 h, repair: 50 h, lemons: {share: 0.3, factor: 8}";
  const fleet::StrategySetup one = fleet_of(10'000, law);
  const fleet::Outcome expected = fleet::simulate(one);
  const fleet::StrategySetup stepped = fleet_of(10'000, drawn(law, "aggregate"));
  CHECK(static_cast<double>(fleet::simulate(stepped).events) < expected.final.failures / 10);
  const Estimates found = estimate(stepped, 12);
  CHECK(found.availability.error < 0.001);
  CHECK(found.availability.agrees(availability(expected, one)));
  CHECK(found.failures.agrees(expected.final.failures));
}

TEST_CASE("batches that began their lives before the race are drawn as old as they are") {
  // Repairs of four months: of what stands for four months, nearly all that failed is still away, and comes back in the race.
  const std::string law = GENERATE(
      as<std::string>(), "law: exponential, mtbf: 1000 h, repair: 3000 h, start: fresh",
      "law: weibull, shape: 2, mtbf: 1500 h, repair: 3000 h, repair_law: lognormal, start: fresh");
  CAPTURE(law);
  const fleet::StrategySetup one = fleet_of(200, law, "2025-09-01");
  const double exact = availability(fleet::simulate(one), one);
  const Estimates found = estimate(fleet_of(200, drawn(law, "device"), "2025-09-01"), 24);
  CHECK(found.availability.error < 0.02 * exact);
  CHECK(std::fabs(found.availability.mean - exact) < 4.5 * found.availability.error + 5e-4 * exact);
}

TEST_CASE("P(up) is the product over an accelerator's own clock and its domains") {
  // 500/550 of its own, 900/960 of its rack, 2000/2040 of its feed (Palm; independent alternating renewals).
  const std::string law =
      "law: weibull, shape: 0.75, mtbf: 500 h, repair: 50 h, domains: [{size: 16, mtbf: 900 h, repair: 60 h}, "
      "{size: 100, mtbf: 2000 h, repair: 40 h}]";
  const double product = 500.0 / 550 * 900 / 960 * 2000 / 2040;
  const fleet::StrategySetup expected = fleet_of(1000, law);
  CHECK(expected.plant.operations.failures.availability == Approx(product).epsilon(1e-14));
  CHECK(availability(fleet::simulate(expected), expected) == Approx(product).epsilon(1e-12));
  // Outages: 1000/16 racks each 4000/960 times, 1000/100 feeds each 4000/2040 times.
  CHECK(*fleet::simulate(expected).final.outages == Approx(62.5 * 4000 / 960 + 10 * 4000 / 2040.0).epsilon(1e-12));
  for (const std::string fidelity : {"aggregate", "device"}) {
    fleet::StrategySetup one = fleet_of(1000, drawn(law, fidelity));
    CHECK(estimate(one, 10).availability.agrees(product));
    // A feed takes those of its 100 accelerators along that are up, at once.
    std::int64_t before = 0;
    std::int64_t largest = 0;
    (void)fleet::simulate(one, [&](const fleet::World& world, const fleet::Event&) {
      const std::int64_t now = world.inventory[0].count(fleet::State::in_service);
      largest = std::max(largest, before - now);
      before = now;
    });
    CHECK(largest >= 60);
    CHECK(largest <= 100);
  }
}

TEST_CASE("a fleet that started fresh before the race is as old as it is") {
  // Wear alone, lives of 2000 h on average that end nearly together: at 1000 h hardly one has failed, at 2000 h half have.
  const std::string law = "law: weibull, shape: 10, mtbf: 2000 h, repair: 100000 h, start: fresh";
  for (const std::string fidelity : {"expected", "aggregate", "device"}) {
    CAPTURE(fidelity);
    const fleet::Outcome young = fleet::simulate(fleet_of(20'000, drawn(law, fidelity), "2026-01-01", "1000 h"));
    CHECK(young.final.failures < 0.002 * 20'000);
    // 2025-11-20 is 1008 h before the start.
    const fleet::StrategySetup old = fleet_of(20'000, drawn(law, fidelity), "2025-11-20", "1000 h");
    const fleet::Outcome worn = fleet::simulate(old);
    const auto survival = [&](double hours) { return old.plant.operations.failures.life.survival(hours * 3.6e6); };
    const double failing = 20'000 * (survival(1008) - survival(2008));
    CHECK(worn.final.failures == Approx(failing).epsilon(0.03));
    if (fidelity == "expected") continue;
    CHECK(static_cast<double>(worn.final.accelerators[kInService]) == Approx(20'000 * survival(2008)).epsilon(0.03));
  }
}

TEST_CASE("a burn-in delays deliveries, costs what it loses and leaves better ones") {
  const auto bought = [](const std::string& failures) {
    return race(
        "horizon: {start: 2026-01-01, length: 2000 h}\nhardware: {model: catalog, accelerators: [H100]}\n"
        "supply: {lead_time: 100 h}\noperations: {mfu: 0.4, failures: {law: weibull, shape: 0.5, mtbf: 2000 h, "
        "repair: 20 h, start: fresh" +
        failures + "}}\nloss: {reference: 1e24 FLOP}\nstrategies: {hare: {buy: front_loaded, budget: 4e8 USD}}\n");
  };
  const Race without = bought("");
  for (const std::string fidelity : {"expected", "aggregate", "device"}) {
    CAPTURE(fidelity);
    const Race with = bought(", burn_in: 90 h, fidelity: " + fidelity);
    const fleet::Cohort& cohort = with["hare"].cohorts.front();
    CHECK(cohort.size == without["hare"].cohorts.front().size);
    CHECK(with["hare"].final.capex == without["hare"].final.capex);
    // S = e^(-sqrt(90/1000)) = 0.7408 of them pass; sd below 1 %.
    CHECK(static_cast<double>(cohort.count(fleet::State::retired)) / static_cast<double>(cohort.size) ==
          Approx(1 - std::exp(-0.3)).epsilon(0.05));
    // Installed after 190 h: nothing is in service before.
    const fleet::Trajectory& trajectory = with["hare"].trajectory;
    CHECK(trajectory.work_at(with.cases[0].horizon.start + core::Duration::from_milliseconds(189 * 3'600'000)) == 0);
    CHECK(trajectory.work_at(with.cases[0].horizon.start + core::Duration::from_milliseconds(191 * 3'600'000)) > 0);
    const auto installed = static_cast<double>(cohort.size - cohort.count(fleet::State::retired));
    CHECK(with["hare"].final.failures / installed <
          0.85 * without["hare"].final.failures / static_cast<double>(cohort.size));
  }
}

TEST_CASE("domains of one and lemons as bad as the others are what they were without") {
  const std::string base = "law: exponential, mtbf: 700 h, repair: 50 h";
  const fleet::StrategySetup plain = fleet_of(300, base);
  const fleet::Outcome one = fleet::simulate(plain);
  const fleet::Outcome same = fleet::simulate(fleet_of(300, base + ", lemons: {share: 0.2, factor: 1}"));
  CHECK(same.final.physical_flop == Approx(one.final.physical_flop).epsilon(1e-13));
  CHECK(same.final.failures == Approx(one.final.failures).epsilon(1e-13));
  for (const std::string fidelity : {"aggregate", "device"}) {
    // Domains that never go out change nothing at all, to the last bit.
    const std::string never = ", domains: [{size: 7, mtbf: 1e8 yr, repair: 0 h}]";
    const fleet::Outcome alone = fleet::simulate(fleet_of(300, drawn(base, fidelity)));
    const fleet::Outcome with = fleet::simulate(fleet_of(300, drawn(base + never, fidelity)));
    if (fidelity == "device") CHECK(with.final.physical_flop == alone.final.physical_flop);
    CHECK(*with.final.outages == 0);
  }
}

TEST_CASE("capacity works as infinitely many small accelerators, own clocks, domains and spares included") {
  const auto flop = [](const std::string& failures) {
    const Race run = race(
        "horizon: {start: 2026-01-01, length: 2 yr}\nloss: {reference: 1e24 FLOP}\nhardware: {model: trend, "
        "price_performance_rate: 0.4 doublings/yr}\noperations: {mfu: 1, failures: {law: exponential, fidelity: expected, " +
        failures + "}}\ninitial_fleet: [{capacity: 1e15 FLOP/s}]\nstrategies: {s: {buy: none}}\n");
    return run["s"].final.physical_flop / (2e15 * kYearSeconds);
  };
  // Up for half the time by its own clock, and its domain for four fifths.
  const std::string domains = ", domains: [{size: 16, mtbf: 400 h, repair: 100 h}]";
  CHECK(flop("mtbf: 100 h, repair: 100 h") == Approx(0.5).epsilon(1e-12));
  CHECK(flop("mtbf: 100 h, repair: 100 h" + domains) == Approx(0.4).epsilon(1e-12));
  CHECK(flop("mtbf: 100 h, repair: 100 h, spares: 0.1" + domains) == Approx(0.4).epsilon(1e-12));
  // Of 70 % that are to work all do, since 80 % are up.
  CHECK(flop("mtbf: 400 h, repair: 100 h, spares: 0.3") == Approx(0.7).epsilon(1e-12));
  CHECK(flop("mtbf: 400 h, repair: 100 h, spares: 0.1") == Approx(0.8).epsilon(1e-12));
}

}  // namespace fleetrace::test
