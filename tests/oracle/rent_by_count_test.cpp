#include <catch2/catch.hpp>

#include "race.hpp"
#include "sim/api/race.hpp"

// Accelerators that are rented by number: what they cost, what they compute, and what they count against, by hand.
namespace fleetrace::test {
namespace {

constexpr double kB200 = 2'250e12;
constexpr double kHoursOfAYear = 8'766;

/// B200 at a constant price, two years, a term of six months at 3 USD/h.
Race renting(const std::string& strategy,
             const std::string& rental = "{term: 6 months, price: 3 USD/h, accelerator: B200}") {
  return race(
      "horizon: {start: 2026-01-01, length: 2 yr, sample_every: 1 months}\n"
      "hardware: {model: catalog, accelerators: [H100, B200], price_decline: 0 /yr}\noperations: {mfu: 0.4}\n"
      "rental: " +
      rental + "\nloss: {reference: 1e24 FLOP}\nstrategies: {s: " + strategy + "}\n");
}

const PlanPeriod& period(const StrategyPlan& plan, std::string_view name) {
  for (const PlanPeriod& each : plan.periods) {
    if (each.name == name) return each;
  }
  FAIL("there is no period " << name);
  return plan.periods.front();
}

}  // namespace

TEST_CASE("renting by number: the rent is price x count x term, and they work from the first day to the last") {
  const Race run = renting(
      "{buy: none, rents: [{at: 1 yr, accelerator: B200, count: 200}, {at: 3 months, accelerator: B200, count: 100}]}");
  const fleet::Summary& final = run["s"].final;
  CHECK(final.finance.rent.usd() == Approx(300 * 3 * kHoursOfAYear / 2).epsilon(1e-9));
  CHECK(final.capex == core::Money{});
  CHECK(final.unspent == core::Money{});
  CHECK(final.physical_flop == Approx(300 * kB200 * 0.4 * kYearSeconds / 2).epsilon(1e-9));
  CHECK(final.energy_kwh == 0);
  // What is owed of a term beyond the end falls due then: the whole term is paid for.
  const Race late = renting("{buy: none, rents: [{at: 21 months, accelerator: B200, count: 100}]}");
  CHECK(late["s"].final.finance.rent.usd() == Approx(100 * 3 * kHoursOfAYear / 2).epsilon(1e-9));
  CHECK(late["s"].final.physical_flop == Approx(100 * kB200 * 0.4 * kYearSeconds / 4).epsilon(1e-9));
  // The price declines, and others pay in proportion to their FLOP/s.
  const Race falling = renting("{buy: none, rents: [{at: 1 yr, accelerator: H100, count: 100}]}",
                               "{term: 1 yr, price: 3 USD/h, accelerator: B200, price_decline: 0.2 /yr}");
  CHECK(falling["s"].final.finance.rent.usd() ==
        Approx(100 * 3 * kHoursOfAYear * 989.4 / 2'250 * std::exp(-0.2)).epsilon(1e-9));
  // A rate is of the price of new hardware on that day.
  const Race rate = renting("{buy: none, rents: [{at: 1 yr, accelerator: B200, count: 100}]}",
                            "{term: 1 yr, rate: 0.5 /yr}");
  CHECK(rate["s"].final.finance.rent.usd() ==
        Approx(100 * 0.5 * rate.cases[0].plant.market.find("B200")->cost(rate.cases[0].horizon.start)).epsilon(1e-9));
}

TEST_CASE("renting by number: its money is set aside of the budget, beside what is bought") {
  const double rent = 100 * 3 * kHoursOfAYear / 2;
  const std::string rents = ", rents: [{at: 1 yr, accelerator: B200, count: 100}]}";
  const Race both = renting("{buy: incremental, every: 3 months, budget: 5e7 USD" + rents);
  const Race less = renting("{buy: incremental, every: 3 months, budget: " + text(5e7 - rent) + " USD}");
  CHECK(both["s"].final.capex == less["s"].final.capex);
  CHECK(both["s"].final.finance.rent.usd() == Approx(rent).epsilon(1e-9));
  CHECK(both["s"].final.unspent == less["s"].final.unspent);
  CHECK(both["s"].final.physical_flop - less["s"].final.physical_flop ==
        Approx(100 * kB200 * 0.4 * kYearSeconds / 2).epsilon(1e-9));
  // Orders without a budget have their rents added to what they cost.
  const Race orders = renting("{buy: orders, orders: [{at: 6 months, accelerator: B200, count: 50}]" + rents);
  CHECK(*orders.cases[0].strategy.budget == orders["s"].final.capex + orders["s"].final.finance.rent);
  CHECK(orders["s"].final.unspent == core::Money{});
  CHECK_THROWS_WITH(renting("{buy: incremental, every: 3 months, budget: 1e6 USD" + rents),
                    Catch::Contains("does not cover its rents and moves"));
}

TEST_CASE("renting by number: it counts against a target of power, and makes room when its term ends") {
  // 1 MW of B200 at 1,800 W are 555. While 100 are rented, 455 of them may be owned.
  const Race target = renting(
      "{buy: constant_power, power: 1 MW, every: 1 months, budget: 1e9 USD, rents: [{at: 0 days, accelerator: B200, count: 100}]}");
  const fleet::Outcome& outcome = target["s"];
  std::int64_t early = 0;
  std::int64_t late = 0;
  for (const fleet::Cohort& cohort : outcome.cohorts) {
    if (cohort.rented) continue;
    (cohort.ordered < target.cases[0].horizon.start + core::kMonth * 6 ? early : late) += cohort.size;
  }
  CHECK(early == 455);
  CHECK(late == 100);
}

// The scenario rent-by-count, worked by hand: 2,048 B200 are rented at 4.5 USD/h for a year, until 2,048 of its own have come. A year is
// 8,766 hours, so that a term costs 80.8 million USD at the price of the start.
TEST_CASE("rent-by-count: what the bridge costs, and what it brings") {
  const Run run = run_scenario(reader::load("rent-by-count", {}), {}, {}, {}, PlanOptions{Period::quarter});
  const auto plan = [&](std::string_view name) -> const StrategyPlan& {
    for (const StrategyPlan& each : run.plans) {
      if (each.strategy == name) return each;
    }
    FAIL("there is no strategy " << name);
    return run.plans.front();
  };
  const double term = 2'048 * 4.5 * kHoursOfAYear;
  CHECK(plan("wait").total.money.rent == core::Money{});
  const double first = term * std::exp(-0.1 * 14 / 365.25);
  CHECK(plan("bridge").total.money.rent.usd() == Approx(first).epsilon(1e-9));
  CHECK(plan("bridge").total.money.capex == plan("wait").total.money.capex);
  // The rent falls by a tenth a year, continuously: four terms, a year apart.
  double four = 0;
  for (int year = 0; year < 4; ++year) four += term * std::exp(-0.1 * (year + 14 / 365.25));
  CHECK(plan("rent").total.money.rent.usd() == Approx(four).epsilon(2e-4));
  // From 15 January on they are rented; the own ones come nine months after their order on that day.
  CHECK(period(plan("bridge"), "2026-Q1").accelerators.rented == 2'048);
  CHECK(period(plan("wait"), "2026-Q3").accelerators.installed == 0);
  CHECK(period(plan("wait"), "2026-Q4").accelerators.installed == 2'048);
  CHECK(period(plan("bridge"), "2026-Q4").accelerators.rented == 2'048);
  CHECK(period(plan("bridge"), "2027-Q1").accelerators.rented == 0);
  // What is rented computes a year longer, and draws no power of the hall.
  const double flop = run.outcomes[1].final.physical_flop - run.outcomes[0].final.physical_flop;
  CHECK(flop == Approx(2'048 * kB200 * 0.38 * kYearSeconds).epsilon(1e-9));
  CHECK(run.outcomes[1].final.energy_kwh == run.outcomes[0].final.energy_kwh);
}

}  // namespace fleetrace::test
