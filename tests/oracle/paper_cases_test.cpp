#include "tests/oracle/race.hpp"

// Baseline, turtle and hare: a fleet multiple M at the start and a rate of progress gamma each.
//   x(t) = M f(gamma, t), f = (2^(gamma t) - 1) / (gamma ln 2), f(0, t) = t;  R = (1 + x)^-kappa
// The reference is a year of the top-level fleet of one, whatever a strategy's own fleet is.
namespace fleetrace::test {
namespace {

double f(double gamma, double t) { return gamma == 0 ? t : std::expm1(gamma * kLn2 * t) / (gamma * kLn2); }

constexpr const char* kCases = R"(
horizon: {start: 2026-01-01, length: 12 yr}
progress: {model: exponential, rate: 1 doublings/yr}
initial_fleet: [{capacity: 1e18 FLOP/s}]
loss: {model: relative, kappa: 0.05}
strategies:
  baseline: {buy: none}
  turtle: {buy: none, with: {progress: {rate: 2 doublings/yr}}}
  hare: {buy: none, with: {initial_fleet: [{capacity: 1e19 FLOP/s}], progress: {rate: 0.5 doublings/yr}}}
  still_hare: {buy: none, with: {initial_fleet: [{capacity: 1e19 FLOP/s}], progress: {rate: 0 doublings/yr}}}
)";

double years_of(const Race& run, core::Time t) { return run.cases[0].horizon.years_at(t); }

void check_overtaking(const Race& run, const char* hare, const char* turtle, double expected) {
  const auto found = fleet::overtakings(run[hare].trajectory, run[turtle].trajectory);
  REQUIRE(found.size() == 1);
  CHECK_FALSE(found[0].first_leads);
  CHECK(std::fabs(years_of(run, found[0].at) - expected) * kYearSeconds <= 0.002);
  const auto reverse = fleet::overtakings(run[turtle].trajectory, run[hare].trajectory);
  REQUIRE(reverse.size() == 1);
  CHECK(reverse[0].first_leads);
  CHECK(std::llabs((reverse[0].at - found[0].at).milliseconds()) <= 1);
}

}  // namespace

TEST_CASE("baseline, turtle and hare meet their closed forms at every sample") {
  const Race run = race(kCases);
  struct Expected {
    const char* name;
    double multiple;
    double gamma;
  };
  for (const Expected& expected :
       {Expected{"baseline", 1, 1}, {"turtle", 1, 2}, {"hare", 10, 0.5}, {"still_hare", 10, 0}}) {
    CAPTURE(expected.name);
    CHECK(run[expected.name].final.reference_flop == 1e18 * kYearSeconds);
    for (const fleet::Sample& sample : run[expected.name].series) {
      const double x = expected.multiple * f(expected.gamma, years_of(run, sample.time));
      CHECK(std::fabs(sample.relative_loss - std::pow(1 + x, -0.05)) <= 1e-14);
    }
  }
}

TEST_CASE("the turtle overtakes the hare when M f(gamma_h, t) = f(gamma_t, t)") {
  const Race run = race(kCases);
  check_overtaking(run, "hare", "turtle", bisect([](double t) { return f(2, t) - 10 * f(0.5, t); }, 0.1, 12));
  check_overtaking(run, "hare", "baseline", bisect([](double t) { return f(1, t) - 10 * f(0.5, t); }, 0.1, 12));
  check_overtaking(run, "still_hare", "turtle", bisect([](double t) { return f(2, t) - 10 * t; }, 0.1, 12));
  // The figure of docs/derivations.md 10 for M = 10, gamma_h = 0, gamma_t = 2.
  const auto found = fleet::overtakings(run["still_hare"].trajectory, run["turtle"].trajectory);
  CHECK(years_of(run, found.at(0).at) == Approx(2.607636).margin(5e-7));
}

TEST_CASE("a fleet of the same size never overtakes one that improves faster") {
  const Race run = race(kCases);
  CHECK(fleet::overtakings(run["baseline"].trajectory, run["turtle"].trajectory).empty());
  CHECK(fleet::overtakings(run["turtle"].trajectory, run["turtle"].trajectory).empty());
}

TEST_CASE("a rate is worth the fleet M* = f(gamma_t, H) / f(gamma_h, H)") {
  const double multiple = f(2, 8) / f(0.5, 8);
  const Race run = race(
      "horizon: {start: 2026-01-01, length: 8 yr}\n"
      "progress: {model: exponential, rate: 2 doublings/yr}\n"
      "initial_fleet: [{capacity: 1e18 FLOP/s}]\n"
      "strategies:\n  turtle: {buy: none}\n  hare: {buy: none, with: {initial_fleet: [{capacity: " +
      text(multiple * 1e18) + " FLOP/s}], progress: {rate: 0.5 doublings/yr}}}\n");
  CHECK(run["hare"].final.relative_loss == Approx(run["turtle"].final.relative_loss).epsilon(1e-14));
}

}  // namespace fleetrace::test
