#pragma once

#include <boost/math/tools/minima.hpp>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <cstdint>
#include <limits>

#include "fleetrace/study/results.hpp"

/// Maxima of functions of one number, and the intervals that their likelihoods give.
namespace fleetrace::study {

/// The place of the maximum of a function that has one in [low, high], by Brent's method. `bits` are those of the place, half of the
/// digits of a double at most, since a function is flat at its maximum.
template <class Function>
[[nodiscard]] double maximum_place(const Function& f, double low, double high, int bits = 26) {
  std::uintmax_t most = 500;
  return boost::math::tools::brent_find_minima([&](double x) { return -f(x); }, low, high, bits, most).first;
}

/// Where a log-likelihood that has its maximum at `best` has fallen by `drop`, on both sides within [low, high]; infinite where it
/// does not fall so far.
template <class Function>
[[nodiscard]] Interval likelihood_interval(const Function& f, double best, double drop, double low, double high) {
  const double at_best = f(best);
  const auto below = [&](double x) {
    const double fallen = at_best - f(x);
    // Far away it falls by more than a double holds.
    return std::isfinite(fallen) ? fallen - drop : 1e30;
  };
  const auto end = [&](double direction, double bound) {
    // Nearer bounds make for a shorter search.
    double inside = best;
    double outside = best;
    for (double step = 0.125;; step *= 4) {
      outside = best + direction * step;
      if (direction * (outside - bound) >= 0) outside = bound;
      if (below(outside) > 0) break;
      if (outside == bound) return direction * std::numeric_limits<double>::infinity();
      inside = outside;
    }
    std::uintmax_t most = 200;
    const auto [a, b] = boost::math::tools::toms748_solve(below, std::min(inside, outside), std::max(inside, outside),
                                                          boost::math::tools::eps_tolerance<double>(30), most);
    return (a + b) / 2;
  };
  return {end(-1, low), end(1, high)};
}

}  // namespace fleetrace::study
