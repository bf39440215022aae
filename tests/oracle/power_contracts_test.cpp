#include "tests/oracle/race.hpp"

// Take or pay, demand charges and negative prices, by hand.
namespace fleetrace::test {
namespace {

/// A thousand H100s that draw the same all the time, for two years of 24 months of 730.5 hours.
Race with_site(const std::string& site) {
  return race(
      "horizon: {start: 2026-01-01, length: 2 yr}\nhardware: {model: catalog, accelerators: [H100]}\noperations: {mfu: 0.4}\n"
      "sites: {main: {power: 10 MW, pue: 1.2, " +
      site + "}}\ninitial_fleet: [{accelerator: H100, count: 1000}]\nstrategies: {s: {buy: none}}\n");
}

double drawn_kw(const Race& run) { return run.cases[0].plant.market.types[0].average_power * 1.2; }  // of a thousand

}  // namespace

TEST_CASE("what a contract pays for and is not drawn, and the peak of each month") {
  const Race run = with_site(
      "electricity: 0.1 USD/kWh, contracts: [{until: 1 yr, take_or_pay: 5 MW, price: 0.05 USD/kWh}, {from: 1 yr, "
      "demand_charge: 12 USD/kW}]");
  const fleet::Summary& final = run["s"].final;
  const double missing = (5000 - drawn_kw(run)) * 8766 * 0.05;
  REQUIRE(missing > 0);
  const double nameplate_w = 1000 * run.cases[0].plant.market.types[0].nameplate_power * 1.2;
  CHECK(run["s"].sites[0].take_or_pay_usd == Approx(missing).epsilon(1e-10));
  CHECK(run["s"].sites[0].demand_charge_usd == Approx(12 * nameplate_w * 0.012).epsilon(1e-10));
  const double energy = drawn_kw(run) * 2 * 8766 * 0.1;
  CHECK(final.energy_cost.usd() == Approx(energy + missing + 12 * nameplate_w * 0.012).epsilon(1e-10));
  CHECK(run["s"].sites[0].energy_usd == Approx(energy).epsilon(1e-10));
  CHECK(final.finance.npv_usd == Approx(-final.energy_cost.usd()).epsilon(1e-12));
}

TEST_CASE("a contract below the draw costs nothing, and one without a price that of the electricity") {
  CHECK(with_site("electricity: 0.1 USD/kWh, contracts: [{take_or_pay: 0.5 MW}]")["s"].sites[0].take_or_pay_usd == 0);
  const Race run = with_site("electricity: 0.1 USD/kWh, contracts: [{take_or_pay: 5 MW}]");
  CHECK(run["s"].sites[0].take_or_pay_usd == Approx((5000 - drawn_kw(run)) * 2 * 8766 * 0.1).epsilon(1e-10));
  // From the middle of a month on: half of that month, and all later ones.
  const Race half = with_site("electricity: 0.1 USD/kWh, contracts: [{from: 0.5 months, take_or_pay: 5 MW}]");
  CHECK(half["s"].sites[0].take_or_pay_usd == Approx(run["s"].sites[0].take_or_pay_usd * 23.5 / 24).epsilon(1e-10));
}

TEST_CASE("a peak is that of its month: what leaves counts in the month in which it left, and no longer") {
  // Hardware of two years ago leaves after three years of life, in the middle of the 13th month.
  const auto yaml = [](const char* operations) {
    return "horizon: {start: 2026-01-01, length: 2 yr}\nhardware: {model: catalog, accelerators: [H100]}\noperations: {mfu: "
           "0.4, " +
           std::string(operations) +
           "}\nsites: {main: {power: 10 MW, contracts: [{demand_charge: 10 USD/kW}]}}\ninitial_fleet: [{accelerator: H100, "
           "count: 1000, installed: 2024-01-01}]\nstrategies: {s: {buy: none}}\n";
  };
  const Race run = race(yaml("lifetime: 37.0 months"));
  const double nameplate_w = 1000 * run.cases[0].plant.market.types[0].nameplate_power;
  const double left = (run["s"].cohorts.at(0).ordered + core::kMonth * 37 - run.cases[0].horizon.start).seconds() /
                      core::kMonth.seconds();
  CHECK(run["s"].sites[0].demand_charge_usd == Approx(std::ceil(left) * 0.01 * nameplate_w).epsilon(1e-10));
  REQUIRE(std::ceil(left) < 24);
  // What leaves with the end of a month counts in no later one.
  std::string to_the_month = yaml("lifetime: 12 months");
  to_the_month.replace(to_the_month.find("2024-01-01"), 10, "2026-01-01");
  CHECK(race(to_the_month)["s"].sites[0].demand_charge_usd == Approx(12 * 0.01 * nameplate_w).epsilon(1e-10));
}

TEST_CASE("who is paid for drawing power has a negative bill") {
  const Race run = with_site("electricity: -0.02 USD/kWh");
  CHECK(run["s"].final.energy_cost.usd() == Approx(-0.02 * drawn_kw(run) * 2 * 8766).epsilon(1e-10));
  CHECK(run["s"].final.finance.npv_usd > 0);
}

}  // namespace fleetrace::test
