#include "sim/fleet/results/dated_metric.hpp"
#include "sim/fleet/results/metrics.hpp"
#include "tests/oracle/race.hpp"
#include "tests/oracle/random_scenario.hpp"
#include "tests/unit/bits.hpp"

// Values at a date are those of the events of that date, whatever the series shows.
namespace fleetrace::test {
namespace {

using fleet::State;

core::Time date(const char* text) { return core::parse_iso8601(text).value(); }

fleet::Outcome asked(const fleet::StrategySetup& one, const std::vector<core::Time>& dates) {
  fleet::World world;
  fleet::Outcome outcome;
  world.recorder.keep(fleet::Detail::whole, std::nullopt, dates);
  fleet::simulate(world, one, outcome);
  return outcome;
}

double value_at(const char* name, const fleet::StrategySetup& one, const fleet::Outcome& outcome, core::Time at) {
  return fleet::find_dated_metric(name)->at(one, outcome, at).value();
}

/// Everything that a race says but the series.
Bits figures(const fleet::Outcome& outcome) {
  fleet::Outcome all = outcome;
  all.series.clear();
  all.trajectory = {};
  return Bits(all);
}

bool same_course(const fleet::Trajectory& a, const fleet::Trajectory& b) {
  return Bits(a.segments()) == Bits(b.segments());
}

}  // namespace

TEST_CASE("counts, power, energy and money on a date are those of that date", "[dates]") {
  // 1 000 H100 of 1 275 W nameplate, 956.25 W on average, at 0.1 USD/kWh; 100 more on 2025-01-01, and 0.2 USD/kWh from
  // 2025-07-01 on. Samples are years apart.
  const std::vector<fleet::StrategySetup> cases = cases_of(
      "horizon: {start: 2024-01-01, length: 10 yr, sample_every: 5 yr}\n"
      "hardware: {model: catalog, accelerators: [H100], price_decline: 0 /yr}\noperations: {mfu: 0.4, lifetime: unlimited}\n"
      "sites: {main: {pue: 1.25, electricity: 0.1 USD/kWh, tariffs: [{from: 2025-07-01, electricity: 0.2 USD/kWh}]}}\n"
      "initial_fleet: [{accelerator: H100, count: 1000}]\n"
      "strategies: {a: {buy: orders, orders: [{at: 2025-01-01, accelerator: H100, count: 100}]}}\n");
  const core::Time before = date("2024-12-31");
  const core::Time bought = date("2025-01-01");
  const core::Time after = date("2025-01-10");
  const core::Time dear = date("2025-08-01");
  const fleet::Outcome outcome = asked(cases[0], {dear, before, bought, after, after});
  REQUIRE(outcome.checkpoints.size() == 4);
  const auto value = [&](const char* name, core::Time at) { return value_at(name, cases[0], outcome, at); };
  CHECK(value("accelerators", before) == 1000);
  CHECK(value("accelerators", bought) == 1100);
  CHECK(value("accelerators", after) == 1100);
  CHECK(value("capacity_flop_per_s", before) * 1.1 == Approx(value("capacity_flop_per_s", bought)).epsilon(1e-15));
  CHECK(value("average_site_power_w", after) == Approx(1100 * 956.25 * 1.25).epsilon(1e-14));
  CHECK(value("nameplate_site_power_w", after) == Approx(1100 * 1275 * 1.25).epsilon(1e-14));
  const double price = outcome.cohorts[1].cost_usd;
  CHECK(value("capex_usd", before) == 0);
  CHECK(value("capex_usd", bought) == Approx(100 * price).epsilon(1e-10));
  const double kilowatts = 956.25 * 1.25 / 1e3;
  const core::Time start = cases[0].horizon.start;
  const auto kwh = [&](core::Time at) {
    return kilowatts * (1000 * (at - start).hours() + (at > bought ? 100 * (at - bought).hours() : 0));
  };
  const double cheap = 0.1 * kwh(date("2025-07-01"));
  for (const core::Time at : {before, bought, after}) {
    CHECK(value("energy_kwh", at) == Approx(kwh(at)).epsilon(1e-12));
    CHECK(value("opex_usd", at) == Approx(0.1 * kwh(at)).epsilon(1e-12));
  }
  CHECK(value("opex_usd", dear) == Approx(cheap + 0.2 * (kwh(dear) - kwh(date("2025-07-01")))).epsilon(1e-12));
  CHECK(value("spend_usd", dear) == Approx(100 * price + value("opex_usd", dear)).epsilon(1e-10));
}

TEST_CASE("a date that nobody named has no value", "[dates]") {
  const std::vector<fleet::StrategySetup> cases = cases_of(
      "horizon: {start: 2024-01-01, length: 1 yr}\nhardware: {model: catalog, accelerators: [H100]}\n"
      "operations: {mfu: 0.4}\ninitial_fleet: [{accelerator: H100, count: 10}]\nstrategies: {a: {buy: none}}\n");
  const fleet::Outcome outcome = asked(cases[0], {date("2024-02-01"), date("2030-01-01"), date("2020-01-01")});
  CHECK(outcome.checkpoints.size() == 1);
  CHECK_FALSE(fleet::find_dated_metric("accelerators")->at(cases[0], outcome, date("2024-03-01")));
  CHECK_FALSE(fleet::find_dated_metric("accelerators")->at(cases[0], outcome, date("2020-01-01")));
}

TEST_CASE("what a target costs is exact between two changes", "[dates]") {
  // As in the first case; the target is met while both fleets run. Hardware counts when it is ordered, its order cost in full.
  const Race run = race(
      "horizon: {start: 2024-01-01, length: 4 yr, sample_every: 3 yr}\n"
      "hardware: {model: catalog, accelerators: [H100], price_decline: 0 /yr}\noperations: {mfu: 0.4}\n"
      "supply: {order_cost: 3e6 USD}\nsites: {main: {pue: 1.25, electricity: 0.1 USD/kWh}}\n"
      "initial_fleet: [{accelerator: H100, count: 1000}]\nloss: {targets: [0.97]}\n"
      "strategies: {a: {buy: orders, orders: [{at: 2024-03-01, accelerator: H100, count: 100}, "
      "{at: 2027-01-01, accelerator: H100, count: 1}]}}\n");
  const fleet::Outcome& outcome = run["a"];
  const core::Time reached = outcome.targets[0].reached.value();
  REQUIRE(reached > date("2024-03-02"));
  REQUIRE(reached < date("2027-01-01"));
  const double hours = (reached - date("2024-01-01")).hours();
  const double more = (reached - date("2024-03-01")).hours();
  const double energy = 0.1 * 1.25 * 0.95625 * (1000 * hours + 100 * more);
  CHECK(fleet::spend_until(outcome, reached) ==
        Approx(energy + 100 * outcome.cohorts[1].cost_usd + 3e6).epsilon(1e-10));
  CHECK(fleet::spend_until(outcome, date("2028-01-01")) == outcome.final.spend().usd());
}

TEST_CASE("how often a random race is looked at changes no figure of it", "[dates]") {
  int compared = 0;
  for (std::uint64_t seed = 1; seed <= 1'000; ++seed) {
    for (const fleet::StrategySetup& one : random_cases(seed, seed % 3 == 0, seed % 2 == 0)) {
      INFO("seed " << seed << ", strategy " << one.strategy.name);
      fleet::StrategySetup rare = one;
      const std::int64_t length = (one.horizon.end - one.horizon.start).milliseconds();
      rare.horizon.sample_every = core::Duration::from_milliseconds(std::max<std::int64_t>(1, length / 3 + 1));
      const core::Time middle = one.horizon.start + core::Duration::from_milliseconds(length / 2 + 1);
      const fleet::Outcome often = asked(one, {});
      const fleet::Outcome seldom = asked(rare, {});
      REQUIRE(figures(often) == figures(seldom));
      REQUIRE(same_course(often.trajectory, seldom.trajectory));
      const fleet::Outcome with_date = asked(one, {middle});
      REQUIRE(with_date.checkpoints.size() == 1);
      REQUIRE(Bits(with_date.checkpoints) == Bits(asked(rare, {middle}).checkpoints));
      REQUIRE(Bits(with_date.final) == Bits(often.final));
      ++compared;
    }
  }
  CHECK(compared > 800);
}

TEST_CASE("what random races have spent by a target is what the state of its date says", "[dates]") {
  int compared = 0;
  for (std::uint64_t seed = 1; seed <= 1'000; ++seed) {
    for (fleet::StrategySetup one : random_cases(seed, seed % 3 == 0, seed % 2 == 0)) {
      INFO("seed " << seed << ", strategy " << one.strategy.name);
      // Of failures that are applied together, cost and compute are averages of the same hours.
      if (one.plant.operations.failures.drawn()) continue;
      one.loss.targets = {0.999, 0.9, 0.6};
      const fleet::Outcome outcome = asked(one, {});
      for (const fleet::Target& target : outcome.targets) {
        if (!target.reached || *target.reached >= one.horizon.end) continue;
        const fleet::Outcome state = asked(one, {*target.reached});
        const double spent = value_at("spend_usd", one, state, *target.reached);
        REQUIRE(fleet::spend_until(outcome, *target.reached) == Approx(spent).epsilon(1e-9).margin(1e-5));
        ++compared;
      }
    }
  }
  CHECK(compared > 300);
}

TEST_CASE("the peak of a random race is the most that stood for any time", "[dates]") {
  int with_overhead = 0;
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    for (const fleet::StrategySetup& one : random_cases(seed, seed % 3 == 0, seed % 2 == 0, true)) {
      INFO("seed " << seed << ", strategy " << one.strategy.name);
      core::Time last = one.horizon.start;
      double peak = 0;
      const std::vector<std::uint32_t>& used = one.strategy.sites;
      // By the scenario alone but for what is installed; it comes before each event, and sees what the last one left.
      const auto watch = [&](const fleet::World& world, const fleet::Event& event) {
        if (event.time == last) return;
        double watts = 0;
        for (std::uint32_t i = 0; i < world.sites.size(); ++i) {
          const fleet::Site& site = one.plant.sites[i];
          watts += static_cast<double>(world.sites[i].powered_milliwatt) / 1e3 * site.marginal_pue();
          if (site.fixed_overhead > 0 && std::find(used.begin(), used.end(), i) != used.end())
            watts += site.fixed_watts(site.capacity_at(last));
        }
        peak = std::max(peak, watts);
        last = event.time;
      };
      const fleet::Outcome outcome = fleet::simulate(one, watch);
      peak = std::max(peak, outcome.series.back().nameplate_site_power);
      REQUIRE(outcome.final.peak_site_power == Approx(peak).epsilon(1e-14));
      for (const fleet::Sample& sample : outcome.series) REQUIRE(sample.nameplate_site_power <= peak * (1 + 1e-14));
      with_overhead += static_cast<int>(
          std::any_of(one.plant.sites.begin(), one.plant.sites.end(),
                      [](const auto& site) { return site.fixed_overhead > 0 && !site.additions.empty(); }));
    }
  }
  CHECK(with_overhead > 10);
}

TEST_CASE("what is pending shows in a state as if it were applied, and stays pending", "[dates]") {
  for (const char* const failures : {"{law: exponential, fidelity: device}", "{law: weibull, fidelity: aggregate}"}) {
    const fleet::StrategySetup one =
        cases_of(
            "horizon: {start: 2026-01-01, length: 1 yr}\nhardware: {model: catalog, accelerators: [H100]}\n"
            "sites: {main: {pue: 1.2, electricity: 0.1 USD/kWh}}\nprogress: {model: exponential, doubling: 9 months}\n"
            "operations: {mfu: 0.4, failures: " +
            std::string(failures) +
            "}\n"
            "initial_fleet: [{accelerator: H100, count: 3000}]\nloss: {reference: 1e24 FLOP}\n"
            "strategies: {a: {buy: none}}\n")
            .front();
    fleet::World world;
    world.reset(one);
    int pending = 0;
    for (int day = 1; day < 300; day += 7) {
      const core::Time at = one.horizon.start + core::kDay * day + core::kHour * (day % 24);
      world.events.schedule(at, fleet::EventKind::checkpoint);
      while (world.now() < at) (void)world.run(1);
      if (!world.reliability.has_pending()) continue;
      ++pending;
      const fleet::Sample state = world.state_at(at);
      CHECK(world.reliability.has_pending());
      fleet::World applied = world;
      applied.apply_pending_failures(at);
      const fleet::Sample then = applied.state_at(at);
      CHECK(state.accelerators == then.accelerators);
      CHECK(state.average_site_power == then.average_site_power);
      CHECK(state.energy_kwh == then.energy_kwh);
      CHECK(state.energy_cost == then.energy_cost);
      CHECK(state.physical_flop == then.physical_flop);
      CHECK(state.effective_flop == then.effective_flop);
      CHECK(applied.recount_agrees(at));
    }
    CHECK(pending > 20);
  }
}

TEST_CASE("the growth of efficiency begins in the instant in which anything enters service", "[dates]") {
  for (const char* const every : {"1 days", "11 months"}) {
    const Race run = race(
        "horizon: {start: 2026-01-01, length: 4 yr, sample_every: " + std::string(every) +
        "}\n"
        "hardware: {model: catalog, accelerators: [H100], price_decline: 0 /yr}\n"
        "operations: {mfu: 0.4, lifetime: unlimited}\nprogress: {model: exponential, doubling: 2 yr}\n"
        "loss: {reference: 1e24 FLOP}\n"
        "strategies: {a: {buy: orders, orders: [{at: 2027-02-03, accelerator: H100, count: 100}]}}\n");
    CHECK(run["a"].final.gamma_per_joule.value() == Approx(0.5).epsilon(1e-9));
  }
}

TEST_CASE("hardware that waits for power is written off like the rest", "[dates]") {
  // 1 MW / 1.2 takes 653 of 18,000 H100 of 2025-01-01; all are a year old at the start and five at the end, of six.
  const Race run = race(
      "horizon: {start: 2026-01-01, length: 4 yr}\noperations: {mfu: 0.38}\nsites: {hall: {power: 1 MW, pue: 1.2, "
      "grid: [{from: 2028-01-01, power: 2 MW}]}}\n"
      "initial_fleet: [{accelerator: H100, count: 18000, installed: 2025-01-01}]\nloss: {reference: 1e24 FLOP}\n"
      "strategies: {fleet: {buy: none}}\n");
  const fleet::FinanceReport& finance = run["fleet"].final.finance;
  const double cost = 18'000 * run["fleet"].cohorts[0].cost_usd;
  const double year = (date("2026-01-01") - date("2025-01-01")).years();
  CHECK(run["fleet"].final.accelerators[static_cast<std::size_t>(State::waiting_for_power)] == 18'000 - 1'307);
  CHECK(finance.book_usd == Approx(cost * (1 - (year + 4) / 6)).epsilon(1e-12));
  CHECK(finance.depreciation_usd == Approx(cost * 4 / 6).epsilon(1e-12));
}

TEST_CASE("what was delivered and waits is written off from its delivery, what is on its way is not", "[dates]") {
  // Of 20 H100 ordered on 2026-01-01 and delivered half a year later 10 find power; 7 more come after the end.
  const Race run = race(
      "horizon: {start: 2026-01-01, length: 4 yr}\noperations: {mfu: 0.38, lifetime: unlimited}\n"
      "hardware: {model: catalog, accelerators: [H100], price_decline: 0 /yr}\nsupply: {lead_time: 6 months}\n"
      "sites: {hall: {power: 12750 W, pue: 1}}\nloss: {reference: 1e24 FLOP}\n"
      "strategies: {a: {buy: orders, power_limits: installation, orders: [{at: 2026-01-01, accelerator: H100, count: 20}, "
      "{at: 2029-10-01, accelerator: H100, count: 7}]}}\n");
  const fleet::Outcome& outcome = run["a"];
  REQUIRE(outcome.final.accelerators[static_cast<std::size_t>(State::waiting_for_power)] == 10);
  const double age = 3.5;
  CHECK(outcome.final.finance.book_usd ==
        Approx(outcome.cohorts[0].cost_usd * (20 * (1 - age / 6) + 7)).epsilon(1e-12));
}

TEST_CASE("dated shares weigh goodput, interruptions and MFU", "[dates]") {
  const std::string head =
      "horizon: {start: 2026-01-01, length: 2 yr}\nhardware: {model: catalog, accelerators: [H100]}\n"
      "progress: {model: none}\nloss: {reference: 1e24 FLOP}\ninitial_fleet: [{accelerator: H100, count: 16384}]\n"
      "strategies: {still: {buy: none}}\n"
      "operations:\n  lifetime: unlimited\n  mfu: 0.4\n  job: {interruption_mtbf: 50677 h, restart: 7 min, checkpoint: 20 s}\n";
  const fleet::Summary all = race(head).outcomes[0].final;
  const fleet::Summary half = race(head +
                                   "  shares:\n    - {serving: 0}\n"
                                   "    - {from: 2027-01-01T06:00:00Z, serving: 0.5}\n")
                                  .outcomes[0]
                                  .final;
  const fleet::Summary other = race(head +
                                    "  shares:\n    - {serving: 0.5}\n"
                                    "    - {from: 2027-01-01T06:00:00Z, serving: 0}\n")
                                   .outcomes[0]
                                   .final;
  // In one of two years half of the fleet trains: half the interruptions in it, and the goodput of half as many.
  CHECK(half.interruptions.value() == Approx(0.75 * all.interruptions.value()).epsilon(1e-12));
  CHECK(other.interruptions.value() == Approx(0.75 * all.interruptions.value()).epsilon(1e-12));
  const fleet::Summary small = race(head + "  shares:\n    - {serving: 0.5}\n").outcomes[0].final;
  const double expected = (all.goodput.value() * 2 + small.goodput.value()) / 3;
  CHECK(half.goodput.value() == Approx(expected).epsilon(1e-12));
  CHECK(other.goodput.value() == Approx(expected).epsilon(1e-12));
  CHECK(half.mfu.value() == Approx(0.4).epsilon(1e-12));
  CHECK(other.mfu.value() == Approx(0.4).epsilon(1e-12));
}

}  // namespace fleetrace::test
