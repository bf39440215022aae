#include "models/theory/final_compute.hpp"
#include "models/theory/kernel.hpp"
#include "tests/oracle/finite_sums.hpp"
#include "tests/oracle/race.hpp"

// Spending, power and trigger rules run through the simulator, against their closed forms (docs/derivations.md 1).
namespace fleetrace::test {
namespace {

constexpr double kRate = 0.5;  // of prices [doublings/yr]
constexpr double kEta = kRate * kLn2;

std::string trend(double horizon, const std::string& rest, const std::string& strategy) {
  return "horizon: {start: 2026-01-01, length: " + text(horizon) + " yr}\n" +
         "hardware: {model: trend, price_performance: 1e9 FLOP/s/USD, price_performance_rate: 0.5 doublings/yr, "
         "power_per_flops: 1 W/(TFLOP/s), energy_efficiency_rate: 0.9 doublings/yr}\n" +
         "loss: {reference: 1e26 FLOP}\n" + rest + "strategies: {s: {" + strategy + "}}\n";
}

std::string progress(double alpha_rate) {
  return "progress: {model: exponential, rate: " + text(alpha_rate) + " doublings/yr}\n";
}

/// Dates of purchases [yr from the start].
std::vector<double> purchase_dates(const fleet::StrategySetup& one, const fleet::Outcome& outcome) {
  std::vector<double> dates;
  for (const fleet::Cohort& cohort : outcome.cohorts) {
    if (cohort.ordered >= one.horizon.start && cohort.size > 0) dates.push_back(one.horizon.years_at(cohort.ordered));
  }
  return dates;
}

/// Capacity in service over what the fleet's power would give if all of it were bought now, averaged over [from, to].
double average_lag(const fleet::Outcome& outcome, double eta, double full, double from, double to) {
  const auto& segments = outcome.trajectory.segments();
  double sum = 0;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const double a = std::max(from, segments[i].from_years);
    const double b = std::min(to, i + 1 < segments.size() ? segments[i + 1].from_years : to);
    if (b > a) sum += segments[i].rate / full * (std::exp(-eta * a) - std::exp(-eta * b)) / eta;
  }
  return sum / (to - from);
}

}  // namespace

TEST_CASE(
    "constant and growing budgets tend to derivations 1a, even spending with eta -> eta + rho, as intervals shrink") {
  for (const double rho : {0.0, 0.5, -0.3}) {
    for (const double alpha_rate : {0.0, 1.5}) {
      for (const double life : {3.0, 50.0}) {
        CAPTURE(rho, alpha_rate, life);
        const double horizon = 8;
        const double exact = 1e8 * horizon * 1e9 * kYearSeconds *
                             models::theory::uniform_compute({kEta + rho, alpha_rate * kLn2, life, 0}, horizon);
        std::vector<double> errors;
        for (const double every : {0.25, 0.125, 0.0625}) {
          const std::string rule = rho == 0
                                       ? "buy: constant_budget, per_year: 1e8 USD/yr"
                                       : "buy: exponential_growth, first: 1e8 USD/yr, growth: " + text(rho) + " /yr";
          const Race run = race(trend(horizon, progress(alpha_rate) + "operations: {lifetime: " + text(life) + " yr}\n",
                                      rule + ", every: " + text(every) + " yr"));
          errors.push_back(run["s"].final.effective_flop / exact - 1);
        }
        CHECK(std::fabs(errors[2]) < 0.02);
        // Extrapolated to dt = 0, twice.
        const double once = 2 * errors[1] - errors[0];
        const double twice = 2 * errors[2] - errors[1];
        CHECK(std::fabs((4 * twice - once) / 3) < 2e-3);
      }
    }
  }
}

TEST_CASE("growing budgets equal their finite sums") {
  const double rho = 0.6;
  const Race run = race(
      trend(6, progress(1), "buy: exponential_growth, first: 1e8 USD/yr, growth: 0.6 /yr, every: 0.5 yr"));
  FiniteSum sum;
  sum.alpha = 0.693147180559945309417232121458L;
  for (int k = 0; k < 12; ++k) {
    const long double at = 0.5L * k;
    const long double usd = 1e8L * std::exp(rho * at) * std::expm1(rho * 0.5L) / rho;
    sum.vintages.push_back({at, 1e9L, usd * 1e9L * std::exp2(0.5L * at)});
  }
  CHECK(relative_error(run["s"].final.effective_flop, static_cast<double>(sum.effective(6))) < 1e-12);
}

TEST_CASE("constant power keeps its power and lags by the vintage factor of its life") {
  const double eta = 0.9 * kLn2;
  for (const double life : {1.0, 2.0}) {
    CAPTURE(life);
    const Race run = race(trend(8, "operations: {lifetime: " + text(life) + " yr}\nsites: {main: {pue: 1.25}}\n",
                                "buy: constant_power, power: 1 MW, budget: 9e12 USD, every: 0.25 yr"));
    for (const fleet::Sample& sample : run["s"].series)
      CHECK(sample.average_site_power ==
            Approx(sample.time > run.cases[0].horizon.start ? 1.25e6 : 0).epsilon(1e-9).margin(1.25e6));
    CHECK(run["s"].final.energy_kwh == Approx(1250.0 * 8 * 8766).epsilon(1e-9));
    CHECK(average_lag(run["s"], eta, 1e18, 0, 8) == Approx(-std::expm1(-eta * life) / (eta * life)).epsilon(1e-9));
  }
}

TEST_CASE("constant power by hand: an initial fleet that dies is replaced at the review after it") {
  // 0.6 MW installed half a year before the start live for 2 years, until 1.5; reviews each year. 1 MW: 0.4 MW at 0, 0.6 MW at
  // 2, 0.4 MW again at 2, when the first purchase retires: one order of the whole.
  const Race run = race(
      trend(4, "operations: {lifetime: 2 yr}\ninitial_fleet: [{capacity: 6e17 FLOP/s, installed: 2025-07-02}]\n",
            "buy: constant_power, power: 1 MW, budget: 9e12 USD, every: 1 yr"));
  const auto& cohorts = run["s"].cohorts;
  REQUIRE(cohorts.size() == 3);
  CHECK(cohorts[1].peak == Approx(4e17).epsilon(1e-9));
  CHECK(cohorts[2].peak == Approx(1e18 * std::exp2(1.8)).epsilon(1e-9));
  CHECK(run["s"].final.capacity == Approx(1e18 * std::exp2(1.8)).epsilon(1e-9));
}

TEST_CASE("a staggered refresh lags by (1 - e^(-eta T))/(eta T), whatever the number of slots") {
  const double eta = 0.9 * kLn2;
  for (const int slots : {1, 4, 20}) {
    const double age = 2.5;
    CAPTURE(slots);
    const Race run = race(
        trend(10, "", "buy: refresh, power: 1 MW, budget: 9e12 USD, age: 2.5 yr, slots: " + std::to_string(slots)));
    const fleet::Outcome& outcome = run["s"];
    // Once all slots are filled, in whole cycles.
    CHECK(average_lag(outcome, eta, 1e18, 2.5, 10) == Approx(-std::expm1(-eta * age) / (eta * age)).epsilon(1e-8));
    // Just after a review: a geometric series over the slots.
    const double step = age / slots;
    CHECK(outcome.trajectory.rate_at(run.cases[0].horizon.start + core::kYear * 5) / (1e18 * std::exp(eta * 5)) ==
          Approx(-std::expm1(-eta * age) / slots / -std::expm1(-eta * step)).epsilon(1e-8));
    CHECK(outcome.final.accelerators == std::array<std::int64_t, fleet::kStates>{});
    CHECK(static_cast<int>(outcome.cohorts.size()) == 4 * slots);
  }
}

TEST_CASE("the optimal refresh buys at the intervals 6.4349, 2.5752, 1.7034, 1.2865 and beats its neighbours") {
  const auto yaml = [](const std::string& rule) {
    return "horizon: {start: 2026-01-01, length: 12 yr}\nhardware: {model: trend, price_performance_rate: 0 doublings/yr, "
           "power_per_flops: 1 W/(TFLOP/s), energy_efficiency_rate: 0.5 doublings/yr}\nloss: {reference: 1e26 FLOP}\n"
           "strategies: {s: {budget: 9e12 USD, power: 1 MW, " +
           rule + "}}\n";
  };
  const Race run = race(yaml("buy: refresh, timing: optimal, slots: 4"));
  const std::vector<double> dates = purchase_dates(run.cases[0], run["s"]);
  REQUIRE(dates.size() == 4);
  CHECK(dates[0] == 0);
  CHECK(dates[1] == Approx(6.4349).margin(5e-5));
  CHECK(dates[2] - dates[1] == Approx(2.5752).margin(5e-5));
  CHECK(dates[3] - dates[2] == Approx(1.7034).margin(5e-5));
  CHECK(12 - dates[3] == Approx(1.2865).margin(5e-5));
  for (const fleet::Sample& sample : run["s"].series) CHECK(sample.average_site_power == Approx(1e6).margin(1.01e6));
  // Four equal intervals, and four whose sum of e^(eta s) D is easily computed, give less.
  const double best = run["s"].final.effective_flop;
  double by_hand = 0;
  for (std::size_t i = 0; i < 4; ++i)
    by_hand += std::exp2(dates[i] / 2) * ((i < 3 ? dates[i + 1] : 12) - dates[i]) * 1e18 * kYearSeconds;
  CHECK(best == Approx(by_hand).epsilon(1e-9));
  CHECK(race(yaml("buy: refresh, age: 3 yr, slots: 1"))["s"].final.effective_flop < best);
  for (std::size_t moved = 1; moved < 4; ++moved) {
    for (const double by : {-0.01, 0.01}) {
      std::vector<double> other = dates;
      other[moved] += by;
      double compute = 0;
      for (std::size_t i = 0; i < 4; ++i) compute += std::exp2(other[i] / 2) * ((i < 3 ? other[i + 1] : 12) - other[i]);
      CHECK(compute * 1e18 * kYearSeconds < best);
    }
  }
}

TEST_CASE("refresh takes whole accelerators out of service before their life ends, and their ends of life never come") {
  const Race run = race(
      "horizon: {start: 2026-01-01, length: 6 yr}\nhardware: {model: catalog, accelerators: [B200]}\n"
      "operations: {mfu: 0.4, lifetime: 3 yr}\ninitial_fleet: [{accelerator: B200, count: 1000, installed: 2025-01-01}]\n"
      "strategies: {s: {buy: refresh, power: 1.8 MW, age: 2 yr, slots: 1, budget: 9e12 USD}}\n");
  const fleet::Outcome& outcome = run["s"];
  // The initial fleet fills the power until 2028, by when it has ended its life (2028-01-01); each later one is exchanged at 2 yr.
  const fleet::Cohort& initial = outcome.cohorts.front();
  CHECK(initial.count(fleet::State::retired) == 1000);
  REQUIRE(outcome.cohorts.size() == 3);
  CHECK(outcome.cohorts[1].count(fleet::State::retired) == outcome.cohorts[1].size);
  CHECK(outcome.cohorts[1].unit_seconds / static_cast<double>(outcome.cohorts[1].size) == Approx(2 * kYearSeconds));
  CHECK(outcome.cohorts[2].count(fleet::State::in_service) == outcome.cohorts[2].size);
}

TEST_CASE("the demand sawtooth has the interval ln(S/s)/growth") {
  for (const double growth : {0.3, 0.5}) {
    for (const char* every : {"1 months", "1.7 yr"}) {
      CAPTURE(growth, every);
      const Race run = race(
          trend(12, "operations: {mfu: 0.4}\n",
                "buy: capacity_triggered, load: 1e17 FLOP/s, theta: 0.8, up_to: 2, budget: 9e12 USD, growth: " +
                    text(growth) + " /yr, every: " + std::string(every)));
      const std::vector<double> dates = purchase_dates(run.cases[0], run["s"]);
      const double interval = std::log(0.8 * 2) / growth;
      REQUIRE(dates.size() == static_cast<std::size_t>(12 / interval) + 1);
      for (std::size_t i = 0; i < dates.size(); ++i)
        CHECK(dates[i] == Approx(interval * static_cast<double>(i)).margin(1e-8));
      // Capacity after the purchase i: twice the load then.
      CHECK(run["s"].final.capacity * 0.4 == Approx(2e17 * std::exp(growth * dates.back())).epsilon(1e-8));
    }
  }
}

// Ordered L before it is needed: what arrives is twice the load of that day, and the next order is placed when the load of the day
// of its arrival is 0.8 of that, ln(1.6)/growth later. From the first arrival on, load never exceeds 0.8 of capacity.
TEST_CASE("what is bought for demand looks its lead time ahead") {
  for (const double growth : {0.3, 0.5}) {
    CAPTURE(growth);
    const Race run = race(trend(
        12, "operations: {mfu: 0.4}\nsupply: {lead_time: 6 months}\n",
        "buy: capacity_triggered, load: 1e17 FLOP/s, theta: 0.8, up_to: 2, budget: 9e12 USD, growth: " + text(growth) +
            " /yr"));
    const std::vector<double> dates = purchase_dates(run.cases[0], run["s"]);
    const double interval = std::log(0.8 * 2) / growth;
    REQUIRE(dates.size() == static_cast<std::size_t>(12 / interval) + 1);
    for (std::size_t i = 0; i < dates.size(); ++i)
      CHECK(dates[i] == Approx(interval * static_cast<double>(i)).margin(1e-8));
    double capacity = 0;
    for (const fleet::Cohort& each : run["s"].cohorts) capacity += each.peak * static_cast<double>(each.size);
    CHECK(capacity * 0.4 == Approx(2e17 * std::exp(growth * (dates.back() + 0.5))).epsilon(1e-8));
  }
}

TEST_CASE("lookahead reaches the closed-form t* within its review interval") {
  for (const double rate : {0.2, 0.5, 1.0}) {
    for (const double alpha_rate : {0.0, 0.5, 1.5}) {
      for (const double life : {0.7, 2.0, 100.0}) {
        for (const double horizon : {1.0, 4.0, 8.0}) {
          CAPTURE(rate, alpha_rate, life, horizon);
          const Race run = race("horizon: {start: 2026-01-01, length: " + text(horizon) +
                                " yr}\nhardware: {model: trend, price_performance_rate: " + text(rate) +
                                " doublings/yr}\nloss: {reference: 1e26 FLOP}\noperations: {lifetime: " + text(life) +
                                " yr}\n" + progress(alpha_rate) +
                                "strategies: {s: {buy: lookahead, budget: 1e9 USD, every: 0.125 yr}}\n");
          const std::vector<double> dates = purchase_dates(run.cases[0], run["s"]);
          REQUIRE(dates.size() == 1);
          const models::theory::GrowthRates growth_rates{rate * kLn2, alpha_rate * kLn2, life, 0};
          CHECK(std::fabs(dates[0] - models::theory::best_purchase(growth_rates, horizon)) <= 0.125);
          CHECK(run["s"].final.capex == core::Money::from_usd(1e9));
          // Of the dates that it can choose it takes the best.
          double best = 0;
          for (double t = 0; t < horizon; t += 0.125)
            best = std::max(best, models::theory::kernel(growth_rates, t, horizon));
          CHECK(models::theory::kernel(growth_rates, dates[0], horizon) == Approx(best).epsilon(1e-10));
        }
      }
    }
  }
}

TEST_CASE("lookahead and leapfrog buy at the release that is best, and between releases at once or never") {
  const auto yaml = [](const std::string& strategy) {
    return "horizon: {start: 2026-01-01, length: 9 yr}\nhardware: {model: generations, first: B200, cadence: 1.5 yr, "
           "price_performance_rate: 0.6 doublings/yr, price_decline: 0 /yr}\noperations: {mfu: 0.4}\n"
           "loss: {reference: 1e26 FLOP}\nprogress: {model: exponential, rate: 0.7 doublings/yr}\nstrategies: {s: {budget: 1e9 USD, " +
           strategy + "}}\n";
  };
  const Race leap = race(yaml("buy: leapfrog"));
  const models::Market& market = leap.cases[0].plant.market;
  double best = race(yaml("buy: front_loaded"))["s"].final.effective_flop;
  core::Time best_at = leap.cases[0].horizon.start;
  for (const models::AcceleratorType& type : market.types) {
    if (type.released <= leap.cases[0].horizon.start) continue;
    const double compute = race(yaml("buy: once, at: " + core::to_iso8601(type.released)))["s"].final.effective_flop;
    if (compute > best) {
      best = compute;
      best_at = type.released;
    }
  }
  CHECK(leap["s"].cohorts[0].ordered == best_at);
  CHECK(leap["s"].final.effective_flop == best);
  const Race ahead = race(yaml("buy: lookahead, every: 1 months"));
  const core::Duration late = ahead["s"].cohorts[0].ordered - best_at;
  CHECK(late >= core::Duration{});
  CHECK(late <= core::kMonth);
}

}  // namespace fleetrace::test
