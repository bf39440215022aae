#pragma once

#include <cstdint>

#include "fleetrace/core/time.hpp"
#include "sim/core/numeric/sum.hpp"

namespace fleetrace::fleet {

/// An amount of money a year that runs, constant between changes, and what it has come to: the rent of the terms that run, or what
/// hardware costs its owner while it waits.
class RunningTotal {
 public:
  void reset(core::Time start) {
    *this = RunningTotal{};
    changed_ = start;
  }
  /// From `now` on so many more run, or fewer, of so much each [USD/yr].
  void change(std::int64_t count, double per_year, core::Time now) {
    past_.add(per_year_.value() * (now - changed_).years());
    changed_ = now;
    count_ += count;
    if (count_ == 0) {
      per_year_ = core::Sum{};
    } else {
      per_year_.add(static_cast<double>(count) * per_year);
    }
  }
  /// What it has come to until `at` [USD].
  [[nodiscard]] double total(core::Time at) const {
    return past_.value() + per_year_.value() * (at - changed_).years();
  }
  /// Whether no more have ended than begun, and the amount is not negative but for rounding.
  [[nodiscard]] bool consistent() const { return count_ >= 0 && per_year_.value() >= -1e-9 * (1 + past_.value()); }

 private:
  core::Sum per_year_;  ///< of all that run [USD/yr]
  core::Sum past_;      ///< until `changed_` [USD]
  core::Time changed_;
  std::int64_t count_ = 0;  ///< at 0 `per_year_` is set to 0, so that no rounding error is left
};

}  // namespace fleetrace::fleet
