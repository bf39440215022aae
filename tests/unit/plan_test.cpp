#include "fleetrace/plan.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "fleetrace/fleetrace.hpp"
#include "sim/api/race.hpp"
#include "sim/output/plan/plan.hpp"
#include "sim/reader/load.hpp"

namespace fleetrace {
namespace {

using core::Money;

core::Time at(const char* date) { return core::parse_iso8601(date).value(); }

/// 100 accelerators are ordered at the boundary of two quarters and come a quarter later, into room for 60.
constexpr const char* kScenario = R"(
fleetrace: 1
name: test
horizon: {start: 2026-02-15, end: 2027-01-01}
hardware: {model: catalog, accelerators: [H100]}
supply: {lead_time: 3 months}
operations: {mfu: 0.4, lifetime: 5 yr}
finance: {accounting_life: 4 yr}
sites:
  hall: {power: 101 kW, pue: 1.25, electricity: 0.1 USD/kWh, facility_cost: 10 USD/W}
  spare: {power: 101 kW}
loss: {model: relative, kappa: 0.05, reference: 1e24 FLOP}
strategies:
  plan:
    buy: orders
    budget: 9e6 USD
    power_limits: installation
    sites: [hall]
    orders: [{at: 2026-04-01, accelerator: H100, count: 100}]
  nothing: {buy: none}
)";

Run run_by(const PlanOptions& options, const std::string& text = kScenario) {
  return run_scenario(reader::load_bytes(text, "test.yaml"), {}, {}, {}, options);
}

TEST_CASE("A plan by quarter, by hand") {
  const Run run = run_by({Period::quarter});
  REQUIRE(run.plans.size() == 2);
  const StrategyPlan& plan = run.plans.front();
  REQUIRE(plan.periods.size() == 4);
  const models::AcceleratorType& type = run.setups.front().plant.market.types.front();
  const std::int64_t room = static_cast<std::int64_t>(101e3 / 1.25 / type.nameplate_power);
  REQUIRE(room > 10);
  REQUIRE(room < 90);
  const PlanPeriod& first = plan.periods[0];
  const PlanPeriod& second = plan.periods[1];
  const PlanPeriod& third = plan.periods[2];
  const PlanPeriod& fourth = plan.periods[3];

  CHECK(first.name == "2026-02-15 to 2026-03-31");
  CHECK(second.name == "2026-Q2");
  CHECK(fourth.ends == at("2027-01-01"));

  // What is ordered at the boundary belongs to the quarter that begins there.
  CHECK(first.accelerators.ordered == 0);
  CHECK(second.accelerators.ordered == 100);
  CHECK(second.accelerators.on_order == 100);
  CHECK(third.accelerators.delivered == 100);
  CHECK(third.accelerators.installed == room);
  CHECK(third.accelerators.waiting == 100 - room);
  CHECK(third.accelerators.in_service == room);
  REQUIRE(third.by_type.size() == 1);
  CHECK(third.by_type[0].accelerator == "H100");
  CHECK(third.by_type[0].waiting == 100 - room);

  // Only the site that the strategy uses is part of its plan.
  REQUIRE(third.by_site.size() == 1);
  CHECK(third.by_site[0].site == "hall");
  CHECK(third.power.nameplate_power == Approx(static_cast<double>(room) * type.nameplate_power));
  CHECK(third.power.power_limit == Approx(101e3 / 1.25));
  CHECK(third.power.headroom() == Approx(101e3 / 1.25 - static_cast<double>(room) * type.nameplate_power));
  const core::Time arrival = at("2026-04-01") + core::kMonth * 3;
  const double watts = run.outcomes.front().series.back().average_site_power;
  CHECK(second.power.energy_joule == 0);
  CHECK(third.power.energy_joule == Approx(watts * (at("2026-10-01") - arrival).seconds()).epsilon(1e-9));
  CHECK(fourth.power.energy_joule == Approx(watts * 92 * 86400).epsilon(1e-9));
  CHECK(fourth.power.average_draw == Approx(watts).epsilon(1e-9));

  // The site is paid for at the start, hardware when it is ordered, energy as it runs up.
  const Money cost = run.outcomes.front().final.capex;
  CHECK(cost > Money::from_usd(1e6));
  CHECK(first.money.facility == Money::from_usd(10 * 101e3 / 1.25));
  CHECK(second.money.facility == Money{});
  CHECK(first.money.capex == Money{});
  CHECK(second.money.capex == cost);
  CHECK(fourth.money.energy.usd() == Approx(watts / 1e3 * 92 * 24 * 0.1).epsilon(1e-9));
  CHECK(first.money.budget_left == Money::from_usd(9e6));
  CHECK(second.money.budget_left == Money::from_usd(9e6) - cost);

  // Written off over four years from its delivery on.
  CHECK(second.money.book_value.value().usd() == Approx(cost.usd()).epsilon(1e-11));
  CHECK(std::fabs(second.money.depreciation.value().usd()) < 1e-3);
  const auto book_at = [&](core::Time time) { return cost.usd() * (1 - (time - arrival).years() / 4); };
  CHECK(third.money.book_value.value().usd() == Approx(book_at(at("2026-10-01"))).epsilon(1e-9));
  CHECK(fourth.money.depreciation.value().usd() ==
        Approx(book_at(at("2026-10-01")) - book_at(at("2027-01-01"))).epsilon(1e-9));

  // Who has no budget has none left, and who buys nothing has no accelerators.
  const StrategyPlan& nothing = run.plans.back();
  CHECK_FALSE(nothing.periods.front().money.budget_left);
  CHECK(nothing.total.by_type.empty());
}

TEST_CASE("What moves from site to site was ordered and delivered once") {
  std::string text = kScenario;
  const auto put = [&text](const std::string& old, const std::string& words) {
    REQUIRE(text.find(old) != std::string::npos);
    text.replace(text.find(old), old.size(), words);
  };
  put("hall: {power: 101 kW", "hall: {power: 300 kW");
  put("sites: [hall]", "sites: [hall, spare]");
  put("count: 100}]",
      "count: 100}]\n    moves: [{at: 2026-09-01, accelerator: H100, count: 20, from: hall, to: spare, cost: 1 USD, "
      "pause: 1 months}]");
  const Run run = run_by({Period::quarter}, text);
  const StrategyPlan& plan = run.plans.front();
  std::int64_t ordered = 0;
  std::int64_t delivered = 0;
  for (const PlanPeriod& each : plan.periods) {
    ordered += each.accelerators.ordered;
    delivered += each.accelerators.delivered;
  }
  CHECK(ordered == 100);
  CHECK(delivered == 100);
  CHECK(plan.periods.back().accelerators.in_service == 100);
  REQUIRE(plan.periods.back().by_site.size() == 2);
  CHECK(plan.periods.back().by_site[1].nameplate_power > 0);
}

TEST_CASE("Events at a boundary come after it, whatever they are") {
  const Run quarters = run_by({Period::quarter});
  const Run years = run_by({Period::year, 4});
  const StrategyPlan& plan = years.plans.front();
  REQUIRE(plan.periods.size() == 2);
  CHECK(plan.periods[0].name == "2026-02-15 to 2026-03-31");
  CHECK(plan.periods[1].name == "2026-04-01 to 2026-12-31");
  CHECK(plan.periods[0].accelerators.ordered == 0);
  CHECK(plan.periods[1].accelerators.ordered == 100);
  const StrategyPlan& by_quarter = quarters.plans.front();
  CHECK(plan.periods[1].money.energy ==
        by_quarter.periods[1].money.energy + by_quarter.periods[2].money.energy + by_quarter.periods[3].money.energy);
}

TEST_CASE("Depreciation of all periods is that of the whole horizon, deposits from before the start included") {
  const Run run = run_scenario(
      reader::load_bytes(
          "fleetrace: 1\nname: test\nhorizon: {start: 2026-01-01, end: 2028-01-01}\n"
          "hardware: {model: catalog, accelerators: [H100], price_decline: 0.1 /yr}\noperations: {mfu: 0.4, lifetime: 5 yr}\n"
          "finance: {accounting_life: 4 yr}\nloss: {reference: 1e24 FLOP}\n"
          "initial_fleet: [{accelerator: H100, count: 7, installed: 2025-01-01}]\nstrategies: {s: {buy: orders, orders: [\n"
          "  {at: 2025-09-01, accelerator: H100, count: 100, unit_price: 30000 USD, deposit: 0.2, delivery: 2026-05-01, payment: "
          "2026-07-01},\n  {at: 2025-10-01, accelerator: H100, count: 3, deposit: 0.5, delivery: 2026-03-01},\n"
          "  {at: 2026-06-01, accelerator: H100, count: 20, unit_price: 25000 USD, deposit: 0.25, delivery: 2026-12-01}]}}\n",
          "test.yaml"),
      {}, {}, {}, PlanOptions{Period::quarter});
  const StrategyPlan& plan = run.plans.front();
  REQUIRE(plan.periods.size() == 8);
  double sum = 0;
  for (const PlanPeriod& period : plan.periods) sum += period.money.depreciation->usd();
  CHECK(sum == Approx(run.outcomes.front().final.finance.depreciation_usd).epsilon(1e-9));
  // Until the first of the orders is delivered only the initial fleet is written off: 59 of 1461 days, and of March three chips more.
  const double each = run.setups.front().plant.market.types.front().cost(run.setups.front().horizon.start);
  CHECK(plan.periods.front().money.depreciation->usd() > 7 * each * 59 / 1461 * 0.8);
  CHECK(plan.periods.front().money.depreciation->usd() < 10 * each * 90 / 1461 * 1.3);
}

/// The fields of a line of CSV that has no quotes.
std::vector<std::string> fields(const std::string& line) {
  std::vector<std::string> all;
  std::stringstream stream(line + ',');
  for (std::string field; std::getline(stream, field, ',');) all.push_back(field);
  return all;
}

TEST_CASE("Every format of a plan has the same figures") {
  const Run run = run_by({Period::quarter});
  const auto document = nlohmann::json::parse(output::plan_json(run));
  CHECK(document["by"] == "quarter");
  CHECK(document["fiscal_year_begins_month"] == 1);
  std::stringstream csv(output::plan_csv(run));
  std::stringstream lines(output::plan_jsonl(run));
  std::string line;
  std::getline(csv, line);
  const std::vector<std::string> names = fields(line);
  const auto own = static_cast<std::size_t>(std::find(names.begin(), names.end(), "book_value_usd") - names.begin()) +
                   1;
  CHECK(std::find(names.begin(), names.end(), "H100_ordered") != names.end());
  CHECK(std::find(names.begin(), names.end(), "hall_it_limit_mw") != names.end());
  for (const auto& strategy : document["strategies"]) {
    for (const auto& period : strategy["periods"]) {
      REQUIRE(std::getline(csv, line));
      const std::vector<std::string> values = fields(line);
      REQUIRE(values.size() == names.size());
      CHECK(values[0] == strategy["name"]);
      for (std::size_t i = 1; i < own; ++i) {
        INFO(names[i]);
        const auto& value = period.at(names[i]);
        if (value.is_null()) CHECK(values[i].empty());
        if (value.is_string()) CHECK(values[i] == value);
        if (value.is_number()) CHECK(std::stod(values[i]) == value.get<double>());
      }
      REQUIRE(std::getline(lines, line));
      auto same = nlohmann::json::parse(line);
      CHECK(same["strategy"] == strategy["name"]);
      for (const auto& [key, value] : period.items()) CHECK(same[key] == value);
    }
  }
  CHECK_FALSE(std::getline(csv, line));
  // Joules have all of their digits, and money all of its own.
  const auto& last = document["strategies"][0]["periods"][3];
  CHECK(last["energy_j"].get<double>() == run.plans[0].periods[3].power.energy_joule);
  const std::string table = output::plan_table(run, {});
  for (const char* word :
       {"plan: accelerators and power", "plan: money", "2026-Q3", "IT headroom", "budget left", "total"})
    CHECK(table.find(word) != std::string::npos);
  CHECK(output::plan_markdown(run).find("### plan: money") != std::string::npos);
}

TEST_CASE("A program asks a result for its plan") {
  const Scenario scenario = load("hare-and-turtle");
  const RunResult result = run(scenario, {.seed = 3});
  const std::vector<StrategyPlan> plans = result.plan({.by = Period::year});
  REQUIRE(plans.size() == 4);
  CHECK(plans[1].strategy == "turtle");
  CHECK(plans[1].periods.size() == 8);
  CHECK(plans[1].total.money.spend() == result["turtle"].final.spend());
  CHECK_THROWS_AS(result.plan({.by = Period::year, .fiscal_year_begins = 13}), std::invalid_argument);
}

}  // namespace
}  // namespace fleetrace
