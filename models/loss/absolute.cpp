#include <cmath>
#include <limits>

#include "fleetrace/models/loss.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

// Relative loss; its floor and the scales of its terms add up to 1.
double loss_at(const LossLaw& law, double ratio, double) {
  const auto& [a, b] = law.terms;
  // One logarithm serves both terms. Exponents are small, so powers lose no digits this way.
  const double log_ratio = core::log(ratio);
  double loss = law.floor + a.scale * core::exp(-a.exponent * log_ratio);
  if (b.scale > 0) loss += b.scale * core::exp(-b.exponent * log_ratio);
  return loss;
}

/// The ratio of a loss with two terms, by bisection in its logarithm, in which the loss falls.
double ratio_by_bisection(const LossLaw& law, double loss) {
  double low = 0;
  double high = 1;
  while (law.loss(core::exp(high)) > loss) {
    low = high;
    high *= 2;
    if (high > 700) return std::numeric_limits<double>::infinity();
  }
  while (true) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return core::exp(high);
    (law.loss(core::exp(middle)) > loss ? low : high) = middle;
  }
}

double ratio_at(const LossLaw& law, double loss, double) {
  const auto& [a, b] = law.terms;
  // The floor and the scales add up to the loss at ratio 1, except for rounding.
  if (loss >= (law.floor + a.scale + b.scale) * (1 - 1e-15)) return 1;
  if (loss <= law.floor) return std::numeric_limits<double>::infinity();
  if (b.scale > 0) return ratio_by_bisection(law, loss);
  return core::pow(a.scale / (loss - law.floor), 1 / a.exponent);
}

}  // namespace

LossLaw absolute_loss(double floor, const PowerTerm& a, const PowerTerm& b, double reference_flop) {
  const double first = a.scale * core::pow(reference_flop, -a.exponent);
  const double second = b.scale > 0 ? b.scale * core::pow(reference_flop, -b.exponent) : 0;
  LossLaw law;
  law.loss_at = loss_at;
  law.ratio_at = ratio_at;
  law.reference_loss = floor + first + second;
  law.floor = floor / law.reference_loss;
  law.terms = {PowerTerm{first / law.reference_loss, a.exponent}, PowerTerm{second / law.reference_loss, b.exponent}};
  return law;
}

LossLaw relative_to(LossLaw law, double reference_loss) {
  const double scale = law.reference_loss / reference_loss;
  law.reference_loss = reference_loss;
  law.floor *= scale;
  for (PowerTerm& term : law.terms) term.scale *= scale;
  return law;
}

}  // namespace fleetrace::models
