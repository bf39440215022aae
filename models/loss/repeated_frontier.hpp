#pragma once

#include <memory>

#include "fleetrace/models/loss.hpp"

namespace fleetrace::models {

/// The lowest loss on repeated data, as a table. Let n and d be parameters and tokens over those of the fresh optimum
/// that uses all U unique tokens, and x = n d compute over that of this optimum. Then one curve h describes all cases:
///   L = E + B/U^beta h(x),   h(x) = min over n d = x of (beta/alpha) w(n, RN)^-alpha + w(d, RD)^-beta
/// with w(z, R) = 1 + R (1 - e^(-(z - 1)/R)) for z > 1, since alpha A/N_U^alpha = beta B/U^beta there.
/// Between points of the table, h is the quintic with the values, slopes and curvatures at both points, with an error
/// below 1e-10.
class RepeatedFrontier {
 public:
  explicit RepeatedFrontier(const RepeatedData& data);
  ~RepeatedFrontier();
  RepeatedFrontier(const RepeatedFrontier&) = delete;
  RepeatedFrontier(RepeatedFrontier&&) = delete;
  RepeatedFrontier& operator=(const RepeatedFrontier&) = delete;
  RepeatedFrontier& operator=(RepeatedFrontier&&) = delete;

  /// Whether there is a table. There is none where the curve bends within thousandths of a doubling and takes too many
  /// points.
  [[nodiscard]] bool usable() const { return curve_ != nullptr; }
  /// h at ln x, x >= 1.
  [[nodiscard]] double at(double log_compute) const;

 private:
  class Curve;
  std::unique_ptr<const Curve> curve_;
  double last_ = 0;        ///< ln x beyond which more compute changes nothing
  double last_value_ = 0;  ///< h at `last_` and beyond
};

}  // namespace fleetrace::models
