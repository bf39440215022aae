#pragma once

#include <catch2/catch.hpp>

namespace fleetrace::test {

/// Simpson's rule in `steps` equal steps, an even number.
template <class Function>
double simpson_rule(const Function& f, double from, double to, int steps) {
  double sum = f(from) + f(to);
  const double step = (to - from) / steps;
  for (int i = 1; i < steps; ++i) sum += (i % 2 == 1 ? 4 : 2) * f(from + i * step);
  return sum * step / 3;
}

/// Relative closeness alone, also to small values.
inline Approx within(double value, double relative) { return Approx(value).epsilon(relative).margin(0); }

}  // namespace fleetrace::test
