#include "sim/fleet/procurement/procurement.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "setup_of.hpp"
#include "sim/fleet/world.hpp"

namespace {

using namespace fleetrace;
using fleet::Constraint;
using fleet::EventKind;

const std::string kCatalog = "hardware: {model: catalog, accelerators: [H100]}\noperations: {mfu: 0.4}\n";
const std::string kBuyer = "{buy: front_loaded, budget: 1e7 USD}";

/// Procurement with the parts of a fleet that a purchase concerns: no World.
struct Bench {
  explicit Bench(const fleet::StrategySetup& setup) : of(setup) {
    events.reset(setup.horizon);
    inventory.reset();
    ledger.reset(setup);
    meter.reset(setup);
    trajectory.reset(setup.horizon, setup.plant.progress);
    recorder.reset(setup.horizon.start, false);
    sites.reset(setup, events);
    for (std::uint32_t i = 0; i < sites.size(); ++i) ledger.build(sites.update(i, meter, events.now()), events.now());
    procurement.reset(setup, events);
    retirements.reset();
  }
  fleet::PurchaseContext context() {
    return {events, inventory, sites, ledger, recorder, meter, trajectory, retirements};
  }
  /// Releases so much and buys for it.
  void buy(double usd, const models::Decision& decision = {}) {
    ledger.release(ledger.released() + core::Money::from_usd(usd), events.now());
    recorder.count_review();
    procurement.open_review(decision);
    procurement.buy(decision, procurement.choice(events.now()), context());
    procurement.close_review(procurement.choice(events.now()), context());
    CHECK(procurement.consistent(events.now()));
    CHECK(ledger.balanced());
    CHECK(inventory.conserved());
  }
  [[nodiscard]] Constraint binds() const { return recorder.bindings().spells().back().binding.constraint; }
  [[nodiscard]] double price() const { return of.plant.market.types[0].cost(events.now(), procurement.bought(0)); }

  const fleet::StrategySetup& of;
  fleet::EventScheduler events;
  fleet::Inventory inventory;
  fleet::Ledger ledger;
  fleet::ComputeMeter meter;
  fleet::Trajectory trajectory;
  fleet::Recorder recorder;
  fleet::Sites sites;
  fleet::Retirements retirements;
  fleet::Procurement procurement;
};

}  // namespace

TEST_CASE("an order spends what is free on whole accelerators, and is delivered after the lead time") {
  const fleet::StrategySetup setup = test::setup_of(kCatalog + "supply: {lead_time: 0.5 yr, transit: 1 months}\n",
                                                    kBuyer);
  Bench bench(setup);
  const double price = bench.price();
  bench.buy(1e6);
  REQUIRE(bench.inventory.cohorts().size() == 1);
  const fleet::Cohort& cohort = bench.inventory[0];
  CHECK(cohort.size == static_cast<std::int64_t>(1e6 / price));
  CHECK(cohort.count(fleet::State::ordered) == cohort.size);
  CHECK(bench.ledger.capex().usd() == Approx(price * static_cast<double>(cohort.size)).epsilon(1e-9));
  CHECK(bench.binds() == Constraint::budget);
  const fleet::Event shipment = bench.events.calendar().pop();
  CHECK(shipment.payload.kind == EventKind::shipment);
  const fleet::Event delivery = bench.events.calendar().pop();
  CHECK(delivery.payload.kind == EventKind::delivery);
  CHECK(delivery.payload.count == cohort.size);
  CHECK(delivery.time == setup.horizon.start + setup.plant.supply.lead_time.mean);
  CHECK(delivery.time - shipment.time == setup.plant.supply.transit);
}

TEST_CASE("the yearly limit holds orders back until the next year of the horizon") {
  const fleet::StrategySetup setup = test::setup_of(kCatalog + "supply: {yearly_limit: 10 /yr}\n", kBuyer);
  Bench bench(setup);
  bench.buy(1e6);
  bench.buy(1e6);
  REQUIRE(bench.inventory.cohorts().size() == 1);
  CHECK(bench.inventory[0].size == 10);
  CHECK(bench.binds() == Constraint::supply);
  CHECK(bench.recorder.constraint_counts()[static_cast<std::size_t>(Constraint::supply)] == 2);
  while (!bench.events.calendar().empty()) bench.events.calendar().pop();
  bench.events.advance(setup.horizon.start + core::kYear);
  bench.buy(0);
  REQUIRE(bench.inventory.cohorts().size() == 2);
  CHECK(bench.inventory[1].size == 10);
}

TEST_CASE("power that will not be there, a decision and money too short for one each hold an order back") {
  const fleet::StrategySetup setup = test::setup_of(kCatalog + "sites: {main: {power: 100 kW, pue: 1}}\n", kBuyer);
  Bench bench(setup);
  bench.buy(1);
  CHECK(bench.binds() == Constraint::price);
  models::Decision five;
  five.fleet_capacity = 5 * setup.plant.market.types[0].peak;
  bench.buy(1e6, five);
  REQUIRE(bench.inventory.cohorts().size() == 1);
  CHECK(bench.inventory[0].size == 5);
  CHECK(bench.binds() == Constraint::demand);
  bench.buy(8e6);
  REQUIRE(bench.inventory.cohorts().size() == 2);
  CHECK(bench.binds() == Constraint::power);
  const auto nameplate = static_cast<std::int64_t>(setup.plant.market.types[0].nameplate_power);
  CHECK(bench.inventory[1].size == 100'000 / nameplate - 5);
}

TEST_CASE("each accelerator of an order is cheaper than the one before it where own purchases move the price") {
  const fleet::StrategySetup setup = test::setup_of(
      "hardware: {model: catalog, accelerators: [H100], price: {model: learning, volume: 500}}\noperations: {mfu: 0.4}\n",
      kBuyer);
  Bench bench(setup);
  const double first = bench.price();
  bench.buy(9e6);
  const std::int64_t bought = bench.inventory[0].size;
  CHECK(bench.procurement.bought(0) == static_cast<double>(bought));
  CHECK(bench.price() < first);
  CHECK(bought > static_cast<std::int64_t>(9e6 / first));
  CHECK(bench.ledger.capex().usd() < first * static_cast<double>(bought));
  CHECK(bench.ledger.capex().usd() > bench.price() * static_cast<double>(bought));
}

TEST_CASE("an order is cancelled for what its refund buys more of, and leaves the books") {
  const fleet::StrategySetup setup = test::setup_of(
      "hardware: {model: catalog, accelerators: [H100, B200]}\noperations: {mfu: 0.4}\n"
      "supply: {lead_time: 3 yr, yearly_limit: 1000 /yr, cancel: {fee: 0.1}}\n",
      kBuyer, "2024-03-01");
  Bench bench(setup);
  REQUIRE(bench.procurement.released_types() == 1);
  bench.buy(5e6);
  REQUIRE(bench.inventory.cohorts().size() == 1);
  const std::int64_t ordered = bench.inventory[0].size;
  const core::Money paid = bench.ledger.capex();
  fleet::Event event = bench.events.calendar().pop();
  CHECK(event.payload.kind == EventKind::release);
  bench.procurement.release(event.payload.index);
  CHECK(bench.procurement.released_types() == 2);
  bench.procurement.cancel_for(event.payload.index, bench.context());
  CHECK(bench.procurement.cancelled().accelerators == ordered);
  CHECK(bench.procurement.cancelled().fees.usd() == Approx(0.1 * paid.usd()).epsilon(1e-9));
  CHECK(bench.inventory[0].size == 0);
  REQUIRE(bench.inventory.cohorts().size() == 2);
  CHECK(bench.inventory[1].type == 1);
  CHECK(bench.inventory[1].ordered == event.time);
  CHECK(bench.procurement.consistent(event.time));
  CHECK(bench.ledger.balanced());
  CHECK(bench.inventory.conserved());
  CHECK(bench.inventory.recount_agrees());
}

TEST_CASE("the share of a delivery that fails in its burn-in adds up to whole accelerators") {
  const fleet::StrategySetup setup = test::setup_of(
      kCatalog.substr(0, kCatalog.find("operations")) +
          "operations: {mfu: 0.4, failures: {law: bathtub, start: fresh, burn_in: 7 days}}\n",
      kBuyer);
  Bench bench(setup);
  const double share = setup.plant.operations.failures.lost_in_burn_in();
  REQUIRE(share > 0);
  fleet::Cohort cohort;
  cohort.type = 0;
  std::int64_t lost = 0;
  for (int i = 0; i < 100; ++i) lost += bench.procurement.lost_in_burn_in(cohort, 64, setup.horizon.start);
  CHECK(static_cast<double>(lost) == Approx(6'400 * share).margin(1));
  cohort.type = fleet::Cohort::kCapacity;
  CHECK(bench.procurement.lost_in_burn_in(cohort, 1, setup.horizon.start) == 0);
}

TEST_CASE("a lease takes no more than its share of cash, for the whole term") {
  const fleet::StrategySetup setup = test::setup_of(kCatalog + "rental: {term: 2 yr}\n",
                                                    "{buy: front_loaded, budget: 1e7 USD, rented: 0.5}");
  Bench bench(setup);
  bench.ledger.release(core::Money::from_usd(4e6), setup.horizon.start);
  const auto lease = bench.procurement.lease({}, bench.context());
  REQUIRE(lease);
  CHECK(lease->cohort.rented);
  CHECK(lease->cohort.nameplate_milliwatt == 0);
  CHECK(lease->cost <= core::Money::from_usd(2e6));
  CHECK(lease->per_year == Approx(lease->cost.usd() / setup.plant.rental->term.years()).epsilon(1e-12));
  models::Decision nothing;
  nothing.fleet_capacity = 0;
  CHECK_FALSE(bench.procurement.lease(nothing, bench.context()));
  CHECK(bench.binds() == Constraint::demand);
}

TEST_CASE("what of a yearly limit makes no whole lot counts in the next year") {
  const fleet::StrategySetup setup = test::setup_of(kCatalog + "supply: {yearly_limit: 100 /yr, lot: 64}\n",
                                                    "{buy: front_loaded, budget: 1e8 USD}");
  Bench bench(setup);
  bench.buy(9e7);
  CHECK(bench.inventory[0].size == 64);  // 36 of 100 are left
  while (!bench.events.calendar().empty()) bench.events.calendar().pop();
  bench.events.advance(setup.horizon.start + core::kYear);
  bench.buy(0);
  REQUIRE(bench.inventory.cohorts().size() == 2);
  CHECK(bench.inventory[1].size == 128);  // of 136
  bench.buy(0);
  CHECK(bench.inventory.cohorts().size() == 2);
  CHECK(bench.binds() == Constraint::supply);
}

TEST_CASE("what a review may order of power and does not is left to the next, as far as the fleet has room") {
  const fleet::StrategySetup setup = test::setup_of(kCatalog, kBuyer);
  Bench bench(setup);
  const auto nameplate = static_cast<std::int64_t>(setup.plant.market.types[0].nameplate_power);
  models::Decision slot;
  slot.order_power = 0.4 * static_cast<double>(nameplate);
  slot.fleet_power = 2 * static_cast<double>(nameplate);
  bench.buy(9e6, slot);
  bench.buy(0, slot);
  CHECK(bench.inventory.cohorts().empty());
  bench.buy(0, slot);  // 1.2 slots
  REQUIRE(bench.inventory.cohorts().size() == 1);
  CHECK(bench.inventory[0].size == 1);
  bench.buy(0, slot);
  bench.buy(0, slot);  // 0.2 + 2 x 0.4 = 1.0 slots, and the fleet has room for one
  REQUIRE(bench.inventory.cohorts().size() == 2);
  CHECK(bench.inventory[1].size == 1);
  for (int i = 0; i < 5; ++i) bench.buy(0, slot);
  CHECK(bench.inventory.cohorts().size() == 2);
  CHECK(bench.binds() == Constraint::demand);
}

TEST_CASE("what is rented counts against a target of power, and what of it was rented is not bought besides") {
  const fleet::StrategySetup setup = test::setup_of(kCatalog + "rental: {term: 2 yr}\n",
                                                    "{buy: front_loaded, budget: 1e9 USD, rented: 0.5}");
  Bench bench(setup);
  const double nameplate = setup.plant.market.types[0].nameplate_power;
  models::Decision hundred;
  hundred.fleet_power = 100 * nameplate;
  bench.ledger.release(core::Money::from_usd(1e9), setup.horizon.start);
  bench.procurement.open_review(hundred);
  const auto lease = bench.procurement.lease(hundred, bench.context());
  REQUIRE(lease);
  CHECK(lease->cohort.size == 100);
  CHECK(lease->cohort.nameplate_milliwatt == 0);
  bench.inventory.add(lease->cohort, fleet::State::in_service, setup.horizon.start);
  CHECK(bench.inventory.rented_milliwatt() == 100 * std::llround(nameplate * 1e3));
  CHECK(bench.inventory.committed_milliwatt() == 0);
  bench.procurement.buy(hundred, bench.procurement.choice(setup.horizon.start), bench.context());
  CHECK(bench.inventory.cohorts().size() == 1);
  CHECK(bench.binds() == Constraint::demand);
  CHECK(bench.inventory.recount_agrees());
}

TEST_CASE("capacity of a trend that is rented takes its power of a target, and the landlord pays for it") {
  const fleet::StrategySetup setup = test::setup_of(
      "hardware: {model: trend, price_performance_rate: 0.4 doublings/yr, power_per_flops: 1 W/(TFLOP/s)}\noperations: {mfu: "
      "0.4}\nrental: {term: 2 yr, rate: 0.5 /yr}\n",
      "{buy: front_loaded, budget: 1e9 USD, rented: 1}");
  Bench bench(setup);
  models::Decision hundred;
  hundred.fleet_power = 1e5;
  bench.ledger.release(core::Money::from_usd(1e9), setup.horizon.start);
  bench.procurement.open_review(hundred);
  const auto lease = bench.procurement.lease(hundred, bench.context());
  REQUIRE(lease);
  CHECK(lease->cohort.peak * static_cast<double>(lease->cohort.size) == Approx(1e17).epsilon(1e-9));
  CHECK(lease->cohort.rented_milliwatt * lease->cohort.size == 100'000'000);
  CHECK(lease->cohort.nameplate_milliwatt == 0);
  CHECK(lease->cohort.average_power == 0);
  // Half of the price of that much, for each of two years.
  CHECK(lease->cost.usd() ==
        Approx(1e17 / setup.plant.market.trend->price_performance_at(setup.horizon.start)).epsilon(1e-6));
  bench.inventory.add(lease->cohort, fleet::State::in_service, setup.horizon.start);
  CHECK_FALSE(bench.procurement.lease(hundred, bench.context()));
}

TEST_CASE("27 accelerators fit 27 times a price that is no whole micro-dollar") {
  // 30,000 x 1.64 / 0.81 = 60,740.740740740..., and 27 of them cost 1,640,000.
  const fleet::StrategySetup setup = test::setup_of(
      "hardware: {model: catalog, accelerators: [H100], price: {model: by_date, quotes: [{accelerator: H100, date: "
      "2023-01-01, price: 30000 USD}]}}\noperations: {mfu: 0.4}\n",
      kBuyer);
  Bench bench(setup);
  bench.buy(1.64e6);
  REQUIRE(bench.inventory.cohorts().size() == 1);
  CHECK(bench.inventory[0].size == 27);
  CHECK(bench.ledger.capex() == core::Money::from_usd(1.64e6));
}

TEST_CASE("an order leaves service on the day that it states, on list terms and on its own") {
  for (const char* terms : {"", ", unit_price: 30000 USD", ", unit_price: 30000 USD, delivery: 2026-02-01"}) {
    INFO(terms);
    const fleet::StrategySetup setup = test::setup_of(
        "hardware: {model: catalog, accelerators: [H100]}\noperations: {mfu: 0.4, lifetime: 9 yr}\n",
        std::string("{buy: orders, budget: 9e7 USD, orders: [{at: 2026-01-01, accelerator: H100, count: 50, retire: "
                    "2028-01-01") +
            terms + "}]}");
    fleet::World world;
    fleet::Outcome outcome;
    fleet::simulate(world, setup, outcome);
    REQUIRE(outcome.cohorts.size() == 1);
    CHECK(outcome.cohorts[0].count(fleet::State::retired) == 50);
    CHECK(outcome.cohorts[0].installed() == 0);
    CHECK(outcome.cohorts[0].changed == *core::parse_iso8601("2028-01-01"));
  }
}

TEST_CASE("the end of sale of a generation to come is known before it is released") {
  const fleet::StrategySetup setup = test::setup_of(
      "hardware: {model: catalog, accelerators: [H100], then: {cadence: 1 yr}, off_sale: [{accelerator: H100+4, date: "
      "2028-01-01}]}\noperations: {mfu: 0.4}\n",
      kBuyer);
  const models::AcceleratorType* next = setup.plant.market.find("H100+4");
  REQUIRE(next != nullptr);
  CHECK(next->off_sale == *core::parse_iso8601("2028-01-01"));
}

TEST_CASE("what is off sale is neither chosen nor bought, and sets no price") {
  const fleet::StrategySetup setup = test::setup_of(
      "hardware: {model: catalog, accelerators: [H100, B200], off_sale: [{accelerator: H100, date: 2027-01-01}]}\n"
      "operations: {mfu: 0.4}\n",
      kBuyer);
  Bench bench(setup);
  const models::Market& market = setup.plant.market;
  const core::Time before = *core::parse_iso8601("2026-12-31");
  const core::Time after = *core::parse_iso8601("2027-01-01");
  CHECK(market.types[0].is_on_sale(before));
  CHECK_FALSE(market.types[0].is_on_sale(after));
  CHECK(bench.procurement.choice(after) == 1U);
  CHECK(bench.procurement.price_of_compute(after) ==
        Approx(market.types[1].cost(after) / market.types[1].peak).epsilon(1e-12));
  REQUIRE(market.newer_than(0, before) != nullptr);
  CHECK(market.newer_than(0, before)->name == "B200");
  CHECK(market.newer_than(1, before) == nullptr);
}

TEST_CASE("what is bought is the best on sale by the measure that the strategy states") {
  // The large one has more FLOP/s for the money and fewer for its power.
  const std::string two =
      "accelerators:\n"
      "  SMALL: {released: 2025-01-01, bf16: 1 PFLOP/s, server_power: 1 kW, price: 1 kUSD, server_overhead: 1, "
      "interconnect_share: 0}\n"
      "  LARGE: {released: 2024-01-01, bf16: 3 PFLOP/s, server_power: 4 kW, price: 2 kUSD, server_overhead: 1, "
      "interconnect_share: 0}\n"
      "hardware: {model: catalog, accelerators: [SMALL, LARGE], price_decline: 0 /yr}\noperations: {mfu: 0.4}\n";
  const auto chosen = [&](const std::string& choose) {
    const fleet::StrategySetup setup = test::setup_of(two,
                                                      "{buy: front_loaded, budget: 1e7 USD, choose: " + choose + "}");
    const Bench bench(setup);
    return setup.plant.market.types.at(bench.procurement.choice(setup.horizon.start).value()).name;
  };
  CHECK(chosen("flop_per_usd") == "LARGE");
  CHECK(chosen("flop_per_watt") == "SMALL");
  CHECK(chosen("newest") == "SMALL");
  CHECK(chosen("LARGE") == "LARGE");
}
