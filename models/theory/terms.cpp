#include "fleetrace/models/theory/terms.hpp"

#include "require.hpp"

namespace fleetrace::models::theory {

Terms with_interest(Terms terms, double interest) {
  require(interest >= 0 && interest < kInfinity, "the interest must be at least 0 and finite");
  terms.eta += interest;
  return terms;
}

Terms with_volatility(Terms terms, double volatility, double kappa) {
  require(volatility >= 0 && volatility < kInfinity, "the volatility must be at least 0 and finite");
  require(kappa > 0 && kappa <= 1, "kappa must be above 0 and at most 1");
  terms.eta -= (1 + kappa) * volatility * volatility / 2;
  return terms;
}

}  // namespace fleetrace::models::theory
