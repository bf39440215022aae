#include <random>

#include "tests/oracle/day_by_day.hpp"
#include "tests/oracle/random_scenario.hpp"

// The event-driven race against fixed steps: a naive simulator of whole days, and an integrator that sees nothing but the
// state between events.
namespace fleetrace::test {
namespace {

using fleet::State;

struct DayRace {
  DayByDay naive;
  std::string yaml;
};

DayRace draw(std::mt19937_64& generator) {
  const auto uniform = [&](double low, double high) {
    return low + (high - low) * static_cast<double>(generator() >> 11) * 0x1p-53;
  };
  const auto whole = [&](int low, int high) { return static_cast<int>(uniform(low, high + 1)); };
  DayRace race;
  DayByDay& naive = race.naive;
  const double mfu = uniform(0.2, 0.6);
  const double repair = uniform(0, 2000);
  naive.availability = 10'000 / (10'000 + repair);
  naive.useful = mfu * naive.availability;
  naive.days = whole(300, 2500);
  naive.every = whole(1, 200);
  naive.lead = uniform(0, 1) < 0.3 ? 0 : whole(1, 300);
  naive.life = uniform(0, 1) < 0.2 ? 0 : whole(50, 1500);
  naive.purchases = naive.days / naive.every;
  naive.budget = static_cast<std::int64_t>(uniform(1e6, 5e8)) * 1'000'000;
  naive.decline = uniform(0, 0.5);
  const double rate = uniform(-0.3, 2);
  naive.alpha = rate * kLn2;
  const int watts = uniform(0, 1) < 0.3 ? 0 : whole(50'000, 8'000'000);
  naive.power = watts == 0 ? -1 : watts * 1'000LL;
  naive.yearly_limit = uniform(0, 1) < 0.6 ? -1 : whole(1, 3000);
  naive.power_limits_orders = uniform(0, 1) < 0.6;
  // H100 of 33 600 USD on 2023-07-01 and B200 of 37 000 USD on 2024-11-15, 915 and 412 days before the start.
  const double all_in = 1.64 / 0.81;
  naive.types = {{989.4e12, 1275, 956.25, 33'600 * all_in * std::exp(-naive.decline * 915 / 365.25)},
                 {2250e12, 1800, 1350, 37'000 * all_in * std::exp(-naive.decline * 412 / 365.25)}};
  const int initial = whole(0, 2000);
  if (initial > 0) naive.waiting.push_back({0, initial, 0});
  race.yaml = "horizon: {start: 2026-01-01, length: " + std::to_string(naive.days) + " days, sample_every: 30 days}\n" +
              "hardware: {model: catalog, accelerators: [H100, B200], price_decline: " + text(naive.decline) +
              " /yr}\n" + "progress: {model: exponential, rate: " + text(rate) +
              " doublings/yr}\noperations: {mfu: " + text(mfu) +
              ", failures: {law: exponential, mtbf: 10000 h, repair: " + text(repair) +
              " h}, lifetime: " + (naive.life == 0 ? std::string("unlimited") : std::to_string(naive.life) + " days") +
              "}\nsupply: {lead_time: " + std::to_string(naive.lead) + " days" +
              (naive.yearly_limit < 0 ? "" : ", yearly_limit: " + std::to_string(naive.yearly_limit) + " /yr") +
              "}\nsites: {main: {power: " + (watts == 0 ? std::string("unlimited") : std::to_string(watts) + " W") +
              "}}\n" + "loss: {reference: 1e24 FLOP}\n" +
              (initial == 0 ? ""
                            : "initial_fleet: [{accelerator: H100, count: " + std::to_string(initial) +
                                  ", installed: 2026-01-01}]\n") +
              "strategies: {turtle: {buy: incremental, every: " + std::to_string(naive.every) +
              " days, budget: " + std::to_string(naive.budget / 1'000'000) +
              " USD, power_limits: " + (naive.power_limits_orders ? "orders" : "installation") + "}}\n";
  return race;
}

}  // namespace

TEST_CASE("random races equal a naive simulation day by day") {
  std::mt19937_64 generator(20260101);
  std::int64_t power_bound = 0;
  std::int64_t supply_bound = 0;
  std::int64_t waited = 0;
  for (int i = 0; i < 300; ++i) {
    DayRace drawn = draw(generator);
    DayByDay& naive = drawn.naive;
    const Race run = race(drawn.yaml);
    const fleet::Outcome& outcome = run["turtle"];
    INFO("race " << i << '\n' << drawn.yaml);
    std::size_t next = 0;
    for (int day = 0; day <= naive.days; ++day) {
      const fleet::Sample& sample = outcome.series.at(next);
      const bool end = day == naive.days;
      // Samples follow all events of their instant, but nothing happens at the end of the horizon.
      if (sample.time == run.cases[0].horizon.start + core::kDay * day) {
        ++next;
        REQUIRE(relative_error(sample.effective_flop, naive.effective) <= 1e-10);
        REQUIRE(relative_error(sample.energy_kwh, naive.it_joule / 3.6e6) <= 1e-11);
      }
      if (end) break;
      naive.step(day);
      if (sample.time == run.cases[0].horizon.start + core::kDay * day) {
        const auto state = [&](State s) { return sample.accelerators[static_cast<std::size_t>(s)]; };
        std::int64_t waiting = 0;
        for (const DayByDay::Batch& batch : naive.waiting) waiting += batch.count;
        waited += waiting;
        REQUIRE(state(State::ordered) == DayByDay::count_of(naive.coming));
        REQUIRE(state(State::waiting_for_power) == waiting);
        REQUIRE(state(State::in_service) == DayByDay::count_of(naive.in_service));
        REQUIRE(state(State::retired) == naive.retired);
        REQUIRE(std::llabs(sample.capex.micros() - naive.spent) <=
                DayByDay::count_of(naive.coming) + naive.retired + waiting + DayByDay::count_of(naive.in_service));
      }
    }
    REQUIRE(next == outcome.series.size());
    power_bound += naive.power_bound;
    supply_bound += naive.supply_bound;
  }
  CHECK(power_bound > 100);
  CHECK(supply_bound > 100);
  CHECK(waited > 100);
}

TEST_CASE("random races equal an integration by fixed steps of what is in service between events") {
  int races = 0;
  int scaled = 0;
  fleet::World world;
  fleet::Outcome outcome;
  for (std::uint64_t seed = 5'001; seed <= 5'220; ++seed) {
    for (const fleet::Case& one : random_cases(seed)) {
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
        // What scale leaves, from what works now alone.
        double training = 0;
        double peak = 0;
        for (const fleet::Cohort& cohort : state.cohorts) {
          if (cohort.is_capacity()) continue;
          training += cohort.working * failures.work_factor() * operations.training_share;
          peak += cohort.working * failures.work_factor() * operations.training_share * cohort.peak;
        }
        const double together = operations.together(training);
        const double scale = training > 0 ? operations.throughput.efficiency({together, peak / training}) *
                                                operations.at_work(training, together)
                                          : 1;
        scaled += scale < 0.99 ? 1 : 0;
        for (const fleet::Cohort& cohort : state.cohorts) {
          const auto healthy = static_cast<long double>(cohort.count(State::in_service) + cohort.count(State::standby));
          // Which share works beside spares has a test of its own.
          const long double working = failures.spares > 0
                                          ? static_cast<long double>(cohort.working)
                                          : up * static_cast<long double>(cohort.count(State::in_service));
          const bool initial = cohort.ordered < one.horizon.start;
          const double frozen = initial ? 1 : law.multiplier(one.horizon.years_at(cohort.ordered));
          effective += working * cohort.peak * useful * state.goodput() * scale * (law.embodied ? frozen : multiplier) *
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
