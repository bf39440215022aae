#include <catch2/catch.hpp>
#include <cmath>

#include "sim/api/plan_periods.hpp"
#include "sim/api/race.hpp"
#include "sim/output/run/writers.hpp"
#include "sim/reader/load.hpp"
#include "tests/oracle/random_scenario.hpp"

namespace fleetrace {
namespace {

using core::Money;
using fleet::State;

void check_money(const StrategyPlan& plan, const fleet::Summary& final) {
  Money capex, facility, energy, research, rent, resale, revenue, interest, spend;
  std::optional<Money> depreciation = Money{};
  for (const PlanPeriod& period : plan.periods) {
    const MoneyPlan& money = period.money;
    capex += money.capex;
    facility += money.facility;
    energy += money.energy;
    research += money.research;
    rent += money.rent;
    resale += money.resale;
    revenue += money.revenue;
    interest += money.interest;
    spend += money.spend();
    if (depreciation && money.depreciation) *depreciation += *money.depreciation;
    if (!money.depreciation) depreciation.reset();
  }
  CHECK(capex == final.capex);
  CHECK(facility == final.facility);
  CHECK(energy == final.energy_cost);
  CHECK(research == final.research);
  CHECK(rent == final.finance.rent);
  CHECK(resale == final.finance.resale);
  CHECK(revenue == final.finance.revenue);
  CHECK(interest == final.finance.interest);
  CHECK(spend == final.spend());
  CHECK(spend == plan.total.money.spend());
  const MoneyPlan& last = plan.periods.back().money;
  if (last.budget_left) CHECK(*last.budget_left == final.unspent);
  if (last.book_value) CHECK(*last.book_value == Money::from_usd(final.finance.book_usd));
  if (depreciation) {
    CHECK(*depreciation == *plan.opening.money.book_value + capex - resale - *last.book_value);
    CHECK(depreciation->usd() == Approx(final.finance.depreciation_usd).epsilon(1e-12).margin(1e-4));
  }
}

/// To the joule, or to what the total itself is known to.
void check_energy(const StrategyPlan& plan, const fleet::Outcome& outcome) {
  double joules = 0;
  std::vector<double> by_site(plan.total.by_site.size());
  for (const PlanPeriod& period : plan.periods) {
    joules += period.power.energy_joule;
    CHECK(period.power.energy_joule == std::floor(period.power.energy_joule));
    CHECK(period.power.average_draw * (period.ends - period.begins).seconds() ==
          Approx(period.power.energy_joule).epsilon(1e-12));
    for (std::size_t i = 0; i < by_site.size(); ++i) by_site[i] += period.by_site[i].energy_joule;
  }
  const double total = outcome.final.energy_kwh * 3.6e6;
  CHECK(std::fabs(joules - total) <= std::max(0.5, total * 0x1p-52));
  CHECK(joules == plan.total.power.energy_joule);
  for (std::size_t i = 0; i < by_site.size(); ++i) CHECK(by_site[i] == plan.total.by_site[i].energy_joule);
}

struct Stocks {
  explicit Stocks(const AcceleratorPlan& plan)
      : on_order(plan.on_order), pending(plan.on_order + plan.waiting), all(pending + plan.in_place()) {}
  std::int64_t on_order;
  std::int64_t pending;
  std::int64_t all;
};

/// What there is at the end of a period is what there was at its beginning, and what came and went.
void check_accelerators(const StrategyPlan& plan, const fleet::Summary& final) {
  AcceleratorPlan sum;
  Stocks before(plan.opening.accelerators);
  for (const PlanPeriod& period : plan.periods) {
    const AcceleratorPlan& now = period.accelerators;
    const Stocks after(now);
    CHECK(after.on_order == before.on_order + now.ordered - now.delivered);
    CHECK(after.all == before.all + now.ordered - now.retired);
    CHECK(now.delivered >= 0);
    CHECK(now.installed >= 0);
    CHECK(now.retired >= 0);
    std::int64_t installed = 0;
    std::int64_t in_place = 0;
    for (const AcceleratorPlan& type : period.by_type) {
      installed += type.installed;
      in_place += type.in_place();
    }
    CHECK(installed == now.installed);
    CHECK(in_place == now.in_place());
    sum.ordered += now.ordered;
    sum.installed += now.installed;
    sum.retired += now.retired;
    before = after;
  }
  CHECK(sum.ordered == plan.total.accelerators.ordered);
  CHECK(sum.installed == plan.total.accelerators.installed);
  const AcceleratorPlan& last = plan.periods.back().accelerators;
  CHECK(last.in_place() == final.in_place());
  CHECK(last.in_service == final.accelerators[static_cast<std::size_t>(State::in_service)]);
  CHECK(last.waiting == final.accelerators[static_cast<std::size_t>(State::waiting_for_power)]);
  CHECK(sum.retired == final.accelerators[static_cast<std::size_t>(State::retired)]);
}

void check_power(const StrategyPlan& plan) {
  for (const PlanPeriod& period : plan.periods) {
    double nameplate = 0;
    for (const SitePlan& site : period.by_site) {
      nameplate += site.nameplate_power;
      CHECK(site.headroom() >= 0);
    }
    CHECK(nameplate == period.power.nameplate_power);
  }
}

void check_plans(const Run& run) {
  for (std::size_t i = 0; i < run.plans.size(); ++i) {
    INFO(run.plans[i].strategy);
    check_money(run.plans[i], run.outcomes[i].final);
    check_energy(run.plans[i], run.outcomes[i]);
    check_accelerators(run.plans[i], run.outcomes[i].final);
    check_power(run.plans[i]);
  }
}

TEST_CASE("Periods of every scenario add up to its totals, and change nothing") {
  const PlanOptions options[] = {{Period::month}, {Period::quarter}, {Period::year}, {Period::year, 10}};
  for (const std::string_view name : reader::scenario_names()) {
    const scenario::Scenario scenario = reader::load(std::string(name));
    const std::string alone = output::to_json(run_scenario(scenario, {}));
    for (const PlanOptions& each : options) {
      INFO(name << ' ' << to_string(each));
      const Run run = run_scenario(scenario, {}, {}, {}, each);
      CHECK((output::to_json(run) == alone));
      REQUIRE(run.plans.size() == run.outcomes.size());
      check_plans(run);
    }
  }
}

TEST_CASE("So do those of random scenarios that resell, rent, hand down, cancel and fail") {
  const PlanOptions options[] = {{Period::month}, {Period::quarter, 2}, {Period::year, 7}};
  int raced = 0;
  std::int64_t retired = 0;
  std::int64_t rented = 0;
  Money resale;
  for (std::uint64_t seed = 1; raced < 120 && seed < 2'000; ++seed) {
    const bool has_sites = seed % 3 != 0;
    const std::string yaml = "fleetrace: 1\nname: random\n" +
                             test::RandomScenario(seed, seed % 2 == 0, seed % 5 != 0, has_sites).yaml();
    INFO("seed " << seed << '\n' << yaml);
    std::optional<scenario::Scenario> scenario;
    try {
      scenario = reader::load_bytes(yaml, "random.yaml");
    } catch (const core::InputError&) {
      continue;  // not every combination makes sense
    }
    ++raced;
    const Run run = run_scenario(*scenario, {}, {}, {}, options[seed % 3]);
    CHECK((output::to_json(run) == output::to_json(run_scenario(*scenario, {}))));
    check_plans(run);
    for (const StrategyPlan& plan : run.plans) {
      retired += plan.total.accelerators.retired;
      for (const PlanPeriod& period : plan.periods) rented += period.accelerators.rented;
      resale += plan.total.money.resale;
    }
  }
  CHECK(raced == 120);
  CHECK(retired > 0);
  CHECK(rented > 0);
  CHECK(resale > Money{});
}

}  // namespace
}  // namespace fleetrace
