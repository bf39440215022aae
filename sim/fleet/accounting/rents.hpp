#pragma once

#include "fleetrace/core/time.hpp"
#include "sim/core/numeric/sum.hpp"

namespace fleetrace::fleet {

/// Rent that runs, constant between changes, and what has come due of it.
class Rents {
 public:
  void reset(core::Time start) {
    *this = Rents{};
    changed_ = start;
  }
  /// The term of a contract of so much [USD/yr] begins.
  void begin(double per_year, core::Time now) { change(per_year, 1, now); }
  /// The same ends.
  void end(double per_year, core::Time now) { change(-per_year, -1, now); }
  /// What has come due until `at` [USD].
  [[nodiscard]] double due_usd(core::Time at) const {
    return due_.value() + per_year_.value() * (at - changed_).years();
  }
  /// Whether no more terms have ended than begun, and rent is not negative but for rounding.
  [[nodiscard]] bool consistent() const { return terms_ >= 0 && per_year_.value() >= -1e-9 * (1 + due_.value()); }

 private:
  void change(double per_year, int terms, core::Time now) {
    due_.add(per_year_.value() * (now - changed_).years());
    changed_ = now;
    terms_ += terms;
    per_year_.add(per_year);
    if (terms_ == 0) per_year_ = core::Sum{};
  }

  core::Sum per_year_;  ///< rent of the terms that run [USD/yr]
  core::Sum due_;       ///< rent that ran up until `changed_` [USD]
  core::Time changed_;
  /// Number of terms that run; at 0 `per_year_` is set to 0, so that no rounding error is left.
  std::int64_t terms_ = 0;
};

}  // namespace fleetrace::fleet
