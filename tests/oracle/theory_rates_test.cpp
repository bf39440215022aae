#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <vector>

#include "models/theory/best_run.hpp"
#include "models/theory/fleet_worth.hpp"
#include "models/theory/frontier.hpp"
#include "models/theory/kernel.hpp"
#include "models/theory/refresh.hpp"
#include "models/theory/vintage.hpp"
#include "models/theory/waiting.hpp"

// Best runs (docs/derivations.md 11), fleets against rates (docs/derivations.md 10), fleets of mixed age
// (docs/derivations.md 0), and when to buy (docs/derivations.md 1).
namespace fleetrace::models::theory {
namespace {

const double kLn2 = std::log(2.0);
const double kEta = kLn2 / 2.07;

Approx within(double value, double relative) { return Approx(value).epsilon(relative).margin(0); }

// Greatest compute of a run of that length within the horizon, for spend in so many equal steps from 0 on (one: all at once).
double best_run_by_brute_force(const GrowthRates& growth_rates, double length, double horizon, int purchases) {
  const int starts = purchases == 1 ? 20'000 : 400;
  double best = 0;
  for (int i = 0; i <= starts; ++i) {
    const double start = (horizon - length) * i / starts;
    double work = 0;
    for (int j = 0; j < purchases; ++j) {
      const double bought = purchases == 1 ? 0 : horizon * (j + .5) / purchases;
      const double shared = std::min(bought + growth_rates.lifetime, start + length) - std::max(bought, start);
      work += std::exp(growth_rates.eta * bought) * std::max(0.0, shared) / purchases;
    }
    best = std::max(best, work * std::exp(growth_rates.alpha * start));
  }
  return best;
}

TEST_CASE("Best runs of both plans against brute force over starts, with and without deaths on the way") {
  for (const double life : {kInfinity, 5., 1.5, .3}) {
    for (const double alpha : {0., .4, 2.}) {
      for (const double length : {.5, 1., 4.}) {
        const GrowthRates growth_rates{.eta = kEta, .alpha = alpha, .lifetime = life};
        INFO("T=" << life << " alpha=" << alpha << " L=" << length);
        CHECK(front_loaded_run(growth_rates, length, 6) ==
              within(best_run_by_brute_force(growth_rates, length, 6, 1), 1e-3));
        CHECK(front_loaded_run(growth_rates, length, 6) >=
              best_run_by_brute_force(growth_rates, length, 6, 1) * (1 - 1e-12));
        CHECK(uniform_run(growth_rates, length, 6) ==
              within(best_run_by_brute_force(growth_rates, length, 6, 4000), 1e-4));
      }
    }
  }
}

TEST_CASE("Uniform spend has the closed form of derivations 11g while nothing dies") {
  for (const double length : {.25, 1., 3.}) {
    const double horizon = 5;
    const double from = horizon - length;
    const double ramp = (std::exp(kEta * horizon) - std::exp(kEta * from) * (1 + kEta * length)) / (kEta * kEta);
    const double expected = (length * std::expm1(kEta * from) / kEta + ramp) / horizon;
    CHECK(uniform_run({.eta = kEta}, length, horizon) == within(expected, 1e-11));
  }
}

TEST_CASE("Break-even of best runs: derivations 11g") {
  const double expected[][2] = {{.25, .9457034493187995}, {.5, 1.383022024153178}, {1, 2.0421769500753655}};
  for (const auto& [length, horizon] : expected) {
    CHECK(best_run_break_even({.eta = kEta}, length) == within(horizon, 1e-9));
    CHECK(best_run_break_even({.eta = kEta, .alpha = 1.5 * kLn2}, length) == within(horizon, 1e-9));
    CHECK(best_run_break_even({.eta = kEta, .lifetime = horizon * 1.001}, length) == within(horizon, 1e-9));
    const double shorter = best_run_break_even({.eta = kEta, .alpha = 1.5 * kLn2, .lifetime = horizon * .7}, length);
    CHECK(shorter < horizon);
    CHECK(shorter > horizon * .7);
  }
  // A run of length L ends at L at the earliest; e^x = 1 + x + x^2 decides whether uniform spend wins there already.
  const double longest = 1.793282132900761 / kEta;
  CHECK(best_run_break_even({.eta = kEta}, longest * 1.0001) == 0);
  CHECK(best_run_break_even({.eta = kEta}, longest * .9999) == within(longest, 1e-3));
  CHECK(std::isinf(best_run_break_even({.eta = 0, .alpha = 1}, .5)));
  CHECK(std::isinf(best_run_break_even({.eta = 0, .lifetime = 2}, .5)));
  CHECK(std::isfinite(best_run_break_even({.eta = 0, .alpha = 1, .lifetime = 2}, .5)));
}

TEST_CASE("With a finite life the hare can lead again on best runs") {
  const GrowthRates growth_rates{.eta = kEta, .lifetime = .9466};
  const auto hare_wins = [&](double horizon) {
    return front_loaded_run(growth_rates, .25, horizon) > uniform_run(growth_rates, .25, horizon);
  };
  const double first = best_run_break_even(growth_rates, .25);
  CHECK(first == within(.9457034493187995, 1e-9));
  CHECK(hare_wins(first * .999));
  CHECK_FALSE(hare_wins(first * 1.0005));
  CHECK(hare_wins(2));
  CHECK_FALSE(hare_wins(7));
}

TEST_CASE("A single purchase gives the run what it lives through of it") {
  // A run over the years 4 to 6 by a fleet that lives 0.3 years: e^(alpha 4 + eta t) times what both share.
  const GrowthRates growth_rates{.eta = .5, .alpha = 1, .lifetime = .3};
  CHECK(single_purchase_run(growth_rates, 2, 6, 5) == within(std::exp(4 + .5 * 5) * .3, 1e-14));
  CHECK(single_purchase_run(growth_rates, 2, 6, 3.8) == within(std::exp(4 + .5 * 3.8) * .1, 1e-13));
  CHECK(single_purchase_run(growth_rates, 2, 6, 5.9) == within(std::exp(4 + .5 * 5.9) * .1, 1e-13));
  CHECK(single_purchase_run(growth_rates, 2, 6, 3.6) == 0);
  CHECK(single_purchase_run(growth_rates, 7, 6, 3.8) == 0);
}

TEST_CASE("The best single purchase for the best run leads by min(L, T, 1/eta), by brute force") {
  for (const double life : {kInfinity, 5., .3}) {
    for (const double length : {.5, 2., 4.}) {
      const GrowthRates growth_rates{.eta = kEta, .alpha = 1, .lifetime = life};
      const double lead = best_run_lead(growth_rates, length);
      CHECK(lead == within(std::min({length, life, 1 / kEta}), 1e-14));
      const double best = single_purchase_run(growth_rates, length, 6, 6 - lead);
      for (int i = 0; i <= 600; ++i) CHECK(single_purchase_run(growth_rates, length, 6, i * .01) <= best * (1 + 1e-12));
    }
  }
  // Decay makes the end of the run the better time to buy for: ln(1 + delta/eta)/delta.
  const double eta = .5;
  const double decay = .3;
  const double lead = best_run_lead({.eta = eta, .decay = decay}, 9);
  CHECK(lead == within(std::log(1 + decay / eta) / decay, 1e-13));
  CHECK(lead == within(theta({.eta = eta, .decay = decay}), 1e-13));
  // Falling price-performance: as early as the whole run can still be served.
  CHECK(best_run_lead({.eta = -.1, .alpha = 1, .lifetime = 3}, 1) == within(3, 1e-14));
  CHECK(std::isinf(best_run_lead({.eta = -.1, .alpha = .05, .lifetime = 3}, 1)));
}

TEST_CASE("Fleets against rates: derivations 10") {
  const double turtle = overtaking(10, 0, 2);
  CHECK(turtle == within(2.607635527, 1e-9));
  CHECK(10 * progress_years(0, turtle) == within(progress_years(2, turtle), 1e-13));
  CHECK(fleet_worth(2, 0, turtle) == within(10, 1e-12));
  const double both = overtaking(10, .5, 2);
  CHECK(fleet_worth(2, .5, both) == within(10, 1e-12));
  CHECK(progress_years(0, 7) == 7);
  CHECK(progress_years(2, 7) == within((std::pow(2, 14) - 1) / (2 * kLn2), 1e-13));
  CHECK(overtaking(1, 0, 2) == 0);
  CHECK(overtaking(.5, 0, 2) == 0);
  // Efficiency that falls at both: 1/|slow| and 1/|fast| years are all that they ever do.
  CHECK(std::isinf(overtaking(2.1, -2, -1)));
  CHECK(fleet_worth(-1, -2, overtaking(1.9, -2, -1)) == within(1.9, 1e-11));
  CHECK(fleet_worth(90, 80, overtaking(1e6, 80, 90)) == within(1e6, 1e-9));
}

TEST_CASE("Vintage factors (derivations 0f) and renewal growth (derivations 2i)") {
  const double eta = .5 * kLn2;
  CHECK(staggered_refresh_factor(eta, 5) == within(.475064071673, 1e-9));
  CHECK(exponential_retirement_factor(eta, .2) == within(.2 / (.2 + eta), 1e-14));
  CHECK(cadence_factor(eta, 2) == within(.7213475204, 1e-9));
  CHECK(cadence_factor(0, 2) == 1);
  CHECK(renewal_growth_rate(std::exp(2 * eta), 2, 4) == within(.37841423000544205, 1e-12));
  // J = 2 every 2 years: .362 nat/yr for k = 8, .347 at a fixed cadence, .5 for a Poisson process.
  CHECK(renewal_growth_rate(2, 2, 8) == Approx(.362).margin(5e-4));
  CHECK(renewal_growth_rate(2, 2, kInfinity) == within(kLn2 / 2, 1e-14));
  CHECK(renewal_growth_rate(2, 2, 1e12) == within(kLn2 / 2, 1e-10));
  CHECK(renewal_growth_rate(2, 2, 1) == within(.5, 1e-14));
}

double value_of(const std::vector<double>& intervals, double eta) {
  double value = 0;
  double at = 0;
  for (const double interval : intervals) {
    value += std::exp(eta * at) * interval;
    at += interval;
  }
  return value;
}

TEST_CASE("Refresh intervals are those of derivations 1b, and a maximum") {
  const double eta = .5 * kLn2;
  const std::vector<double> best = refresh_intervals(eta, 12, 4);
  const double expected[] = {6.4349, 2.5752, 1.7034, 1.2865};
  REQUIRE(best.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) CHECK(best[i] == Approx(expected[i]).epsilon(0).margin(6e-5));
  CHECK(std::accumulate(best.begin(), best.end(), 0.0) == within(12, 1e-13));
  CHECK(value_of(best, eta) == within(121.783783, 1e-8));
  for (std::size_t i = 0; i + 1 < 4; ++i) {
    for (const double shift : {-.05, .05}) {
      std::vector<double> moved = best;
      moved[i] += shift;
      moved[i + 1] -= shift;
      CHECK(value_of(moved, eta) < value_of(best, eta));
    }
  }
  for (const double interval : refresh_intervals(0, 12, 4)) CHECK(interval == within(3, 1e-11));
  CHECK(refresh_intervals(eta, 12, 1) == std::vector<double>{12});
  const std::vector<double> two = refresh_intervals(eta, 12, 2);
  REQUIRE(two.size() == 2);
  CHECK(two[0] + two[1] == within(12, 1e-13));
  for (const double shift : {-.05, .05}) CHECK(value_of({two[0] + shift, two[1] - shift}, eta) < value_of(two, eta));
}

TEST_CASE("Waiting before a job (derivations 1e), by brute force, and leapfrogging (derivations 1c)") {
  const double eta = kLn2 / 1.5;
  const double expected[][2] = {{0, 3.312298832}, {.5, 1.590905368}, {1, 1.046856598}};
  for (const auto& [alpha, wait] : expected) {
    CHECK(wait_before_job(eta, alpha, 10) == within(wait, 1e-8));
    const auto finish = [&, a = alpha](double t) {
      return a == 0 ? t + 10 * std::exp(-eta * t) : std::log(std::exp(a * t) + a * 10 * std::exp(-eta * t)) / a;
    };
    CHECK(finish(wait) < finish(wait + .01));
    CHECK(finish(wait) < finish(wait - .01));
    // Buying theta before the finish is what the terminal objective says too.
    CHECK(finish(wait) - wait == within(theta({.eta = eta, .alpha = alpha}), 1e-7));
    const double frozen = wait_before_frozen_job(eta, alpha, 10);
    CHECK(frozen == within(std::log((eta + alpha) * 10) / (eta + alpha), 1e-13));
  }
  CHECK(12 / eta == Approx(25.97).margin(5e-3));
  CHECK(wait_before_job(eta, 1, .999 / eta) == 0);
  CHECK(wait_before_job(eta, 1, 1.001 / eta) > 0);
  CHECK(wait_before_job(0, 0, 100) == 0);
  const double until = leapfrog_indifference(2.5, 6);
  CHECK(2.5 * (6 - until) == within(6, 1e-14));
  CHECK(2.5 * std::exp(-.08 * leapfrog_indifference_discounted(2.5, .08)) == within(1, 1e-14));
}

TEST_CASE("The longest run maximises its compute, and chips and research share a budget as derivations 3h says") {
  const double run = longest_training_run(.3, .9, .5);
  CHECK(run == within(1 / 1.7, 1e-14));
  const auto log_compute = [](double length) { return 1.7 * (5 - length) + std::log(length); };
  CHECK(log_compute(run) > log_compute(run * 1.01));
  CHECK(log_compute(run) > log_compute(run * .99));
  CHECK(std::isinf(longest_training_run(0, 0, 0)));
  CHECK(best_chip_share(.6) == within(.625, 1e-14));
  const auto compute = [](double s) { return s * std::pow(1 - s, 1.25); };
  CHECK(compute(best_chip_share(1.25)) > compute(best_chip_share(1.25) + .01));
  CHECK(compute(best_chip_share(1.25)) > compute(best_chip_share(1.25) - .01));
}

}  // namespace
}  // namespace fleetrace::models::theory
