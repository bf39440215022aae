#pragma once

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "sim/fleet/accounting/loss_curve.hpp"
#include "sim/fleet/setup.hpp"
#include "sim/fleet/world.hpp"
#include "sim/reader/load.hpp"
#include "sim/scenario/resolve/resolve.hpp"

/// Scenarios run from YAML text, for tests.
namespace fleetrace::test {

inline constexpr double kLn2 = 0.69314718055994530942;
inline constexpr double kYearSeconds = 31'557'600;

/// A number that reads back as itself.
inline std::string text(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.17g", value);
  return buffer;
}

/// |a - b| relative to the larger.
inline double relative_error(double a, double b) {
  return a == b ? 0 : std::fabs(a - b) / std::max(std::fabs(a), std::fabs(b));
}

struct Race {
  std::vector<fleet::StrategySetup> cases;
  std::vector<fleet::Outcome> outcomes;

  [[nodiscard]] const fleet::Outcome& operator[](const std::string& name) const {
    for (const fleet::Outcome& outcome : outcomes) {
      if (outcome.strategy == name) return outcome;
    }
    throw std::out_of_range(name);
  }
};

inline std::vector<fleet::StrategySetup> cases_of(const std::string& yaml) {
  return scenario::resolve(reader::load_bytes("fleetrace: 1\nname: test\n" + yaml, "test.yaml"));
}

/// Everything of a scenario but its format version and name, run.
inline Race race(const std::string& yaml) {
  Race race;
  race.cases = cases_of(yaml);
  for (const fleet::StrategySetup& one : race.cases) race.outcomes.push_back(fleet::simulate(one));
  return race;
}

/// Adaptive Simpson quadrature, independent of the program's Gauss rule.
template <class Function>
long double simpson(const Function& f, long double a, long double b, long double tolerance = 1e-14L) {
  struct Step {
    static long double refine(const Function& f, long double a, long double fa, long double b, long double fb,
                              long double m, long double fm, long double whole, long double tolerance, int depth) {
      const long double left = (a + m) / 2;
      const long double right = (m + b) / 2;
      const long double fl = f(left);
      const long double fr = f(right);
      const long double sum_left = (m - a) / 6 * (fa + 4 * fl + fm);
      const long double sum_right = (b - m) / 6 * (fm + 4 * fr + fb);
      const long double change = sum_left + sum_right - whole;
      if (depth == 0 || std::fabs(change) <= 15 * tolerance) return sum_left + sum_right + change / 15;
      return refine(f, a, fa, m, fm, left, fl, sum_left, tolerance / 2, depth - 1) +
             refine(f, m, fm, b, fb, right, fr, sum_right, tolerance / 2, depth - 1);
    }
  };
  const long double m = (a + b) / 2;
  const long double fa = f(a);
  const long double fb = f(b);
  const long double fm = f(m);
  return Step::refine(f, a, fa, b, fb, m, fm, (b - a) / 6 * (fa + 4 * fm + fb), tolerance, 40);
}

/// The root of a function that changes sign once in [low, high].
template <class Function>
double bisect(const Function& f, double low, double high) {
  const bool sign = f(low) > 0;
  for (int i = 0; i < 200 && low < high; ++i) {
    const double middle = 0.5 * (low + high);
    if (middle <= low || middle >= high) break;
    ((f(middle) > 0) == sign ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace fleetrace::test
