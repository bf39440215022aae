#include "tests/oracle/trend_race.hpp"

// best_run {length L, share}: the compute behind the loss is that of the best run of length L completed by t, with the
// algorithm frozen at its start:  share * (W(t) - W(t - L)) * A(t - L), W the integral of useful FLOP/s.
namespace fleetrace::test {
namespace {

void check_best_run(TrendRace setting, double length, double share) {
  CAPTURE(length, share, setting.algorithm_rate, setting.life, setting.lead);
  setting.compute = "{model: best_run, length: " + text(length) + " yr, share: " + text(share) + "}";
  const Race run = race(setting.yaml());
  for (const char* name : kBuyers) {
    CAPTURE(name);
    const FiniteSum sum = setting.sum(name);
    const fleet::Outcome& outcome = run[name];
    long double grid = 0;
    for (int i = 0; i <= 4000; ++i)
      grid = std::max(grid, sum.run(length + (setting.horizon - length) * i / 4000, length));
    for (const fleet::Sample& sample : outcome.series) {
      const long double t = years_from_start(run, sample.time);
      CAPTURE(static_cast<double>(t));
      const long double ratio = std::max(1.0L, share * sum.best_run(t, length) / TrendRace::kReference);
      CHECK(std::fabs(sample.relative_loss - std::pow(ratio, -0.05L)) <= 1e-13L);
    }
    REQUIRE(outcome.final.best_run_flop);
    CHECK(relative_error(*outcome.final.best_run_flop,
                         static_cast<double>(share * sum.best_run(setting.horizon, length))) <= 1e-12);
    CHECK(*outcome.final.best_run_flop >= static_cast<double>(share * grid * (1 - 1e-12L)));
  }
}

std::string single(double at, const std::string& compute, double rate, double life) {
  return "horizon: {start: 2026-01-01, length: 10 yr}\nhardware: {model: trend, price_performance_doubling: 2.07 yr}\n"
         "progress: {model: exponential, rate: " +
         text(rate) + " doublings/yr}\noperations: {lifetime: " + text(life) +
         " yr}\nloss: {reference: 1e20 FLOP, compute: " + compute +
         "}\nstrategies: {heron: {buy: once, budget: 1e9 USD, at: " + text(at) + " yr}}\n";
}

/// The date of one purchase that makes the final loss smallest, by golden-section search in the simulator.
double best_date(const std::string& compute, double rate, double life, double low, double high) {
  const auto loss = [&](double at) { return -race(single(at, compute, rate, life))["heron"].final.relative_loss; };
  const double golden = (std::sqrt(5.0) - 1) / 2;
  double left = high - golden * (high - low);
  double right = low + golden * (high - low);
  double at_left = loss(left);
  double at_right = loss(right);
  while (high - low > 1e-5) {
    if (at_left > at_right) {
      high = right;
      right = left;
      at_right = at_left;
      at_left = loss(left = high - golden * (high - low));
    } else {
      low = left;
      left = right;
      at_left = at_right;
      at_right = loss(right = low + golden * (high - low));
    }
  }
  return 0.5 * (low + high);
}

}  // namespace

TEST_CASE("the best run equals the maximum over all runs, with and without progress and finite life") {
  for (const double length : {0.25, 0.6, 2.0}) {
    for (const double algorithms : {0.0, 1.5, -0.6}) {
      for (const double life : {0.0, 0.4, 3.0}) {
        check_best_run({.algorithm_rate = algorithms, .life = life, .every = 0.5}, length, 1);
      }
    }
  }
  check_best_run({.algorithm_rate = 1.5, .life = 3, .lead = 0.5, .every = 1}, 0.5, 0.4);
  check_best_run({.algorithm_rate = 1.5, .embodied = true, .life = 1.5, .every = 0.5}, 0.75, 0.4);
}

TEST_CASE("a run as long as the horizon counts when it ends") {
  check_best_run({.algorithm_rate = 1, .life = 3}, 8, 1);
}

TEST_CASE("the best single purchase is t* = H - min(L, T, 1/eta) for runs, whatever the algorithms do") {
  const double eta = kLn2 / 2.07;
  for (const double rate : {0.0, 1.5}) {
    CAPTURE(rate);
    CHECK(best_date("{model: best_run, length: 0.5 yr}", rate, 5, 8.5, 9.9) == Approx(9.5).margin(1e-4));
    CHECK(best_date("{model: best_run, length: 4 yr}", rate, 5, 5.5, 9) == Approx(10 - 1 / eta).margin(1e-4));
    CHECK(best_date("{model: best_run, length: 4 yr}", rate, 2, 6.5, 9.5) == Approx(8).margin(1e-4));
  }
}

TEST_CASE("the best single purchase is t* = H - min(T, ln(1 + alpha/eta)/alpha) for cumulative compute") {
  const double eta = kLn2 / 2.07;
  const double alpha = 1.5 * kLn2;
  CHECK(best_date("{model: cumulative}", 1.5, 5, 6, 9.9) == Approx(10 - std::log1p(alpha / eta) / alpha).margin(1e-4));
  CHECK(best_date("{model: cumulative}", 0, 5, 6, 9.9) == Approx(10 - 1 / eta).margin(1e-4));
  CHECK(best_date("{model: cumulative}", 0, 2, 6, 9.9) == Approx(8).margin(1e-4));
}

}  // namespace fleetrace::test
