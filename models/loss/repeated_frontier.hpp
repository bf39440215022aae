#pragma once

#include <memory>

#include "fleetrace/models/loss.hpp"

namespace fleetrace::models {

/// The lowest loss on repeated data, tabulated. In multiples n and d of the parameters and tokens of the fresh optimum that
/// uses all U unique tokens, and of its compute x = n d, only one curve is left of it:
///   L = E + B/U^beta h(x),   h(x) = min over n d = x of (beta/alpha) w(n, RN)^-alpha + w(d, RD)^-beta
/// with w(z, R) = 1 + R (1 - e^(-(z - 1)/R)) for z > 1, since alpha A/N_U^alpha = beta B/U^beta there.
/// Between points h is the quintic with the values, slopes and curvatures that it has at both of them; that is within 1e-10.
class RepeatedFrontier {
 public:
  explicit RepeatedFrontier(const RepeatedData& data);
  ~RepeatedFrontier();
  RepeatedFrontier(const RepeatedFrontier&) = delete;
  RepeatedFrontier(RepeatedFrontier&&) = delete;
  RepeatedFrontier& operator=(const RepeatedFrontier&) = delete;
  RepeatedFrontier& operator=(RepeatedFrontier&&) = delete;

  /// Whether the curve has few enough points for a table; where it bends within thousandths of a doubling it has not.
  [[nodiscard]] bool usable() const { return curve_ != nullptr; }
  /// h at ln x, x >= 1.
  [[nodiscard]] double at(double log_compute) const;

 private:
  class Curve;
  std::unique_ptr<const Curve> curve_;
  double last_ = 0;        ///< ln x, beyond which more compute changes nothing
  double last_value_ = 0;  ///< h there
};

}  // namespace fleetrace::models
