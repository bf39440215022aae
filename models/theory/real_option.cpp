#include "models/theory/real_option.hpp"

#include <algorithm>
#include <cmath>

#include "models/theory/growth_rates.hpp"
#include "models/theory/require.hpp"

namespace fleetrace::models::theory {
namespace {

void check(const Option& option) {
  core::require(option.interest > 0 && option.interest < kInfinity, "the interest must be above 0 and finite");
  core::require(option.payout > 0 && option.payout < kInfinity, "the payout must be above 0 and finite");
  core::require(option.volatility >= 0 && option.volatility < kInfinity,
                "the volatility must be at least 0 and finite");
}

}  // namespace

double option_exponent(const Option& option) {
  check(option);
  const double variance = option.volatility * option.volatility;
  const double drift = option.interest - option.payout;
  if (variance == 0) return drift > 0 ? option.interest / drift : kInfinity;
  // The root of s^2/2 b (b - 1) + (r - d) b = r, by its conjugate where the two terms would cancel.
  const double half = drift / variance - 0.5;
  const double root = std::sqrt(half * half + 2 * option.interest / variance);
  return half > 0 ? 2 * option.interest / variance / (root + half) : root - half;
}

double option_threshold(const Option& option) {
  const double beta = option_exponent(option);
  if (option.volatility == 0) return std::max(1.0, option.interest / option.payout);
  return beta / (beta - 1);
}

}  // namespace fleetrace::models::theory
