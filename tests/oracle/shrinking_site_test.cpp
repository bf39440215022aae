#include <catch2/catch.hpp>

#include "race.hpp"

// Sites that lose power, docs/derivations.md 4.7g, by hand. With its server an H100 is 1,275 W and a B200 1,800 W of IT power, so that
// an H100 computes less per W.
namespace fleetrace::test {
namespace {

constexpr double kH100 = 989.4e12;
constexpr double kB200 = 2'250e12;
/// 1 MW less 500 B200 holds 78 H100: 100 kW/1.275 kW.
constexpr double kStay = 78;

/// 500 H100 and 500 B200 at an MFU of 0.4, without progress.
std::string site(const std::string& site, const std::string& operations = "",
                 const std::string& strategy = "{buy: none}", const std::string& length = "2 yr",
                 const std::string& more = "") {
  return "horizon: {start: 2026-01-01, length: " + length +
         ", sample_every: 1 months}\nhardware: {model: catalog, accelerators: [H100, B200], price_decline: 0 /yr}\n"
         "operations: {mfu: 0.4" +
         operations + "}\nsites: {hall: {power: 2 MW, " + site + "}}\n" + more +
         "initial_fleet: [{accelerator: H100, count: 500, installed: 2026-01-01}, {accelerator: B200, count: 500, installed: "
         "2026-01-01}]\nloss: {reference: 1e24 FLOP}\nstrategies: {s: " +
         strategy + "}\n";
}

std::int64_t in(const Race& run, fleet::State state) {
  return run["s"].final.accelerators[static_cast<std::size_t>(state)];
}

/// Useful FLOP of so many unit-years.
double flop(double h100_years, double b200_years) {
  return 0.4 * kYearSeconds * (h100_years * kH100 + b200_years * kB200);
}

}  // namespace

TEST_CASE("a site that loses power keeps what computes most per watt, and the rest waits") {
  const Race run = race(site("grid: [{from: 1 yr, power: 1 MW}]"));
  CHECK(in(run, fleet::State::in_service) == 578);
  CHECK(in(run, fleet::State::waiting_for_power) == 422);
  CHECK(run["s"].final.physical_flop == Approx(flop(500 + kStay, 1000)).epsilon(1e-12));
  CHECK(run["s"].final.idle_accelerator_years == Approx(422).epsilon(1e-9));
  // Nothing was bought, and nothing is: parts are no purchases.
  CHECK(run["s"].bought.empty());
  CHECK(run["s"].final.capex == core::Money{});
  // After half a year there is power again.
  const Race back = race(site("grid: [{from: 1 yr, power: 1 MW}, {from: 18 months, power: 2 MW}]"));
  CHECK(in(back, fleet::State::in_service) == 1000);
  CHECK(back["s"].final.physical_flop == Approx(flop(750 + kStay / 2, 1000)).epsilon(1e-12));
  // The whole site goes: all of it waits.
  const Race closed = race(site("grid: [{from: 1 yr, power: 0 W}]"));
  CHECK(in(closed, fleet::State::waiting_for_power) == 1000);
  CHECK(closed["s"].final.physical_flop == Approx(flop(500, 500)).epsilon(1e-12));
  CHECK(closed["s"].final.energy_kwh > 0);
}

TEST_CASE("what waits for power that was taken away does not age") {
  // A life of two and a half years: what waited for half a year serves until the end of the third.
  const Race run = race(site("grid: [{from: 1 yr, power: 1 MW}, {from: 18 months, power: 2 MW}]",
                             ", lifetime: 30 months", "{buy: none}", "4 yr"));
  CHECK(in(run, fleet::State::retired) == 1000);
  CHECK(run["s"].final.physical_flop == Approx(flop(2.5 * 500, 2.5 * 500)).epsilon(1e-9));
  CHECK(run["s"].final.idle_accelerator_years == Approx(422 * 0.5).epsilon(1e-9));
}

TEST_CASE("what no longer fits may retire, and is sold for what it is worth at its age") {
  const Race run = race(
      site("displaced: retires, grid: [{from: 1 yr, power: 1 MW}]", ", resale: {haircut: 0, life: 4 yr}"));
  CHECK(in(run, fleet::State::retired) == 422);
  CHECK(in(run, fleet::State::waiting_for_power) == 0);
  const models::AcceleratorType& b200 = *run.cases[0].plant.market.find("B200");
  const models::AcceleratorType& h100 = *run.cases[0].plant.market.find("H100");
  const double usd_per_flops = std::min(h100.cost(run.cases[0].horizon.start) / h100.peak,
                                        b200.cost(run.cases[0].horizon.start) / b200.peak);
  CHECK(run["s"].final.finance.resale.usd() == Approx(422 * usd_per_flops * kH100 * 0.75).epsilon(1e-9));
}

TEST_CASE("orders foresee that a site loses power") {
  // Ordered after half a year, they come after a year and a half, when 100 kW are left beside the B200: 55 of 1.8 kW. With the H100
  // in place nothing is free, so that there are none.
  const std::string buy = "{buy: orders, orders: [{at: 6 months, accelerator: B200, count: 300}]}";
  const std::string lead = "supply: {lead_time: 1 yr}\n";
  const auto bought = [](const Race& run) {
    std::int64_t count = 0;
    for (const fleet::Acquisition& each : run["s"].bought) count += each.count;
    return count;
  };
  CHECK(bought(race(site("grid: [{from: 1 yr, power: 1 MW}]", "", buy, "2 yr", lead))) == 0);
  CHECK(bought(race(site("grid: [{from: 1 yr, power: 1.8 MW}]", "", buy, "2 yr", lead))) ==
        (1'800'000 - 1'537'500) / 1'800);
  CHECK(bought(race(site("pue: 1", "", buy, "2 yr", lead))) == (2'000'000 - 1'537'500) / 1'800);
}

TEST_CASE("phases that are late and phases that take power away") {
  const auto limits = [](const std::string& text) {
    const std::vector<fleet::StrategySetup> setups = cases_of(site(text, "", "{buy: none}", "4 yr"));
    const fleet::Site& hall = setups[0].plant.sites[0];
    const core::Time start = setups[0].horizon.start;
    return [hall, start](double years) {
      return static_cast<double>(hall.capacity_at(start + core::Duration::from_years(years)).it_power_milliwatt) / 1e9;
    };
  };
  // 3 MW are announced for the first year and come half a year late; from the second year on no more than 2.5 MW may be drawn.
  const auto late = limits("grid_delay: 6 months, grid: [{from: 1 yr, power: 3 MW}, {from: 2 yr, power: 2.5 MW}]");
  CHECK(late(1.2) == Approx(2));
  CHECK(late(1.6) == Approx(3));
  CHECK(late(2.1) == Approx(2.5));
  // Later still: the limit is there before what it limits.
  const auto later = limits("grid_delay: 18 months, grid: [{from: 1 yr, power: 3 MW}, {from: 2 yr, power: 2.5 MW}]");
  CHECK(later(2.1) == Approx(2));
  CHECK(later(2.6) == Approx(2.5));
  const auto low = limits("grid_delay: 18 months, grid: [{from: 1 yr, power: 3 MW}, {from: 2 yr, power: 1 MW}]");
  CHECK(low(1.9) == Approx(2));
  CHECK(low(2.1) == Approx(1));
  CHECK(low(2.6) == Approx(1));
  // Power that comes back is not built again.
  const Race run = race(
      site("facility_cost: 10 USD/W, grid: [{from: 1 yr, power: 1 MW}, {from: 18 months, power: 2.5 MW}]"));
  CHECK(run["s"].final.facility.usd() == Approx(25e6).epsilon(1e-12));
}

TEST_CASE("a site that loses power under drawn failures, batches that are handed down, and a power tree") {
  // Conservation is checked after every event.
  for (const char* fidelity : {"aggregate", "device"}) {
    for (const char* displaced : {"waits", "retires"}) {
      const Race run = race(site(
          "displaced: " + std::string(displaced) +
              ", grid: [{from: 1 yr, power: 1 MW}, {from: 18 months, power: 2 MW}]",
          ", hand_down: {age: 15 months}, resale: {life: 5 yr}, lifetime: 3 yr, failures: {law: exponential, mtbf: 4000 h, "
          "repair: 200 h, fidelity: " +
              std::string(fidelity) + "}",
          "{buy: incremental, every: 3 months, budget: 2e7 USD, power_limits: installation}", "4 yr"));
      const auto& counts = run["s"].final.accelerators;
      std::int64_t all = 0;
      for (const std::int64_t count : counts) all += count;
      std::int64_t bought = 0;
      for (const fleet::Acquisition& each : run["s"].bought) bought += each.count;
      CHECK(all == 1000 + bought);
    }
  }
}

TEST_CASE("what computes least per watt leaves first, however much it computes") {
  // 20 BIG of 2 PFLOP/s and 3 kW, 40 SMALL of 1 PFLOP/s and 1 kW: of 100 kW 70 are left, for 40 SMALL and 10 BIG.
  const std::string rest =
      "released: 2025-01-01, average_draw: 1, price: 20000 USD, server_overhead: 1, interconnect_share: 0";
  const Race run = race(
      "horizon: {start: 2026-01-01, length: 2 yr}\naccelerators:\n  BIG: {bf16: 2 PFLOP/s, server_power: 3 kW, " +
      rest + "}\n  SMALL: {bf16: 1 PFLOP/s, server_power: 1 kW, " + rest +
      "}\nhardware: {model: catalog, accelerators: [BIG, SMALL]}\noperations: {mfu: 0.4}\nloss: {reference: 1e24 FLOP}\n"
      "sites: {hall: {power: 100 kW, grid: [{from: 1 yr, power: 70 kW}]}}\ninitial_fleet: [{accelerator: BIG, count: 20, "
      "installed: 2026-01-01}, {accelerator: SMALL, count: 40, installed: 2026-01-01}]\nstrategies: {s: {buy: none}}\n");
  CHECK(in(run, fleet::State::in_service) == 50);
  CHECK(run["s"].final.physical_flop == Approx(0.4 * kYearSeconds * 1e15 * (80 + 60)).epsilon(1e-12));
}

}  // namespace fleetrace::test
