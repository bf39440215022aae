#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "sim/api/plan_periods.hpp"
#include "sim/api/race.hpp"
#include "sim/fleet/world.hpp"
#include "sim/reader/load.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "sim/scenario/schema/remove_strategies.hpp"
#include "tests/oracle/random_scenario.hpp"

// A race that branches off a plan, and one that goes on from actuals, whatever the scenario.
namespace fleetrace {
namespace {

using core::Money;
using core::Time;

/// The first of a quarter near the middle of the horizon; none where it has no such date.
std::optional<Time> middle(const fleet::Horizon& horizon) {
  const std::vector<PlanDates> periods = plan_periods(horizon.start, horizon.end, {Period::quarter});
  return periods.size() < 3 ? std::nullopt : std::optional(periods[periods.size() / 2].begins);
}

/// Whether two races of one strategy are the same, to the bit.
bool is_same(const fleet::Outcome& a, const fleet::Outcome& b) {
  return a.events == b.events && a.final.relative_loss == b.final.relative_loss &&
         a.final.mean_relative_loss == b.final.mean_relative_loss && a.final.effective_flop == b.final.effective_flop &&
         a.final.physical_flop == b.final.physical_flop && a.final.energy_kwh == b.final.energy_kwh &&
         a.final.spend() == b.final.spend() && a.final.unspent == b.final.unspent &&
         a.final.accelerators == b.final.accelerators &&
         std::equal(a.series.begin(), a.series.end(), b.series.begin(), b.series.end(),
                    [](const fleet::Sample& one, const fleet::Sample& other) {
                      return one.time == other.time && one.effective_flop == other.effective_flop &&
                             one.spend() == other.spend() && one.accelerators == other.accelerators;
                    });
}

TEST_CASE("Branching off a date goes on as the race that did not branch, to the bit") {
  for (const std::string_view name : reader::scenario_names()) {
    INFO(name);
    const scenario::Scenario whole = reader::load(std::string(name));
    const std::optional<Time> from = middle(scenario::resolve(whole).front().horizon);
    if (!from) continue;
    scenario::Scenario branched = whole;
    scenario::set(branched, "horizon.from", core::to_date(*from));
    const Run a = run_scenario(whole, {}, {}, {}, PlanOptions{Period::quarter});
    const Run b = run_scenario(branched, {}, {}, {}, PlanOptions{Period::quarter});
    for (std::size_t i = 0; i < a.plans.size(); ++i) {
      CHECK(is_same(a.outcomes[i], b.outcomes[i]));
      const std::vector<PlanPeriod>& all = a.plans[i].periods;
      const std::vector<PlanPeriod>& rest = b.plans[i].periods;
      const std::size_t past = all.size() - rest.size();
      REQUIRE(past > 0);
      CHECK(all[past].begins == *from);
      CHECK(all[past - 1].accelerators.in_place() == b.plans[i].opening.accelerators.in_place());
      CHECK(all[past - 1].accelerators.on_order == b.plans[i].opening.accelerators.on_order);
      Money spend;
      for (std::size_t j = 0; j < rest.size(); ++j) {
        CHECK(rest[j].name == all[past + j].name);
        CHECK(rest[j].money.spend() == all[past + j].money.spend());
        CHECK(rest[j].accelerators.installed == all[past + j].accelerators.installed);
        CHECK(rest[j].power.energy_joule == all[past + j].power.energy_joule);
        spend += rest[j].money.spend();
      }
      CHECK(spend == b.plans[i].total.money.spend());
    }
  }
}

/// Actuals that differ from the plan at random: what is there, and what was spent.
std::shared_ptr<fleet::Actuals> random_actuals(const fleet::StrategySetup& setup, Time date, std::mt19937_64& random) {
  fleet::World world;
  fleet::Outcome outcome;
  std::optional<std::vector<std::int64_t>> counts;
  Money spend;
  world.recorder.keep(fleet::Detail::whole, std::nullopt, std::vector<Time>{date});
  fleet::simulate(world, setup, outcome, [&](const fleet::World&, const fleet::Event& event) {
    if (counts || event.time < date) return;
    counts = fleet::count_in_place(world);
    spend = world.state_at(date).spend();
  });
  REQUIRE(counts);
  auto actuals = std::make_shared<fleet::Actuals>();
  fleet::ActualState& state = actuals->states.emplace_back();
  state.date = date;
  state.is_counted = true;
  const std::size_t sites = setup.plant.sites.size();
  for (std::size_t i = 0; i < counts->size(); ++i) {
    const auto factor = static_cast<std::int64_t>(random() % 13);
    const std::int64_t more = random() % 4 == 0 ? static_cast<std::int64_t>(random() % 50) : 0;
    if (setup.plant.market.types[i / sites].released > date) continue;
    state.counts.push_back({i / sites, static_cast<std::uint32_t>(i % sites), (*counts)[i] * factor / 10 + more, {}});
  }
  if (random() % 2 == 0) state.spend = Money::from_usd(spend.usd() * static_cast<double>(random() % 200) / 100);
  actuals->corrects_fleet = 0;
  if (state.spend) actuals->corrects_money = 0;
  return actuals;
}

/// Races from actuals. Test builds check after each event that money and accelerators are conserved.
void race_from(fleet::StrategySetup setup, std::mt19937_64& random) {
  const Time date = setup.horizon.start + core::kDay * ((setup.horizon.end - setup.horizon.start) / core::kDay / 2);
  const std::shared_ptr<fleet::Actuals> actuals = random_actuals(setup, date, random);
  setup.actuals = actuals;
  fleet::World world;
  world.recorder.keep(fleet::Detail::whole, std::nullopt, std::vector<Time>{date});
  fleet::Outcome outcome;
  bool is_checked = false;
  fleet::simulate(world, setup, outcome, [&](const fleet::World&, const fleet::Event& event) {
    if (is_checked || event.time < date || !world.corrections.are_done(date)) return;
    is_checked = true;
    const fleet::ActualState& actual = actuals->states.front();
    if (actual.spend) CHECK(world.state_at(date).spend() == *actual.spend);
    // Less than was counted is there only where a site has no room for it.
    const std::vector<std::int64_t> now = fleet::count_in_place(world);
    for (const fleet::CountedAccelerators& each : actual.counts) {
      const std::int64_t here = now[each.type * setup.plant.sites.size() + each.site];
      CHECK(here <= each.count);
      if (here == each.count) continue;
      const auto& cohorts = world.inventory.cohorts();
      const auto one = std::find_if(cohorts.begin(), cohorts.end(), [&](const fleet::Cohort& cohort) {
        return cohort.takes_place() && cohort.type == each.type;
      });
      REQUIRE(one != cohorts.end());
      CHECK(world.sites.room(each.site, *one, 1) == 0);
    }
  });
  CHECK(is_checked);
  CHECK(world.conserved());
  // Each accelerator that was bought is somewhere.
  for (const fleet::Cohort& cohort : outcome.cohorts) CHECK(cohort.total() == cohort.size);
  CHECK(outcome.final.capex == world.ledger.capex());
}

TEST_CASE("A study of some strategies takes the actuals of the others out with them") {
  scenario::Scenario scenario = reader::load_bytes(R"(fleetrace: 1
name: two
horizon: {start: 2026-01-01, end: 2028-01-01, from: 2026-10-01}
hardware: {model: catalog, accelerators: [H100]}
operations: {mfu: 0.4}
initial_fleet: [{accelerator: H100, count: 100, installed: 2025-01-01}]
strategies: {a: {buy: none}, b: {buy: none}}
actuals:
  - {strategy: a, date: 2026-07-01, accelerator: H100, count: 90}
  - {strategy: b, date: 2026-08-01, accelerator: H100, count: 80}
  - {strategy: every, date: 2026-09-01, accelerator: H100, count: 70}
)",
                                                   "two.yaml");
  scenario::remove_strategies(scenario.edit(), [](const core::Spec& each) { return each.name == "a"; });
  const std::vector<fleet::StrategySetup> setups = scenario::resolve(scenario);
  REQUIRE(setups.size() == 1);
  REQUIRE(setups[0].actuals);
  REQUIRE(setups[0].actuals->states.size() == 2);
  CHECK(setups[0].actuals->states[0].counts[0].count == 80);
  CHECK(setups[0].actuals->corrects_fleet == 1);
  CHECK_FALSE(setups[0].actuals->corrects_money);
}

TEST_CASE("A race from any actuals conserves money and accelerators, and has what was counted") {
  std::mt19937_64 random(11);
  int raced = 0;
  for (std::uint64_t seed = 1; raced < 60 && seed < 1'000; ++seed) {
    const std::string yaml = "fleetrace: 1\nname: any\n" +
                             test::RandomScenario(seed, seed % 2 == 0, seed % 3 != 0, seed % 4 != 0).yaml();
    INFO("seed " << seed << '\n' << yaml);
    std::optional<scenario::Scenario> scenario;
    try {
      scenario = reader::load_bytes(yaml, "any.yaml");
    } catch (const core::InputError&) {
      continue;  // not every combination makes sense
    }
    ++raced;
    for (const fleet::StrategySetup& setup : scenario::resolve(*scenario)) {
      INFO(setup.strategy.name);
      race_from(setup, random);
    }
  }
  CHECK(raced == 60);
}

}  // namespace
}  // namespace fleetrace
