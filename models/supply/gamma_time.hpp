#pragma once

#include "fleetrace/core/time.hpp"

namespace fleetrace::models {

/// A random number of mean 1 with a Gamma law, from one uniform number u in (0, 1). It never falls as u rises, so that runs
/// with common random numbers stay in step whatever their shapes.
/// shape  k [1], at least 1e-3; the coefficient of variation is 1/sqrt(k); the result is exactly 1 where k is infinite
/// From k = 1e6 on it is the cube of a normal variate (Wilson and Hilferty 1931), within 1e-7 of the exact quantile.
[[nodiscard]] double unit_gamma(double u, double shape);

/// A random time with a Gamma law of the given mean >= 0, rounded to a millisecond; exactly the mean where the shape is
/// infinite. It is at most 100 million years, so that sums with dates stay in the range of core::Time.
[[nodiscard]] core::Duration gamma_time(core::Duration mean, double u, double shape);

}  // namespace fleetrace::models
