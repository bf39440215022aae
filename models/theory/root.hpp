#pragma once

#include <boost/math/tools/toms748_solve.hpp>
#include <cstdint>
#include <limits>

namespace fleetrace::models::theory {

/// The root of f between low and high, to the last bits; f must change sign there (or be 0 at an end).
template <class F>
[[nodiscard]] double root_between(F&& f, double low, double high) {
  const double at_low = f(low);
  const double at_high = f(high);
  if (at_low == 0) return low;
  if (at_high == 0) return high;
  std::uintmax_t iterations = 300;
  const auto [a, b] = boost::math::tools::toms748_solve(f, low, high, at_low, at_high,
                                                        boost::math::tools::eps_tolerance<double>(51), iterations);
  return a + 0.5 * (b - a);
}

/// The first root of a function that is negative at `low`, found by enlarging the bracket by `factor` up to `limit`;
/// infinity if the function is still negative at the limit.
template <class F>
[[nodiscard]] double first_root_above(F&& f, double low, double factor, double limit) {
  double high = low * factor;
  while (high <= limit) {
    if (f(high) >= 0) return root_between(f, low, high);
    low = high;
    high *= factor;
  }
  return std::numeric_limits<double>::infinity();
}

}  // namespace fleetrace::models::theory
