#pragma once

#include <cstdint>
#include <vector>

#include "sim/fleet/events/scheduler.hpp"
#include "sim/fleet/setup.hpp"

/// How a race goes on from actuals. Until the date of the last actual state it is the plan; then one event corrects the fleet and the
/// money, and all else goes on: what is on order, ages, wear, progress.                              docs/derivations.md 4.8
namespace fleetrace::fleet {

/// Units that the plan had delivered by the correction, and that were not there. They are on their way and arrive later.
struct LateDelivery {
  std::uint32_t cohort = 0;
  std::int64_t count = 0;
  core::Time due;
  core::Money owed;  ///< what of their price was not paid yet; it falls due when they arrive
};

/// What was corrected in one race.
class Corrections {
 public:
  /// Begins a race and plans its corrections.
  void reset(const StrategySetup& setup, EventScheduler& events);
  /// The fleet and the money have been corrected up to that date.
  void note(core::Time at) { done_until_ = at; }
  /// Whether every correction up to that date has been made.
  [[nodiscard]] bool are_done(core::Time at) const;

  /// Plans an arrival; its event is a late_delivery with the index of the delivery here.
  void add_late(const LateDelivery& late, EventScheduler& events);
  [[nodiscard]] std::vector<LateDelivery>& late() { return late_; }

 private:
  std::vector<core::Time> dates_;
  core::Time done_until_ = core::Time::earliest();
  std::vector<LateDelivery> late_;
};

class World;

/// Makes the fleet what was counted. Returns what hardware that the plan does not have cost at the price of the day [USD].
///
/// A type that lacks units on a site: what waits there for power has not come either; then the units that were installed last are
/// late, and what the plan has had since the start is gone, the oldest first. A late unit arrives on the date that the actuals
/// expect it, or as long after the correction as it is overdue by then, a day at least.
/// A type that has more units: they are those that another site lacks, then what is on order comes early, and the rest is hardware
/// that the plan does not have. What does not fit on its site waits for power.
[[nodiscard]] core::Money correct_fleet(World& world, const ActualState& actual);

/// Makes what has been spent what it was, or adds the cost of `unplanned` hardware where it is not known. Less than planned is
/// first what is unpaid of late hardware, which falls due when it arrives; the rest is free to be spent.
void correct_money(World& world, const std::optional<core::Money>& spend, core::Money unplanned);

/// Accelerators in place by Market::types and Plant::sites: type x sites + site. What is rented is not counted.
[[nodiscard]] std::vector<std::int64_t> count_in_place(const World& world);

}  // namespace fleetrace::fleet
