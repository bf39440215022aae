#include <catch2/catch.hpp>
#include <cmath>

#include "fleetrace/fleetrace.hpp"

// Each limit that a plan keeps to, on a site of accelerators of 1 kW, with the plan that a pencil finds.
namespace fleetrace {
namespace {

/// Two years with one review at the beginning of each, accelerators at 10,000 USD that get no better, and money for 100,000.
std::string world(const std::string& more, const std::string& operations = "{mfu: 0.5}") {
  return R"(fleetrace: 1
name: limits
horizon: {start: 2026-01-01, length: 2 yr}
accelerators: {CHIP: {released: 2025-01-01, bf16: 1000 TFLOP/s, server_power: 1 kW, price: 10 kUSD, server_overhead: 1,
                      interconnect_share: 0}}
hardware: {model: catalog, accelerators: [CHIP], price_decline: 0 /yr}
loss: {reference: 1e25 FLOP}
strategies: {plan: {buy: incremental, budget: 1e9 USD, every: 1 yr}}
)" + more +
         "operations: " + operations + '\n';
}

struct Known {
  const char* what;
  std::string scenario;
  std::int64_t first;   ///< ordered at the start
  std::int64_t second;  ///< ordered a year later
};

std::string site(const std::string& text) { return "sites: {main: {pue: 1, electricity: 0 USD/kWh, " + text + "}}\n"; }

}  // namespace

TEST_CASE("each limit binds as a pencil finds", "[optimise]") {
  const std::string wide = site("power: 500 MW");
  const Known all[] = {
      {"budget", world(wide), 100'000, 0},
      {"research", world(wide + "progress: {model: exponential, doubling: 100 yr, cost: 1e8 USD/yr}\n"), 80'000, 0},
      {"power", world(site("power: 30 MW")), 30'000, 0},
      {"power in phases", world(site("grid: [{from: 2026-01-01, power: 10 MW}, {from: 2027-01-01, power: 30 MW}]")),
       10'000, 20'000},
      {"power that comes between reviews", world(site("power: 10 MW, grid: [{from: 2026-06-01, power: 30 MW}]")),
       10'000, 20'000},
      {"a life of one year", world(site("power: 30 MW"), "{mfu: 0.5, lifetime: 1 yr}"), 30'000, 30'000},
      {"orders in a year", world(wide + "supply: {yearly_limit: 40000 /yr}\n"), 40'000, 40'000},
      {"allotted",
       world(wide + "supply: {allocations: [{accelerator: CHIP, count: 700}, {accelerator: CHIP, from: 2026-07-01, "
                    "count: 500}]}\n"),
       700, 500},
      {"lead time beyond the end for the second", world(site("power: 30 MW") + "supply: {lead_time: 1 yr}\n"), 30'000,
       0},
      {"lead time and phases",
       world(site("power: 10 MW, grid: [{from: 2027-01-01, power: 30 MW}]") + "supply: {lead_time: 1 yr}\n"), 30'000,
       0},
  };
  for (const Known& known : all) {
    INFO(known.what);
    const OptimizeResult found = optimize(load(known.scenario));
    std::int64_t first = 0;
    std::int64_t second = 0;
    for (const study::PlannedPurchase& each : found.schedule) (each.at == found.start ? first : second) += each.count;
    CHECK(first == known.first);
    CHECK(second == known.second);
    REQUIRE(found.bound);
    CHECK(*found.bound <= found.value);
    CHECK(found.value - *found.bound < 1e-6);
    CHECK(run(load(found.scenario_text))["optimum"].final.relative_loss == found.value);
  }
}

TEST_CASE("spending by year binds as a pencil finds", "[optimise]") {
  OptimizeOptions options;
  options.yearly_spend = core::Money::from_usd(3e8);
  const OptimizeResult found = optimize(load(world(site("power: 500 MW"))), options);
  REQUIRE(found.schedule.size() == 2);
  CHECK(found.schedule[0].count == 30'000);
  CHECK(found.schedule[1].count == 30'000);
}

TEST_CASE("dates at events are those on which something changes", "[optimise]") {
  // The site opens on 2026-06-01 and the life of what stands there ends on 2026-10-01: with a lead time of three months the orders
  // for both are placed on 2026-03-02 and 2026-07-02, 91.3125 days before, and on no date of the calendar.
  const std::string text = world(site("power: 10 MW, grid: [{from: 2026-06-01, power: 30 MW}]") +
                                     "supply: {lead_time: 3 months}\n"
                                     "initial_fleet: [{accelerator: CHIP, count: 10000, installed: 2025-01-01}]\n",
                                 "{mfu: 0.5, lifetime: 638 days}");  // until 2026-10-01
  const Scenario scenario = load(text);
  OptimizeOptions options;
  options.dates = ReviewDates::events;
  const OptimizeResult found = optimize(scenario, options);
  REQUIRE(found.schedule.size() == 2);
  CHECK(core::to_date(found.schedule[0].at) == "2026-03-01");
  CHECK(found.schedule[0].count == 20'000);
  CHECK(core::to_date(found.schedule[1].at) == "2026-07-01");
  CHECK(found.schedule[1].count == 10'000);
  OptimizeOptions calendar;
  CHECK(optimize(scenario, calendar).value > found.value);
}

}  // namespace fleetrace
