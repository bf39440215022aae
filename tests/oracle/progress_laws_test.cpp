#include <functional>

#include "tests/oracle/estimate.hpp"
#include "tests/oracle/race.hpp"

// Laws of progress other than the exponential, through the whole simulator: one fleet of constant capacity, nothing bought,
// so that effective compute is capacity times the integral of A (docs/derivations.md 3).

namespace {

using namespace fleetrace;

constexpr double kCapacity = 1e18;

std::string fleet_with(const std::string& progress, double years = 6) {
  return "horizon: {start: 2026-01-01, length: " + test::text(years) + " yr, sample_every: " + test::text(years) +
         " yr}\nhardware: {model: trend}\ninitial_fleet: [{capacity: 1e18 FLOP/s}]\nprogress: " + progress +
         "\nstrategies: {keeper: {buy: none}}\n";
}

/// The integral of A over the horizon, as simulated [yr].
double integral_of_progress(const std::string& progress, double years = 6) {
  return test::race(fleet_with(progress, years))["keeper"].final.effective_flop / (kCapacity * test::kYearSeconds);
}

/// Mean and standard error of a function of the simulated integral over replications.
test::Estimate moments(const fleet::StrategySetup& setup, int replications,
                       const std::function<double(double)>& function) {
  return test::estimate(setup, replications, [&function](const fleet::Outcome& outcome) {
    return function(outcome.final.effective_flop / (kCapacity * test::kYearSeconds));
  });
}

}  // namespace

TEST_CASE("logistic progress integrates to (A_inf/alpha) ln((e^(alpha t) + A_inf - 1)/A_inf)") {
  const double alpha = 1.5 * test::kLn2;
  for (const double ceiling : {2.0, 50.0, 1e4, 1e12}) {
    for (const double years : {0.5, 6.0, 40.0, 900.0}) {
      // ln((e^x + A_inf - 1)/A_inf) = ln(1 + (e^x - 1)/A_inf), which does not cancel.
      const long double exponent = static_cast<long double>(alpha) * years;
      const auto logarithm = static_cast<double>(std::log1p(std::expm1(exponent) / ceiling));
      const double simulated = integral_of_progress(
          "{model: logistic, rate: 1.5 doublings/yr, ceiling: " + test::text(ceiling) + "}", years);
      CAPTURE(ceiling, years);
      CHECK(test::relative_error(simulated, ceiling / alpha * logarithm) < 1e-9);
    }
  }
}

TEST_CASE("logistic progress with a far ceiling is exponential") {
  const double alpha = 1.5 * test::kLn2;
  CHECK(test::relative_error(integral_of_progress("{model: logistic, rate: 1.5 doublings/yr, ceiling: 1e90}"),
                             std::expm1(alpha * 6) / alpha) < 1e-12);
}

TEST_CASE("research with constant money is a power law in time") {
  // dA/dt = theta R^lambda A^(1 - 1/r): A = (1 + theta R^lambda t / r)^r.
  for (const double returns : {0.5, 1.25, 5.2}) {
    for (const double cost : {75e6, 600e6}) {
      const double slope = 1.5 * test::kLn2 / returns * std::pow(cost / 75e6, 0.7);
      const double exact = (std::pow(1 + slope * 6, returns + 1) - 1) / (slope * (returns + 1));
      const double simulated = integral_of_progress("{model: research, rate: 1.5 doublings/yr, returns: " +
                                                    test::text(returns) + ", cost: " + test::text(cost) + " USD/yr}");
      CAPTURE(returns, cost);
      CHECK(test::relative_error(simulated, exact) < 1e-12);
    }
  }
}

TEST_CASE("research without any input leaves algorithms as they are") {
  CHECK(test::relative_error(integral_of_progress("{model: research}"), 6) < 1e-14);
}

TEST_CASE("research on a share of the fleet grows with the fleet and costs training") {
  // A fifth of 1e18 FLOP/s for two years, then of 3e18; a tenth of the reference fleet is one unit of research.
  const std::string yaml =
      "horizon: {start: 2026-01-01, length: 6 yr}\nhardware: {model: trend, price_performance: 1e9 FLOP/s/USD, "
      "price_performance_doubling: none}\ninitial_fleet: [{capacity: 1e18 FLOP/s}]\nstrategies:\n  lab: {buy: once, at: 2 yr, "
      "budget: 2e9 USD, with: {progress: {model: research, rate: 1 doublings/yr, returns: 2, parallelisation: 0.5, "
      "fleet_share: 0.2}}}\n";
  const double first = test::kLn2 / 2 * std::sqrt(2.0);
  const double second = test::kLn2 / 2 * std::sqrt(6.0);
  const double base = 1 + first * 2;
  const double early = (std::pow(base, 3) - 1) / (3 * first);
  const double late = (std::pow(base + second * 4, 3) - std::pow(base, 3)) / (3 * second);
  const double exact = 0.8 * kCapacity * test::kYearSeconds * (early + 3 * late);
  CHECK(test::relative_error(test::race(yaml)["lab"].final.effective_flop, exact) < 1e-12);
}

TEST_CASE("chips against research: the best share of one budget is 1/(1 + lambda r)") {
  // 2e9 USD split between capacity at the start and research at a constant rate; research is large, so that A ~ (R^lambda t)^r.
  const auto compute = [](double share) {
    const double research = 2e9 * (1 - share) / 6;
    const std::string yaml =
        "horizon: {start: 2026-01-01, length: 6 yr}\nhardware: {model: trend}\nloss: {reference: 1e20 FLOP}\nstrategies: {lab: {buy: "
        "front_loaded, budget: 2e9 USD, with: {progress: {model: research, returns: 1.25, parallelisation: 0.8, "
        "reference_cost: 1 USD/yr, cost: " +
        test::text(research) + " USD/yr}}}}\n";
    return test::race(yaml)["lab"].final.effective_flop;
  };
  double low = 0.05;
  double high = 0.95;
  while (high - low > 1e-4) {
    const double left = low + (high - low) * 0.382;
    const double right = low + (high - low) * 0.618;
    (compute(left) < compute(right) ? low : high) = compute(left) < compute(right) ? left : right;
  }
  CHECK(low == Approx(1 / (1 + 0.8 * 1.25)).margin(2e-3));
}

TEST_CASE("jumps have the moments of a compound Poisson process") {
  // Mean-matched: E C = (e^(m1 H) - 1)/m1; E C^2 as in docs/derivations.md 3e. 20,000 replications; |z| <= 4.5 has a false-alarm
  // rate of 7e-6 a check.
  const double rate = 2;
  const double alpha = 1.0 * test::kLn2;
  const double sigma = 0.2;
  const double mean_jump = 1 + alpha / rate;
  const double m1 = rate * (mean_jump - 1);
  const double m2 = rate * (mean_jump * mean_jump * std::exp(sigma * sigma) - 1);
  const double horizon = 4;
  const double first = std::expm1(m1 * horizon) / m1;
  const double second = 2 / m1 *
                        (std::exp(m1 * horizon) * std::expm1((m2 - m1) * horizon) / (m2 - m1) -
                         std::expm1(m2 * horizon) / m2);
  const auto cases = test::cases_of(
      fleet_with("{model: jumps, rate: 1 doublings/yr, jumps: 2 /yr, sigma: 0.2}", horizon));
  const test::Estimate c = moments(cases.front(), 20'000, [](double x) { return x; });
  const test::Estimate c2 = moments(cases.front(), 20'000, [](double x) { return x * x; });
  CHECK(std::fabs(c.mean - first) < 4.5 * c.error);
  CHECK(std::fabs(c2.mean - second) < 4.5 * c2.error);
  CHECK(c.error / first < 0.012);
  // The check can fail: a law whose jumps come 5 % more often is told apart.
  const auto faster = test::cases_of(
      fleet_with("{model: jumps, rate: 1.05 doublings/yr, jumps: 2 /yr, sigma: 0.2}", horizon));
  const test::Estimate wrong = moments(faster.front(), 20'000, [](double x) { return x; });
  CHECK(std::fabs(wrong.mean - first) > 4.5 * wrong.error);
}

TEST_CASE("log-matched jumps have the stated median path") {
  const auto cases = test::cases_of(
      fleet_with("{model: jumps, rate: 1 doublings/yr, jumps: 12 /yr, sigma: 0, matched: log}", 4));
  fleet::World world;
  fleet::Outcome outcome;
  double sum = 0;
  constexpr int kReplications = 20'000;
  for (int i = 0; i < kReplications; ++i) {
    fleet::StrategySetup one = cases.front();
    one.draw.replication = static_cast<std::uint32_t>(i);
    fleet::simulate(world, one, outcome);
    sum += std::log2(outcome.trajectory.multiplier(one.horizon.end));
  }
  // log2 A(4) = N/12 with N ~ Poisson(48): mean 4, standard deviation sqrt(48)/12.
  CHECK(std::fabs(sum / kReplications - 4) < 4.5 * std::sqrt(48.0) / 12 / std::sqrt(kReplications));
}

TEST_CASE("small frequent jumps are exponential progress") {
  const double alpha = test::kLn2;
  const double smooth = std::expm1(alpha * 6) / alpha;
  double before = 1;
  for (const int jumps : {10, 100, 1000}) {
    const auto cases = test::cases_of(
        fleet_with("{model: jumps, rate: 1 doublings/yr, sigma: 0, jumps: " + std::to_string(jumps) + " /yr}"));
    const test::Estimate c = moments(cases.front(), 200,
                                     [smooth](double x) { return std::pow(std::log(x / smooth), 2); });
    CHECK(c.mean < before);
    before = c.mean;
  }
  CHECK(std::sqrt(before) < 0.1);
}

TEST_CASE("strategies of one replication see the same jumps, whoever else races") {
  const std::string head =
      "horizon: {start: 2026-01-01, length: 6 yr}\nhardware: {model: trend}\nloss: {reference: 1e24 FLOP}\n"
      "progress: {model: jumps}\nstrategies:\n";
  const std::string hare = "  hare: {buy: front_loaded, budget: 1e9 USD}\n";
  const std::string turtle = "  turtle: {buy: incremental, budget: 1e9 USD, every: 1 month}\n";
  const test::Race both = test::race(head + hare + turtle);
  const test::Race alone = test::race(head + turtle);
  CHECK(both["turtle"].final.effective_flop == alone["turtle"].final.effective_flop);
  for (const double years : {1.0, 3.0, 5.9}) {
    CHECK(both["hare"].trajectory.multiplier(years) == both["turtle"].trajectory.multiplier(years));
  }
}
