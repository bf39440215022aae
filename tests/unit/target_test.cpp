#include <catch2/catch.hpp>
#include <cmath>

#include "setup_of.hpp"
#include "sim/fleet/world.hpp"
#include "spec_of.hpp"
#include "tests/oracle/race.hpp"

// Properties of random scenarios: targets hold whatever is rented, and reserves cover whatever is billed.
namespace {

using namespace fleetrace;
using test::Random;
using test::text;

const std::string kHead =
    "hardware: {model: catalog, accelerators: [H100, B200], then: {cadence: 1 yr}}\noperations: {mfu: 0.4, lifetime: ";

}  // namespace

TEST_CASE("property: owned and rented accelerators together stay within a target of power") {
  Random random(21);
  for (int i = 0; i < 150; ++i) {
    const double kilowatt = random.uniform(5, 500);
    const std::string target = text(kilowatt) + " kW";
    const std::string rented = text(random.uniform(0, 1));
    const std::string buys = random.uniform(0, 1) < 0.5
                                 ? "{buy: constant_power, every: " + text(random.uniform(0.05, 1)) + " yr"
                                 : "{buy: refresh, age: " + text(random.uniform(0.5, 3)) +
                                       " yr, slots: " + std::to_string(static_cast<int>(random.uniform(1, 60)));
    const std::string yaml = kHead + text(random.uniform(0.5, 6)) +
                             " yr}\nrental: {term: " + text(random.uniform(0.1, 2)) +
                             " yr}\nsupply: {lead_time: " + text(random.uniform(0, 0.5)) + " yr}\n";
    const fleet::StrategySetup setup = test::setup_of(
        yaml,
        buys + ", power: " + target + ", budget: " + text(random.uniform(1e5, 1e8)) + " USD, rented: " + rented + "}");
    const auto most = static_cast<std::int64_t>(std::ceil(kilowatt * 1e6 + 1));
    bool holds = true;
    (void)fleet::simulate(setup, [&](const fleet::World& world, const fleet::Event&) {
      holds = holds && world.inventory.committed_milliwatt() + world.inventory.rented_milliwatt() <= most;
    });
    CAPTURE(yaml, buys, target, rented);
    REQUIRE(holds);
  }
}

TEST_CASE("property: the slots of refresh hold as many accelerators as their power does, however many they are") {
  // One type of 1,275 W: what fits is the quotient, whether in 4 slots or in 400.
  Random random(22);
  for (int i = 0; i < 40; ++i) {
    const double kilowatt = random.uniform(3, 300);
    const int slots = static_cast<int>(random.uniform(1, 300));
    const fleet::StrategySetup setup = test::setup_of(
        "hardware: {model: catalog, accelerators: [H100]}\noperations: {mfu: 0.4}\n",
        "{buy: refresh, power: " + text(kilowatt) + " kW, age: 2 yr, slots: " + std::to_string(slots) +
            ", budget: 1e9 USD}");
    const fleet::Outcome outcome = fleet::simulate(setup);
    CAPTURE(kilowatt, slots);
    REQUIRE(outcome.final.accelerators[static_cast<std::size_t>(fleet::State::in_service)] ==
            static_cast<std::int64_t>(kilowatt * 1e3 / setup.plant.market.types[0].nameplate_power));
  }
}

TEST_CASE("property: a budget that covers energy is never exceeded, and no tariff beyond the horizon moves it") {
  Random random(23);
  for (int i = 0; i < 100; ++i) {
    std::string tariffs;
    double at = 0;
    for (int k = 0; k < 6; ++k) {
      at += random.uniform(0.05, 1);
      tariffs += (k > 0 ? ", {from: " : "{from: ") + text(at) + " yr, electricity: " + text(random.uniform(0, 1)) +
                 " USD/kWh}";
    }
    const std::string sites = "sites: {main: {pue: " + text(random.uniform(1, 2)) +
                              ", electricity: 0.1 USD/kWh, tariffs: [" + tariffs + "]";
    const std::string rest = "}}\nsupply: {lead_time: " + text(random.uniform(0, 1)) + " yr}\n";
    const std::string head = kHead + text(random.uniform(0.5, 6)) + " yr}\n";
    const std::string buyer = "{buy: incremental, every: 6 months, budget: 1e7 USD, budget_covers: all}";
    const fleet::Outcome outcome = fleet::simulate(test::setup_of(head + sites + rest, buyer));
    CAPTURE(sites);
    REQUIRE(outcome.final.unspent >= core::Money{});
    REQUIRE(outcome.final.capex + outcome.final.energy_cost <= core::Money::from_usd(1e7));
    std::string later = sites;
    later.insert(later.rfind(']'), ", {from: 2040-01-01, electricity: 50 USD/kWh}");
    const fleet::Outcome same = fleet::simulate(test::setup_of(head + later + rest, buyer));
    REQUIRE(same.final.capex == outcome.final.capex);
  }
}
