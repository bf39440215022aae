#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "fleetrace/core/time.hpp"
#include "fleetrace/fleet/history.hpp"

/// What binds: what kept a strategy's compute from growing, and when.
namespace fleetrace::fleet {

/// In place of a limit that counts something: there is none.
inline constexpr std::int64_t kNoLimit = std::numeric_limits<std::int64_t>::max();

/// What may keep released money from being spent, in the order in which results have it. Everything else that binds ends a
/// purchase by plan, or keeps what works from adding to the run.
inline constexpr std::array kPurchaseConstraints{Constraint::power,  Constraint::cooling, Constraint::space,
                                                 Constraint::supply, Constraint::price,   Constraint::nothing_on_sale};

/// The binding constraint over time. Three stages report what limits them, each until it reports otherwise:
///   ordering    at each review, what ended the purchase
///   installing  what keeps delivered accelerators from entering service
///   working     what keeps those in service from adding to the run (network, data, demand)
/// The one that binds is the last of them in that order which is not `none`: where delivered accelerators wait, more money
/// would not help, and where the run can use no more of what works, neither would more power.
class ConstraintTimeline {
 public:
  /// Empties it, memory kept.
  void reset(core::Time start) {
    spells_.assign(1, ConstraintSpell{start, {}});
    reported_ = {};
  }
  void ordering(core::Time now, BindingConstraint what) { report(0, now, what); }
  void installing(core::Time now, BindingConstraint what) { report(1, now, what); }
  void working(core::Time now, BindingConstraint what) { report(2, now, what); }

  /// By time, the first from the start of the horizon on; neighbours differ.
  [[nodiscard]] const std::vector<ConstraintSpell>& spells() const { return spells_; }

 private:
  void report(std::size_t stage, core::Time now, BindingConstraint what) {
    if (reported_[stage] == what) return;
    reported_[stage] = what;
    update(now);
  }
  void update(core::Time now);

  std::array<BindingConstraint, 3> reported_ = {};  ///< by stage
  std::vector<ConstraintSpell> spells_;
};

}  // namespace fleetrace::fleet
