#include <catch2/catch.hpp>
#include <cmath>

#include "setup_of.hpp"
#include "sim/fleet/world.hpp"

using namespace fleetrace;

namespace {

/// What a strategy sees on a date.
models::Observation seen_at(const fleet::StrategySetup& setup, double years) {
  const core::Time date = setup.horizon.start + core::Duration::from_years(years);
  std::optional<models::Observation> seen;
  fleet::World world;
  fleet::Outcome outcome;
  fleet::simulate(world, setup, outcome, [&](const fleet::World& there, const fleet::Event& event) {
    if (!seen && event.time >= date) seen = there.observe();
  });
  REQUIRE(seen);
  return *seen;
}

}  // namespace

TEST_CASE("a review sees what stands, what is on order, what is on sale and what the sites will have") {
  const fleet::StrategySetup setup = test::setup_of(
      "hardware: {model: catalog, accelerators: [H100], price_decline: 0.2 /yr}\n"
      "operations: {mfu: 0.4, training_share: 0.5, lifetime: 3 yr}\nsupply: {lead_time: 0.5 yr, order_cost: 1000 USD}\n"
      "sites: {main: {power: 1 MW, grid: [{from: 0.6 yr, power: 3 MW}, {from: 2 yr, power: 4 MW}]}}\n"
      "initial_fleet: [{accelerator: H100, count: 100, installed: 2025-06-01}]\n",
      "{buy: orders, budget: 9e6 USD, orders: [{at: 0.1 yr, accelerator: H100, count: 50}]}");
  const models::AcceleratorType& type = setup.plant.market.types.front();
  const models::Observation seen = seen_at(setup, 0.25);
  CHECK(seen.start == setup.horizon.start);
  CHECK(seen.end == setup.horizon.end);
  CHECK(seen.now >= setup.horizon.start + core::Duration::from_years(0.25));
  CHECK(seen.budget == core::Money::from_usd(9e6));
  CHECK(seen.fleet.accelerators_installed == 100);
  CHECK(seen.fleet.power == Approx(150 * type.nameplate_power));
  CHECK(seen.fleet.power_installed == Approx(100 * type.nameplate_power));
  CHECK(seen.fleet.capacity == Approx(150 * type.peak));
  CHECK(seen.fleet.capacity_installed == Approx(100 * type.peak));
  CHECK(seen.offer.unit_usd == Approx(type.cost(seen.now, 0)).epsilon(1e-9));
  CHECK(seen.offer.flops_per_usd == Approx(type.peak / seen.offer.unit_usd).epsilon(1e-12));
  CHECK(seen.offer.watts_per_flops == Approx(type.nameplate_power / type.peak).epsilon(1e-12));
  CHECK(seen.offer.growth == type.price.decline);
  CHECK(type.price.decline == Approx(0.2).epsilon(1e-12));
  CHECK(seen.outlook.order_usd == 1000);
  CHECK(seen.outlook.utilisation == Approx(0.2).epsilon(1e-12));
  CHECK(seen.outlook.lead_time.years() == Approx(0.5));
  CHECK(seen.outlook.lifetime.years() == Approx(3));
  // What is ordered now arrives after the first phase has opened, and before the second.
  CHECK(seen.outlook.power_limit == Approx(3e6));
  CHECK(seen_at(setup, 0).outlook.power_limit == Approx(1e6));
  CHECK(seen_at(setup, 1.9).outlook.power_limit == Approx(4e6));
}

TEST_CASE("of a trend a review sees the price-performance and the power of the day") {
  const fleet::StrategySetup setup = test::setup_of(
      "hardware: {model: trend, price_performance_rate: 0.5 doublings/yr, power_per_flops: 2 W/(TFLOP/s), "
      "energy_efficiency_rate: 1 doublings/yr}\noperations: {mfu: 0.4}\ninitial_fleet: [{capacity: 1e15 FLOP/s}]\n");
  const models::Observation start = seen_at(setup, 0);
  const models::Observation later = seen_at(setup, 2);
  const double years = (later.now - start.now).years();
  CHECK(start.offer.watts_per_flops == Approx(2e-12).epsilon(1e-12));
  CHECK(later.offer.watts_per_flops == Approx(2e-12 * std::exp2(-years)).epsilon(1e-9));
  CHECK(later.offer.flops_per_usd / start.offer.flops_per_usd == Approx(std::exp2(0.5 * years)).epsilon(1e-9));
  CHECK(later.outlook.power_limit == std::numeric_limits<double>::infinity());
  CHECK(start.offer.growth == Approx(0.5 * std::log(2.0)).epsilon(1e-12));
  CHECK(start.offer.efficiency == Approx(std::log(2.0)).epsilon(1e-12));
}

TEST_CASE("a review counts on what runs of that size lose, and on the share that training has") {
  const fleet::StrategySetup setup = test::setup_of(
      "hardware: {model: catalog, accelerators: [H100]}\n"
      "operations: {mfu: 0.4, training_share: 0.5, throughput: {model: power_law, at: 100, largest_run: {accelerators: "
      "500}}}\n"
      "initial_fleet: [{accelerator: H100, count: 4000}]\n");
  // 2,000 train, of which a run takes 500, at the MFU of five times as many as it was stated for.
  CHECK(seen_at(setup, 0.25).outlook.utilisation ==
        Approx(0.4 * std::pow(5, -0.104) * (500 / 2'000.0) * 0.5).epsilon(1e-12));
}

TEST_CASE("what is on order will serve as what stands does, in a queue of whole servers") {
  const std::string fleet_and_demand =
      "hardware: {model: catalog, accelerators: [H100]}\noperations: {mfu: 0.4, shares: [{serving: 0.5}]}\n"
      "demand: {load: 1e17 FLOP/s, mfu: 0.2, target: {model: waiting_time, wait: 0.5 s, request: 2e15 FLOP, server: 8}}\n"
      "supply: {lead_time: 1 yr}\ninitial_fleet: [{accelerator: H100, count: COUNT}]\n";
  const auto with = [&](const char* count, const std::string& strategy) {
    std::string text = fleet_and_demand;
    text.replace(text.find("COUNT"), 5, count);
    return seen_at(test::setup_of(text, strategy), 0.25).serving;
  };
  const auto ordered = with("64",
                            "{buy: orders, budget: 9e9 USD, orders: [{at: 0.1 yr, accelerator: H100, count: 320}]}");
  const auto standing = with("384", "{buy: none}");
  REQUIRE(ordered.has_value());
  REQUIRE(standing.has_value());
  CHECK(ordered->carried == Approx(standing->carried).epsilon(1e-9));
  CHECK(ordered->carried > 4 * with("64", "{buy: none}")->carried);
}

TEST_CASE("what is ordered is expected after the lead time and the burn-in") {
  const fleet::StrategySetup setup = test::setup_of(
      "hardware: {model: catalog, accelerators: [H100]}\nsupply: {lead_time: 100 days}\noperations: {mfu: 0.4, failures: {law: "
      "exponential, fidelity: expected, start: fresh, burn_in: 10 days}}\n");
  CHECK(seen_at(setup, 0).outlook.lead_time == core::kDay * 110);
}
