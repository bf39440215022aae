#include "tests/oracle/day_race.hpp"
#include "tests/oracle/random_scenario.hpp"

// The event-driven race against fixed steps: a naive simulator of whole days, and an integrator that sees nothing but the
// state between events.
namespace fleetrace::test {
namespace {

using fleet::State;

/// What must have happened often in all races together, so that their agreement says something.
struct Seen {
  std::int64_t blocks = 0, power_bound = 0, supply_bound = 0, waited = 0, several = 0, runs = 0, late = 0, overhead = 0,
               foreseen = 0;
};

void require_same_states(const DayByDay& naive, const fleet::Sample& sample) {
  if (naive.trend > 0) {
    REQUIRE(relative_error(sample.capacity, naive.installed_peak()) <= 1e-9);
    REQUIRE(std::llabs(sample.capex.micros() - naive.spent) <= 1'000);
    return;
  }
  const auto state = [&](State s) { return sample.accelerators[static_cast<std::size_t>(s)]; };
  REQUIRE(state(State::ordered) == DayByDay::count_of(naive.coming));
  REQUIRE(state(State::waiting_for_power) == DayByDay::count_of(naive.waiting));
  REQUIRE(state(State::in_service) == DayByDay::count_of(naive.in_service));
  REQUIRE(state(State::retired) == naive.retired);
  REQUIRE(std::llabs(sample.capex.micros() - naive.spent) <= DayByDay::count_of(naive.coming) + naive.retired +
                                                                 DayByDay::count_of(naive.waiting) +
                                                                 DayByDay::count_of(naive.in_service));
}

/// Goes through a race in both ways, and compares after each day of which there is a sample.
void compare(DayRace& drawn, Seen& seen) {
  DayByDay& naive = drawn.naive;
  const Race run = race(drawn.yaml);
  const fleet::Outcome& outcome = run["turtle"];
  std::size_t next = 0;
  // Whoever orders for room finds it, where nothing is late and nothing waited from the first day on.
  bool is_foreseen = naive.power_limits_orders &&
                     std::all_of(naive.sites.begin(), naive.sites.end(), [](const DayByDay::Site& site) {
                       return site.phases.empty() || site.phases.back().opens == site.phases.back().announced;
                     });
  for (int day = 0; day <= naive.days; ++day) {
    const fleet::Sample& sample = outcome.series.at(next);
    const bool is_sampled = sample.time == run.cases[0].horizon.start + core::kDay * day;
    // Samples follow all events of their instant, but nothing happens at the end of the horizon.
    if (is_sampled) {
      ++next;
      REQUIRE(relative_error(sample.effective_flop, naive.effective) <= 1e-10);
      REQUIRE(relative_error(sample.energy_kwh, naive.kwh) <= 1e-10);
    }
    if (day == naive.days) break;
    naive.step(day);
    if (is_sampled) require_same_states(naive, sample);
    is_foreseen = is_foreseen && (day > 0 || naive.waiting.empty());
    if (is_foreseen) REQUIRE(naive.waiting.empty());
    seen.waited += static_cast<std::int64_t>(naive.waiting.size());
  }
  REQUIRE(next == outcome.series.size());
  REQUIRE(std::fabs(outcome.final.energy_cost.usd() - naive.energy_usd) <= 1e-9 * naive.energy_usd + 1e-3);
  REQUIRE(relative_error(outcome.final.peak_site_power, naive.peak_watts) <= 1e-12);
  if (naive.run_days > 0) REQUIRE(relative_error(*outcome.final.best_run_flop, naive.best_run()) <= 1e-10);
  seen.foreseen += is_foreseen ? naive.power_bound : 0;
  seen.power_bound += naive.power_bound;
  seen.supply_bound += naive.supply_bound;
  seen.blocks += naive.trend > 0 ? naive.power_bound : 0;
  seen.several += naive.own_sites.size() > 1 ? 1 : 0;
  seen.runs += naive.jumps.empty() || naive.run_days == 0 ? 0 : 1;
  for (const DayByDay::Site& site : naive.sites) {
    seen.overhead += site.fixed > 0 && site.pue > 1 ? 1 : 0;
    seen.late += !site.phases.empty() && site.phases.back().opens > site.phases.back().announced ? 1 : 0;
  }
}

}  // namespace

TEST_CASE("random races equal a naive simulation day by day") {
  Seen seen;
  for (std::uint64_t seed = 1; seed <= 1'000; ++seed) {
    DayRace drawn(seed);
    INFO("race " << seed << '\n' << drawn.yaml);
    compare(drawn, seen);
  }
  CHECK(seen.power_bound > 1000);
  CHECK(seen.supply_bound > 100);
  CHECK(seen.waited > 1000);
  CHECK(seen.several > 200);
  CHECK(seen.runs > 50);
  CHECK(seen.late > 100);
  CHECK(seen.foreseen > 100);
  CHECK(seen.blocks > 100);
  CHECK(seen.overhead > 100);
}

TEST_CASE("random races equal an integration by fixed steps of what is in service between events") {
  int races = 0;
  int scaled = 0;
  fleet::World world;
  fleet::Outcome outcome;
  for (std::uint64_t seed = 5'001; seed <= 5'220; ++seed) {
    for (const fleet::StrategySetup& one : random_cases(seed)) {
      INFO("seed " << seed << ", strategy " << one.strategy.name);
      const fleet::Operations& operations = one.plant.operations;
      const models::ProgressLaw& law = one.plant.progress;
      const models::FailureLaw& failures = operations.failures;
      const double up = failures.drawn() ? 1 : failures.availability;
      const double useful = operations.mfu * operations.training_share;
      long double effective = 0;
      long double joule = 0;
      core::Time last = one.horizon.start;
      // Simpson's rule with 64 steps: law.value alone, never its integral.
      const auto advance = [&](const fleet::World& state, core::Time now) {
        const long double length = static_cast<long double>((now - last).milliseconds()) / 31'557'600'000.0L;
        if (length <= 0) return;
        const double from = one.horizon.years_at(last);
        long double multiplier = 0;
        for (int i = 0; i <= 64; ++i) {
          const int weight = i == 0 || i == 64 ? 1 : i % 2 == 1 ? 4 : 2;
          const auto t = static_cast<double>(from + length * i / 64);
          multiplier += weight * static_cast<long double>(law.multiplier(t)) / 192;
        }
        const double goodput = state.job.is_drawn() ? state.job.drawn_goodput()
                                                    : state.job.expected_goodput(state.job_accelerators());
        // What scale leaves, from what works now alone.
        double training = 0;
        double peak = 0;
        for (const fleet::Cohort& cohort : state.inventory.cohorts()) {
          if (cohort.is_capacity()) continue;
          training += cohort.working * failures.work_factor() * operations.training_share;
          peak += cohort.working * failures.work_factor() * operations.training_share * cohort.peak;
        }
        const double together = operations.together(training);
        const double scale = training > 0 ? operations.throughput.efficiency({together, peak / training}) *
                                                operations.at_work(training, together)
                                          : 1;
        scaled += scale < 0.99 ? 1 : 0;
        for (const fleet::Cohort& cohort : state.inventory.cohorts()) {
          const auto healthy = static_cast<long double>(cohort.count(State::in_service) + cohort.count(State::standby));
          // Which share works beside spares has a test of its own.
          const long double working = failures.spares > 0
                                          ? static_cast<long double>(cohort.working)
                                          : up * static_cast<long double>(cohort.count(State::in_service));
          const bool initial = cohort.ordered < one.horizon.start;
          const double frozen = initial ? 1 : law.multiplier(one.horizon.years_at(cohort.ordered));
          effective += working * cohort.peak * useful * goodput * scale * (law.embodied ? frozen : multiplier) *
                       length * kYearSeconds;
          joule += healthy * cohort.average_power * up * length * kYearSeconds;
        }
        last = now;
      };
      fleet::simulate(world, one, outcome,
                      [&](const fleet::World& now, const fleet::Event& event) { advance(now, event.time); });
      advance(world, one.horizon.end);
      ++races;
      REQUIRE(relative_error(outcome.final.effective_flop, static_cast<double>(effective)) <= 1e-9);
      REQUIRE(relative_error(outcome.final.energy_kwh, static_cast<double>(joule) / 3.6e6 * one.plant.sites[0].pue) <=
              1e-11);
    }
  }
  CHECK(scaled > 100);
  CHECK(races > 150);
}

}  // namespace fleetrace::test
