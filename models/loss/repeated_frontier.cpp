#include "models/loss/repeated_frontier.hpp"

#include <algorithm>
#include <boost/math/interpolators/quintic_hermite.hpp>
#include <cmath>
#include <vector>

#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

constexpr std::size_t kMostPoints = 4000;
/// Steps of the table in ln x, over the distance within which the worth of data or parameters bends.
constexpr double kStep = 0.25;
/// Slope of the curve at which the table ends.
constexpr double kFlat = 1e-14;

/// w(z, R): the worth of z = `multiple` times the unique data, or the parameters that these can use, with R = `decay`.
struct Worth {
  double multiple;
  double log_worth;
  double elasticity;  ///< d ln worth / d ln multiple
  double decay;

  Worth(double log_multiple, double decays) : multiple(core::exp(log_multiple)), decay(decays) {
    const double excess = (multiple - 1) / decay;
    const double worth = 1 - decay * core::expm1(-excess);
    log_worth = core::log(worth);
    elasticity = multiple * core::exp(-excess) / worth;
  }
  /// d ln(elasticity worth^-exponent) / d ln multiple; below 0.
  [[nodiscard]] double slope_of_gain(double exponent) const {
    return 1 - multiple / decay - (1 + exponent) * elasticity;
  }
  /// ln(elasticity worth^-exponent).
  [[nodiscard]] double log_gain(double log_multiple, double exponent) const {
    return log_multiple - (multiple - 1) / decay - (1 + exponent) * log_worth;
  }
};

struct Optimum {
  double log_parameters;  ///< ln n
  double share;           ///< d ln n / d ln x
  double value;           ///< h
  double slope;           ///< dh / d ln x
  double curvature;
  double bend;  ///< distance in ln x within which the curve bends, at most 1
};

/// The optimal n at a compute. With n the gain from another parameter falls and that from another token rises; at the
/// optimum they are equal. Newton's method, kept between bounds, from a guess of ln n.
Optimum optimum(const RepeatedData& data, double log_compute, double guess) {
  const double alpha = data.fit.alpha;
  const double beta = data.fit.beta;
  double low = 0;
  double high = log_compute;
  double p = std::clamp(guess, low, high);
  for (int i = 0; i < 200; ++i) {
    const Worth n(p, data.parameter_decay);
    const Worth d(log_compute - p, data.data_decay);
    const double difference = n.log_gain(p, alpha) - d.log_gain(log_compute - p, beta);
    (difference > 0 ? low : high) = p;
    double next = p - difference / (n.slope_of_gain(alpha) + d.slope_of_gain(beta));
    if (!(next > low && next < high)) next = low + (high - low) / 2;
    // This step squares Newton's error once more, and h is stationary in p, so the result is exact.
    const bool found = std::fabs(next - p) <= 1e-8;
    p = next;
    if (found) break;
  }
  const Worth n(p, data.parameter_decay);
  const Worth d(log_compute - p, data.data_decay);
  const double of_data = core::exp(-beta * d.log_worth);
  const double gain = beta * d.elasticity * of_data;
  const double n_slope = n.slope_of_gain(alpha);
  const double d_slope = d.slope_of_gain(beta);
  return {p,
          d_slope / (n_slope + d_slope),
          beta / alpha * core::exp(-alpha * n.log_worth) + of_data,
          -gain,
          -gain * d_slope * n_slope / (n_slope + d_slope),
          std::min({1.0, data.data_decay / d.multiple, data.parameter_decay / n.multiple})};
}

}  // namespace

class RepeatedFrontier::Curve {
 public:
  using Points = std::vector<double>;
  Curve(Points at, Points value, Points slope, Points curvature)
      : quintic_(std::move(at), std::move(value), std::move(slope), std::move(curvature)) {}
  [[nodiscard]] double operator()(double at) const { return quintic_(at); }

 private:
  boost::math::interpolators::quintic_hermite<Points> quintic_;
};

RepeatedFrontier::RepeatedFrontier(const RepeatedData& data) {
  std::vector<double> at;
  std::vector<double> value;
  std::vector<double> slope;
  std::vector<double> curvature;
  double log_compute = 0;
  double guess = 0;
  while (at.size() < kMostPoints) {
    const Optimum best = optimum(data, log_compute, guess);
    at.push_back(log_compute);
    value.push_back(best.value);
    slope.push_back(best.slope);
    curvature.push_back(best.curvature);
    last_ = log_compute;
    last_value_ = best.value;
    const double step = kStep * best.bend;
    if (!(step > 1e-6)) return;
    if (-best.slope < kFlat * best.value) break;
    guess = best.log_parameters + best.share * step;
    log_compute += step;
  }
  if (at.size() < kMostPoints && at.size() > 1)
    curve_ = std::make_unique<const Curve>(std::move(at), std::move(value), std::move(slope), std::move(curvature));
}

RepeatedFrontier::~RepeatedFrontier() = default;

double RepeatedFrontier::at(double log_compute) const {
  return log_compute < last_ ? (*curve_)(log_compute) : last_value_;
}

}  // namespace fleetrace::models
