#include "sim/fleet/world.hpp"

#include <algorithm>
#include <array>

#include "sim/engine/simulation.hpp"
#include "sim/fleet/accounting/loss_curve.hpp"
#include "tests/oracle/random_scenario.hpp"
#include "tests/unit/bits.hpp"

// A World is a value: reused, copied or run beside others, a race has the same bits.
namespace fleetrace::test {
namespace {

std::string three(const std::string& order, const std::string& operations = "") {
  std::string strategies;
  for (const char name : order) {
    if (name == 'h') strategies += "  hare: {buy: front_loaded, budget: 2e9 USD}\n";
    if (name == 't') strategies += "  turtle: {buy: incremental, budget: 2e9 USD, every: 3 months}\n";
    if (name == 'l') {
      strategies +=
          "  lab: {buy: once, at: 3 yr, budget: 3e9 USD, with: {progress: {doubling: 6 months, cost: 75e6 USD/yr}, "
          "operations: {lifetime: 2 yr}}}\n";
    }
  }
  return R"(
horizon: {start: 2026-01-01, length: 8 yr}
hardware: {model: catalog, accelerators: [H100, B200, GB300], then: {cadence: 2 yr}}
progress: {model: exponential, doubling: 8 months}
operations: {lifetime: 5 yr, mfu: 0.38)" +
         operations + R"(}
supply: {lead_time: 0.5 yr, transit: 1 months}
sites: {main: {power: 150 MW, pue: 1.1, electricity: 0.0826 USD/kWh}}
loss: {kappa: 0.05, targets: [0.9, 0.8, 0.7]}
initial_fleet: [{accelerator: H100, count: 4096, installed: 2025-01-01}]
strategies:
)" + strategies;
}

/// Runs what is pending, `events` of it at most.
void go_on(fleet::World& world, std::uint64_t events = ~0ULL) { world.run(events); }

/// Failures and interruptions as events, some thousand of them.
const std::array<std::string, 3> kChances = {
    ", failures: {law: bathtub, spares: 0.02, fidelity: aggregate}",
    ", failures: {law: weibull, repair_law: lognormal, spares: 0.02, fidelity: device}",
    ", failures: {law: exponential, fidelity: aggregate}, job: {interruption_mtbf: 1e6 h, fidelity: aggregate}",
};

void check_same_state(const fleet::World& a, const fleet::World& b) {
  const core::Time end = a.setup().horizon.end;
  CHECK(a.totals_at(end).effective_flop == b.totals_at(end).effective_flop);
  CHECK(a.totals_at(end).it_joule == b.totals_at(end).it_joule);
  CHECK(a.ledger.spend() == b.ledger.spend());
  CHECK(a.trajectory.segments().size() == b.trajectory.segments().size());
  CHECK(a.recorder.series().size() == b.recorder.series().size());
  CHECK(a.inventory.cohorts().size() == b.inventory.cohorts().size());
  CHECK(a.meter.rates().work == b.meter.rates().work);
  CHECK(a.reliability.failures() == b.reliability.failures());
  CHECK(a.job.interruptions() == b.job.interruptions());
}

}  // namespace

TEST_CASE("a race has the same bits again, and in a world that ran others in between") {
  fleet::World world;
  fleet::Outcome outcome;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    for (const fleet::StrategySetup& one : random_cases(seed, seed % 2 == 1, seed % 3 == 1, seed % 5 == 1)) {
      CAPTURE(seed);
      const Bits alone(fleet::simulate(one));
      REQUIRE(alone == Bits(fleet::simulate(one)));
      fleet::simulate(world, one, outcome);
      REQUIRE(alone == Bits(outcome));
    }
  }
}

TEST_CASE("adding, removing and reordering strategies changes no bit of the others") {
  const Race all = race(three("htl"));
  for (const char* order : {"lth", "tlh", "h", "t", "l", "lh", "tl"}) {
    const Race some = race(three(order));
    for (const fleet::Outcome& outcome : some.outcomes) {
      CAPTURE(order, outcome.strategy);
      CHECK(Bits(outcome) == Bits(all[outcome.strategy]));
    }
  }
}

TEST_CASE("adding strategies changes no bit of the others where failures and interruptions are drawn, either") {
  for (const std::string& chances : kChances) {
    const Race all = race(three("htl", chances));
    const Race alone = race(three("t", chances));
    CHECK(alone["turtle"].final.failures > 100);
    CHECK(Bits(alone["turtle"]) == Bits(all["turtle"]));
  }
}

TEST_CASE("a world with failures that is copied half way goes on independently and identically") {
  for (const std::string& chances : kChances) {
    const std::vector<fleet::StrategySetup> cases = cases_of(three("t", chances));
    const fleet::StrategySetup& one = cases.front();
    fleet::World whole;
    whole.reset(one);
    go_on(whole);
    CHECK(whole.reliability.failures() > 100);
    for (const std::uint64_t events : {0ULL, 1'000ULL, 3'333ULL}) {
      CAPTURE(chances, events);
      fleet::World original;
      original.reset(one);
      go_on(original, events);
      fleet::World copy = original;
      go_on(copy);
      check_same_state(copy, whole);
      go_on(original);
      check_same_state(original, whole);
    }
  }
}

TEST_CASE("devices that pass by without an event each leave the same world") {
  // In order, where spares make it matter; else swept up: by themselves, with domains, as lemons, fresh, handed down.
  const std::string by_chance[] = {
      kChances[1], ", failures: {law: exponential, fidelity: device}",
      ", failures: {law: weibull, start: fresh, fidelity: device, lemons: {share: 0.1}}",
      ", failures: {law: exponential, fidelity: device, lemons: {share: 0.2}, domains: "
      "[{size: 72, mtbf: 5000 h, repair: 30 h}]}",
      ", hand_down: {age: 1 yr}, failures: {law: exponential, fidelity: device}",
      // Between outages of the power tree, which share what is left among those that are up.
      ", failures: {law: exponential, fidelity: device}"};
  for (const std::string& chances : by_chance) {
    std::string yaml = three("tl", chances);
    if (&chances == std::end(by_chance) - 1) {
      const std::string site = "power: 150 MW, pue: 1.1";
      yaml.replace(yaml.find(site), site.size(),
                   "pue: 1.1, power_tree: {feed: {capacity: 70 MW, count: 2, mtbf: 1 yr, repair: 10 days}}");
    }
    CAPTURE(yaml);
    for (const fleet::StrategySetup& one : cases_of(yaml)) {
      fleet::World ahead;
      fleet::World one_by_one;
      for (fleet::World* const world : {&ahead, &one_by_one}) {
        world->reset(one);
        world->reliability.skip_events(world == &ahead);
        go_on(*world);
        world->apply_pending_failures(one.horizon.end);
      }
      CHECK(ahead.reliability.skipped_events() > 1'000);
      CHECK(one_by_one.reliability.skipped_events() == 0);
      check_same_state(ahead, one_by_one);
      for (std::size_t i = 0; i < ahead.inventory.cohorts().size(); ++i) {
        CHECK(ahead.inventory.cohorts()[i].counts == one_by_one.inventory.cohorts()[i].counts);
        CHECK(ahead.inventory.cohorts()[i].working_seconds == one_by_one.inventory.cohorts()[i].working_seconds);
        CHECK(ahead.inventory.cohorts()[i].healthy_seconds == one_by_one.inventory.cohorts()[i].healthy_seconds);
      }
      const auto& segments = ahead.trajectory.segments();
      const bool same = std::equal(segments.begin(), segments.end(), one_by_one.trajectory.segments().begin(),
                                   one_by_one.trajectory.segments().end(), [](const auto& a, const auto& b) {
                                     return a.from == b.from && a.rate == b.rate && a.effective == b.effective &&
                                            a.work == b.work;
                                   });
      CHECK(same);
    }
  }
}

TEST_CASE("failures that are settled together come to what each by itself comes to") {
  for (const char* const chances : {", failures: {law: bathtub, fidelity: aggregate}",
                                    ", failures: {law: weibull, repair_law: lognormal, fidelity: device}",
                                    ", hand_down: {age: 1 yr}, failures: {law: weibull, fidelity: device}"}) {
    CAPTURE(chances);
    // What they earn falls from day to day.
    const std::string sold = "finance: {revenue: {price: 2 USD/h, decline: 0.5 /yr}}\n";
    const fleet::StrategySetup one = cases_of(sold + three("t", chances)).front();
    std::array<fleet::World, 2> worlds;
    for (const std::size_t together : {0U, 1U}) {
      fleet::World& world = worlds.at(together);
      world.reset(one);
      CHECK(world.reliability.batches_failures());
      world.reliability.batch_failures(together == 1);
      go_on(world);
      world.apply_pending_failures(one.horizon.end);
    }
    const fleet::Totals each = worlds[0].totals_at(one.horizon.end);
    const fleet::Totals all = worlds[1].totals_at(one.horizon.end);
    CHECK(worlds[0].reliability.failures() == worlds[1].reliability.failures());
    CHECK(worlds[1].trajectory.segments().size() < worlds[0].trajectory.segments().size() / 4);
    CHECK(all.useful_flop == Approx(each.useful_flop).epsilon(1e-12));
    CHECK(all.it_joule == Approx(each.it_joule).epsilon(1e-12));
    CHECK(all.effective_flop == Approx(each.effective_flop).epsilon(1e-9));
    const core::Time end = one.horizon.end;
    CHECK(worlds[1].meter.revenue().usd_at(end) == Approx(worlds[0].meter.revenue().usd_at(end)).epsilon(1e-8));
    // At any instant within two hours of the compute that each by itself has, and what one bucket of 18.6 hours may add.
    double worst = 0;
    for (double years = 0.1; years < 8; years += 0.0137) {
      const double rate = worlds[0].trajectory.segment_at(years).rate * worlds[0].trajectory.multiplier(years);
      const double apart = worlds[1].trajectory.effective_at(years) - worlds[0].trajectory.effective_at(years);
      if (rate > 0) worst = std::max(worst, std::fabs(apart) / rate);
    }
    CHECK(worst > 0);
    CHECK(worst < 3'600 * 3);
    const fleet::LossCurve by_each(worlds[0].trajectory, one.loss);
    const fleet::LossCurve by_all(worlds[1].trajectory, one.loss);
    CHECK(by_all.mean_loss() == Approx(by_each.mean_loss()).epsilon(1e-8));
  }
}

TEST_CASE("a batch retires as a whole: what is in repair, its spares, and all that was to happen to it") {
  const auto cases_with = [](const std::string& fidelity) {
    return cases_of(
        "horizon: {start: 2026-01-01, length: 3 yr}\noperations: {mfu: 0.4, lifetime: 2 yr, failures: {law: exponential, "
        "mtbf: 2000 h, repair: 1000 h, spares: 0.3, fidelity: " +
        fidelity +
        "}}\nloss: {reference: 1e24 FLOP}\ninitial_fleet: [{accelerator: H100, count: 500, installed: 2026-01-01}]\n"
        "strategies: {keeper: {buy: none}}\n");
  };
  for (const char* fidelity : {"aggregate", "device"}) {
    const std::vector<fleet::StrategySetup> cases = cases_with(fidelity);
    const core::Time end_of_life = cases.front().horizon.start + core::kYear * 2;
    bool retired = false;
    const fleet::Outcome outcome = fleet::simulate(
        cases.front(), [&](const fleet::World& world, const fleet::Event& event) {
          if (event.time > end_of_life) CHECK(event.payload.kind == fleet::EventKind::sample);
          if (event.payload.kind != fleet::EventKind::retirement) return;
          retired = true;
          CHECK(event.time == end_of_life);
          CHECK(world.inventory.cohorts().front().count(fleet::State::in_repair) > 100);
          CHECK(world.inventory.cohorts().front().installed() == 500);
          CHECK(world.sites.powered_milliwatt() == 500 * world.inventory.cohorts().front().nameplate_milliwatt);
        });
    CHECK(retired);
    CHECK(outcome.final.accelerators[static_cast<std::size_t>(fleet::State::retired)] == 500);
    CHECK(outcome.final.capacity == 0);
  }
}

TEST_CASE("a world that is copied half way goes on independently and identically") {
  for (const fleet::StrategySetup& one : cases_of(three("htl"))) {
    CAPTURE(one.strategy.name);
    fleet::World whole;
    whole.reset(one);
    go_on(whole);
    for (const std::uint64_t events : {0ULL, 1ULL, 10ULL, 50ULL, 150ULL}) {
      CAPTURE(events);
      fleet::World original;
      original.reset(one);
      go_on(original, events);
      fleet::World copy = original;
      const std::size_t segments = original.trajectory.segments().size();
      go_on(copy);
      CHECK(original.trajectory.segments().size() == segments);
      check_same_state(copy, whole);
      go_on(original);
      check_same_state(original, whole);
    }
  }
}

}  // namespace fleetrace::test
