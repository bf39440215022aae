#include <catch2/catch.hpp>

#include "sim/api/race.hpp"
#include "sim/reader/load.hpp"

// The scenario plan-of-record, worked by hand. An H100 is 1,275 W of IT power with its server, a B200 1,800 W. Of 20 MW at a PUE of
// 1.14 the 10,000 H100 leave (20 MW/1.14 - 12.75 MW)/1.8 kW = 2,663 places for B200, of which 2,500 come each quarter.
namespace fleetrace {
namespace {

constexpr std::int64_t kRoom = 2'663;

const PlanPeriod& period(const StrategyPlan& plan, std::string_view name) {
  for (const PlanPeriod& each : plan.periods) {
    if (each.name == name) return each;
  }
  FAIL("there is no period " << name);
  return plan.periods.front();
}

Run race(const std::vector<reader::Override>& changes) {
  return run_scenario(reader::load("plan-of-record", changes), {}, {}, {}, PlanOptions{Period::quarter});
}

TEST_CASE("plan-of-record: when power runs out, and what waits") {
  const Run run = race({});
  const StrategyPlan& plan = run.plans[0];
  REQUIRE(plan.strategy == "plan");
  REQUIRE(plan.periods.size() == 16);
  CHECK(plan.opening.power.headroom() == Approx(20e6 / 1.14 - 12.75e6).epsilon(1e-9));
  // Six months after 15 January is 16 July.
  CHECK(period(plan, "2026-Q1").accelerators.ordered == 2500);
  CHECK(period(plan, "2026-Q2").accelerators.on_order == 5000);
  CHECK(period(plan, "2026-Q3").accelerators.installed == 2500);
  const PlanPeriod& full = period(plan, "2026-Q4");
  CHECK(full.accelerators.delivered == 2500);
  CHECK(full.accelerators.installed == kRoom - 2500);
  CHECK(full.accelerators.waiting == 5000 - kRoom);
  CHECK(full.power.headroom() < 1800);
  const PlanPeriod& opened = period(plan, "2027-Q1");
  CHECK(opened.power.power_limit == Approx(36e6 / 1.14));
  CHECK(opened.accelerators.installed == 5000 - kRoom + 2500);
  CHECK(opened.accelerators.waiting == 0);
  CHECK(period(plan, "2027-Q2").power.headroom() == Approx(36e6 / 1.14 - 12.75e6 - 18e6).epsilon(1e-9));
  // At three quarters of nameplate, with the overhead of the site.
  CHECK(period(plan, "2027-Q3").power.average_draw == Approx(0.75 * 30.75e6 * 1.14).epsilon(1e-9));
  CHECK(period(plan, "2027-Q3").money.energy.usd() == Approx(0.75 * 30.75e3 * 1.14 * 92 * 24 * 0.0826).epsilon(1e-9));
}

TEST_CASE("plan-of-record: a year's slip, from the deliveries that wait") {
  const Run late = race({{"sites.hall.grid_delay", "12 months"}});
  const StrategyPlan& plan = late.plans[0];
  CHECK(period(plan, "2027-Q1").accelerators.waiting == 7500 - kRoom);
  CHECK(period(plan, "2027-Q2").accelerators.waiting == 10'000 - kRoom);
  // Twelve months of 365.25/12 days after 1 January 2027 are 1 January 2028, 06:00.
  CHECK(period(plan, "2027-Q4").accelerators.waiting == 10'000 - kRoom);
  CHECK(period(plan, "2028-Q1").accelerators.installed == 10'000 - kRoom);
  // Energy is all that the slip saves.
  const Run on_time = race({});
  const MoneyPlan& base = on_time.plans[0].total.money;
  CHECK(plan.total.money.capex == base.capex);
  CHECK(plan.total.money.book_value == base.book_value);
  CHECK(plan.total.money.spend() - base.spend() == plan.total.money.energy - base.energy);
  // 2,337 accelerators wait from 14 October 2026, 2,500 more each from 13 January and 15 April 2027.
  const core::Time opens = core::parse_iso8601("2028-01-01T06:00:00").value();
  double waited = 0;
  for (const auto& [date, count] :
       {std::pair("2026-10-14T15:00:00", 2337), {"2027-01-13T15:00:00", 2500}, {"2027-04-15T15:00:00", 2500}})
    waited += count * (opens - core::parse_iso8601(date).value()).years();
  CHECK(late.outcomes[0].final.idle_accelerator_years == Approx(waited).epsilon(1e-9));
}

}  // namespace
}  // namespace fleetrace
