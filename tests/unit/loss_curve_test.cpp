#include "sim/fleet/accounting/loss_curve.hpp"

#include <boost/math/quadrature/gauss.hpp>
#include <cmath>

#include "sim/core/numeric/math.hpp"
#include "tests/oracle/race.hpp"

// Loss over hand-made trajectories, in years and multiples of the reference.
namespace fleetrace::test {
namespace {

struct Curve {
  fleet::Trajectory trajectory;
  fleet::LossAccounting accounting;

  Curve(std::initializer_list<std::pair<double, double>> rates, double run_years, double share = 1) {
    const fleet::StrategySetup one = cases_of(
        "horizon: {start: 2026-01-01, length: 8 yr}\ninitial_fleet: [{capacity: 1 FLOP/s}]\nstrategies: {a: {buy: none}}\n")
        [0];
    trajectory.reset(one.horizon, one.plant.progress);
    for (const auto& [years, rate] : rates) trajectory.change(at(years), rate);
    accounting = one.loss;
    accounting.law = models::relative_loss(0.5);
    accounting.reference.compute = kYearSeconds;
    if (run_years > 0) {
      accounting.accounting = fleet::Accounting::best_run;
      accounting.run_length = core::Duration::from_years(run_years);
      accounting.run_share = share;
    }
  }
  [[nodiscard]] core::Time at(double years) const {
    return trajectory.horizon().start + core::Duration::from_years(years);
  }
  [[nodiscard]] fleet::LossCurve curve() const { return {trajectory, accounting}; }
};

}  // namespace

TEST_CASE("cumulative compute counts on top of the reference") {
  const Curve flash({{2, 4}, {4, 0}}, 0);
  const fleet::LossCurve curve = flash.curve();
  CHECK(curve.ratio_at(flash.at(1)) == 1);
  CHECK(curve.ratio_at(flash.at(3)) == Approx(5).epsilon(1e-15));
  CHECK(curve.loss_at(flash.at(8)) == Approx(1 / 3.0).epsilon(1e-15));
  // Two years at 1, two years of (1 + 4 t)^(-1/2), four years at a third.
  CHECK(curve.mean_loss() == Approx((2 + (3 - 1) / 2.0 + 4 / 3.0) / 8).epsilon(1e-12));
  CHECK(curve.best_run_ratio() == 0);
}

TEST_CASE("targets are met at their first millisecond") {
  const Curve flash({{2, 4}, {4, 0}}, 0);
  const fleet::LossCurve curve = flash.curve();
  CHECK(curve.time_of(1) == flash.at(0));
  CHECK(curve.time_of(0.5).value() == flash.at(2.75));
  CHECK(curve.loss_at(curve.time_of(0.47).value()) <= 0.47);
  CHECK(curve.loss_at(curve.time_of(0.47).value() - core::kMillisecond) > 0.47);
  CHECK_FALSE(curve.time_of(0.33));
}

TEST_CASE("a best run counts from its end on and is never lost") {
  // Capacity 4 from year 2 to 3: runs of two years that hold that year whole have 4 references.
  const Curve flash({{2, 4}, {3, 0}}, 2, 0.75);
  const fleet::LossCurve curve = flash.curve();
  CHECK(curve.best_run_ratio() == Approx(3).epsilon(1e-14));
  CHECK(curve.ratio_at(flash.at(2)) == 1);
  CHECK(curve.ratio_at(flash.at(2.2)) == 1);  // 0.6 of the reference
  CHECK(curve.ratio_at(flash.at(2.5)) == Approx(1.5).epsilon(1e-14));
  CHECK(curve.ratio_at(flash.at(3)) == Approx(3).epsilon(1e-14));
  CHECK(curve.ratio_at(flash.at(7)) == Approx(3).epsilon(1e-14));
  CHECK(std::llabs((curve.time_of(std::sqrt(0.5)).value() - flash.at(2 + 2 / 3.0)).milliseconds()) <= 1);
  // 2 1/3 years at 1, then (3 (t - 2))^(-1/2) for two thirds of a year, then 1/sqrt(3).
  const double rising = 2 * (1 - std::sqrt(1 / 3.0)) / std::sqrt(3.0);
  CHECK(curve.mean_loss() == Approx((2 + 1 / 3.0 + rising + 5 / std::sqrt(3.0)) / 8).epsilon(1e-10));
}

TEST_CASE("runs worse than the reference leave the loss at 1") {
  const Curve weak({{0, 0.4}}, 1);
  CHECK(weak.curve().loss_at(weak.at(8)) == 1);
  CHECK(weak.curve().mean_loss() == 1);
  CHECK(weak.curve().best_run_ratio() == Approx(0.4).epsilon(1e-14));
}

TEST_CASE("a plateau of runs is level to the last bit") {
  const Curve steady({{0.1, 7.3}}, 0.37);
  const fleet::LossCurve curve = steady.curve();
  for (int i = 0; i < 700; ++i) CHECK(curve.ratio_at(steady.at(0.9 + 0.01 * i)) == curve.ratio_at(steady.at(8)));
}

TEST_CASE("a run as long as the horizon is completed with it") {
  const Curve whole({{0, 2}}, 8);
  CHECK(whole.curve().best_run_ratio() == Approx(16).epsilon(1e-14));
  CHECK(whole.curve().loss_at(whole.at(8)) == Approx(0.25).epsilon(1e-14));
  CHECK(whole.curve().loss_at(whole.at(8) - core::kMillisecond) == 1);
}

TEST_CASE("the first instant of a rising quantity is that of bisection, in a fraction of its steps") {
  const auto low = core::Time::from_milliseconds(1'767'225'600'000);
  const core::Time high = low + core::kYear;
  const auto share = [&](core::Time t) { return (t - low).years(); };
  int looked = 0;
  const auto check = [&](const char* name, const auto& quantity, double needed) {
    CAPTURE(name, needed);
    const core::Time bisected = fleet::first_true(low, high, [&](core::Time t) { return quantity(t) >= needed; });
    looked = 0;
    const core::Time found = fleet::first_at_least(low, high, needed, [&](core::Time t) {
      ++looked;
      return quantity(t);
    });
    CHECK(found == bisected);
    CHECK(looked <= 3 * 36);
  };
  for (const double part : {1e-11, 1e-6, 0.1, 0.5, 0.9, 1 - 1e-6, 1.0}) {
    check(
        "linear", [&](core::Time t) { return 3 + 2 * share(t); }, 3 + 2 * part);
    CHECK(looked <= 12);
    check(
        "exponential", [&](core::Time t) { return core::exp(5 * share(t)); }, std::max(core::exp(5 * part), 1 + 1e-9));
    CHECK(looked <= 24);
    check(
        "a step", [&](core::Time t) { return share(t) < 0.3 ? 0.0 : 1.0; }, part);
    check(
        "level, then steep", [&](core::Time t) { return std::max(0.0, 1e9 * (share(t) - 0.7)); },
        std::max(3e8 * part, 1e-3));
  }
}

TEST_CASE("mean loss of fast progress needs few nodes, whatever was there before") {
  // The mean of (c + b e^(g t))^-1/2, by ten times as many panels of thirty nodes as it takes.
  const auto by_sum = [](double c, double b, double growth, double years) {
    const auto loss = [&](double t) { return 1 / std::sqrt(c + b * core::exp(growth * t)); };
    constexpr int kPanels = 1'000;
    double sum = 0;
    for (int i = 0; i < kPanels; ++i) {
      // Narrow near the start, where compute may grow fastest.
      const auto edge = [&](int k) { return years * std::pow(static_cast<double>(k) / kPanels, 3); };
      sum += boost::math::quadrature::gauss<double, 30>::integrate(loss, edge(i), edge(i + 1));
    }
    return sum / years;
  };
  for (const double doublings : {0.05, 0.5, 1.5, 6.0}) {
    for (const double rate : {0.01, 1.0, 100.0}) {
      Curve curve({{0, rate}}, 0);
      models::ProgressLaw law =
          cases_of(
              "horizon: {start: 2026-01-01, length: 8 yr}\ninitial_fleet: [{capacity: 1 FLOP/s}]\n"
              "strategies: {a: {buy: none}}\nprogress: {model: exponential, rate: " +
              std::to_string(doublings) + " doublings/yr}\n")[0]
              .plant.progress;
      curve.trajectory.reset(curve.trajectory.horizon(), law);
      curve.trajectory.change(curve.at(0), rate);
      const double growth = doublings * core::kLn2;
      const double b = rate / growth;
      CAPTURE(doublings, rate);
      CHECK(curve.curve().mean_loss() == Approx(by_sum(1 - b, b, growth, 8)).epsilon(2e-12));
    }
  }
}

TEST_CASE("the mean of powers is that of thirty nodes in many panels, and long intervals are refused") {
  const double kappa = GENERATE(0.05, 0.5, 1.0);
  models::LossLaw law = models::relative_loss(kappa);
  for (const double change : {0.0, 1e-9, 0.03, 0.26, 1.0, 2.19}) {
    for (const double growth : {0.0, 1e-12, 1e-3, 0.1, 0.6, 1.9}) {
      CAPTURE(kappa, change, growth);
      const auto ratio = [&](double share) {
        const double part = change == 0 ? share : std::expm1(change * share) / std::expm1(change);
        return 7 * (1 + growth * part);
      };
      double sum = 0;
      for (int i = 0; i < 8; ++i) {
        sum += boost::math::quadrature::gauss<double, 30>::integrate(
            [&](double share) { return std::pow(ratio(share), -kappa); }, i / 8.0, (i + 1) / 8.0);
      }
      law.terms = {models::PowerTerm{1, kappa}, {}};
      law.floor = 0;
      const auto mean = models::mean_of_powers(law, ratio(0), ratio(1), change);
      REQUIRE(mean);
      CHECK(*mean == Approx(sum).epsilon(4e-15));
      // A floor and two powers are the sum of three means.
      law.floor = 0.25;
      law.terms = {models::PowerTerm{0.5, kappa}, models::PowerTerm{0.25, kappa}};
      CHECK(*models::mean_of_powers(law, ratio(0), ratio(1), change) == Approx(0.25 + 0.75 * sum).epsilon(4e-15));
    }
  }
  CHECK_FALSE(models::mean_of_powers(law, 1, 3.1, 0));  // p = 1.05/2.05
  CHECK(models::mean_of_powers(law, 1, 2.9, 0));
  CHECK_FALSE(models::mean_of_powers(law, 1, 1.1, 2.2));
  CHECK(models::mean_of_powers(law, 1, 1.1, 2.19));
  CHECK_FALSE(models::mean_of_powers(law, 1, INFINITY, 0));
}

TEST_CASE("where progress is steady a target is met at the first millisecond of bisection, whatever comes after") {
  for (const double doublings : {0.0, 1e-6, 1.5, 6.0}) {
    Curve curve({}, 0);
    models::ProgressLaw law = cases_of(
                                  "horizon: {start: 2026-01-01, length: 8 yr}\ninitial_fleet: [{capacity: 1 FLOP/s}]\n"
                                  "strategies: {a: {buy: none}}\nprogress: {model: exponential, rate: " +
                                  std::to_string(doublings) + " doublings/yr}\n")[0]
                                  .plant.progress;
    curve.trajectory.reset(curve.trajectory.horizon(), law);
    for (const auto& [years, rate] : {std::pair{0.5, 0.3}, {1.5, 0.0}, {3.0, 20.0}, {3.25, 1e-3}, {7.0, 5.0}})
      curve.trajectory.change(curve.at(years), rate);
    const fleet::LossCurve losses = curve.curve();
    const double last = losses.loss_at(curve.at(8));
    for (const double share : {0.0, 1e-9, 0.01, 0.2, 0.7, 0.95, 1 - 1e-9, 1.0}) {
      const double target = 1 + share * (last - 1);
      CAPTURE(doublings, share, target);
      const double needed = curve.accounting.law.ratio(target);
      const auto holds = [&](core::Time t) { return losses.ratio_at(t) >= needed; };
      const auto found = losses.time_of(target);
      if (!holds(curve.at(8))) {
        CHECK_FALSE(found);
      } else if (holds(curve.at(0))) {
        CHECK(found == curve.at(0));
      } else {
        CHECK(found == fleet::first_true(curve.at(0), curve.at(8), holds));
      }
    }
  }
}

TEST_CASE("a run that begins at the instant of a jump has what it brought, and so have all that inherit from it") {
  // A fleet of constant rate, the compute of a year of which is C0, and progress that doubles at one instant. A run of length L
  // comes to L A(start); with what it inherits the run ending at t comes to L (A(t - L) + i A(t - 2L) + ...).
  for (const std::int64_t months : {1, 2, 3, 4, 5, 7, 11}) {
    for (const double inherits : {0.0, 0.3, 0.9}) {
      for (const std::int64_t jump_months : {7, 13, 20, 33, 61}) {
        CAPTURE(months, inherits, jump_months);
        Curve curve({}, static_cast<double>(months) / 12);
        models::ProgressLaw law = curve.trajectory.law();
        curve.trajectory.reset(curve.trajectory.horizon(), law);
        curve.trajectory.change(curve.at(0), 1);
        models::AdoptionStep{static_cast<double>(jump_months) / 12, kLn2, 0}.apply(law);
        const core::Time start = curve.at(0);
        const core::Duration length = core::kMonth * months;
        const core::Time jump = start + core::kMonth * jump_months;
        curve.trajectory.change_law(jump, law);
        curve.accounting.run_length = length;
        curve.accounting.run_inherits = inherits;
        const fleet::LossCurve losses = curve.curve();
        // In whole milliseconds, so that nothing is left to rounding.
        const auto by_hand = [&](core::Time end) {
          double sum = 0;
          double share = 1;
          for (core::Time began = end - length; began >= start; began = began - length, share *= inherits)
            sum += share * length.years() * (began >= jump ? 2 : 1);
          return std::max(1.0, sum);
        };
        double best = 1;
        for (core::Time at = start + length; at <= curve.at(8); at = at + core::kMonth) {
          best = std::max({best, by_hand(at - core::kMillisecond), by_hand(at)});
          CAPTURE((at - start).years());
          REQUIRE(losses.ratio_at(at) == Approx(best).epsilon(1e-12));
        }
        // Just before the first run with the new algorithms ends nothing of them shows.
        double before = 1;
        for (core::Time at = start + length; at < jump + length; at = at + core::kMonth)
          before = std::max({before, by_hand(at), by_hand(at - core::kMillisecond)});
        CHECK(losses.ratio_at(jump + length - core::kMillisecond) == Approx(before).epsilon(1e-9));
        const double after = std::max(before, by_hand(jump + length));
        if (after > before * 1.001)
          CHECK(losses.time_of(curve.accounting.law.loss(0.5 * (before + after))) == jump + length);
      }
    }
  }
}

}  // namespace fleetrace::test
