#include <cstdlib>
#include <map>

#include "sim/reader/load.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "tests/oracle/random_scenario.hpp"

// What holds in every race, whatever is in it. Builds with FLEETRACE_CHECK_INVARIANTS also recount after every event.
namespace fleetrace::test {
namespace {

using fleet::State;

std::int64_t total(const fleet::Sample& sample) {
  return std::accumulate(sample.accelerators.begin(), sample.accelerators.end(), std::int64_t{0});
}

void check_series(const fleet::StrategySetup& one, const fleet::Outcome& outcome) {
  const auto power_limit = [&](core::Time at) {
    double watts = 0;
    for (const fleet::Site& site : one.plant.sites) {
      const std::int64_t fits = site.capacity_at(at).it_power_milliwatt;
      watts += fits == fleet::kNoLimit ? INFINITY : static_cast<double>(fits) / 1e3 * site.pue;
    }
    return watts;
  };
  const fleet::Sample* before = nullptr;
  for (const fleet::Sample& now : outcome.series) {
    REQUIRE(now.relative_loss > 0);
    REQUIRE(now.relative_loss <= 1);
    REQUIRE(now.effective_flop >= 0);
    REQUIRE(std::isfinite(now.effective_flop));
    REQUIRE(now.average_site_power <=
            power_limit(now.time) * (1 + 1e-12) + 0.002 * static_cast<double>(one.plant.initial.size()));
    if (before != nullptr) {
      REQUIRE(now.time > before->time);
      REQUIRE(now.relative_loss <= before->relative_loss * (1 + 1e-15));
      REQUIRE(now.effective_flop >= before->effective_flop);
      REQUIRE(now.physical_flop >= before->physical_flop);
      REQUIRE(now.energy_kwh >= before->energy_kwh);
      REQUIRE(now.capex >= before->capex);
      REQUIRE(now.research >= before->research);
      REQUIRE(total(now) >= total(*before));
      REQUIRE(now.accelerators[static_cast<std::size_t>(State::retired)] >=
              before->accelerators[static_cast<std::size_t>(State::retired)]);
    }
    before = &now;
  }
}

void check_money(const fleet::StrategySetup& one, const fleet::Outcome& outcome) {
  const fleet::Summary& final = outcome.final;
  const core::Money zero;
  REQUIRE(final.unspent >= zero);
  if (one.strategy.budget) {
    const core::Money beside = one.strategy.budget_covers_energy ? zero : final.energy_cost + final.facility;
    const core::Money covered = final.spend() - beside;
    const core::Money regained = one.plant.operations.resale.reinvested ? final.finance.resale : zero;
    REQUIRE(covered + final.unspent == *one.strategy.budget + regained);
  }
  double energy_usd = 0;
  double energy_kwh = 0;
  core::Money facility;
  for (const fleet::SiteResult& site : outcome.sites) {
    energy_usd += site.energy_usd;
    energy_kwh += site.energy_kwh;
    facility += site.facility;
  }
  REQUIRE(final.energy_cost == core::Money::from_usd(energy_usd));
  REQUIRE(final.energy_kwh == Approx(energy_kwh).epsilon(1e-13));
  REQUIRE(final.facility == facility);
  if (one.plant.sites.size() == 1 && one.plant.sites[0].tariffs.empty())
    REQUIRE(final.energy_cost == core::Money::from_usd(final.energy_kwh * one.plant.sites[0].electricity));
  core::Money capex;
  std::int64_t rounded = 0;  // amounts of capacity that are kept as a double, each a few micro-dollars off at most
  for (const fleet::Cohort& cohort : outcome.cohorts) {
    if (cohort.ordered < one.horizon.start || cohort.rented) continue;  // of the initial fleet, or not bought
    capex += one.plant.supply.order_cost;
    capex += std::max(core::Money::from_micros(1), core::Money::from_usd(cohort.cost_usd)) * cohort.size;
    // An order along a learning curve keeps the average price.
    if (!cohort.is_capacity() && one.plant.market.types[cohort.type].price.learns_from_own())
      rounded += 1 + cohort.size;
    rounded += cohort.is_capacity() && cohort.cost_usd > 1e9 ? 1 + static_cast<std::int64_t>(cohort.cost_usd / 1e9) : 0;
  }
  REQUIRE(std::llabs((capex - final.capex).micros()) <= rounded);
}

/// Carbon and water of the sites add up to those of the race.
void check_emissions(const fleet::StrategySetup& one, const fleet::Outcome& outcome) {
  const fleet::FinanceReport& found = outcome.final.finance;
  REQUIRE(found.operational_kg.has_value() == one.plant.has_power());
  REQUIRE(found.water_litres.has_value() == one.plant.has_power());
  if (!found.operational_kg) return;
  double kg = 0;
  double litres = 0;
  bool is_steady = true;
  bool has_fixed = false;
  for (std::size_t i = 0; i < outcome.sites.size(); ++i) {
    const fleet::Site& site = one.plant.sites[i];
    is_steady = is_steady && std::none_of(site.tariffs.begin(), site.tariffs.end(),
                                          [](const fleet::SiteTariff& each) { return each.intensity.has_value(); });
    has_fixed = has_fixed || site.fixed_overhead > 0;
    kg += outcome.sites[i].energy_kwh * site.carbon.intensity;
    litres += outcome.sites[i].energy_kwh / site.pue * site.water;
  }
  if (is_steady) REQUIRE(*found.operational_kg == Approx(kg).epsilon(1e-12));
  if (!has_fixed) REQUIRE(*found.water_litres == Approx(litres).epsilon(1e-12));
  REQUIRE(*found.operational_kg >= 0);
  REQUIRE(*found.embodied_kg >= 0);
}

void check_supply(const fleet::StrategySetup& one, const fleet::Outcome& outcome) {
  if (one.plant.supply.yearly_limit == fleet::kNoLimit) return;
  std::map<std::int64_t, std::int64_t> ordered;
  for (const fleet::Cohort& cohort : outcome.cohorts) {
    if (cohort.ordered >= one.horizon.start && !cohort.rented)
      ordered[(cohort.ordered - one.horizon.start) / core::kYear] += cohort.size;
  }
  // What of the limit makes no whole lot counts in the next year.
  std::int64_t carried = 0;
  const std::int64_t years = ordered.empty() ? 0 : ordered.rbegin()->first + 1;
  for (std::int64_t year = 0; year < years; ++year) {
    const std::int64_t left = one.plant.supply.yearly_limit + carried - ordered[year];
    REQUIRE(left >= 0);
    carried = left % one.plant.supply.lot;
  }
}

/// What was ordered out of each allocation is no more than it has brought by then, whatever was cancelled.
void check_allocations(const fleet::StrategySetup& one, const fleet::Outcome& outcome) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::int64_t> left;
  for (const fleet::Allocation& each : one.plant.supply.allocations)
    left[{static_cast<std::uint32_t>(each.type), each.site}] += each.count;
  for (const fleet::Cohort& cohort : outcome.cohorts) {
    if (cohort.ordered < one.horizon.start || cohort.rented || cohort.is_capacity()) continue;
    const auto known = left.find({cohort.type, cohort.allotted_to});
    if (known != left.end()) REQUIRE((known->second -= cohort.size) >= 0);
  }
}

void check_race(const fleet::StrategySetup& one, const fleet::Outcome& outcome) {
  check_series(one, outcome);
  check_money(one, outcome);
  check_emissions(one, outcome);
  check_supply(one, outcome);
  const fleet::DoublingsByCause& split = outcome.final.split;
  REQUIRE(std::fabs(split.fleet + split.hardware + split.utilisation + split.algorithm - split.total) <=
          1e-12 * std::max(1.0, std::fabs(split.fleet)));
  REQUIRE(outcome.final.mean_relative_loss <= 1 + 1e-15);
  REQUIRE(outcome.final.mean_relative_loss >= outcome.final.relative_loss * (1 - 1e-14));
}

/// Whether what is installed on each site fits there, by the scenario alone.
bool sites_hold(const fleet::World& world) {
  bool holds = true;
  for (std::uint32_t i = 0; i < world.sites.size(); ++i) {
    const fleet::Site& site = world.setup().plant.sites[i];
    double grid = site.base.power;
    double cooling = site.base.cooling;
    double racks = site.base.racks;
    for (const fleet::SiteAddition& each : site.additions) {
      if (each.opens > world.now()) continue;
      grid += each.adds.power;
      cooling += each.adds.cooling;
      racks += each.adds.racks;
    }
    const double watts = static_cast<double>(world.sites[i].powered_milliwatt) / 1e3;
    holds = holds && watts * site.pue * site.redundancy <= grid * (1 + 1e-12) && watts <= cooling * (1 + 1e-12) &&
            (std::isinf(racks) ||
             static_cast<double>(world.sites[i].accelerators) <= racks * site.accelerators_per_rack);
  }
  return holds;
}

/// Strategies that keep a power never have more in service, but what stood there before.
void check_constant_power(const fleet::StrategySetup& one, const fleet::World& world) {
  if (one.strategy.buys != "constant_power" && one.strategy.buys != "refresh") return;
  std::int64_t initial = 0;
  for (const fleet::InitialCohort& cohort : one.plant.initial) {
    initial += cohort.capacity > 0
                   ? std::llround(cohort.capacity * 1e3 *
                                  (one.plant.market.trend ? one.plant.market.trend->power_per_flops : 0))
                   : std::llround(one.plant.market.types[cohort.type].nameplate_power * 1e3) * cohort.count;
  }
  REQUIRE(world.sites.peak_powered_milliwatt() <=
          std::max<std::int64_t>(initial, std::llround(one.strategy.policy.coefficients[0] * 1e3)));
}

}  // namespace

TEST_CASE("random races conserve money, accelerators, power and compute") {
  int races = 0;
  int purchases = 0;
  std::array<std::int64_t, fleet::kConstraints> constraint_counts{};
  std::array<std::int64_t, fleet::kStates> states{};
  fleet::World world;
  fleet::Outcome outcome;
  const char* count = std::getenv("FLEETRACE_RANDOM_RACES");
  const std::uint64_t scenarios = count == nullptr ? 3'000 : std::strtoull(count, nullptr, 10);
  for (std::uint64_t seed = 1; seed <= scenarios; ++seed) {
    const std::vector<fleet::StrategySetup> cases = random_cases(seed);
    for (const fleet::StrategySetup& one : cases) {
      INFO("seed " << seed << ", strategy " << one.strategy.name << '\n' << RandomScenario(seed).yaml());
      REQUIRE_NOTHROW(fleet::simulate(world, one, outcome));
      ++races;
      check_race(one, outcome);
      for (std::size_t i = 0; i < constraint_counts.size(); ++i) constraint_counts[i] += outcome.constraint_counts[i];
      for (std::size_t i = 0; i < states.size(); ++i) states[i] += outcome.final.accelerators[i];
      purchases += static_cast<int>(outcome.cohorts.size());
    }
  }
  // The draw is of use only where it reaches everything.
  CHECK(races > static_cast<int>(0.9 * static_cast<double>(scenarios)));
  CHECK(purchases > 4 * races);
  using fleet::Constraint;
  for (const Constraint each : {Constraint::nothing_on_sale, Constraint::power, Constraint::supply, Constraint::price})
    CHECK(constraint_counts[static_cast<std::size_t>(each)] > 0);
  for (std::size_t i = 0; i < states.size(); ++i)
    CHECK((states[i] > 0 || i == static_cast<std::size_t>(State::serving)));
}

TEST_CASE("random races that resell, rent, hand down and order in lots conserve as much") {
  core::Money rent;
  core::Money resale;
  core::Money credit;
  core::Money revenue;
  std::int64_t serving = 0;
  fleet::World world;
  fleet::Outcome outcome;
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    const bool reacting = seed % 3 == 0;
    for (const fleet::StrategySetup& one : random_cases(seed, reacting, true)) {
      INFO("seed " << seed << ", strategy " << one.strategy.name << '\n'
                   << RandomScenario(seed, reacting, true).yaml());
      REQUIRE_NOTHROW(fleet::simulate(world, one, outcome));
      check_race(one, outcome);
      const fleet::FinanceReport& finance = outcome.final.finance;
      REQUIRE(finance.book_usd >= 0);
      REQUIRE(finance.worth_usd.value_or(0) >= 0);
      if (one.finance.discount_rate == 0) {
        const core::Money income = finance.resale + finance.credit + finance.salvage + finance.revenue +
                                   finance.interest;
        REQUIRE(finance.npv_usd == Approx((income - outcome.final.spend()).usd()).epsilon(1e-9).margin(1e-3));
      }
      REQUIRE(finance.revenue >= core::Money{});
      if (finance.revenue < core::Money::from_usd(1e10)) revenue += finance.revenue;
      if (finance.rent < core::Money::from_usd(1e10)) rent += finance.rent;
      if (finance.resale < core::Money::from_usd(1e10)) resale += finance.resale;
      if (finance.credit < core::Money::from_usd(1e10)) credit += finance.credit;
      serving += outcome.final.accelerators[static_cast<std::size_t>(State::serving)];
    }
  }
  CHECK(rent > core::Money{});
  CHECK(revenue > core::Money{});
  CHECK(resale > core::Money{});
  CHECK(credit > core::Money{});
  CHECK(serving > 0);
}

TEST_CASE("in 1 000 random scenarios no site ever has more than fits, and all of it is paid for") {
  fleet::World world;
  fleet::Outcome outcome;
  std::int64_t scenarios = 0;
  std::int64_t opened = 0;
  std::int64_t waited = 0;
  std::int64_t on_several = 0;
  std::int64_t bound_to_site = 0;
  std::int64_t waited_for_site = 0;
  std::array<std::int64_t, fleet::kConstraints> bound{};
  for (std::uint64_t seed = 1; scenarios < 1'000 && seed < 10'000; ++seed) {
    const bool reacting = seed % 3 == 0;
    const bool trading = seed % 5 == 0;
    const std::vector<fleet::StrategySetup> cases = random_cases(seed, reacting, trading, true);
    scenarios += cases.empty() ? 0 : 1;
    for (const fleet::StrategySetup& one : cases) {
      INFO("seed " << seed << ", strategy " << one.strategy.name << '\n'
                   << RandomScenario(seed, reacting, trading, true).yaml());
      bool holds = true;
      const auto check_before = [&](const fleet::World& now, const fleet::Event& event) {
        // What opens in this instant does not count yet.
        if (event.payload.kind == fleet::EventKind::site_change) {
          ++opened;
        } else {
          holds = holds && sites_hold(now);
        }
      };
      REQUIRE_NOTHROW(fleet::simulate(world, one, outcome, check_before));
      REQUIRE(holds);
      check_race(one, outcome);
      waited += outcome.final.idle_accelerator_years > 0 ? 1 : 0;
      check_allocations(one, outcome);
      for (const fleet::Cohort& cohort : outcome.cohorts) {
        if (cohort.site == fleet::kAnySite || cohort.ordered < one.horizon.start) continue;
        ++bound_to_site;
        waited_for_site += cohort.count(State::waiting_for_power) > 0 ? 1 : 0;
      }
      int used = 0;
      for (const fleet::SiteResult& site : outcome.sites) used += site.peak_it_power > 0 ? 1 : 0;
      on_several += used > 1 ? 1 : 0;
      for (const fleet::ConstraintSpell& spell : outcome.bindings)
        ++bound[static_cast<std::size_t>(spell.binding.constraint)];
    }
  }
  CHECK(scenarios == 1'000);
  CHECK(opened > 1'000);
  CHECK(waited > 100);
  CHECK(on_several > 100);
  CHECK(bound_to_site > 500);
  CHECK(waited_for_site > 50);
  using fleet::Constraint;
  for (const Constraint each : {Constraint::power, Constraint::cooling, Constraint::space})
    CHECK(bound[static_cast<std::size_t>(each)] > 25);
}

TEST_CASE("random races of strategies that react conserve as much and keep to their power") {
  std::map<std::string, int> buyers;
  fleet::World world;
  fleet::Outcome outcome;
  std::int64_t retired_early = 0;
  for (std::uint64_t seed = 1; seed <= 800; ++seed) {
    for (const fleet::StrategySetup& one : random_cases(seed, true)) {
      INFO("seed " << seed << ", strategy " << one.strategy.name << '\n' << RandomScenario(seed, true).yaml());
      REQUIRE_NOTHROW(fleet::simulate(world, one, outcome));
      check_race(one, outcome);
      check_constant_power(one, world);
      buyers[one.strategy.buys] += outcome.final.capex > core::Money{} ? 1 : 0;
      if (one.plant.operations.lifetime == core::Duration::unlimited())
        retired_early += outcome.final.accelerators[static_cast<std::size_t>(State::retired)];
    }
  }
  CHECK(buyers.size() == 7);
  for (const auto& [name, count] : buyers) {
    INFO(name);
    CHECK(count > 10);
  }
  CHECK(retired_early > 0);
}

TEST_CASE("what is left of a fleet is recounted to the rounding of all that has gone") {
  // Beside what is rented one accelerator stays when half a million retire that failed one by one: its power is the difference of sums
  // of some 700 MW. With rounder numbers those happen to be exact.
  const Race run = race(R"(
horizon: {start: 2026-01-01, length: 2.3633375378205241 yr}
hardware: {model: generations, first: B200, cadence: 2.1458808841092969 yr}
operations:
  mfu: 0.51669798898333308
  lifetime: 1.2482199652031343 yr
  failures: {law: exponential, fidelity: device, mtbf: 7466758.1106644766 h, repair: 443.93452027346308 h}
progress: {model: exponential, rate: 1.4505600208736336 doublings/yr}
loss: {reference: 2.7048167478011267e+25 FLOP}
rental: {term: 2.434639944633568 yr, rate: 0.53255097389629613 /yr}
strategies:
  s0: {buy: leapfrog, every: 0.17613361228484176 yr, budget: 68704170266.323814 USD, rented: 0.37454159703328804}
)");
  CHECK(run["s0"].series.back().average_site_power < 2'000);
  CHECK(run["s0"].final.accelerators[static_cast<std::size_t>(State::retired)] > 500'000);
}

TEST_CASE("rent takes no more than there is, also of sums whose micro-dollars no double can count") {
  fleet::World world;
  fleet::Outcome outcome;
  for (const char* budget : {"98783019999.013382 USD", "9007199255.740993 USD", "123456789012.345679 USD"}) {
    const std::string yaml =
        "fleetrace: 1\nname: test\nhorizon: {start: 2026-01-01, length: 1 yr}\nhardware: {model: trend}\n"
        "operations: {mfu: 1}\nloss: {reference: 1e25 FLOP}\nrental: {term: 6 months, rate: 0.3 /yr}\n"
        "strategies: {renter: {buy: once, at: 1 day, rented: 1, budget: " +
        std::string(budget) + "}}\n";
    for (const fleet::StrategySetup& one : scenario::resolve(reader::load_bytes(yaml, "test.yaml"))) {
      INFO(yaml);
      REQUIRE_NOTHROW(fleet::simulate(world, one, outcome));
      CHECK(outcome.final.finance.rent.usd() > 1e9);
    }
  }
}

}  // namespace fleetrace::test
