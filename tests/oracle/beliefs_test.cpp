#include "sim/fleet/beliefs/beliefs.hpp"

#include "sim/core/numeric/special.hpp"
#include "sim/scenario/inputs/inputs.hpp"
#include "tests/oracle/race.hpp"

// A draw changes the world, not what a strategy believes of it.
namespace fleetrace::test {
namespace {

using models::Observation;

scenario::Scenario scenario_of(const std::string& yaml) {
  return reader::load_bytes("fleetrace: 1\nname: test\n" + yaml, "test.yaml");
}

std::vector<fleet::StrategySetup> drawn(const scenario::Scenario& scenario, std::uint32_t replication) {
  return scenario::resolve(scenario, {1, replication, fleet::InputDraw::drawn});
}

/// What the strategy sees at its reviews.
std::vector<Observation> looks(const fleet::StrategySetup& one) {
  std::vector<Observation> seen;
  (void)fleet::simulate(one, [&](const fleet::World& world, const fleet::Event& event) {
    if (event.payload.kind == fleet::EventKind::review) seen.push_back(world.observe());
  });
  return seen;
}

/// Everything that may be uncertain and does not show at the start.
const std::string kUncertain =
    "horizon: {start: 2026-01-01, length: 10 yr}\n"
    "supply: {lead_time: {uniform: {low: 1 months, high: 9 months}}}\n"
    "operations: {mfu: {uniform: {low: 0.3, high: 0.5}}, lifetime: {uniform: {low: 3 yr, high: 6 yr}}, shares: [{serving: 0.2}]}\n"
    "demand: {load: 1e18 FLOP/s, doubling: {uniform: {low: 1 yr, high: 4 yr}}}\n"
    "sites: {s: {power: 10 MW, grid: [{from: {uniform: {low: 1 yr, high: 4 yr}}, power: {uniform: {low: 20 MW, high: 40 MW}}}]}}\n"
    "loss: {reference: 1e26 FLOP}\n";

const std::string kHardware[] = {
    "hardware: {model: trend, power_per_flops: 5e-13 W/(FLOP/s), price_performance_doubling: {uniform: {low: 1.5 yr, "
    "high: 5 yr}}, energy_efficiency_doubling: {uniform: {low: 1 yr, high: 4 yr}}}\n",
    "hardware: {model: generations, first: B200, cadence: {uniform: {low: 2 yr, high: 4 yr}}, price_performance_doubling: "
    "{uniform: {low: 1.5 yr, high: 5 yr}}, energy_efficiency_doubling: {uniform: {low: 1 yr, high: 4 yr}}, "
    "price: {model: by_date, quotes: [{accelerator: B200, date: 2026-01-01, price: 40000 USD}]}, price_decline: {uniform: "
    "{low: 0.05 /yr, high: 0.4 /yr}}}\n"};

const std::string kProgress[] = {
    "progress: {model: exponential, doubling: {uniform: {low: 8 months, high: 3 yr}}, adoptions: [{at: {uniform: "
    "{low: 1 yr, high: 3 yr}}, gain: {uniform: {low: 1, high: 4}}, ramp: 2 yr}]}\n",
    "progress: {model: jumps, jumps: {uniform: {low: 0.3 /yr, high: 3 /yr}}, doubling: {uniform: {low: 8 months, high: 3 yr}}}\n",
    "progress: {model: logistic, ceiling: {uniform: {low: 100, high: 1000}}, doubling: {uniform: {low: 8 months, high: 3 yr}}}\n",
    "progress: {model: research, cost: 75e6 USD/yr, doubling: {uniform: {low: 8 months, high: 3 yr}}, returns: {uniform: {low: 0.8, "
    "high: 2}}}\n"};

std::string planners(const std::string& keys, bool has_releases) {
  std::string yaml = "strategies:\n";
  const auto add = [&](const char* name, const char* own) {
    yaml.append("  ").append(name).append(": {buy: ").append(name).append(", budget: 2e9 USD, ").append(own);
    yaml.append(keys).append("}\n");
  };
  add("capacity_triggered", "load: 2e17 FLOP/s, growth: {uniform: {low: 0.1 /yr, high: 0.9 /yr}}");
  add("lookahead", "every: 1 yr");
  add("lot_sizing", "load: 2e17 FLOP/s, growth: {uniform: {low: 0.1 /yr, high: 0.9 /yr}}");
  add("real_option", "break_even: 5e10 FLOP/s/USD, volatility: {uniform: {low: 0.1, high: 0.5}}");
  add("refresh", "power: 4 MW, timing: optimal, slots: 4");
  if (has_releases) add("leapfrog", "discount_rate: {uniform: {low: 0.05 /yr, high: 0.5 /yr}}");
  return yaml;
}

}  // namespace

TEST_CASE("before there is a past, a planning strategy sees the same and decides the same in every draw", "[beliefs]") {
  for (const std::string& hardware : kHardware) {
    for (const std::string& progress : kProgress) {
      CAPTURE(hardware, progress);
      const bool has_releases = &hardware == &kHardware[1];
      for (const std::string keys : {"", ", learns: true"}) {
        const scenario::Scenario scenario = scenario_of(kUncertain + hardware + progress +
                                                        planners(keys, has_releases));
        const std::vector<fleet::StrategySetup> first = drawn(scenario, 0);
        for (std::size_t i = 0; i < first.size(); ++i) {
          CAPTURE(first[i].strategy.name, keys);
          const Observation seen = looks(first[i]).front();
          for (std::uint32_t r = 1; r < 12; ++r) {
            const fleet::StrategySetup other = drawn(scenario, r)[i];
            const Observation there = looks(other).front();
            REQUIRE(there == seen);
            REQUIRE(other.strategy.policy.review(other.strategy.policy, there) ==
                    first[i].strategy.policy.review(first[i].strategy.policy, seen));
          }
        }
      }
      // With hindsight they see what is drawn.
      const scenario::Scenario scenario = scenario_of(kUncertain + hardware + progress +
                                                      planners(", information: hindsight", has_releases));
      CHECK_FALSE(looks(drawn(scenario, 0).front()).front() == looks(drawn(scenario, 1).front()).front());
    }
  }
}

TEST_CASE("hindsight is what a strategy would believe of a certain scenario with the values that were drawn",
          "[beliefs]") {
  for (const std::string& hardware : kHardware) {
    const scenario::Scenario scenario = scenario_of(kUncertain + hardware + kProgress[0] +
                                                    planners(", information: hindsight", &hardware == &kHardware[1]));
    for (const fleet::StrategySetup& one : drawn(scenario, 3)) {
      const fleet::Beliefs truth = fleet::beliefs_of(one.plant);
      CAPTURE(one.strategy.name);
      CHECK(one.strategy.beliefs->price_performance.mean == truth.price_performance.mean);
      CHECK(one.strategy.beliefs->progress.expected_growth(1) == truth.progress.expected_growth(1));
      CHECK(one.strategy.beliefs->lead_time == truth.lead_time);
      CHECK(one.strategy.beliefs->is_hindsight);
    }
  }
}

TEST_CASE("a strategy that learns a trend has the posterior mean of (1n)", "[beliefs]") {
  // The prior of the rate is N(0.5 ln2, (0.1 ln2)^2), 0.2 is stated as the observation error.
  const scenario::Scenario scenario = scenario_of(
      "horizon: {start: 2026-01-01, length: 8 yr}\nhardware: {model: trend, price_performance_rate: {normal: {mean: 0.5 "
      "doublings/yr, sd: 0.1 doublings/yr}}}\nprogress: {model: exponential, rate: {normal: {mean: 1 doublings/yr, sd: 0.3 "
      "doublings/yr}}}\nloss: {reference: 1e26 FLOP}\n"
      "strategies: {s: {buy: lookahead, budget: 1e9 USD, every: 1 yr, learns: true, observation_error: 0.2}}\n");
  for (std::uint32_t r = 0; r < 5; ++r) {
    const fleet::StrategySetup one = drawn(scenario, r).front();
    const double price_rate = one.plant.market.trend->price_performance_rate * kLn2;
    const double algorithm_rate = one.plant.progress.expected_growth(0);
    for (const Observation& seen : looks(one)) {
      const double t = (seen.now - seen.start).years();
      const auto posterior = [t](double mean, double sd, double rate) {
        const double before = 1 / (sd * sd);
        const double now = t / (0.2 * 0.2);
        return (mean * before + rate * now) / (before + now);
      };
      CHECK(seen.offer.growth == Approx(posterior(0.5 * kLn2, 0.1 * kLn2, price_rate)).epsilon(1e-9));
      CHECK(seen.outlook.progress == Approx(posterior(kLn2, 0.3 * kLn2, algorithm_rate)).epsilon(1e-9));
    }
  }
}

TEST_CASE("a strategy that learns from releases counts launches after the base", "[beliefs]") {
  // Releases every 2 yr at a fixed cadence jump by 2^(2 rate): the prior of ln J/D is N(0.5 ln2, (0.1 ln2)^2).
  const scenario::Scenario scenario = scenario_of(
      "horizon: {start: 2026-01-01, length: 9 yr}\nhardware: {model: generations, first: B200, cadence: 2 yr, "
      "price_performance_rate: {normal: {mean: 0.5 doublings/yr, sd: 0.1 doublings/yr}}, price_decline: {normal: {mean: 0.2 "
      "/yr, sd: 0.04 /yr}}}\noperations: {mfu: 0.4}\nloss: {reference: 1e26 FLOP}\n"
      "strategies: {s: {buy: lookahead, budget: 1e9 USD, every: 1 months, learns: true, observation_error: 0.2}}\n");
  for (std::uint32_t r = 0; r < 3; ++r) {
    const fleet::StrategySetup one = drawn(scenario, r).front();
    const double rate = std::log(one.plant.market.releases->jump) / 2;
    const models::AcceleratorType& base = one.plant.market.types.front();
    for (const Observation& seen : looks(one)) {
      const double t = (seen.outlook.releases->last - base.released).years();
      const double before = 1 / (0.01 * kLn2 * kLn2);
      const double now = t / 0.04;
      const double expected = (0.5 * kLn2 * before + rate * now) / (before + now);
      CHECK(std::log(seen.outlook.releases->law.jump) / 2 == Approx(expected).epsilon(1e-6));
      const double age = (seen.now - base.priced).years();
      if (age <= 0) continue;
      const double decline = (0.2 / 0.0016 + base.price.decline * age / 0.04) / (1 / 0.0016 + age / 0.04);
      CHECK(seen.offer.growth == Approx(decline).epsilon(1e-6));
    }
  }
}

TEST_CASE("what is learned of algorithms approaches what they do, whatever their law", "[beliefs]") {
  // lot_sizing plans with rates and is asked to the end; what plans with no rate, such as real_option, learns none.
  const std::string plan = "{buy: lot_sizing, load: 1e15 FLOP/s, growth: 0.1 /yr, budget: 1e9 USD, every: 1 yr";
  for (const std::string& law :
       {std::string("exponential"), std::string("logistic, ceiling: 1e5"),
        std::string("jumps, jumps: 400 /yr, sigma: 0.001"), std::string("research, cost: 75e6 USD/yr")}) {
    CAPTURE(law);
    const scenario::Scenario scenario = scenario_of(
        "horizon: {start: 2026-01-01, length: 8 yr}\nhardware: {model: trend}\nprogress: {model: " + law +
        ", doubling: {uniform: {low: 1 yr, high: 2.5 yr}}}\nloss: {reference: 1e26 FLOP}\nstrategies:\n  knows: " +
        plan + ", information: hindsight}\n  learns: " + plan +
        ", learns: true, observation_error: 0.02}\n  believes: " + plan + "}\n");
    double learned = 0;
    double believed = 0;
    for (std::uint32_t r = 0; r < 20; ++r) {
      const std::vector<fleet::StrategySetup> cases = drawn(scenario, r);
      const double truth = looks(cases[0]).back().outlook.progress;
      learned += std::fabs(looks(cases[1]).back().outlook.progress - truth);
      believed += std::fabs(looks(cases[2]).back().outlook.progress - truth);
    }
    CHECK(learned < 0.5 * believed);
  }
}

TEST_CASE("a strategy plans with what it believes, and the world stays as it is", "[beliefs]") {
  const std::string world =
      "horizon: {start: 2026-01-01, length: 8 yr}\nhardware: {model: trend, price_performance_doubling: 2 yr}\n"
      "progress: {model: exponential, doubling: 1 yr}\nloss: {reference: 1e26 FLOP}\nstrategies:\n";
  const std::vector<fleet::StrategySetup> cases = cases_of(
      world +
      "  s: {buy: lookahead, budget: 1e9 USD, believes: {hardware: {price_performance_doubling: 4 yr}, progress: {doubling: "
      "6 months}, supply: {lead_time: 1 yr}}}\n  plain: {buy: lookahead, budget: 1e9 USD}\n");
  const Observation seen = looks(cases[0]).front();
  CHECK(seen.offer.growth == Approx(kLn2 / 4).epsilon(1e-12));
  CHECK(seen.outlook.progress == Approx(2 * kLn2).epsilon(1e-12));
  CHECK(seen.outlook.lead_time == core::kYear);
  CHECK(cases[0].plant.market.trend->price_performance_rate == 0.5);
  CHECK(cases[0].plant.supply.lead_time.mean == core::Duration{});
  CHECK(looks(cases[1]).front().offer.growth == Approx(kLn2 / 2).epsilon(1e-12));
  // Believed distributions are no inputs of the study.
  const scenario::Scenario doubted = scenario_of(
      world +
      "  s: {buy: lookahead, budget: 1e9 USD, learns: true, believes: {progress: {doubling: {lognormal: {median: 6 months, "
      "sigma: 0.2}}}}}\n");
  CHECK(scenario::Inputs(doubted).all().empty());
  const std::vector<Observation> all = looks(scenario::resolve(doubted).front());
  CHECK(all.front().outlook.progress == Approx(2 * kLn2).epsilon(1e-12));
  CHECK(all.back().outlook.progress == Approx(kLn2).epsilon(0.05));
}

TEST_CASE("beliefs that make no sense are told", "[beliefs]") {
  const auto problem = [](const std::string& keys) {
    try {
      (void)cases_of(
          "horizon: {start: 2026-01-01, length: 8 yr}\nhardware: {model: trend}\nloss: {reference: 1e26 FLOP}\n"
          "sites: {a: {power: 1 MW}}\nstrategies: {s: {buy: lookahead, budget: 1e9 USD, " +
          keys + "}}\n");
    } catch (const core::InputError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  CHECK(problem("learns: true").empty());
  CHECK(problem("observation_error: 0.2").find("nothing is learned") != std::string::npos);
  CHECK(problem("information: hindsight, learns: true").find("nothing to believe") != std::string::npos);
  CHECK(problem("believes: {initial_fleet: [{capacity: 1e15 FLOP/s}]}").find("there is nothing to believe of it") !=
        std::string::npos);
  CHECK(problem("believes: {hardware: {model: generations, first: B200}}").find("other hardware") != std::string::npos);
  CHECK(problem("believes: {sites: {b: {power: 1 MW}}}").find("other sites") != std::string::npos);
  CHECK(problem("believes: {progress: {doubling: 1 yr}}").empty() == false);  // `none` has no doubling
}

}  // namespace fleetrace::test
