#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "models/theory/best_run.hpp"
#include "models/theory/final_compute.hpp"
#include "models/theory/fleet_worth.hpp"
#include "models/theory/frontier.hpp"
#include "models/theory/kernel.hpp"
#include "models/theory/lead.hpp"
#include "models/theory/mean_loss_optimum.hpp"
#include "models/theory/rate_cap.hpp"
#include "models/theory/refresh.hpp"
#include "models/theory/vintage.hpp"
#include "models/theory/waiting.hpp"

namespace fleetrace::models::theory {
namespace {

Approx within(double value, double relative) { return Approx(value).epsilon(relative).margin(0); }

const double kRates[] = {0.05, 0.3, 1.};
const double kAlphas[] = {0, 0.1, 0.7, 2.};
const double kLives[] = {kInfinity, 5., 2.};

TEST_CASE("Break-evens scale with time: eta H depends on alpha/eta, T eta and nu/eta only") {
  for (const double alpha : kAlphas) {
    for (const double life : kLives) {
      const GrowthRates growth_rates{.eta = .3, .alpha = alpha, .lifetime = life};
      const GrowthRates faster{.eta = .9, .alpha = 3 * alpha, .lifetime = life / 3};
      CHECK(final_break_even(growth_rates) == within(3 * final_break_even(faster), 1e-12));
      CHECK(mean_loss_break_even(growth_rates, {.05, 1}) == within(3 * mean_loss_break_even(faster, {.05, 3}), 1e-10));
      CHECK(best_run_break_even(growth_rates, .6) == within(3 * best_run_break_even(faster, .2), 1e-12));
      CHECK(theta(growth_rates) == within(3 * theta(faster), 1e-14));
    }
  }
}

TEST_CASE("The final break-even is crossed once, with and without decay") {
  for (const double eta : kRates) {
    for (const double alpha : kAlphas) {
      for (const double life : kLives) {
        for (const double decay : {0., .1, 1.}) {
          const GrowthRates growth_rates{.eta = eta, .alpha = alpha, .lifetime = life, .decay = decay};
          const double crossing = final_break_even(growth_rates);
          INFO("eta=" << eta << " alpha=" << alpha << " T=" << life << " delta=" << decay);
          for (double factor = .01; factor < 200; factor *= 1.07) {
            CHECK((uniform_advantage(growth_rates, crossing * factor) > 0) == (factor > 1));
          }
        }
      }
    }
  }
}

TEST_CASE("Front-loading is optimal up to min(T, theta), and wins against even spending up to a later horizon") {
  for (const double eta : kRates) {
    for (const double alpha : kAlphas) {
      for (const double life : kLives) {
        const GrowthRates growth_rates{.eta = eta, .alpha = alpha, .lifetime = life};
        const double lead = best_lead(growth_rates);
        CHECK(best_purchase(growth_rates, lead) == 0);
        CHECK(best_purchase(growth_rates, lead * 1.01) > 0);
        CHECK(final_break_even(growth_rates) > lead);
        CHECK(mean_loss_break_even(growth_rates, {.05, 1}) >= final_break_even(growth_rates));
      }
    }
  }
}

TEST_CASE("t* maximises the kernel, and no purchase is later than the horizon") {
  for (const double eta : kRates) {
    for (const double alpha : kAlphas) {
      for (const double life : kLives) {
        const GrowthRates growth_rates{.eta = eta, .alpha = alpha, .lifetime = life, .decay = .05};
        for (const double horizon : {.5, 4., 20.}) {
          const double best = kernel(growth_rates, best_purchase(growth_rates, horizon), horizon);
          for (int i = 0; i <= 500; ++i) CHECK(kernel(growth_rates, horizon * i / 500, horizon) <= best * (1 + 1e-12));
        }
      }
    }
  }
}

TEST_CASE("Decay is eta + delta and alpha - delta, with any life") {
  const GrowthRates growth_rates{.eta = .3, .alpha = .7, .lifetime = 4, .decay = .2};
  const GrowthRates same{.eta = .5, .alpha = .5, .lifetime = 4};
  for (const double t : {0., 1., 3., 7.5}) CHECK(kernel(growth_rates, t, 8) == within(kernel(same, t, 8), 1e-14));
  CHECK(uniform_compute(growth_rates, 8) == within(uniform_compute(same, 8), 1e-13));
  CHECK(final_break_even(growth_rates) == within(final_break_even(same), 1e-13));
  CHECK(mean_loss_break_even(growth_rates, {.05, 1}) == within(mean_loss_break_even(same, {.05, 1}), 1e-11));
  CHECK(uniform_loss(growth_rates, {.05, 1}, 8) == within(uniform_loss(same, {.05, 1}, 8), 1e-13));
  // Its own meaning, by quadrature over the age with the middle rule.
  double sum = 0;
  for (int i = 0; i < 40'000; ++i) {
    const double age = (i + .5) * 1e-4;
    sum += std::exp(.3 * 2 - .2 * age + .7 * (2 + age)) * 1e-4;
  }
  CHECK(kernel(growth_rates, 2, 8) == within(sum, 1e-8));
}

TEST_CASE("Interest is added to eta everywhere") {
  const GrowthRates growth_rates = with_interest({.eta = .3, .alpha = .7, .lifetime = 4}, .05);
  const GrowthRates same{.eta = .35, .alpha = .7, .lifetime = 4};
  CHECK(final_break_even(growth_rates) == within(final_break_even(same), 1e-13));
  CHECK(final_break_even(growth_rates) < final_break_even({.eta = .3, .alpha = .7, .lifetime = 4}));
  CHECK(theta(growth_rates) < theta({.eta = .3, .alpha = .7}));
}

TEST_CASE("Volatility favours the hare; where nothing grows any more it buys at once") {
  const GrowthRates growth_rates{.eta = .3, .alpha = .5};
  CHECK(theta(with_volatility(growth_rates, 0, .05)) == theta(growth_rates));
  CHECK(theta(with_volatility(growth_rates, .3, .05)) > theta(growth_rates));
  CHECK(std::isinf(best_lead(with_volatility(growth_rates, .8, .05))));
  // A machine that dies before the horizon still waits for better algorithms, unless prices rise faster than they do.
  GrowthRates mortal = growth_rates;
  mortal.lifetime = 2;
  CHECK(best_lead(with_volatility(mortal, .8, .05)) == 2);
  CHECK(std::isinf(best_lead(with_volatility(mortal, 1.5, .05))));
  for (const double sigma : {.8, 1.5}) {
    const GrowthRates risky = with_volatility(mortal, sigma, .05);
    const double best = kernel(risky, best_purchase(risky, 8), 8);
    for (int i = 0; i <= 800; ++i) CHECK(kernel(risky, i * .01, 8) <= best * (1 + 1e-12));
  }
}

TEST_CASE("Limits are exact: alpha to 0, alpha to decay, eta to 0, unlimited life") {
  const LossScale scale{.05, 1};
  for (const double life : kLives) {
    const GrowthRates limit{.eta = .3, .lifetime = life};
    for (const double alpha : {1e-6, 1e-9, 1e-12, 1e-15, 1e-300}) {
      const GrowthRates near{.eta = .3, .alpha = alpha, .lifetime = life};
      CHECK(theta(near) == within(theta(limit), 10 * alpha + 1e-15));
      CHECK(uniform_compute(near, 8) == within(uniform_compute(limit, 8), 20 * alpha + 1e-14));
      CHECK(final_break_even(near) == within(final_break_even(limit), 20 * alpha + 1e-13));
      CHECK(front_loaded_loss(near, scale, 8) == within(front_loaded_loss(limit, scale, 8), 20 * alpha + 1e-12));
    }
    const GrowthRates level{.eta = .3, .alpha = .2, .lifetime = life, .decay = .2};
    const GrowthRates beside{.eta = .3, .alpha = .2 + 1e-11, .lifetime = life, .decay = .2};
    CHECK(theta(beside) == within(theta(level), 1e-10));
    CHECK(uniform_compute(beside, 8) == within(uniform_compute(level, 8), 1e-9));
  }
  // w = (e^(alpha H) - e^(alpha t))/alpha at eta = 0.
  CHECK(uniform_compute({.eta = 0, .alpha = .5}, 4) ==
        within((std::exp(2.) * 4 - std::expm1(2.) / .5) / .5 / 4, 1e-14));
  CHECK(uniform_compute({.eta = 1e-13, .alpha = .5}, 4) == within(uniform_compute({.eta = 0, .alpha = .5}, 4), 1e-12));
  CHECK(uniform_compute({}, 4) == within(2, 1e-15));
  CHECK(final_break_even({.eta = .3, .alpha = .1, .lifetime = 1e6}) ==
        within(final_break_even({.eta = .3, .alpha = .1}), 1e-14));
  CHECK(lead_with_opex(.3, 0) == within(1 / .3, 1e-15));
  CHECK(lead_with_opex(.3, 1e-12) == within(1 / .3, 1e-11));
}

TEST_CASE("Without price progress the hare wins for ever, unless it dies before algorithms count") {
  CHECK(std::isinf(final_break_even({.alpha = .7})));
  CHECK(std::isinf(final_break_even({.lifetime = 3})));
  CHECK(std::isinf(mean_loss_break_even({.alpha = .7}, {.05, 1})));
  CHECK(std::isinf(theta({.alpha = .7})));
  // Machines of 3 years against algorithms that double each year: the hare's are gone when FLOPs count.
  const GrowthRates mortal{.alpha = .7, .lifetime = 3};
  const double crossing = final_break_even(mortal);
  CHECK(std::isfinite(crossing));
  CHECK(crossing > 3);
  CHECK(uniform_compute(mortal, crossing * 1.01) > front_loaded_compute(mortal, crossing * 1.01));
  CHECK(best_purchase(mortal, 10) == 7);
}

TEST_CASE("Extremes stay finite: rates of a century, doublings of a day") {
  CHECK(final_break_even({.eta = 1e-9}) == within(1.793282132900761e9, 1e-12));
  CHECK(final_break_even({.eta = 253}) == within(1.793282132900761 / 253, 1e-12));
  const double slow = final_break_even({.eta = 1e-9, .alpha = 50});
  CHECK(uniform_advantage({.eta = 1e-9, .alpha = 50}, slow * 1.01) > 0);
  CHECK(uniform_advantage({.eta = 1e-9, .alpha = 50}, slow * .99) < 0);
  CHECK(uniform_advantage({.eta = 1, .alpha = 1, .lifetime = 2}, 1e6) == within(2e6, 1e-4));
}

TEST_CASE("What is outside the valid range is refused") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const LossScale scale{.05, 1};
  for (const double bad : {-1., nan, kInfinity}) {
    CHECK_THROWS_AS(final_break_even({.eta = bad}), std::invalid_argument);
    CHECK_THROWS_AS(final_break_even({.eta = 1, .alpha = bad}), std::invalid_argument);
    CHECK_THROWS_AS(final_break_even({.eta = 1, .decay = bad}), std::invalid_argument);
    CHECK_THROWS_AS(uniform_compute({.eta = 1}, bad), std::invalid_argument);
    CHECK_THROWS_AS(with_interest({}, bad), std::invalid_argument);
    CHECK_THROWS_AS(with_volatility({}, bad, .05), std::invalid_argument);
    CHECK_THROWS_AS(lead_with_opex(1, bad), std::invalid_argument);
    CHECK_THROWS_AS(mean_loss_break_even({.eta = 1}, {.05, bad}), std::invalid_argument);
    CHECK_THROWS_AS(mean_loss_break_even({.eta = 1}, {bad, 1}), std::invalid_argument);
    CHECK_THROWS_AS(best_run_break_even({.eta = 1}, bad), std::invalid_argument);
    CHECK_THROWS_AS(terminal_impulse(bad), std::invalid_argument);
    CHECK_THROWS_AS(optimal_plan(bad, scale, 10), std::invalid_argument);
    CHECK_THROWS_AS(refresh_intervals(.3, bad, 4), std::invalid_argument);
    CHECK_THROWS_AS(staggered_refresh_factor(.3, bad), std::invalid_argument);
    CHECK_THROWS_AS(fleet_worth(2, 1, bad), std::invalid_argument);
    CHECK_THROWS_AS(wait_before_job(.3, 0, bad), std::invalid_argument);
    CHECK_THROWS_AS(leapfrog_indifference(bad, 1), std::invalid_argument);
  }
  CHECK_THROWS_AS(theta({.eta = nan}), std::invalid_argument);
  CHECK_THROWS_AS(kernel({.eta = 1, .lifetime = 0}, 0, 1), std::invalid_argument);
  CHECK_THROWS_AS(kernel({.eta = 1}, -1, 1), std::invalid_argument);
  CHECK_THROWS_AS(mean_loss_break_even({.eta = 1}, {1.5, 1}), std::invalid_argument);
  CHECK_THROWS_AS(single_purchase_loss({.eta = 1}, scale, 5, 6), std::invalid_argument);
  CHECK_THROWS_AS(best_run_break_even({.eta = 1, .decay = .1}, 1), std::invalid_argument);
  CHECK_THROWS_AS(best_run_lead({.eta = -1, .decay = .1}, 1), std::invalid_argument);
  CHECK_THROWS_AS(rate_capped_window({.eta = 1}, 1000, 1), std::invalid_argument);
  CHECK_THROWS_AS(rate_capped_window({.eta = 1}, 10, 0), std::invalid_argument);
  CHECK_THROWS_AS(refresh_intervals(.3, 10, 0), std::invalid_argument);
  CHECK_THROWS_AS(overtaking(2, 1, 1), std::invalid_argument);
  CHECK_THROWS_AS(renewal_growth_rate(2, 2, 0), std::invalid_argument);
  CHECK_THROWS_AS(longest_training_run(-1, 0, 0), std::invalid_argument);
  CHECK_THROWS_AS(best_chip_share(-1), std::invalid_argument);
}

TEST_CASE("impulses of an optimal plan are shares of its budget, and its arc lies between them") {
  int plans = 0;
  for (const double eta : kRates) {
    for (const double nu : {1e-3, 0.1, 1., 2., 2.4, 30.}) {
      for (const double horizon : {5., 10., 30., 100.}) {
        for (const double kappa : {0.05, 0.3}) {
          CAPTURE(eta, nu, horizon, kappa);
          const auto plan = optimal_plan(eta, {kappa, nu}, horizon);
          if (!plan) continue;
          ++plans;
          CHECK(plan->first_impulse >= 0);
          CHECK(plan->last_impulse > 0);
          CHECK(plan->first_impulse + plan->last_impulse <= 1 + 1e-12);
          CHECK(plan->arc_from >= 0);
          CHECK(plan->arc_from <= plan->arc_to);
          CHECK(plan->arc_to < horizon);
          CHECK(plan->loss > 0);
          CHECK(plan->loss < horizon);
        }
      }
    }
  }
  CHECK(plans > 20);
}

}  // namespace
}  // namespace fleetrace::models::theory
