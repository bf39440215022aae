#include "models/theory/frontier.hpp"

#include "models/theory/require.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models::theory {

std::optional<double> tokens_for_loss(const Chinchilla& fit, double parameters, double loss) {
  core::require(parameters > 0 && loss > 0, "parameters and loss must be above 0");
  const double left = loss - fit.floor - fit.parameter_scale * core::pow(parameters, -fit.alpha);
  if (!(left > 0)) return std::nullopt;
  return core::pow(fit.token_scale / left, 1 / fit.beta);
}

double least_compute(const Chinchilla& fit, double loss) {
  core::require(loss > 0, "the loss must be above 0");
  if (loss <= fit.floor) return kInfinity;
  const double sum = fit.alpha + fit.beta;
  const double scale = core::pow(fit.alpha * fit.parameter_scale / (fit.beta * fit.token_scale), 1 / sum);  // G
  const double terms = fit.parameter_scale * core::pow(scale, -fit.alpha) +
                       fit.token_scale * core::pow(scale, fit.beta);
  return 6 * core::pow(terms / (loss - fit.floor), sum / (fit.alpha * fit.beta));
}

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
