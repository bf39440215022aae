#include <cmath>
#include <limits>

#include "fleetrace/models/loss.hpp"
#include "fleetrace/theory.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Years until C/C0 = e^log_ratio, for a ratio so large that the 1 in log1p(eta (ratio - 1)) does not count unless eta is
/// tiny: works where the ratio itself would overflow. gamma > 0.
double years_to_huge_ratio(double gamma, double log_ratio) {
  const double eta = gamma * core::kLn2;
  const double log_product = core::log(eta) + log_ratio;
  return (log_product > 100 ? log_product : core::log1p(core::exp(log_product))) / eta;
}

Milestone milestone(const models::LossLaw& law, double kappa, double relative_loss, double gamma) {
  // From here on the closed form goes through logarithms; they agree with it to the last digits.
  constexpr double kHugeLogRatio = 600;
  const double ratio = law.ratio(relative_loss);
  const double log_ratio = -core::log(relative_loss) / kappa;
  Milestone result{
      .relative_loss = relative_loss, .gamma = gamma, .years = 0, .fleet_multiple = ratio - 1, .never = false};
  if (gamma > 0 && log_ratio > kHugeLogRatio) {
    result.years = years_to_huge_ratio(gamma, log_ratio);
  } else {
    result.years = models::mean_field_years(gamma, ratio);
  }
  result.never = gamma < 0 && result.years == kInfinity;
  return result;
}

}  // namespace

Milestones milestones(const MilestoneRequest& request) {
  const models::LossLaw law = models::relative_loss(request.kappa);
  Milestones result{.kappa = request.kappa, .gammas = request.gammas, .losses = request.losses, .rows = {}};
  for (const double loss : request.losses) {
    for (const double gamma : request.gammas) result.rows.push_back(milestone(law, request.kappa, loss, gamma));
  }
  return result;
}

}  // namespace fleetrace
