#include <algorithm>
#include <cmath>

#include "models/supply/supply.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

constexpr double kSteepness = 4;  ///< the curve's time constant is a quarter of the ramp

/// ln(1 + e^x) without overflow.
double softplus(double x) { return std::max(x, 0.0) + core::log1p(core::exp(-std::fabs(x))); }

}  // namespace

double Production::cumulative(double years) const {
  if (years <= 0) return 0;
  if (ramp == 0) return rate * years;
  const double scale = ramp / kSteepness;
  return rate * scale * (softplus((years - ramp) / scale) - softplus(-kSteepness));
}

double Production::years_until(double units) const {
  if (units <= 0) return 0;
  if (ramp == 0) return units / rate;
  const double scale = ramp / kSteepness;
  // Inverts y = ln(1 + e^x) to x = y + ln(1 - e^-y).
  const double y = units / (rate * scale) + softplus(-kSteepness);
  return ramp + scale * (y + core::log1p(-core::exp(-y)));
}

}  // namespace fleetrace::models
