#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "models/theory/final_compute.hpp"
#include "models/theory/kernel.hpp"
#include "models/theory/mean_loss.hpp"
#include "models/theory/mean_loss_optimum.hpp"
#include "tests/oracle/simpson_rule.hpp"

// Averaged loss: docs/derivations.md 8.3.
namespace fleetrace::models::theory {
namespace {

using test::simpson_rule;
using test::within;

const double kLn2 = std::log(2.0);
const double kEta = kLn2 / 2.07;

// From 0 with points that crowd there, in two pieces that meet where the first machines die.
template <class F>
double crowded_simpson(F&& f, double bend, double to) {
  const double first = std::min(bend, to);
  const double end = std::cbrt(first);
  const double sum = simpson_rule([&](double x) { return 3 * x * x * f(x * x * x); }, 0, end, 4000);
  return first < to ? sum + simpson_rule(f, first, to, 4000) : sum;
}

// What a dollar spent at `bought` has added by t.
double kernel_at(const GrowthRates& growth_rates, double bought, double t) {
  return t > bought ? kernel(growth_rates, bought, t) : 0;
}

TEST_CASE("The terminal impulse: z and q of derivations 8.3e") {
  const TerminalImpulse usual = terminal_impulse(.05);
  CHECK(usual.z == within(1.6654840846817467, 1e-10));
  CHECK(usual.q == within(2.816774538661582, 1e-10));
  const TerminalImpulse limit = terminal_impulse(0);
  CHECK(limit.z == within(1.793282132900761, 1e-13));
  CHECK(limit.q == within(1 + limit.z, 1e-13));
  CHECK(terminal_impulse(1e-12).z == within(limit.z, 1e-10));
  for (const double kappa : {.01, .3, .5, 1.}) {
    const TerminalImpulse impulse = terminal_impulse(kappa);
    const auto weight = [&](double v) { return std::pow(1 + impulse.z * v, -1 - kappa); };
    CHECK(simpson_rule(weight, 0, impulse.q, 4000) == within(1, 1e-9));
    CHECK(simpson_rule([&](double v) { return v * weight(v); }, 0, impulse.q, 4000) == within(1, 1e-9));
  }
}

struct PlanCase {
  double horizon, eta, nu, loss, arc_from, first_impulse;
};
const PlanCase kPlans[] = {
    {30, .5 * kLn2, .4, 25.49168562599808, 4.8321992985880815, 0},
    {40, .5 * kLn2, 2, 29.934191071612965, 1.2620506488732293, 0},
    {60, .4, 2.5, 37.031512085527815, 1.8452097632387638, 0},
    {30, .5 * kLn2, 5, 22.988081445991597, 3.6121012786629842, 1.4453369887361327},
    {30, .5 * kLn2, 2.503, 23.72027276496577, .07439673318727094, .3362498380331397},
};

TEST_CASE("The optimal plan meets an independent solution: J*, start and end of the arc, first impulse") {
  for (const PlanCase& each : kPlans) {
    INFO("H=" << each.horizon << " nu=" << each.nu);
    const auto plan = optimal_plan(each.eta, {.05, each.nu}, each.horizon);
    REQUIRE(plan);
    CHECK(plan->loss == within(each.loss, 1e-10));
    CHECK(plan->arc_from == within(each.arc_from, 1e-7));
    CHECK(plan->arc_to == within(each.horizon - 2.816774538661582 / each.eta, 1e-10));
    CHECK(plan->first_impulse * each.nu == Approx(each.first_impulse).epsilon(1e-8).margin(1e-12));
  }
  CHECK_FALSE(optimal_plan(.5 * kLn2, {.05, 1}, 5));
  CHECK_FALSE(optimal_plan(.5 * kLn2, {.05, 1e-6}, 30));
}

TEST_CASE("The optimal plan is below every simple plan and changes smoothly where waiting turns into pausing") {
  for (const PlanCase& each : kPlans) {
    const GrowthRates growth_rates{.eta = each.eta};
    const LossScale scale{.05, each.nu};
    CHECK(each.loss < front_loaded_loss(growth_rates, scale, each.horizon));
    CHECK(each.loss < uniform_loss(growth_rates, scale, each.horizon));
    CHECK(each.loss < best_single_purchase(growth_rates, scale, each.horizon).loss);
  }
  // nu_c = 2.503 at H = 30, h = .5.
  double last = optimal_plan(.5 * kLn2, {.05, 2.4999}, 30)->loss;
  for (double nu = 2.5; nu < 2.506; nu += 1e-4) {
    const double loss = optimal_plan(.5 * kLn2, {.05, nu}, 30)->loss;
    CHECK(loss < last);
    CHECK(last - loss < 6e-5);
    last = loss;
  }
}

TEST_CASE("J of the simple plans meets independent quadrature") {
  struct Case {
    double horizon, nu, front, uniform, single;
  };
  // `single` is the best purchase on a grid of dates, which is a little above it.
  const Case cases[] = {
      {30, .4, 27.461220311345457, 25.64043351198672, 25.918126553877237},
      {30, 5, 24.52575949853319, 23.223318978283256, 23.907510758642054},
      {40, 2, 33.695824475041, 30.108121660080048, 31.57250152075133},
  };
  for (const Case& each : cases) {
    const GrowthRates growth_rates{.eta = .5 * kLn2};
    const LossScale scale{.05, each.nu};
    CHECK(front_loaded_loss(growth_rates, scale, each.horizon) == within(each.front, 1e-11));
    CHECK(uniform_loss(growth_rates, scale, each.horizon) == within(each.uniform, 1e-9));
    const SinglePurchase best = best_single_purchase(growth_rates, scale, each.horizon);
    CHECK(best.loss < each.single);
    CHECK(best.loss == within(each.single, 2e-7));
  }
}

TEST_CASE("The example of derivations 8.4") {
  const GrowthRates growth_rates{.eta = kEta, .alpha = 1.5 * kLn2, .lifetime = 5};
  const LossScale scale{.05, 1};
  CHECK(front_loaded_compute(growth_rates, 8) == within(173.14200219192608, 1e-12));
  CHECK(uniform_compute(growth_rates, 8) == within(13151.658887337479, 1e-12));
  CHECK(relative_loss_at(scale, front_loaded_compute(growth_rates, 8)) == Approx(.773).margin(5e-4));
  CHECK(relative_loss_at(scale, uniform_compute(growth_rates, 8)) == Approx(.622).margin(5e-4));
  CHECK(front_loaded_loss(growth_rates, scale, 8) / 8 == within(.8409487000897116, 1e-10));
  CHECK(uniform_loss(growth_rates, scale, 8) / 8 == within(.8290792228487271, 1e-10));
  const double bought = best_purchase(growth_rates, 8);
  CHECK(bought == within(6.641745185331279, 1e-12));
  const double loss = bought +
                      crowded_simpson(
                          [&](double age) { return std::pow(1 + kernel(growth_rates, bought, bought + age), -.05); }, 5,
                          8 - bought);
  CHECK(single_purchase_loss(growth_rates, scale, 8, bought) == within(loss, 1e-8));
  CHECK(loss / 8 == Approx(.940).margin(5e-4));
}

TEST_CASE("In the example of derivations 8.4 a few lumps beat even spending and any single purchase on average loss") {
  const GrowthRates growth_rates{.eta = kEta, .alpha = 1.5 * kLn2, .lifetime = 5};
  const LossScale scale{.05, 1};
  const auto lumps = [&](double t) {
    return .5 * kernel_at(growth_rates, .75, t) + .44 * kernel_at(growth_rates, 2.85, t) +
           .06 * kernel_at(growth_rates, 3.93, t);
  };
  const auto loss = [&](double t) { return relative_loss_at(scale, lumps(t)); };
  const double mean = (.75 + simpson_rule(loss, .75, 2.85, 8000) + simpson_rule(loss, 2.85, 3.93, 8000) +
                       simpson_rule(loss, 3.93, 5.75, 8000) + simpson_rule(loss, 5.75, 7.85, 8000) +
                       simpson_rule(loss, 7.85, 7.93, 8000) + simpson_rule(loss, 7.93, 8, 8000)) /
                      8;
  const SinglePurchase single = best_single_purchase(growth_rates, scale, 8);
  CHECK(mean == Approx(.8186).margin(5e-5));
  CHECK(single.at == Approx(1.77).margin(.005));
  CHECK(single.loss / 8 == Approx(.8217).margin(5e-5));
  CHECK(uniform_loss(growth_rates, scale, 8) / 8 == Approx(.8291).margin(5e-5));
  CHECK(lumps(8) == Approx(4941.4).margin(.5));
  CHECK(relative_loss_at(scale, lumps(8)) == Approx(.654).margin(5e-4));
  CHECK(kernel(growth_rates, single.at, 8) == Approx(1967.6).margin(.1));
  CHECK(relative_loss_at(scale, kernel(growth_rates, single.at, 8)) == Approx(.684).margin(5e-4));
}

TEST_CASE("A small budget buys 2/eta before the horizon") {
  CHECK(10 - best_single_purchase({.eta = .5 * kLn2}, {.05, 1e-9}, 10).at == within(4 / kLn2, 1e-7));
}

TEST_CASE("Break-even of averaged loss without algorithms meets independent quadrature") {
  const double expected[][2] = {
      {.01, 10.299587470117931}, {.1, 11.691649040476054}, {1, 16.1028446201425}, {10, 20.138423948418}};
  for (const auto& [nu, horizon] : expected)
    CHECK(mean_loss_break_even({.eta = kEta}, {.05, nu}) == within(horizon, 1e-8));
  // Quadrature with even steps is coarse for large budgets, whose loss falls at once.
  CHECK(mean_loss_break_even({.eta = kEta}, {.05, 100}) == within(22.148553358735377, 1e-8));
}

TEST_CASE("Break-even of averaged loss with algorithms and finite life, by independent quadrature") {
  // The table of docs/derivations.md 8.3. A solver with even time steps has 8.06, 12.18, 15.69, 17.57 for the first row and
  // 6.75, 11.41, 15.37, 17.94 for the second: large budgets defeat it. Here both integrals are taken with steps that crowd at the
  // start, and cross at the horizons that follow.
  struct Case {
    double a, life, nu, horizon;
  };
  const Case cases[] = {
      {.5, kInfinity, .1, 8.070358463},
      {.5, kInfinity, 1, 12.198604932},
      {.5, kInfinity, 10, 15.723955493},
      {.5, kInfinity, 100, 17.643078877},
      {1.5, kInfinity, .1, 6.763150151},
      {1.5, kInfinity, 1, 11.432702718},
      {1.5, kInfinity, 10, 15.420204300},
      {1.5, kInfinity, 100, 18.059161668},
      {0, 5, .1, 9.725180318},
      {0, 5, 1, 12.465263536},
      {0, 5, 10, 15.522221789},
      {0, 5, 100, 17.180686166},
      {.5, 5, 1, 8.638768170},
      {1, 5, 1, 7.532466187},
      {1.5, 5, 1, 7.069978768},
      {1.5, 5, 100, 8.686762175},
  };
  for (const Case& each : cases) {
    INFO("a=" << each.a << " T=" << each.life << " nu=" << each.nu);
    const GrowthRates growth_rates{.eta = kEta, .alpha = each.a * kLn2, .lifetime = each.life};
    const double horizon = mean_loss_break_even(growth_rates, {.05, each.nu});
    CHECK(horizon == within(each.horizon, 1e-8));
    const auto loss = [&](double compute) { return std::pow(1 + each.nu * compute, -.05); };
    const double front = crowded_simpson(
        [&](double t) { return loss(t > 0 ? front_loaded_compute(growth_rates, t) : 0); }, each.life, horizon);
    const double uniform = crowded_simpson(
        [&](double t) { return loss(t > 0 ? t / horizon * uniform_compute(growth_rates, t) : 0); }, each.life, horizon);
    CHECK(front == within(uniform, 1e-9));
    CHECK(front_loaded_loss(growth_rates, {.05, each.nu}, horizon) == within(front, 1e-9));
  }
}

TEST_CASE("A break-even of averaged loss need not exist, and need not be the last") {
  // J of the hare is at most 1/(alpha kappa) + ..., J of the turtle grows as ln H: a strong law favours the hare for good.
  CHECK(std::isinf(mean_loss_break_even({.eta = kEta, .alpha = 1.5 * kLn2}, {.5, 1})));
  const GrowthRates growth_rates{.eta = kEta, .alpha = 1.5 * kLn2};
  const LossScale scale{.05, 1};
  const auto hare_wins = [&](double horizon) {
    return front_loaded_loss(growth_rates, scale, horizon) < uniform_loss(growth_rates, scale, horizon);
  };
  CHECK(hare_wins(11));
  CHECK_FALSE(hare_wins(12));
  CHECK_FALSE(hare_wins(400));
  CHECK(hare_wins(40'000));
}

}  // namespace
}  // namespace fleetrace::models::theory
