#pragma once

#include <cmath>

namespace fleetrace::core {

/// A running sum whose rounding errors are carried along (Neumaier's variant of Kahan summation), so that millions of
/// terms leave an error near one ulp of the result. Depends on the order of terms like any floating-point sum: add in a
/// fixed order.
class Sum {
 public:
  constexpr Sum() = default;
  explicit constexpr Sum(double value) : high_(value) {}

  constexpr void add(double term) {
    const double total = high_ + term;
    const double high_magnitude = high_ < 0 ? -high_ : high_;
    const double term_magnitude = term < 0 ? -term : term;
    low_ += high_magnitude >= term_magnitude ? (high_ - total) + term : (term - total) + high_;
    high_ = total;
  }
  [[nodiscard]] constexpr double value() const { return high_ + low_; }

 private:
  double high_ = 0;
  double low_ = 0;
};

}  // namespace fleetrace::core
