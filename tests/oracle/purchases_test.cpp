#include "tests/oracle/trend_race.hpp"

// Hare, turtle at several intervals, one purchase and a schedule on trend hardware against their finite sums
//   C(t) = sum over purchases of b_k g(t_k) * integral of A over [t_k, min(t, t_k + T)]
namespace fleetrace::test {
namespace {

void check_against_sums(const TrendRace& setting) {
  const Race run = race(setting.yaml());
  for (const char* name : kBuyers) {
    CAPTURE(name);
    const FiniteSum sum = setting.sum(name);
    const fleet::Outcome& outcome = run[name];
    REQUIRE(outcome.series.size() >= 97);
    for (const fleet::Sample& sample : outcome.series) {
      const long double t = years_from_start(run, sample.time);
      CAPTURE(static_cast<double>(t));
      const auto exact = static_cast<double>(sum.effective(t));
      CHECK(relative_error(sample.effective_flop, exact) <= 1e-12);
      CHECK(std::fabs(sample.relative_loss - std::pow(1 + exact / TrendRace::kReference, -0.05)) <= 1e-14);
    }
    CHECK(outcome.final.capex == core::Money::from_usd(TrendRace::kBudget));
    CHECK(outcome.final.unspent == core::Money{});
  }
}

}  // namespace

TEST_CASE("purchases equal their finite sums, whatever lives, lags and improves") {
  for (const double life : {0.0, 0.6, 3.0}) {
    for (const double algorithms : {0.0, 1.5, -0.4}) {
      for (const double every : {0.25, 1.0, 3.0, 1.0 / 12}) {
        for (const double lead : {0.0, 0.5}) {
          CAPTURE(life, algorithms, every, lead);
          check_against_sums({.algorithm_rate = algorithms, .life = life, .lead = lead, .every = every});
        }
      }
    }
  }
}

TEST_CASE("embodied progress freezes the algorithm of the purchase date") {
  for (const double life : {0.0, 2.0}) {
    for (const double lead : {0.0, 0.5}) {
      CAPTURE(life, lead);
      check_against_sums({.algorithm_rate = 1.5, .embodied = true, .life = life, .lead = lead});
    }
  }
}

TEST_CASE("hardware that gets worse and hardware that stays are sums like any other") {
  for (const double price_rate : {0.0, -0.3, 2.0}) {
    CAPTURE(price_rate);
    check_against_sums({.price_rate = price_rate, .algorithm_rate = 0.7, .life = 2.5});
  }
}

TEST_CASE("the mean loss of purchases is that of their finite sums") {
  const TrendRace setting{.algorithm_rate = 1, .life = 1.5, .every = 1};
  const Race run = race(setting.yaml());
  for (const char* name : kBuyers) {
    CAPTURE(name);
    const FiniteSum sum = setting.sum(name);
    long double integral = 0;
    for (int i = 0; i < 32; ++i) {  // between quarters, at which alone anything happens
      integral += simpson([&](long double t) { return std::pow(1 + sum.effective(t) / TrendRace::kReference, -0.05L); },
                          0.25L * i, 0.25L * (i + 1), 1e-13L);
    }
    CHECK(std::fabs(run[name].final.mean_relative_loss - integral / 8) <= 1e-12L);
  }
}

TEST_CASE("growing installments are a geometric series that adds up to the budget") {
  for (const double growth : {0.4, -0.7, 12.0}) {
    CAPTURE(growth);
    const Race run = race(
        "horizon: {start: 2026-01-01, length: 6 yr}\nhardware: {model: trend}\nloss: {reference: 1e26 FLOP}\n"
        "strategies: {turtle: {buy: incremental, budget: 1e9 USD, every: 0.5 yr, growth: " +
        text(growth) + " /yr}}\n");
    const std::vector<fleet::Cohort>& cohorts = run["turtle"].cohorts;
    long double total = 0;
    for (int k = 0; k < 12; ++k) total += std::exp(0.5L * growth * k);
    std::size_t bought = 0;
    for (int k = 0; k < 12; ++k) {
      const auto amount = static_cast<double>(1e9L * std::exp(0.5L * growth * k) / total);
      if (amount < 1e-5) continue;  // less than money can express
      REQUIRE(bought < cohorts.size());
      CHECK(std::fabs(cohorts[bought++].cost_usd - amount) <= 3e-6);
    }
    CHECK(run["turtle"].final.capex == core::Money::from_usd(1e9));
  }
}

}  // namespace fleetrace::test
