#pragma once

#include <cstdint>

#include "fleetrace/core/time.hpp"
#include "sim/core/numeric/sum.hpp"

namespace fleetrace::fleet {

/// What the units cost that are delivered and wait to enter service, integrated over time.
class WaitingValue {
 public:
  void reset(core::Time start) {
    *this = WaitingValue{};
    changed_ = start;
  }
  /// So many more units wait that cost so much each, or fewer.
  void change(std::int64_t units, double unit_usd, core::Time now) {
    past_.add(usd_.value() * (now - changed_).years());
    changed_ = now;
    units_ += units;
    if (units_ == 0) {
      usd_ = core::Sum{};  // not a rounding error
    } else {
      usd_.add(static_cast<double>(units) * unit_usd);
    }
  }
  [[nodiscard]] double usd_years(core::Time at) const { return past_.value() + usd_.value() * (at - changed_).years(); }

 private:
  std::int64_t units_ = 0;
  core::Sum usd_;
  core::Sum past_;  ///< [USD yr]
  core::Time changed_;
};

}  // namespace fleetrace::fleet
