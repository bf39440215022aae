#include <algorithm>
#include <cmath>
#include <functional>

#include "models/progress/progress.hpp"
#include "race.hpp"
#include "sim/output/run/writers.hpp"
#include "sim/reader/load.hpp"

// Adoptions, limits, spillover and runs that inherit: against direct integration of what they say they solve.

namespace {

using namespace fleetrace;
using test::race;

std::string fleet_with(const std::string& progress, const std::string& loss = "{reference: initial-year}") {
  return "horizon: {start: 2026-01-01, length: 6 yr, sample_every: 1 yr}\nhardware: {model: trend}\n"
         "initial_fleet: [{capacity: 1e18 FLOP/s}]\nprogress: " +
         progress + "\nloss: " + loss + "\nstrategies: {keeper: {buy: none}}\n";
}

/// Effective compute over that of a year of the fleet without progress.
double integral_of(const std::string& progress) {
  return race(fleet_with(progress))["keeper"].final.effective_flop / (1e18 * test::kYearSeconds);
}

/// Runge and Kutta's fourth order, from A(0) = 1 on; the integral of A along with it.
double integrated(const std::function<double(double, double)>& slope, double years, int steps = 20'000) {
  const double h = years / steps;
  double a = 1, sum = 0;
  for (int i = 0; i < steps; ++i) {
    const double t = i * h;
    const double k1 = slope(t, a);
    const double k2 = slope(t + h / 2, a + h / 2 * k1);
    const double k3 = slope(t + h / 2, a + h / 2 * k2);
    const double k4 = slope(t + h, a + h * k3);
    sum += h * (a + h / 6 * (k1 + k2 + k3));
    a += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
  }
  return sum;
}

}  // namespace

TEST_CASE("an adoption multiplies progress from its date on") {
  const double alpha = 1.5 * test::kLn2;
  const auto area = [&](double rate, double from, double to) {
    return (std::exp(rate * to) - std::exp(rate * from)) / rate;
  };
  // By hand, without progress: 2 years at 1, 4 at 3.
  CHECK(integral_of("{model: none, adoptions: [{at: 2 yr, gain: 3}]}") == Approx(14).epsilon(1e-14));
  // At once, on an exponential.
  CHECK(integral_of("{model: exponential, adoptions: [{at: 2 yr, gain: 3}]}") ==
        Approx(area(alpha, 0, 2) + 3 * area(alpha, 2, 6)).epsilon(1e-13));
  // Over a ramp of a year it grows by ln 4 more, and goes on fourfold.
  const double steep = alpha + std::log(4.0);
  CHECK(integral_of("{model: exponential, adoptions: [{at: 2 yr, gain: 4, ramp: 1 yr}]}") ==
        Approx(area(alpha, 0, 2) + std::exp(-2 * std::log(4.0)) * area(steep, 2, 3) + 4 * area(alpha, 3, 6))
            .epsilon(1e-13));
  // Two that overlap, and a date: 2028-01-01 is 730 days after the start.
  const double two = integral_of("{model: none, adoptions: [{at: 1 yr, gain: 2, ramp: 2 yr}, {at: 2 yr, gain: 5}]}");
  const double g = std::log(2.0) / 2;
  CHECK(two == Approx(1 + (std::exp(g) - 1) / g + 5 * (2 - std::exp(g)) / g + 3 * 10).epsilon(1e-13));
  CHECK(integral_of("{model: none, adoptions: [{at: 2028-01-01, gain: 3}]}") ==
        Approx(18 - 2 * 730 / 365.25).epsilon(1e-13));
  // A ramp that the horizon cuts off.
  const double cut = std::log(9.0) / 10;
  CHECK(integral_of("{model: none, adoptions: [{at: 4 yr, gain: 9, ramp: 10 yr}]}") ==
        Approx(4 + (std::exp(2 * cut) - 1) / cut).epsilon(1e-13));
}

TEST_CASE("a gain of 1 is no adoption, to the last bit, on every model") {
  for (const std::string model :
       {"none", "exponential", "jumps", "logistic", "research, cost: 1e6 USD/yr", "spillover"}) {
    CAPTURE(model);
    const auto without = race(fleet_with("{model: " + model + "}"));
    const auto with = race(fleet_with("{model: " + model + ", adoptions: [{at: 2 yr, gain: 1, ramp: 1 yr}]}"));
    CHECK(with["keeper"].final.effective_flop == without["keeper"].final.effective_flop);
    CHECK(with["keeper"].final.mean_relative_loss == without["keeper"].final.mean_relative_loss);
    CHECK(with["keeper"].events == without["keeper"].events);
    // And a gain of 2 halfway is more than that, but less than twice.
    const auto more = race(fleet_with("{model: " + model + ", adoptions: [{at: 3 yr, gain: 2}]}"));
    const double ratio = more["keeper"].final.effective_flop / without["keeper"].final.effective_flop;
    CHECK(ratio > 1.4);
    CHECK(ratio < 2);
  }
}

TEST_CASE("adoptions on top of the rate of the whole field are said to stack, on a rate of none not") {
  const auto says = [](const std::string& progress) {
    const auto scenario = reader::load_bytes("fleetrace: 1\nname: x\n" + fleet_with(progress), "x.yaml");
    return output::to_table(fleetrace::run_scenario(scenario, {}), {}).find("already holds part") != std::string::npos;
  };
  CHECK(says("{model: exponential, adoptions: [{at: 2 yr}]}"));
  CHECK(says("{model: jumps, adoptions: [{at: 2 yr}]}"));
  CHECK_FALSE(says("{model: none, adoptions: [{at: 2 yr}]}"));
  CHECK_FALSE(says("{model: exponential, adoptions: [{at: 2 yr, gain: 1}]}"));
  CHECK_FALSE(says("{model: exponential}"));
}

TEST_CASE("embodied adoptions help what is bought after them") {
  const auto of = [](const std::string& adoptions) {
    return race(
               "horizon: {start: 2026-01-01, length: 4 yr}\nhardware: {model: trend, price_performance_doubling: none}\n"
               "loss: {reference: 1e24 FLOP}\nprogress: {model: none" +
               adoptions +
               "}\nstrategies: {x: {buy: schedule, "
               "purchases: [{at: 0 yr, amount: 1e6 USD}, {at: 2 yr, amount: 1e6 USD}]}}\n")["x"]
        .final.effective_flop;
  };
  // Disembodied: 1 + 1, then twice 3 on 2 years: (2 + 2 x 2 x 3)/(2 + 4).
  CHECK(of(", adoptions: [{at: 2 yr, gain: 3}]") == Approx(of("") * 14 / 6).epsilon(1e-12));
}

TEST_CASE("a limit bends any progress: d ln A = d ln P (ln A_max - ln A)/ln A_max") {
  const double alpha = 1.5 * test::kLn2;
  for (const double limit : {2.0, 30.0, 1e6}) {
    const double most = std::log(limit);
    const auto slope = [&](double, double a) { return a * alpha * (most - std::log(a)) / most; };
    CHECK(integral_of("{model: exponential, limit: " + test::text(limit) + "}") ==
          Approx(integrated(slope, 6)).epsilon(1e-10));
    // Progress without a model of its own, but for a ramp.
    const double steep = std::log(8.0) / 6;
    const auto ramp = [&](double, double a) { return a * steep * (most - std::log(a)) / most; };
    CHECK(integral_of("{model: none, adoptions: [{at: 0 yr, gain: 8, ramp: 6 yr}], limit: " + test::text(limit) +
                      "}") == Approx(integrated(ramp, 6)).epsilon(1e-10));
  }
  CHECK(integral_of("{model: exponential, limit: unlimited}") == integral_of("{model: exponential}"));
  CHECK(integral_of("{model: exponential, limit: 1e100}") == Approx(integral_of("{model: exponential}")).epsilon(0.07));
}

TEST_CASE("spillover solves its equation, and the gap decays as e^(-t/tau)") {
  const double own = 0.3 * test::kLn2, frontier = 1.5 * test::kLn2;
  const auto slope = [&](double t, double a) { return own * a + 0.6 / 1.5 * (4 * std::exp(frontier * t) - a); };
  CHECK(integral_of("{model: spillover, rate: 0.3 doublings/yr, frontier_rate: 1.5 doublings/yr, lead: 4, share: 0.6, "
                    "delay: 1.5 yr}") == Approx(integrated(slope, 6)).epsilon(1e-11));
  // Nothing spills over: its own progress alone. A frontier that stands still: the gap of 3 closes.
  CHECK(integral_of("{model: spillover, rate: 1 doublings/yr, frontier_rate: 1 doublings/yr, share: 0}") ==
        Approx(integral_of("{model: exponential, doubling: 1 yr}")).epsilon(1e-13));
  const double still = integral_of("{model: spillover, doubling: none, frontier_doubling: none, lead: 4, delay: 2 yr}");
  CHECK(still == Approx(4 * 6 - 3 * 2 * (1 - std::exp(-3.0))).epsilon(1e-13));
  // Equal rates, and a follower that never passes the frontier.
  CHECK(integral_of("{model: spillover, rate: 1 doublings/yr, frontier_rate: 1 doublings/yr, lead: 1}") ==
        Approx(integral_of("{model: exponential, doubling: 1 yr}")).epsilon(1e-13));
}

TEST_CASE("research of one's own, the field's progress and what is copied, at once") {
  const double phi = 1.5 * test::kLn2;
  const double field = test::kLn2 / 4;
  // Three times the reference spending, with a penalty of parallelisation: (1 + 3^0.7 theta/r t)^r.
  const double slope = std::pow(3, 0.7) * test::kLn2 / 1.25;
  const auto research = [&](double t, double a) {
    return (1.25 * slope / (1 + slope * t) + field) * a + 0.5 * std::max(0.0, 3 * std::exp(phi * t) - a);
  };
  const std::string copied =
      "field_doubling: 4 yr, spillover: {frontier_doubling: 8 months, lead: 3, share: 0.5, delay: 1 yr}";
  CHECK(integral_of("{model: research, doubling: 1 yr, cost: 3e6 USD/yr, reference_cost: 1e6 USD/yr, " + copied +
                    "}") == Approx(integrated(research, 6)).epsilon(1e-11));
  // With a limit, and an adoption on top that is neither copied nor closes the gap: A = B M e^(ln 2 t/6), bent.
  const auto own = [&](double t, double a) { return field * a + 0.5 * std::max(0.0, 3 * std::exp(phi * t) - a); };
  const double plain = integral_of("{model: research, " + copied + "}");
  CHECK(plain == Approx(integrated(own, 6)).epsilon(1e-11));
  const double adopted = integral_of("{model: research, adoptions: [{at: 0 yr, gain: 2}], " + copied + "}");
  CHECK(adopted == Approx(2 * plain).epsilon(1e-12));
  const double ramp = integral_of("{model: research, adoptions: [{at: 0 yr, gain: 2, ramp: 6 yr}], " + copied + "}");
  CHECK(ramp > plain);
  CHECK(ramp < adopted);
  // A roadmap of layers: each has its own race with money, and the frontier is one.
  const auto roadmap = [&](double t, double a) {
    return (0.5 * 2 / (1 + 2 * t) + 1 / (2 + t) + field) * a + 0.5 * std::max(0.0, 3 * std::exp(phi * t) - a);
  };
  CHECK(
      integral_of(
          "{model: roadmap, cost: 2e6 USD/yr, split: even, kernels: {doubling_cost: 1.5e6 USD, returns: 0.5}, data: "
          "{doubling_cost: 2e6 USD, returns: 1, field_doubling: 4 yr}, spillover: {frontier_doubling: 8 months, lead: 3, "
          "share: 0.5, delay: 1 yr}}") == Approx(integrated(roadmap, 6)).epsilon(1e-11));
}

TEST_CASE("a run that inherits starts from a share of its predecessor") {
  const auto loss = [](const std::string& inherits) {
    return "{reference: 1e20 FLOP, compute: {best_run: {length: 1 yr, inherits: " + inherits + "}}}";
  };
  const double year = 1e18 * test::kYearSeconds;
  const auto best = [&](const std::string& progress, const std::string& inherits) {
    return *race(fleet_with(progress, loss(inherits)))["keeper"].final.best_run_flop / year;
  };
  // Six runs of a year each: 1 + w + ... + w^5.
  CHECK(best("none", "0") == Approx(1).epsilon(1e-12));
  CHECK(best("none", "0.5") == Approx(1.96875).epsilon(1e-12));
  CHECK(best("none", "1") == Approx(6).epsilon(1e-12));
  // With progress of one doubling a year, each with the algorithm of its start: 32 + 16 w + 8 w^2 + ...
  CHECK(best("{model: exponential, doubling: 1 yr}", "0") == Approx(32).epsilon(1e-12));
  CHECK(best("{model: exponential, doubling: 1 yr}", "0.5") ==
        Approx(32 + 8 + 2 + 0.5 + 0.125 + 0.03125).epsilon(1e-12));
  // Dates: the first run ends after a year with 1, the second with 1.5, the third with 1.75.
  const auto run = race(fleet_with("none", loss("0.5")));
  const fleet::LossCurve curve(run["keeper"].trajectory, run.cases[0].loss);
  const auto ratio = [&](double years) {
    return curve.ratio_at(run.cases[0].horizon.start + core::Duration::from_years(years)) * 1e20 / year;
  };
  CHECK(ratio(1.5) == Approx(1).epsilon(1e-9));
  CHECK(ratio(2.0) == Approx(1.5).epsilon(1e-9));
  CHECK(ratio(2.9) == Approx(1.5).epsilon(1e-9));
  CHECK(ratio(3.0) == Approx(1.75).epsilon(1e-9));
  // The mean loss is that of a fine grid.
  double sum = 0;
  for (int i = 0; i < 6000; ++i)
    sum += curve.loss_at(run.cases[0].horizon.start + core::Duration::from_years((i + 0.5) / 1000)) / 6000;
  CHECK(run["keeper"].final.mean_relative_loss == Approx(sum).epsilon(1e-6));
}
