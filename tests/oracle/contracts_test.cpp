#include "tests/oracle/race.hpp"

// Orders on terms of their own, by hand: prices, deposits, dates of payment and delivery, and what was on its way at the start.
namespace fleetrace::test {
namespace {

using core::Money;

/// Two years from 2026-01-01 on; 730.5 days.
Race with_orders(const std::string& orders, const std::string& strategy = "", const std::string& rest = "") {
  return race(
      "horizon: {start: 2026-01-01, length: 2 yr}\nhardware: {model: catalog, accelerators: [H100], price_decline: 0 /yr}\n"
      "operations: {mfu: 0.4, lifetime: 5 yr}\nfinance: {discount_rate: 0.1}\nloss: {reference: 1e24 FLOP}\n" +
      rest + "strategies: {s: {buy: orders, orders: [" + orders + "]" + strategy + "}}\n");
}

double after(double days) { return std::pow(1.1, -days / 365.25); }

const std::string kOnItsWay =
    "{at: 2025-09-01, accelerator: H100, count: 100, unit_price: 30000 USD, deposit: 0.2, delivery: 2026-03-01, payment: "
    "2026-04-01}";
const std::string kToCome =
    "{at: 2026-06-01, accelerator: H100, count: 200, unit_price: 25000 USD, deposit: 0.25, delivery: 2026-12-01}";

}  // namespace

TEST_CASE("contracts are paid and delivered on their dates; a deposit from before the start is sunk") {
  const Race run = with_orders(kOnItsWay + ", " + kToCome);
  const fleet::Summary& final = run["s"].final;
  CHECK(final.capex == Money::from_usd(2.4e6 + 5e6));
  CHECK(final.unspent <= Money::from_micros(2));
  // 80 % of 3 million on April 1, a quarter of 5 million on June 1, the rest on delivery.
  CHECK(final.finance.npv_usd ==
        Approx(-(2.4e6 * after(90) + 1.25e6 * after(151) + 3.75e6 * after(334))).epsilon(1e-12));
  REQUIRE(run["s"].cohorts.size() == 2);
  const auto worked_days = [&](std::size_t i) {
    fleet::Cohort cohort = run["s"].cohorts[i];
    cohort.count_until(run.cases[0].horizon.end);
    return cohort.working_seconds / 86400;
  };
  CHECK(worked_days(0) == Approx(100 * (730.5 - 59)).epsilon(1e-12));
  CHECK(worked_days(1) == Approx(200 * (730.5 - 334)).epsilon(1e-12));
  // The deposit was an asset of the first day.
  const double book = 3e6 * (1 - 671.5 / 365.25 / 6) + 5e6 * (1 - 396.5 / 365.25 / 6);
  CHECK(final.finance.book_usd == Approx(book).epsilon(1e-12));
  CHECK(final.finance.depreciation_usd == Approx(6e5 + 7.4e6 - book).epsilon(1e-12));
  CHECK(run["s"].bought.at(0).unit_usd == 30000);
  CHECK(core::to_date(run["s"].bought.at(0).ordered) == "2025-09-01");
}

TEST_CASE("a contract is placed as far as the budget covers what is due of it") {
  const Race run = with_orders(kOnItsWay + ", " + kToCome, ", budget: 3e6 USD");
  CHECK(run["s"].cohorts.at(0).size == 100);
  CHECK(run["s"].cohorts.at(1).size == 24);  // 0.6 million over 25,000
  CHECK(run["s"].final.capex == Money::from_usd(3e6));
}

TEST_CASE("what the budget covers of a contract comes in whole lots") {
  const Race run = with_orders(kOnItsWay + ", " + kToCome, ", budget: 3e6 USD", "supply: {lot: 10}\n");
  CHECK(run["s"].cohorts.at(0).size == 100);
  CHECK(run["s"].cohorts.at(1).size == 20);  // of 24
  CHECK(run["s"].final.unspent == Money::from_usd(4 * 25'000));
}

TEST_CASE("a contract asks for no power, no allotment and no limit of supply, and waits where there is none") {
  const Race run = with_orders(kToCome, "",
                               "supply: {yearly_limit: 10 /yr, lead_time: 1 yr}\nsites: {main: {power: 0.05 MW}}\n");
  CHECK(run["s"].cohorts.at(0).size == 200);
  CHECK(run["s"].final.idle.waiting > 100);
  CHECK(run["s"].final.idle.waiting < 200);
}

TEST_CASE("what is owed at the end of the horizon falls due then") {
  const Race run = with_orders(
      "{at: 2027-12-01, accelerator: H100, count: 10, unit_price: 20000 USD, payment: 2029-01-01, delivery: 2027-12-15}");
  CHECK(run["s"].final.capex == Money::from_usd(2e5));
  CHECK(run["s"].final.finance.npv_usd == Approx(-2e5 * after(730.5)).epsilon(1e-12));
}

TEST_CASE("without a date a contract comes after the lead time, and without a price it costs that of the day") {
  const Race run = with_orders("{at: 2026-01-01, accelerator: H100, count: 10, deposit: 0.5}", "",
                               "supply: {lead_time: 6 months}\n");
  const double cost = 10 * run.cases[0].plant.market.types[0].cost(run.cases[0].horizon.start);
  CHECK(run["s"].final.capex.usd() == Approx(cost).epsilon(1e-9));
  CHECK(run["s"].final.finance.npv_usd == Approx(-0.5 * cost * (1 + after(365.25 / 2))).epsilon(1e-9));
}

TEST_CASE("an order without terms of its own is what it was") {
  const Race run = with_orders("{at: 2026-02-01, accelerator: H100, count: 10}");
  CHECK_FALSE(run["s"].cohorts.at(0).is_contract);
  CHECK(run["s"].final.capex.usd() ==
        Approx(10 * run.cases[0].plant.market.types[0].cost(run.cases[0].horizon.start)).epsilon(1e-9));
}

TEST_CASE("an order counts on the room that contracts leave which come before it, whatever their place in the list") {
  // Twenty places. Of two contracts of ten the second in the list comes first, and the order between them.
  const Race run = with_orders(
      "{at: 2026-01-01, accelerator: H100, count: 10, unit_price: 1000 USD, delivery: 2027-12-01}, {at: 2026-01-01, accelerator: "
      "H100, count: 10, unit_price: 1000 USD, delivery: 2026-06-01}, {at: 2026-03-01, accelerator: H100, count: 100}",
      "", "supply: {lead_time: 6 months}\nsites: {main: {racks: 5, accelerators_per_rack: 4}}\n");
  REQUIRE(run["s"].cohorts.size() == 3);
  CHECK(run["s"].cohorts[2].size == 10);
  CHECK(run["s"].cohorts[2].count(fleet::State::in_service) == 10);
  CHECK(run["s"].cohorts[1].count(fleet::State::in_service) == 10);
  CHECK(run["s"].cohorts[0].count(fleet::State::waiting_for_power) == 10);
}

}  // namespace fleetrace::test
