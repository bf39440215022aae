#include "models/supply/gamma_time.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/core/numeric/special.hpp"
#include "sim/core/random/samplers.hpp"

namespace fleetrace::models {

double unit_gamma(double u, double shape) {
  static constexpr double kLargeShape = 1e6;
  if (shape < kLargeShape) return core::gamma_quantile(u, shape, 1 / shape);
  const double ninth = 1 / (9 * shape);
  const double root = 1 - ninth + core::inverse_normal_cdf(u) * std::sqrt(ninth);
  return root * root * root;
}

core::Duration gamma_time(core::Duration mean, double u, double shape) {
  static constexpr double kLongestYears = 1e8;
  if (shape == std::numeric_limits<double>::infinity()) return mean;
  return core::Duration::from_years(std::min(mean.years() * unit_gamma(u, shape), kLongestYears));
}

}  // namespace fleetrace::models
