#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "models/theory/final_compute.hpp"
#include "models/theory/kernel.hpp"
#include "models/theory/lead.hpp"
#include "models/theory/rate_cap.hpp"
#include "tests/oracle/simpson_rule.hpp"

// docs/derivations.md 8.1: when to buy for compute by a horizon, and hare against uniform spend.
namespace fleetrace::models::theory {
namespace {

using test::simpson_rule;
using test::within;

const double kLn2 = std::log(2.0);

TEST_CASE("The best single purchase is where the oracle puts it, and where brute force finds the kernel highest") {
  struct Case {
    double horizon, h, a, life, decay, expected;
  };
  const Case cases[] = {
      {10, .5, 0, 99, 0, 7.114609918222073},
      {10, .5, 1.5, 99, 0, 8.666666666666666},
      {10, .483, .5, 5, 0, 7.9496635449903845},
      {6, 1 / 2.46, 1.5, 1.2, 0, 4.8},
      {10, .5, 1.5, 99, .1, 8.79455113527455},
      {10, .5, .1442695, 99, .1, 10 - 1 / (.5 * kLn2 + .1)},
      {2, .5, 0, 99, 0, 0},
  };
  for (const Case& each : cases) {
    const GrowthRates growth_rates{
        .eta = each.h * kLn2, .alpha = each.a * kLn2, .lifetime = each.life, .decay = each.decay};
    INFO("H=" << each.horizon << " h=" << each.h << " a=" << each.a << " T=" << each.life << " delta=" << each.decay);
    // The last but one has alpha = delta but for 3e-9, where the quotient of the formula, taken literally,
    // loses eight digits: 7.760727386 there.
    CHECK(best_purchase(growth_rates, each.horizon) ==
          Approx(each.expected).epsilon(0).margin(each.decay == .1 ? 1e-8 : 1e-12));
    constexpr int kSteps = 200'000;
    int best = 0;
    for (int i = 1; i <= kSteps; ++i) {
      const double at = i * each.horizon / kSteps;
      if (kernel(growth_rates, at, each.horizon) > kernel(growth_rates, best * each.horizon / kSteps, each.horizon))
        best = i;
    }
    CHECK(best * each.horizon / kSteps == Approx(each.expected).margin(6e-5));
  }
}

TEST_CASE("Leads: derivations 8.1b and its relatives") {
  CHECK(theta({.eta = kLn2 / 2.07}) == within(2.07 / kLn2, 1e-14));
  CHECK(theta({.eta = kLn2 / 2.07, .alpha = .5 * kLn2}) == within(2.0499, 1e-4));
  CHECK(theta({.eta = kLn2 / 2.07, .alpha = 1.5 * kLn2}) == within(1.358254814669585, 1e-12));
  CHECK(embodied_lead(.5 * kLn2, 1.5 * kLn2) == within(1 / (2 * kLn2), 1e-14));
  CHECK(lead_with_opex(.5 * kLn2, .15) == within(2.1754818740983546, 1e-12));
  // The energy of an H100 a year, over its all-in price: 1.6 %.
  const double opex = 1.275 * .75 * 1.1 * 8766 * .0826 / (23'238 * 1.64 / .81);
  CHECK(lead_with_opex(kLn2 / 2.07, opex) == Approx(2.85).epsilon(0).margin(.005));
  // sigma = .3, h = .5: risk moves the lead from 2.885 to 3.341 years.
  CHECK(theta(with_volatility({.eta = .5 * kLn2}, .3, .05)) == within(3.340865981, 1e-9));
}

TEST_CASE("Whom uncertain prices favour depends on whose mean the growth rate is: derivations 8.2a to 8.2c") {
  const double eta = .5 * kLn2;
  const double sigma = .3;
  const double kappa = .05;
  // The expected loss of one purchase t years from the start, by quadrature over the normal path: ln g = m t + sigma sqrt(t) z.
  const auto growth_that_counts = [&](double median_growth) {
    const double t = 4;
    const auto integrand = [&](double z) {
      return std::exp(-kappa * (median_growth * t + sigma * std::sqrt(t) * z) - z * z / 2) /
             std::sqrt(8 * std::atan(1.));
    };
    return -std::log(simpson_rule(integrand, -12, 12, 4000)) / (kappa * t);
  };
  const double of_mean = eta - sigma * sigma / 2;
  const double of_price = eta + sigma * sigma / 2;
  CHECK(growth_that_counts(of_mean) == within(with_volatility({.eta = eta}, sigma, kappa).eta, 1e-9));
  CHECK(growth_that_counts(of_mean) == within(eta - (1 + kappa) * sigma * sigma / 2, 1e-9));
  CHECK(growth_that_counts(eta) == within(eta - kappa * sigma * sigma / 2, 1e-9));
  CHECK(growth_that_counts(of_price) == within(eta + (1 - kappa) * sigma * sigma / 2, 1e-9));
}

TEST_CASE("Without any progress the best purchase is flat: every date does as well that leaves the machine its life") {
  const GrowthRates still{.lifetime = 5};
  CHECK(best_purchase(still, 8) == 0);
  CHECK(latest_best_purchase(still, 8) == 3);
  for (const double t : {0., 1., 2.5, 3.}) CHECK(kernel(still, t, 8) == 5);
  CHECK(kernel(still, 3.01, 8) < 5);
  CHECK(latest_best_purchase({}, 8) == 0);  // a machine that lives for ever loses by waiting
  const GrowthRates moving{.eta = kLn2 / 2, .lifetime = 5};
  CHECK(latest_best_purchase(moving, 8) == best_purchase(moving, 8));
  // Hardware gains what the programs lose.
  const GrowthRates offset{.eta = 0.2, .alpha = -0.2, .lifetime = 5};
  CHECK(best_purchase(offset, 8) == 0);
  CHECK(latest_best_purchase(offset, 8) == 3);
}

TEST_CASE("The lead with running costs maximises compute for a budget that pays for both") {
  const double eta = .5 * kLn2;
  for (const double opex : {.016, .15, 2.}) {
    const double lead = lead_with_opex(eta, opex);
    const auto compute = [&](double u) { return std::exp(-eta * u) * u / (1 + opex * u); };
    CHECK(compute(lead) > compute(lead * 1.001));
    CHECK(compute(lead) > compute(lead * .999));
  }
}

TEST_CASE("Rate-capped spending fills the window on which the kernel is highest") {
  const GrowthRates growth_rates{.eta = .5 * kLn2, .alpha = .5 * kLn2};
  const Window window = rate_capped_window(growth_rates, 10, 2);
  CHECK(window.from == within(6.830074998557688, 1e-10));
  CHECK(window.to == within(8.830074998557688, 1e-10));
  CHECK(kernel(growth_rates, window.from, 10) == within(kernel(growth_rates, window.to, 10), 1e-10));
  CHECK(rate_capped_window(growth_rates, 1, .5).from == 0);
  CHECK(rate_capped_window(growth_rates, 1, 3).to == 1);
}

TEST_CASE("Compute of uniform spend meets independent values and quadrature of the kernel") {
  struct Case {
    double horizon, h, a, life, expected, front;
  };
  const Case cases[] = {
      {8, .5, 0, 99, 12.72487727576413, 8},
      {8, .5, 1.5, 99, 15629.780191738972, 3938.5574616268673},
      {12, .4, 1, 4, 23681.226462842573, 21.64042561333445},
      {12, .4, 0, 4, 19.034765094021907, 4},
  };
  for (const Case& each : cases) {
    const GrowthRates growth_rates{.eta = each.h * kLn2, .alpha = each.a * kLn2, .lifetime = each.life};
    CHECK(uniform_compute(growth_rates, each.horizon) == within(each.expected, 1e-12));
    CHECK(front_loaded_compute(growth_rates, each.horizon) == within(each.front, 1e-12));
    const double life = std::min(each.life, each.horizon);
    const auto w = [&](double t) { return kernel(growth_rates, t, each.horizon); };
    const double sum = simpson_rule(w, 0, each.horizon - life, 2000) +
                       simpson_rule(w, each.horizon - life, each.horizon, 2000);
    CHECK(uniform_compute(growth_rates, each.horizon) == within(sum / each.horizon, 1e-9));
  }
}

TEST_CASE("Break-even of hare against uniform spend: e^x = 1 + x + x^2, and x by alpha/eta") {
  const double x = final_break_even({.eta = 1});
  CHECK(x == within(1.793282132900761, 1e-13));
  CHECK(x / kLn2 == within(2.587159, 1e-6));
  // docs/derivations.md 8.1 has four decimals.
  const double expected[][2] = {{.25, 1.6024}, {.5, 1.4596}, {1, 1.2564}, {2, 1.0123},
                                {3, .8658},    {5, .6925},   {10, .4939}};
  for (const auto& [ratio, rounded] : expected) {
    CHECK(final_break_even({.eta = 1, .alpha = ratio}) == Approx(rounded).epsilon(0).margin(6e-5));
  }
}

TEST_CASE("Break-even horizons as tabled in derivations 8.1") {
  const double doublings[] = {0, .25, .5, 1, 1.5, 2};
  const double table[][7] = {
      {1.00, 2.59, 2.31, 2.11, 1.81, 1.61, 1.46}, {1.50, 3.88, 3.30, 2.92, 2.42, 2.10, 1.87},
      {2.07, 5.36, 4.33, 3.72, 2.99, 2.55, 2.25}, {2.46, 6.36, 4.99, 4.21, 3.33, 2.82, 2.48},
      {2.95, 7.63, 5.76, 4.78, 3.71, 3.12, 2.73}, {4.40, 11.38, 7.77, 6.21, 4.66, 3.85, 3.34},
  };
  for (const auto& row : table) {
    for (int i = 0; i < 6; ++i) {
      const GrowthRates growth_rates{.eta = kLn2 / row[0], .alpha = doublings[i] * kLn2};
      CHECK(final_break_even(growth_rates) == Approx(row[i + 1]).epsilon(0).margin(.00501));
    }
  }
}

// pp_doubling_yr, algo_doublings_per_yr, life_yr (0: infinite), H_breakeven_yr, theta_yr, t_star_for_H10
using Row = std::array<double, 6>;

void check_row(const Row& row) {
  INFO("doubling " << row[0] << ", a " << row[1] << ", life " << row[2]);
  GrowthRates growth_rates{.eta = kLn2 / row[0], .alpha = row[1] * kLn2};
  if (row[2] > 0) growth_rates.lifetime = row[2];
  CHECK(final_break_even(growth_rates) == Approx(row[3]).epsilon(0).margin(6e-7));
  CHECK(theta(growth_rates) == Approx(row[4]).epsilon(0).margin(6e-7));
  CHECK(best_purchase(growth_rates, 10) == Approx(row[5]).epsilon(0).margin(6e-7));
}

TEST_CASE("Break-even horizons, leads and dates from the shared grid, a few rows of it") {
  // From a grid that was computed independently; a life of 0 is unlimited.
  const Row rows[] = {
      {1, 0, 5, 2.587159, 1.442695, 8.557305},       {1, 2, 6, 1.460436, 0.792481, 9.207519},
      {1.25, 1, 8, 2.129159, 1.169925, 8.830075},    {1.5, 0.5, 0, 2.915923, 1.614710, 8.385290},
      {1.75, 0.25, 2, 2.530169, 2.094248, 8.000000}, {1.75, 3, 3, 1.709092, 0.881285, 9.118715},
      {2, 1.5, 4, 2.498311, 1.333333, 8.666667},     {2.07, 0.75, 5, 3.296942, 1.802548, 8.197452},
      {2.15, 0.25, 6, 4.469917, 2.482346, 7.517654}, {2.15, 3, 8, 1.904271, 0.965747, 9.034253},
      {2.46, 1.5, 0, 2.815976, 1.486392, 8.513608},  {2.95, 1, 2, 2.308887, 1.981853, 8.018147},
      {4.4, 0.5, 3, 3.635677, 3.356144, 7.000000},
  };
  for (const Row& row : rows) check_row(row);
}

TEST_CASE("Break-even horizons, leads and dates from the whole shared grid") {
  const std::filesystem::path path = std::filesystem::path(FLEETRACE_SHARED_DIR) / "oracle" / "breakeven.csv";
  std::ifstream file(path);
  if (!file) {
    WARN("skipped: there is no shared grid of break-even horizons");
    return;
  }
  std::string line;
  std::getline(file, line);
  REQUIRE(line.find("pp_doubling_yr,algo_doublings_per_yr,life_yr,H_breakeven_yr,theta_yr,t_star_for_H10") == 0);
  int rows = 0;
  while (std::getline(file, line)) {
    std::istringstream fields(line);
    Row row{};
    std::string field;
    for (double& value : row) {
      REQUIRE(std::getline(fields, field, ','));
      value = field.find("inf") == 0 ? 0.0 : std::stod(field);
    }
    check_row(row);
    ++rows;
  }
  CHECK(rows == 560);
}

}  // namespace
}  // namespace fleetrace::models::theory
