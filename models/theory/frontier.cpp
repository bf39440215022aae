#include "models/theory/frontier.hpp"

#include "models/theory/require.hpp"

namespace fleetrace::models::theory {

double longest_training_run(double hardware, double software, double investment) {
  core::require(hardware >= 0 && software >= 0 && investment >= 0, "rates must be at least 0");
  const double growth = hardware + software + investment;
  return growth > 0 ? 1 / growth : kInfinity;
}

double best_chip_share(double returns) {
  core::require(returns >= 0, "the returns must be at least 0");
  return 1 / (1 + returns);
}

}  // namespace fleetrace::models::theory
