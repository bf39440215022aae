#include <catch2/catch.hpp>

#include "race.hpp"

// Serving that takes what demand asks for, docs/derivations.md 4.6d.
namespace fleetrace::test {
namespace {

constexpr double kH100 = 989.4e12;
/// Useful FLOP/s that 1,000 H100 carry if all of them serve: an MFU of 0.2, used up to 80 %.
constexpr double kAll = 0.8 * 0.2 * 1'000 * kH100;
/// Useful FLOP of 1,000 H100 that train for a year at an MFU of 0.4.
constexpr double kYearOfTraining = 0.4 * 1'000 * kH100 * kYearSeconds;

/// 1,000 H100 for two years, without progress, and a load of so much of what all of them carry.
std::string serving(const std::string& shares, double load, const std::string& growth, const std::string& more = "",
                    const std::string& target = "{model: utilisation, most: 0.8}") {
  return "horizon: {start: 2026-01-01, length: 2 yr, sample_every: 1 months}\n"
         "hardware: {model: catalog, accelerators: [H100], price_decline: 0 /yr}\n"
         "operations: {mfu: 0.4, shares: " +
         shares + more + "}\ndemand: {load: " + text(load * kAll) + " FLOP/s, " + growth +
         ", mfu: 0.2, target: " + target +
         "}\ninitial_fleet: [{accelerator: H100, count: 1000, installed: 2025-01-01}]\nstrategies: {s: {buy: none}}\n";
}

double trained(const Race& run) { return run["s"].final.physical_flop / kYearOfTraining; }
double unmet(const Race& run) { return run["s"].final.service->unmet_flop / (kAll * kYearSeconds); }

}  // namespace

TEST_CASE("serving as needed, by hand: training has what demand leaves") {
  // A constant load of 30 % of the fleet.
  const Race constant = race(serving("[{serving: as_needed}]", 0.3, "doubling: none"));
  CHECK(trained(constant) == Approx(2 * 0.7).epsilon(1e-12));
  CHECK(constant["s"].final.service->unmet_flop == 0);
  CHECK_FALSE(constant["s"].final.service->short_from);
  // C0 counts what would train if nothing served, so that the loss does show what serving takes.
  const Race stated = race(serving("[{serving: 0}, {from: 1 months, serving: 0.3}]", 0.3, "doubling: none"));
  CHECK(constant.cases[0].loss.reference.compute == stated.cases[0].loss.reference.compute);
  // It doubles every year. Set once a year, the share is that of each year's end: 0.2, then 0.4.
  const Race yearly = race(serving("[{serving: as_needed, every: 1 yr}]", 0.1, "doubling: 1 yr"));
  CHECK(trained(yearly) == Approx(0.8 + 0.6).epsilon(1e-12));
  CHECK(yearly["s"].final.service->unmet_flop == 0);
  // Set twelve times a year, it is a sum over months; and it tends to the integral of the load from above.
  const Race monthly = race(serving("[{serving: as_needed}]", 0.1, "doubling: 1 yr"));
  double expected = 0;
  for (int month = 1; month <= 24; ++month) expected += (1 - 0.1 * std::exp2(month / 12.)) / 12;
  CHECK(trained(monthly) == Approx(expected).epsilon(1e-9));
  const Race daily = race(serving("[{serving: as_needed, every: 1 days}]", 0.1, "doubling: 1 yr"));
  CHECK(trained(daily) < 2 - 0.3 / kLn2);
  CHECK(trained(daily) == Approx(2 - 0.3 / kLn2).epsilon(1e-3));
  // A load that halves every year: the share of each year's beginning.
  CHECK(trained(race(serving("[{serving: as_needed, every: 1 yr}]", 0.4, "rate: -1 doublings/yr"))) ==
        Approx(0.6 + 0.8).epsilon(1e-12));
  // Research keeps its tenth, whatever is asked for.
  CHECK(trained(race(serving("[{serving: as_needed, research: 0.1}]", 0.3, "doubling: none"))) ==
        Approx(2 * 0.6).epsilon(1e-12));
  // Dated shares and those that follow demand take turns.
  CHECK(trained(race(serving("[{serving: 0.5}, {from: 1 yr, serving: as_needed}]", 0.3, "doubling: none"))) ==
        Approx(0.5 + 0.7).epsilon(1e-12));
  CHECK(trained(race(serving("[{serving: as_needed}, {from: 1 yr, serving: 0.5}]", 0.3, "doubling: none"))) ==
        Approx(0.5 + 0.7).epsilon(1e-12));
}

TEST_CASE("serving as needed, by hand: where the whole fleet is not enough") {
  // Twice what all of it carries: half is unmet from the start, and nothing trains.
  const Race twice = race(serving("[{serving: as_needed}]", 2, "doubling: none"));
  CHECK(trained(twice) == 0);
  CHECK(unmet(twice) == Approx(2).epsilon(1e-12));
  CHECK(*twice["s"].final.service->short_from == twice.cases[0].horizon.start);
  // Half of it and doubling: short from the end of the first year on, by 1/ln 2 - 1 in the second.
  const Race growing = race(serving("[{serving: as_needed, every: 6 months}]", 0.5, "doubling: 1 yr"));
  CHECK((*growing["s"].final.service->short_from - growing.cases[0].horizon.start).years() == Approx(1).epsilon(1e-9));
  CHECK(unmet(growing) == Approx(1 / kLn2 - 1).epsilon(1e-9));
  CHECK(trained(growing) == Approx(0.5 * (1 - std::sqrt(0.5))).epsilon(1e-12));
  // Research's tenth is not lent.
  CHECK(unmet(race(serving("[{serving: as_needed, research: 0.1}]", 1, "doubling: none"))) ==
        Approx(0.2).epsilon(1e-12));
}

TEST_CASE("serving as needed, by hand: handed down hardware, failures and a queue") {
  // All of it is handed down after two years, 365 days into the race: it serves whole, and needs no share of anything.
  const Race handed = race(serving("[{serving: as_needed}]", 0.3, "doubling: none", ", hand_down: {age: 2 yr}"));
  CHECK(trained(handed) == Approx(0.7 * 365.5 / 365.25).epsilon(1e-9));
  CHECK(handed["s"].final.service->unmet_flop == 0);
  // 1 % down on average: the share that serves is as much larger, and 0.99 - 0.3 is left.
  const Race failing = race(serving("[{serving: as_needed}]", 0.3, "doubling: none",
                                    ", failures: {law: exponential, mtbf: 99 h, repair: 1 h}"));
  CHECK(trained(failing) == Approx(2 * 0.69).epsilon(1e-12));
  // A queue: servers of 8 with requests of ten seconds that may wait one. One server fewer would be too few.
  const double server = 8 * kH100 * 0.2;
  const std::string wait = "{model: waiting_time, wait: 1 s, request: " + text(10 * server) + " FLOP}";
  const Race queue = race(serving("[{serving: as_needed}]", 20 * server / kAll, "doubling: none", "", wait));
  const double share = 1 - trained(queue) / 2;
  const auto servers = static_cast<std::int64_t>(share * 1'000 / 8 + 1e-9);
  CHECK(models::most_offered(servers, 0.1) >= 20);
  CHECK(models::most_offered(servers - 1, 0.1) < 20);
  CHECK(share * 1'000 / 8 < static_cast<double>(servers) + 0.5);
  CHECK(queue["s"].final.service->unmet_flop == 0);
}

TEST_CASE("serving as needed: at every event nothing is lost between the shares, and demand is met where it can be") {
  for (const double load : {0.05, 0.4, 1.5}) {
    for (const char* growth : {"doubling: none", "doubling: 8 months", "rate: -1 doublings/yr"}) {
      for (const char* failures :
           {"", ", failures: {law: exponential, mtbf: 3000 h, repair: 100 h, fidelity: aggregate}"}) {
        const std::string yaml = "fleetrace: 1\nname: test\n" +
                                 serving("[{serving: as_needed, research: 0.2}]", load, growth, failures);
        const std::vector<fleet::StrategySetup> setups = scenario::resolve(reader::load_bytes(yaml, "test.yaml"));
        const fleet::StrategySetup& setup = setups[0];
        std::int64_t seen = 0;
        const fleet::Outcome outcome = fleet::simulate(
            setup, [&](const fleet::World& world, const fleet::Event& event) {
              // What has been settled at this instant holds until the next.
              if (fleet::info(event.payload.kind).phase == engine::Phase{3} || world.now() == setup.horizon.start)
                return;
              ++seen;
              const double trains = setup.plant.operations.training_share * world.serving.training_fraction();
              const double serves = world.serving.serving_fraction();
              REQUIRE(trains + serves == Approx(0.8).epsilon(1e-12));
              REQUIRE(serves <= 0.8);
              if (serves < 0.8) REQUIRE(world.serving.carried() >= world.serving.load(world.now()));
              // No more serves than what is asked for until the share is set again.
              const double most = std::max(world.serving.load(world.now()),
                                           world.serving.load(world.now() + core::kMonth)) *
                                  (1 + 1e-9);
              if (setup.plant.demand->growth >= 0 && serves > 0) REQUIRE(world.serving.carried() <= most);
            });
        REQUIRE(seen > 20);
        const fleet::ServiceReport& service = *outcome.final.service;
        CHECK(service.unmet_flop >= 0);
        CHECK(service.unmet_flop <= service.demanded_flop);
        if (load < 0.1 && std::string(growth) != "doubling: 8 months") CHECK(service.unmet_flop == 0);
      }
    }
  }
}

}  // namespace fleetrace::test
