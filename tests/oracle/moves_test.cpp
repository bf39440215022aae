#include <catch2/catch.hpp>

#include "race.hpp"

// Accelerators that are moved between sites at a cost and a pause, by hand.
namespace fleetrace::test {
namespace {

constexpr double kH100 = 989.4e12;

/// 600 H100 on site a, at an MFU of 0.4, for two years, without progress. With its server one is 1,275 W.
Race moving(const std::string& strategy, const std::string& b = "1 MW", const std::string& operations = "",
            const std::string& installed = "{accelerator: H100, count: 600, installed: 2025-01-01, site: a}") {
  return race(
      "horizon: {start: 2026-01-01, length: 2 yr, sample_every: 1 months}\n"
      "hardware: {model: catalog, accelerators: [H100], price_decline: 0 /yr}\noperations: {mfu: 0.4" +
      operations + "}\nsites: {a: {power: 2 MW, electricity: 0.1 USD/kWh}, b: {power: " + b +
      ", electricity: 0.05 USD/kWh}}\ninitial_fleet: [" + installed +
      "]\nloss: {reference: 1e24 FLOP}\nstrategies: {s: " + strategy + "}\n");
}

std::string move(int count, const std::string& pause = "1 months", const std::string& at = "1 yr") {
  return "{at: " + at + ", accelerator: H100, count: " + std::to_string(count) +
         ", from: a, to: b, cost: 1000 USD, pause: " + pause + "}";
}

double flop(double unit_years) { return 0.4 * kH100 * kYearSeconds * unit_years; }
std::int64_t in(const Race& run, fleet::State state) {
  return run["s"].final.accelerators[static_cast<std::size_t>(state)];
}

}  // namespace

TEST_CASE("moving: out of service for the pause, paid for, and on the other site then") {
  const Race run = moving("{buy: none, moves: [" + move(200) + "]}");
  const fleet::Summary& final = run["s"].final;
  CHECK(final.physical_flop == Approx(flop(1200 - 200 / 12.)).epsilon(1e-12));
  CHECK(final.capex == core::Money::from_usd(200'000));
  CHECK(final.unspent == core::Money{});
  CHECK(run["s"].sites[0].accelerators == 400);
  CHECK(run["s"].sites[1].accelerators == 200);
  CHECK(in(run, fleet::State::in_service) == 600);
  CHECK(run["s"].bought.empty());
  // Energy is paid where it is drawn: 200 of them for eleven months on b.
  const double kw = run.cases[0].plant.market.types[0].average_power / 1e3;
  const double hours = kYearSeconds / 3600;
  CHECK(final.energy_cost.usd() == Approx(kw * hours * (0.1 * (600 + 400) + 0.05 * 200 * 11 / 12.)).epsilon(1e-9));
  // A budget has it set aside: what is left buys as before.
  const Race with = moving("{buy: front_loaded, budget: 1e7 USD, moves: [" + move(200) + "]}");
  const Race without = moving("{buy: front_loaded, budget: 9.8e6 USD}");
  CHECK(with["s"].final.capex - core::Money::from_usd(200'000) == without["s"].final.capex);
  CHECK(with["s"].final.unspent == without["s"].final.unspent);
}

TEST_CASE("moving: no more than there are, and no more than find room") {
  const Race all = moving("{buy: none, moves: [" + move(1000) + "]}");
  CHECK(all["s"].final.capex == core::Money::from_usd(600'000));
  CHECK(all["s"].final.unspent == core::Money::from_usd(400'000));
  CHECK(all["s"].sites[0].accelerators == 0);
  CHECK(all["s"].final.physical_flop == Approx(flop(1200 - 600 / 12.)).epsilon(1e-12));
  // 0.1 MW hold 78; the others wait for b, even where a has room.
  const Race small = moving("{buy: none, moves: [" + move(200) + "]}", "0.1 MW");
  CHECK(in(small, fleet::State::waiting_for_power) == 122);
  CHECK(small["s"].sites[1].accelerators == 78);
  CHECK(small["s"].final.physical_flop == Approx(flop(1200 - 200 / 12. - 122 * 11 / 12.)).epsilon(1e-12));
  // What is on its way at the end is not there.
  const Race late = moving("{buy: none, moves: [" + move(200, "2 yr") + "]}");
  CHECK(in(late, fleet::State::in_transit) == 200);
  CHECK(late["s"].final.physical_flop == Approx(flop(1000)).epsilon(1e-12));
}

TEST_CASE("moving: the oldest first, whose age stands still on the way") {
  // Lives of three years: those of 2024 retire in the race, those of 2025 just after it.
  const std::string ages =
      "{accelerator: H100, count: 500, installed: 2025-01-01, site: a}, {accelerator: H100, count: 100, installed: "
      "2024-01-01, site: a}";
  const Race stay = moving("{buy: none}", "1 MW", ", lifetime: 3 yr", ages);
  const Race go = moving("{buy: none, moves: [" + move(150, "2 months", "6 months") + "]}", "1 MW", ", lifetime: 3 yr",
                         ages);
  CHECK(in(stay, fleet::State::retired) == 100);
  CHECK(in(go, fleet::State::retired) == 100);
  // All 100 old ones went: they lose nothing by the pause, since their lives end two months later. The 50 others lose it.
  CHECK(stay["s"].final.physical_flop - go["s"].final.physical_flop == Approx(flop(50 * 2 / 12.)).epsilon(1e-9));
  CHECK(go["s"].sites[1].accelerators == 50);
}

TEST_CASE("moving there and back, under drawn failures and with an order on its way") {
  for (const char* fidelity : {"aggregate", "device"}) {
    const Race run = moving(
        "{buy: incremental, every: 3 months, budget: 1e7 USD, moves: [" + move(300, "1 months", "3 months") +
            ", {at: 9 months, accelerator: H100, count: 250, from: b, to: a, cost: 500 USD, pause: 14 days}]}",
        "1 MW",
        std::string(", lifetime: 30 months, failures: {law: exponential, mtbf: 4000 h, repair: 200 h, fidelity: ") +
            fidelity + "}");
    std::int64_t all = 0;
    for (const std::int64_t count : run["s"].final.accelerators) all += count;
    std::int64_t bought = 0;
    for (const fleet::Acquisition& each : run["s"].bought) bought += each.count;
    CHECK(all == 600 + bought);
    CHECK(run["s"].sites[1].accelerators <= 50 + bought);
  }
}

TEST_CASE("moving: what contradicts is refused where it stands") {
  CHECK_THROWS_WITH(
      moving("{buy: none, moves: [{at: 1 yr, accelerator: H100, count: 1, from: a, to: c, pause: 1 months}]}"),
      Catch::Contains("moves.0.to") && Catch::Contains("\"c\""));
  CHECK_THROWS_WITH(
      moving("{buy: none, moves: [{at: 1 yr, accelerator: H100, count: 1, from: a, to: a, pause: 1 months}]}"),
      Catch::Contains("they would stay where they are"));
  CHECK_THROWS_WITH(
      moving("{buy: none, moves: [{at: 1 yr, accelerator: H10, count: 1, from: a, to: b, pause: 1 months}]}"),
      Catch::Contains("Did you mean \"H100\"?"));
  CHECK_THROWS_WITH(
      moving("{buy: none, moves: [{at: 3 yr, accelerator: H100, count: 1, from: a, to: b, pause: 1 months}]}"),
      Catch::Contains("is outside the horizon"));
}

}  // namespace fleetrace::test
