#include "models/theory/growth_rates.hpp"

#include "models/theory/require.hpp"

namespace fleetrace::models::theory {

GrowthRates with_interest(GrowthRates growth_rates, double interest) {
  core::require(interest >= 0 && interest < kInfinity, "the interest must be at least 0 and finite");
  growth_rates.eta += interest;
  return growth_rates;
}

GrowthRates with_volatility(GrowthRates growth_rates, double volatility, double kappa) {
  core::require(volatility >= 0 && volatility < kInfinity, "the volatility must be at least 0 and finite");
  core::require(kappa > 0 && kappa <= 1, "kappa must be above 0 and at most 1");
  growth_rates.eta -= (1 + kappa) * volatility * volatility / 2;
  return growth_rates;
}

}  // namespace fleetrace::models::theory
