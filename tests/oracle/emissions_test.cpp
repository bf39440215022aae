#include "sim/output/run/report.hpp"
#include "tests/oracle/race.hpp"

// Carbon and water by hand: H100 of 956.25 W on average.                                    docs/derivations.md 6q, 6r
namespace fleetrace::test {
namespace {

constexpr double kAverage = 956.25;
constexpr double kHours = 4 * 8766.0;  // 2026 to 2030 has one leap day
constexpr double kWorld = 0.458;       // kg/kWh, by default
constexpr double kWater = 0.36;        // L/kWh of IT energy, by default
const std::string kHead =
    "horizon: {start: 2026-01-01, length: 4 yr, sample_every: 1 yr}\noperations: {mfu: 0.4}\n"
    "loss: {reference: 1e24 FLOP}\n";

std::string fleet_of(int count) {
  return "initial_fleet: [{accelerator: H100, count: " + std::to_string(count) + ", installed: 2025-01-01}]\n" +
         "strategies: {s: {buy: none}}\n";
}

fleet::FinanceReport found(const std::string& sites, int count = 100) {
  return race(kHead + sites + fleet_of(count))["s"].final.finance;
}

Run run_of(const std::string& yaml) {
  return run_scenario(reader::load_bytes("fleetrace: 1\nname: test\n" + yaml, "test.yaml"), {});
}

}  // namespace

TEST_CASE("carbon and water are counted by default where power is modelled", "[emissions]") {
  const double it_kwh = 100 * kAverage / 1e3 * kHours;
  const fleet::FinanceReport nowhere = found("");
  CHECK(*nowhere.operational_kg == Approx(it_kwh * kWorld).epsilon(1e-12));
  CHECK(*nowhere.water_litres == Approx(it_kwh * kWater).epsilon(1e-12));
  CHECK(*nowhere.embodied_kg == 0);  // what stood there before
  const fleet::FinanceReport here = found("sites: {main: {pue: 1.25}}\n");
  CHECK(*here.operational_kg == Approx(1.25 * it_kwh * kWorld).epsilon(1e-12));
  CHECK(*here.water_litres == Approx(it_kwh * kWater).epsilon(1e-12));
  // Making what is bought emits 250 kg each.
  const Race buying = race(kHead +
                           "hardware: {model: catalog, accelerators: [H100]}\n"
                           "strategies: {s: {buy: front_loaded, budget: 1e7 USD}}\n");
  CHECK(*buying["s"].final.finance.embodied_kg == 250.0 * static_cast<double>(buying["s"].cohorts[0].size));
  // Of the capacity of a trend nobody knows what it draws.
  const Race trend = race(kHead +
                          "hardware: {model: trend}\ninitial_fleet: [{capacity: 1e18 FLOP/s}]\n"
                          "sites: {main: {carbon: 1 kg/kWh, water: 1 L/kWh}}\nstrategies: {s: {buy: none}}\n");
  CHECK_FALSE(trend["s"].final.finance.operational_kg.has_value());
  CHECK_FALSE(trend["s"].final.finance.embodied_kg.has_value());
  CHECK_FALSE(trend["s"].final.finance.water_litres.has_value());
}

TEST_CASE("carbon may be its intensity alone, and nothing", "[emissions]") {
  CHECK(*found("sites: {main: {carbon: 0 g/kWh, water: 0 L/kWh}}\n").operational_kg == 0);
  CHECK(*found("sites: {main: {carbon: 0 g/kWh, water: 0 L/kWh}}\n").water_litres == 0);
  CHECK(*found("sites: {main: {carbon: 100 g/kWh}}\n").operational_kg ==
        *found("sites: {main: {carbon: {intensity: 0.1 kg/kWh}}}\n").operational_kg);
  // A tariff changes what a site has by default, and leaves what it does not name.
  const double half = 100 * kAverage / 1e3 * kHours / 2;
  const fleet::FinanceReport later = found("sites: {main: {tariffs: [{from: 2028-01-01, intensity: 0.1 kg/kWh}]}}\n");
  CHECK(*later.operational_kg == Approx(half * (kWorld + 0.1)).epsilon(1e-3));  // a day more in one half
  CHECK(*later.operational_kg != Approx(half * (kWorld + 0.1)).epsilon(1e-5));
}

TEST_CASE("water is proportional to IT energy and adds up over sites", "[emissions]") {
  const auto water = [](const std::string& site, int count) {
    return *found("sites: {main: {" + site + "}}\n", count).water_litres;
  };
  const double one = water("water: 1.5 L/kWh", 100);
  CHECK(one == Approx(1.5 * 100 * kAverage / 1e3 * kHours).epsilon(1e-12));
  for (const int factor : {2, 3, 7}) {
    CHECK(water("water: 1.5 L/kWh", 100 * factor) == Approx(factor * one).epsilon(1e-12));
    CHECK(water("water: " + text(1.5 * factor) + " L/kWh", 100) == Approx(factor * one).epsilon(1e-12));
  }
  // Neither the overhead in proportion to the load nor a fixed one is IT energy.
  CHECK(water("water: 1.5 m3/MWh, pue: 1.6", 100) == one);
  CHECK(water("water: 1.5 L/kWh, pue: 1.6, power: 1 MW, fixed_overhead: 0.5", 100) == one);
  // 60 stand on a, 40 on b.
  const std::string a = "a: {racks: 10, accelerators_per_rack: 6, pue: 1.2, water: 1.8 L/kWh, carbon: 0.1 kg/kWh}";
  const fleet::FinanceReport both = found("sites: {" + a + ", b: {pue: 1.1}}\n");
  const double each = kAverage / 1e3 * kHours;
  CHECK(*both.water_litres == Approx(each * (60 * 1.8 + 40 * kWater)).epsilon(1e-12));
  CHECK(*both.operational_kg == Approx(each * (60 * 1.2 * 0.1 + 40 * 1.1 * kWorld)).epsilon(1e-12));
}

TEST_CASE("the report says which figures of carbon and water are defaults", "[emissions]") {
  using output::emission_defaults;
  const auto defaults = [](const std::string& sites) { return emission_defaults(run_of(kHead + sites + fleet_of(8))); };
  const std::string carbon =
      "carbon.intensity 0.458 kg/kWh (world average of 2025 over the life cycle), carbon.embodied 250 kg (the team's "
      "assumption)";
  const std::string water = "water 0.36 L/kWh (average of data centers in the US in 2023)";
  CHECK(defaults("") == "Carbon and water count defaults: " + carbon + ", " + water + '.');
  CHECK(defaults("sites: {main: {}}\n") == defaults(""));
  CHECK(defaults("sites: {main: {water: 0.36 L/kWh}}\n") == defaults(""));
  CHECK(defaults("sites: {main: {water: 0.2 L/kWh}}\n") == "Carbon and water count defaults: " + carbon + '.');
  CHECK(defaults("sites: {main: {carbon: {intensity: 1 kg/kWh, embodied: 1 kg}, water: 0 L/kWh}}\n").empty());
  CHECK(
      defaults("sites: {a: {carbon: {intensity: 1 kg/kWh, embodied: 1 kg}}, b: {carbon: {embodied: 2 kg}, water: 1 "
               "L/kWh}, c: {carbon: {embodied: 2 kg}}}\n") ==
      "Carbon and water count defaults: carbon.intensity 0.458 kg/kWh of b and c (world average of 2025 over the life "
      "cycle), water 0.36 L/kWh of a and c (average of data centers in the US in 2023).");
  const Run run = run_of(kHead + "sites: {main: {}}\n" + fleet_of(8));
  CHECK_FALSE(output::emissions(run).empty());
  const std::vector<std::string> unverified = unverified_inputs(run);
  CHECK(std::find(unverified.begin(), unverified.end(), "sites.main.water (0.36 L/kWh)") != unverified.end());
  const Run trend = run_of(kHead + "initial_fleet: [{capacity: 1e18 FLOP/s}]\nsites: {main: {}}\n" +
                           "hardware: {model: trend}\nstrategies: {s: {buy: none}}\n");
  CHECK(emission_defaults(trend).empty());
  CHECK(output::emissions(trend).empty());
  CHECK(unverified_inputs(trend).empty());
}

}  // namespace fleetrace::test
