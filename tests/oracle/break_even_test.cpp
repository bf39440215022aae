#include "tests/oracle/race.hpp"

// When does buying at once beat buying evenly? The turtle's purchases at the start of n equal intervals tend to a uniform
// spend with an error of first order in 1/n; extrapolated, the simulator meets the closed forms of docs/derivations.md 8.1.
namespace fleetrace::test {
namespace {

struct Setting {
  double price_doubling = 2.07;  ///< [yr]
  double algorithms = 0;         ///< [doublings/yr]
  double life = 0;               ///< [yr]; 0 is unlimited
  double run = 0;                ///< length of the best run [yr]; 0 is cumulative
};

/// Compute behind the loss at the end: of the hare, of the turtle with n intervals.
std::pair<double, double> computes(const Setting& setting, double horizon, int n) {
  const std::int64_t every = std::llround(horizon * 31'557'600'000.0 / n);
  const std::string yaml =
      "horizon: {start: 2026-01-01, length: " + text(static_cast<double>(every * n) / 1e3) +
      " s, sample_every: 5 yr}\n" +
      "hardware: {model: trend, price_performance_doubling: " + text(setting.price_doubling) +
      " yr}\nprogress: {model: exponential, rate: " + text(setting.algorithms) +
      " doublings/yr}\noperations: {lifetime: " +
      (setting.life == 0 ? std::string("unlimited") : text(setting.life) + " yr") +
      "}\nloss: {reference: 1e20 FLOP, compute: " +
      (setting.run == 0 ? std::string("cumulative") : "{model: best_run, length: " + text(setting.run) + " yr}") +
      "}\nstrategies:\n  hare: {buy: front_loaded, budget: 1e9 USD}\n  turtle: {buy: incremental, budget: 1e9 USD, every: " +
      text(static_cast<double>(every) / 1e3) + " s}\n";
  const Race run = race(yaml);
  const fleet::Summary& hare = run["hare"].final;
  const fleet::Summary& turtle = run["turtle"].final;
  return setting.run == 0 ? std::pair(hare.effective_flop, turtle.effective_flop)
                          : std::pair(hare.best_run_flop.value(), turtle.best_run_flop.value());
}

/// Uniform spend over the horizon, closed form, per USD and in FLOP at 3e10 FLOP/s/USD.
double uniform(const Setting& setting, double horizon) {
  const double eta = kLn2 / setting.price_doubling;
  const double alpha = setting.algorithms * kLn2;
  const double life = setting.life == 0 ? horizon : std::min(setting.life, horizon);
  const auto e = [](double rate, double length) { return rate == 0 ? length : std::expm1(rate * length) / rate; };
  const double first = e(alpha, life) * e(eta + alpha, horizon - life);
  const double late = std::exp(eta * (horizon - life));
  const double second = alpha == 0 ? late * (std::exp(eta * life) - 1 - eta * life) / (eta * eta)
                                   : (std::exp(alpha * horizon) * (std::exp(eta * horizon) - late) / eta -
                                      (std::exp((eta + alpha) * horizon) - std::exp((eta + alpha) * (horizon - life))) /
                                          (eta + alpha)) /
                                         alpha;
  return 3e19 * kYearSeconds * (first + second) / horizon;
}

double break_even(const Setting& setting, double low, double high, int n) {
  return bisect(
      [&](double horizon) {
        const auto [hare, coarse] = computes(setting, horizon, n);
        const double fine = computes(setting, horizon, 2 * n).second;
        return hare / (2 * fine - coarse) - 1;
      },
      low, high);
}

}  // namespace

TEST_CASE("the turtle tends to uniform spend with first order") {
  for (const Setting& setting : {Setting{}, Setting{.algorithms = 1.5}, Setting{.algorithms = 0.5, .life = 3}}) {
    CAPTURE(setting.algorithms, setting.life);
    const double exact = uniform(setting, 8);
    double before = 0;
    for (const int n : {32, 64, 128, 256, 512}) {
      CAPTURE(n);
      // What is spent at the start of an interval is a left Riemann sum of a value that ends at zero: the first order term is
      // half an interval of the hare's value, and what is left is of second order.
      const auto [hare, turtle] = computes(setting, 8, n);
      const double rest = (turtle - hare / (2 * n)) / exact - 1;
      if (before != 0) CHECK(std::log2(before / rest) == Approx(2).margin(0.05));
      before = rest;
    }
    CHECK(2 * computes(setting, 8, 512).second - computes(setting, 8, 256).second == Approx(exact).epsilon(5e-5));
  }
}

TEST_CASE("break-even horizons of cumulative compute") {
  // Break-even horizons of docs/derivations.md 8.1: below them the hare wins.
  struct Row {
    Setting setting;
    double years;
  };
  const Row rows[] = {{{1.0, 0, 2}, 2.237150},    {{1.0, 0, 0}, 2.587159},  {{1.0, 0.5, 3}, 2.105694},
                      {{1.0, 0.25, 2}, 2.117243}, {{2.07, 0, 0}, 5.355420}, {{2.07, 1.5, 0}, 2.549348},
                      {{2.07, 0, 4}, 4.540790}};
  for (const Row& row : rows) {
    CAPTURE(row.setting.price_doubling, row.setting.algorithms, row.setting.life, row.years);
    CHECK(break_even(row.setting, 0.7 * row.years, 1.4 * row.years, 200) == Approx(row.years).margin(2e-4));
  }
  // e^x = 1 + x + x^2 with x = eta H.
  const double x = bisect([](double y) { return std::exp(y) - 1 - y - y * y; }, 1, 3);
  CHECK(break_even({}, 4, 7, 200) == Approx(x * 2.07 / kLn2).margin(1e-4));
}

TEST_CASE("break-even horizons of the best run are far shorter") {
  // L H = L (e^(eta (H - L)) - 1) / eta + integral from H - L to H of e^(eta s) (H - s) ds
  const double eta = kLn2 / 2.07;
  const double lengths[] = {0.25, 0.5, 1};
  const double published[] = {0.946, 1.383, 2.042};
  for (int i = 0; i < 3; ++i) {
    const double run = lengths[i];
    const double exact = bisect(
        [&](double horizon) {
          const double ramp = std::exp(eta * (horizon - run)) * (std::exp(eta * run) - 1 - eta * run) / (eta * eta);
          return run * horizon - run * std::expm1(eta * (horizon - run)) / eta - ramp;
        },
        1.2 * run, 4);
    CAPTURE(run);
    CHECK(exact == Approx(published[i]).margin(6e-4));
    for (const double algorithms : {0.0, 1.5}) {  // frozen at the start of the run, they favour neither
      CAPTURE(algorithms);
      CHECK(break_even({.algorithms = algorithms, .run = run}, 0.7 * exact, 1.4 * exact, 200) ==
            Approx(exact).margin(2e-3));
    }
  }
}

TEST_CASE("the example of derivations 8.4: eight years, five of life, 1.5 doublings a year of algorithms") {
  // nu = B g0 / C0 = 1 per year. Hare, turtle and one purchase after 6.64 years: compute over the reference 173, 1.32e4 and
  // 2.75e4, final loss .773, .622 and .600, mean loss .841, .829 and .940.
  const Race run = race(R"(
horizon: {start: 2026-01-01, length: 8 yr}
hardware: {model: trend, price_performance: 1e10 FLOP/s/USD, price_performance_doubling: 2.07 yr}
progress: {model: exponential, rate: 1.5 doublings/yr}
operations: {lifetime: 5 yr}
loss: {reference: 3.15576e26 FLOP}
strategies:
  hare: {buy: front_loaded, budget: 1e9 USD}
  turtle: {buy: incremental, budget: 1e9 USD, every: 1 days}
  heron: {buy: once, budget: 1e9 USD, at: 6.64 yr}
)");
  const char* names[] = {"hare", "turtle", "heron"};
  const double ratios[] = {173, 1.32e4, 2.75e4};
  const double finals[] = {0.773, 0.622, 0.600};
  const double means[] = {0.841, 0.829, 0.940};
  for (int i = 0; i < 3; ++i) {
    CAPTURE(names[i]);
    const fleet::Summary& final = run[names[i]].final;
    CHECK(final.effective_flop / final.reference_flop == Approx(ratios[i]).epsilon(0.004));
    CHECK(final.relative_loss == Approx(finals[i]).margin(6e-4));
    CHECK(final.mean_relative_loss == Approx(means[i]).margin(6e-4));
  }
}

}  // namespace fleetrace::test
