#pragma once

#include <vector>

#include "fleetrace/core/money.hpp"
#include "fleetrace/core/time.hpp"

namespace fleetrace::fleet {

/// What a race has spent by any date, exactly: payments are made at once, and running costs run evenly from one change of their
/// pace to the next. Whoever keeps it notes both whenever either changes.
class SpendingRecord {
 public:
  /// Empties it; memory is kept.
  void clear();
  /// All payments since the start came to so much from `at` on. Dates never fall.
  void paid(core::Time at, core::Money total);
  /// Running costs since the start came to so much by `at` [USD], and ran evenly since they were noted last.
  void ran_up(core::Time at, double usd) { running_.push_back({at, usd}); }
  /// Whether running costs were not noted as late as that.
  [[nodiscard]] bool ends_before(core::Time at) const { return running_.empty() || running_.back().at < at; }

  /// When running costs were noted.
  [[nodiscard]] std::vector<core::Time> dates() const;
  /// All spending until `at`, what is paid in that instant included [USD]; that of the end for any later date.
  [[nodiscard]] double usd_at(core::Time at) const;

 private:
  struct Payments {
    core::Time at;
    core::Money total;
  };
  struct Running {
    core::Time at;
    double usd = 0;
  };
  [[nodiscard]] double running_usd(core::Time at) const;

  std::vector<Payments> payments_;
  std::vector<Running> running_;
};

}  // namespace fleetrace::fleet
