#include <catch2/catch.hpp>

#include "sim/api/race.hpp"
#include "sim/reader/load.hpp"

// A forecast from actuals, worked by hand. 50 accelerators stand in a hall, 100 are delivered on 1 April 2026 and 100 on 1 July, for
// 10,000 USD each, paid on 11 January. On the list one costs 20,000 USD.
namespace fleetrace {
namespace {

using core::Money;

constexpr const char* kPlan = R"(fleetrace: 1
name: by-hand
horizon: {start: 2026-01-01, end: 2027-01-01}
accelerators:
  CHIP: {released: 2025-01-01, bf16: 1 PFLOP/s, server_power: 1 kW, average_draw: 1, price: 20000 USD, server_overhead: 1, interconnect_share: 0}
hardware: {model: catalog, accelerators: [CHIP], price_decline: 0 /yr}
operations: {mfu: 0.5}
sites: {hall: {power: 270 kW, pue: 1}, annex: {power: 270 kW, pue: 1}}
initial_fleet: [{accelerator: CHIP, count: 50, installed: 2025-06-01, site: hall}]
strategies:
  plan:
    buy: orders
    budget: 3e6 USD
    orders:
      - {at: 2026-01-11, accelerator: CHIP, count: 100, unit_price: 10000 USD, delivery: 2026-04-01, site: hall}
      - {at: 2026-01-11, accelerator: CHIP, count: 100, unit_price: 10000 USD, delivery: 2026-07-01}
)";

Run race(const std::string& actuals, const std::string& from = {}) {
  std::vector<reader::Override> changes;
  if (!from.empty()) changes.push_back({"horizon.from", from});
  return run_scenario(reader::load_bytes(kPlan + ("actuals: [" + actuals + "]\n"), "plan.yaml", changes), {}, {}, {},
                      PlanOptions{Period::quarter});
}

const PlanPeriod& correction(const Run& run) {
  REQUIRE(run.plans[0].periods.front().is_correction);
  return run.plans[0].periods.front();
}

Money usd(double amount) { return Money::from_usd(amount); }

/// Useful FLOP of so many accelerators over so many days.
double useful(double accelerators, double days) { return accelerators * days * 86'400 * 0.5e15; }

TEST_CASE("Plan, actual and variance stand beside each other, and the plan stays as it is") {
  const Run run = race(
      "{date: 2026-03-31, site: hall, accelerator: CHIP, count: 48, power: 45 kW}, "
      "{date: 2026-07-01, site: hall, accelerator: CHIP, count: 140, spend: 1.5e6 USD}, "
      "{date: 2026-07-01, site: hall, spend: 0.25e6 USD}");
  const std::vector<PlanPeriod>& periods = run.plans[0].periods;
  REQUIRE(periods.size() == 4);
  REQUIRE(periods[0].actual);
  CHECK(core::to_date(periods[0].actual->date) == "2026-03-31");
  CHECK(periods[0].actual->accelerators().planned == 50);
  CHECK(periods[0].actual->accelerators().variance() == -2);
  CHECK(periods[0].actual->draw().planned == Approx(50e3));
  CHECK(periods[0].actual->draw().actual == 45e3);
  CHECK(periods[0].actual->planned_spend == usd(2e6));
  CHECK_FALSE(periods[0].actual->spend);
  // The first instant of July is the end of the second quarter: what is delivered then is not there yet.
  REQUIRE(periods[1].actual);
  CHECK(periods[1].actual->accelerators().planned == 150);
  CHECK(periods[1].actual->accelerators().actual == 140);
  CHECK(*periods[1].actual->spend == usd(1.75e6));
  CHECK_FALSE(periods[2].actual);
  CHECK(run.outcomes[0].final.capex == usd(2e6));
  CHECK(run.plans[0].total.accelerators.installed == 200);
}

TEST_CASE("What has not arrived is late by as long again, and is paid when it comes") {
  // 40 of the 100 of July are missing on 1 August: 31 days overdue, they come 31 days later. Of their 400,000 USD, 300,000 are unpaid.
  const Run run = race("{date: 2026-08-01, site: hall, accelerator: CHIP, count: 210, spend: 1.7e6 USD}", "2026-08-15");
  const PlanPeriod& now = correction(run);
  CHECK(core::to_date(now.begins) == "2026-08-01");
  CHECK(now.ends == now.begins);
  CHECK(now.accelerators.delivered == -40);
  CHECK(now.accelerators.installed == -40);
  CHECK(now.accelerators.on_order == 40);
  CHECK(now.accelerators.in_place() == 210);
  CHECK(now.accelerators.retired == 0);
  CHECK(now.money.capex == usd(-3e5));
  CHECK(now.money.correction == usd(-3e5));
  CHECK(now.actual->accelerators().variance() == -40);
  const PlanPeriod& after = run.plans[0].periods[1];
  CHECK(after.name == "2026-08-01 to 2026-09-30");
  CHECK(after.accelerators.delivered == 40);
  CHECK(after.accelerators.in_place() == 250);
  CHECK(after.money.capex == usd(3e5));
  CHECK(after.money.correction == Money{});
  CHECK(run.outcomes[0].final.capex == usd(2e6));
  CHECK(run.outcomes[0].final.unspent == usd(1e6));
  const double flop = useful(50, 365) + useful(100, 275) + useful(100, 31) + useful(60, 31) + useful(100, 122);
  CHECK(run.outcomes[0].final.physical_flop == Approx(flop).epsilon(1e-12));
}

TEST_CASE("What is late comes on the date that the actuals expect") {
  const Run run = race("{date: 2026-08-01, site: hall, accelerator: CHIP, count: 210, expected: 2026-12-01}",
                       "2026-08-01");
  CHECK(correction(run).money.capex == Money{});
  const double flop = useful(50, 365) + useful(100, 275) + useful(100, 31) + useful(60, 122) + useful(100, 31);
  CHECK(run.outcomes[0].final.physical_flop == Approx(flop).epsilon(1e-12));
}

TEST_CASE("What stood there at the start and is missing is gone") {
  const Run run = race("{date: 2026-02-01, site: hall, accelerator: CHIP, count: 45}", "2026-02-01");
  CHECK(correction(run).accelerators.retired == 5);
  CHECK(correction(run).accelerators.on_order == 200);
  const double flop = useful(50, 31) + useful(45, 334) + useful(100, 275) + useful(100, 184);
  CHECK(run.outcomes[0].final.physical_flop == Approx(flop).epsilon(1e-12));
}

TEST_CASE("What is there too early comes from what is on order, and once") {
  const Run run = race("{date: 2026-05-01, site: hall, accelerator: CHIP, count: 230}", "2026-05-01");
  const PlanPeriod& now = correction(run);
  CHECK(now.accelerators.ordered == 0);
  CHECK(now.accelerators.delivered == 80);
  CHECK(now.accelerators.on_order == 20);
  CHECK(now.money.capex == Money{});
  CHECK(run.plans[0].total.accelerators.in_place() == 250);
  const double flop = useful(50, 365) + useful(100, 275) + useful(80, 245) + useful(20, 184);
  CHECK(run.outcomes[0].final.physical_flop == Approx(flop).epsilon(1e-12));
}

TEST_CASE("Hardware that the plan does not have costs what it costs, or what was spent") {
  const std::string row = "{date: 2026-08-01, site: hall, accelerator: CHIP, count: 260";
  const Run by_list = race(row + "}", "2026-08-01");
  CHECK(correction(by_list).accelerators.ordered == 10);
  CHECK(correction(by_list).money.capex == usd(2e5));
  CHECK(by_list.outcomes[0].final.unspent == usd(0.8e6));
  const Run by_spend = race(row + ", spend: 2.05e6 USD}", "2026-08-01");
  CHECK(correction(by_spend).money.capex == usd(5e4));
  CHECK(by_spend.outcomes[0].final.capex == usd(2.05e6));
}

TEST_CASE("What stands on another site than planned was moved, with its age") {
  const Run run = race(
      "{date: 2026-08-01, site: hall, accelerator: CHIP, count: 220}, "
      "{date: 2026-08-01, site: annex, accelerator: CHIP, count: 30}",
      "2026-08-01");
  const PlanPeriod& now = correction(run);
  CHECK(now.accelerators.installed == 0);
  CHECK(now.accelerators.retired == 0);
  CHECK(now.accelerators.on_order == 0);
  CHECK(now.power.nameplate_power == 250e3);
  CHECK(*now.money.depreciation == Money{});
  CHECK(run.outcomes[0].sites[1].accelerators == 30);
}

TEST_CASE("What was handed down and comes late is credited once") {
  const auto credit = [](const std::string& actuals) {
    const std::vector<reader::Override> changes = {{"operations.hand_down.age", "61 days"},
                                                   {"operations.hand_down.credit", "0.5"},
                                                   {"loss.reference", "1e24 FLOP"}};
    const Run run = run_scenario(reader::load_bytes(kPlan + actuals, "plan.yaml", changes), {});
    return run.outcomes[0].final.finance.credit;
  };
  // On 15 June 40 are missing of those that were handed down on the first. They come 75 days later, on 29 August, and are handed
  // down again on 29 October.
  const Money planned = credit("");
  CHECK(planned > Money{});
  CHECK(credit("actuals: [{date: 2026-06-15, site: hall, accelerator: CHIP, count: 110}]\n") == planned);
}

TEST_CASE("Money beyond the budget is paid beside it") {
  const Run run = race("{date: 2026-02-01, spend: 3.5e6 USD}", "2026-02-01");
  CHECK(correction(run).money.correction == usd(1.5e6));
  CHECK(*correction(run).money.budget_left == Money{});
  CHECK(run.outcomes[0].final.capex == usd(3.5e6));
  CHECK(run.plans[0].total.accelerators.installed == 200);
}

/// Sixty of one type and fifty of another, and nothing is bought.
const std::string kOnTwoSites =
    "  - {accelerator: CHIP, count: 50, installed: 2025-06-01, site: hall}\n"
    "  - {accelerator: OTHER, count: 20, installed: 2025-06-01, site: hall}\n"
    "  - {accelerator: OTHER, count: 30, installed: 2025-06-01, site: annex}\n"
    "  - {accelerator: CHIP, count: 10, installed: 2025-06-01, site: annex}\n";
const std::string kAnywhere =
    "  - {accelerator: CHIP, count: 60, installed: 2025-06-01}\n  - {accelerator: OTHER, count: 50, installed: 2025-06-01}\n";
Run mixed(const std::string& initial, const std::string& counts) {
  const std::string chip =
      "released: 2025-01-01, server_power: 1 kW, average_draw: 1, server_overhead: 1, interconnect_share: 0";
  return run_scenario(
      reader::load_bytes(
          "fleetrace: 1\nname: mixed\nhorizon: {start: 2026-01-01, end: 2027-01-01}\naccelerators:\n  CHIP: {" + chip +
              ", bf16: 1 PFLOP/s, price: 20000 USD}\n  OTHER: {" + chip +
              ", bf16: 2 PFLOP/s, price: 30000 USD}\nhardware: {model: catalog, accelerators: [CHIP, OTHER], price_decline: 0 /yr}\n"
              "operations: {mfu: 0.5}\nsites: {hall: {power: 270 kW, pue: 1}, annex: {power: 270 kW, pue: 1}}\n"
              "initial_fleet:\n" +
              initial + "strategies: {plan: {buy: none, sites: [hall, annex]}}\nactuals: [" + counts + "]\n",
          "mixed.yaml", {{"horizon.from", "2026-08-01"}}),
      {}, {}, {}, PlanOptions{Period::quarter});
}

std::string row(const std::string& site, const std::string& type, int count) {
  return "{date: 2026-08-01, site: " + site + ", accelerator: " + type + ", count: " + std::to_string(count) + "}, ";
}

TEST_CASE("Each type is counted on each site: what is gone is gone there, what is new is new there") {
  const Run run = mixed(kOnTwoSites, row("hall", "CHIP", 48) + row("hall", "OTHER", 20) + row("annex", "OTHER", 36) +
                                         row("annex", "CHIP", 10));
  CHECK(correction(run).accelerators.retired == 2);
  CHECK(correction(run).accelerators.ordered == 6);
  CHECK(correction(run).money.capex == usd(180'000));
  CHECK(run.outcomes[0].sites[0].accelerators == 68);
  CHECK(run.outcomes[0].sites[1].accelerators == 46);
  const double flop = useful(60, 212) + useful(58, 153) + 2 * (useful(50, 212) + useful(56, 153));
  CHECK(run.outcomes[0].final.physical_flop == Approx(flop).epsilon(1e-12));
}

TEST_CASE("Types that changed places between sites are moved, each by itself") {
  const Run run = mixed(kAnywhere, row("hall", "CHIP", 55) + row("hall", "OTHER", 12) + row("annex", "OTHER", 38) +
                                       row("annex", "CHIP", 5));
  CHECK(correction(run).accelerators.retired == 0);
  CHECK(correction(run).accelerators.ordered == 0);
  CHECK(correction(run).money.capex == Money{});
  CHECK(run.outcomes[0].sites[0].accelerators == 67);
  CHECK(run.outcomes[0].sites[1].accelerators == 43);
  CHECK(run.outcomes[0].final.physical_flop == Approx(useful(60, 365) + 2 * useful(50, 365)).epsilon(1e-12));
}

}  // namespace
}  // namespace fleetrace
