#include "models/failure/spares.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/numeric/special.hpp"

namespace fleetrace::models {
namespace {

// E max(0, down - spares), summed from the largest term outwards.
double excess_of_binomial(std::int64_t n, double q, std::int64_t spares) {
  const double odds = q / (1 - q);
  const auto mode = static_cast<std::int64_t>(std::floor((static_cast<double>(n) + 1) * q));
  const std::int64_t start = std::clamp<std::int64_t>(mode, spares + 1, n);
  double sum = 0;
  const double first = core::binomial_mass(start, n, q);
  double mass = first;
  for (std::int64_t k = start; k <= n && mass > 0; ++k) {
    const double term = static_cast<double>(k - spares) * mass;
    sum += term;
    if (k > mode && term < 1e-18 * sum) break;
    mass *= odds * static_cast<double>(n - k) / static_cast<double>(k + 1);
  }
  mass = first;
  for (std::int64_t k = start - 1; k > spares && mass > 0; --k) {
    mass *= static_cast<double>(k + 1) / static_cast<double>(n - k) / odds;
    const double term = static_cast<double>(k - spares) * mass;
    sum += term;
    if (term < 1e-18 * sum) break;
  }
  return sum;
}

}  // namespace

double expected_working(std::int64_t installed, std::int64_t target, double availability) {
  const auto n = static_cast<double>(installed);
  const double q = 1 - availability;
  const std::int64_t spares = installed - target;
  if (q <= 0 || target == 0) return static_cast<double>(target);
  if (spares == 0) return n * availability;
  const double deviation = std::sqrt(n * q * availability);
  if (deviation <= 1e4) return static_cast<double>(target) - excess_of_binomial(installed, q, spares);
  const double z = (static_cast<double>(spares) - n * q) / deviation;
  return static_cast<double>(target) - deviation * (core::normal_density(z) - z * core::normal_cdf(-z));
}

// P(Poisson(m) <= k) = Q(k + 1, m).
std::int64_t spares_for(double in_repair, double level) {
  if (in_repair <= 0) return 0;
  std::int64_t low = -1;  // not enough
  std::int64_t high = static_cast<std::int64_t>(in_repair + 40 * std::sqrt(in_repair)) + 40;
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (core::gamma_q(static_cast<double>(middle + 1), in_repair) >= level ? high : low) = middle;
  }
  return high;
}

}  // namespace fleetrace::models
