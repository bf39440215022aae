#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "sim/api/race.hpp"
#include "sim/output/plan/plan.hpp"
#include "sim/reader/load.hpp"

// Plan, actual and variance in every format.
namespace fleetrace {
namespace {

using nlohmann::json;

constexpr const char* kScenario = R"(fleetrace: 1
name: two-plans
horizon: {start: 2026-01-01, end: 2027-01-01}
hardware: {model: catalog, accelerators: [H100]}
operations: {mfu: 0.4}
sites: {hall: {power: 10 MW}}
initial_fleet: [{accelerator: H100, count: 1000, installed: 2025-01-01}]
strategies: {a: {buy: none}, b: {buy: none}}
)";

Run race(const std::string& rest, const std::vector<reader::Override>& changes = {}) {
  return run_scenario(reader::load_bytes(kScenario + rest, "plan.yaml", changes), {}, {}, {},
                      PlanOptions{Period::quarter});
}

constexpr const char* kActuals =
    "actuals: [{strategy: b, date: 2026-06-01, accelerator: H100, count: 990, power: 1 MW, spend: 7 USD}]\n";

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_CASE("A plan without actuals says nothing of them") {
  const Run run = race("");
  for (const std::string& text : {output::plan_csv(run), output::plan_json(run), output::plan_table(run, {})})
    CHECK_FALSE(contains(text, "actual"));
}

TEST_CASE("Actuals stand beside the plan of the strategy whose they are, in the period in which they lie") {
  const Run run = race(kActuals);
  const std::string csv = output::plan_csv(run);
  CHECK(contains(csv,
                 ",actual_date,accelerators_planned,accelerators_actual,accelerators_variance,site_draw_planned_mw,"
                 "site_draw_actual_mw,site_draw_variance_mw,spend_to_date_planned_usd,spend_to_date_actual_usd,"
                 "spend_to_date_variance_usd,correction_usd,hall_H100_accelerators_planned,"));
  CHECK(contains(csv, "2026-06-01T00:00:00.000Z,1000,990,-10,"));
  const json document = json::parse(output::plan_json(run));
  CHECK_FALSE(document.contains("from"));
  for (const json& period : document["strategies"][0]["periods"]) CHECK_FALSE(period.contains("actual"));
  const json& periods = document["strategies"][1]["periods"];
  CHECK_FALSE(periods[0].contains("actual"));
  const json& actual = periods[1]["actual"];
  CHECK(actual["accelerators_variance"] == -10);
  CHECK(actual["accelerators"][0]["site"] == "hall");
  CHECK(actual["accelerators"][0]["planned"] == 1000);
  CHECK(actual["site_draw_actual_mw"] == 1);
  CHECK(actual["spend_to_date_actual_usd"] == 7);
  CHECK(contains(output::plan_table(run, {}), "b: plan and actual"));
  CHECK_FALSE(contains(output::plan_table(run, {}), "a: plan and actual"));
  CHECK(contains(output::plan_markdown(run), "### b: plan and actual"));
}

TEST_CASE("A forecast begins where it branches off, and its correction is a period of its own") {
  const Run run = race(kActuals, {{"horizon.from", "2026-06-15"}});
  const json document = json::parse(output::plan_json(run));
  CHECK(document["from"] == "2026-06-15T00:00:00.000Z");
  const json& first = document["strategies"][1]["periods"][0];
  CHECK(first["period"] == "to actuals");
  CHECK(first["is_correction"] == true);
  CHECK(first["begins"] == first["ends"]);
  CHECK(first["retired"] == 10);
  CHECK(first["capex_usd"] == 7);
  // The other strategy has the same periods, and nothing is corrected in them.
  const json& other = document["strategies"][0]["periods"][0];
  CHECK(other["period"] == "to actuals");
  CHECK(other["retired"] == 0);
  CHECK(document["strategies"][0]["periods"][1]["period"] == "2026-06-01 to 2026-06-30");
  CHECK(document["strategies"][0]["total"]["installed"] == 0);
}

}  // namespace
}  // namespace fleetrace
