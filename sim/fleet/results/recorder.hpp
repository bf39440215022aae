#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <vector>

#include "fleetrace/core/money.hpp"
#include "sim/core/numeric/sum.hpp"
#include "sim/fleet/accounting/spending_record.hpp"
#include "sim/fleet/results/constraint.hpp"
#include "sim/fleet/results/outcome.hpp"

namespace fleetrace::fleet {

/// So many units of a cohort came to stand on a site.
struct Placement {
  std::uint32_t cohort = 0;
  std::uint32_t site = 0;
  std::int64_t count = 0;
};

/// Effective FLOP per joule and per USD of what is in service on a date.
struct Efficiency {
  core::Time time;
  double per_joule = 0;  ///< 0 where nothing draws power
  double per_usd = 0;
};

/// What is noted of a race while it runs: series, states on dates, spending, which constraint binds, and what idles.
class Recorder {
 public:
  /// Sets how much is kept of the races to come. `measured_target` is the one of LossAccounting::targets that
  /// Detail::metrics is about. On each of the `dates`, those within the horizon, the state of the race is kept.
  void keep(Detail detail, std::optional<std::size_t> measured_target, std::span<const core::Time> dates = {}) {
    detail_ = detail;
    measured_target_ = measured_target;
    dates_.assign(dates.begin(), dates.end());
  }
  /// Begins a race, which has targets or none; memory and what keep() set stay.
  void reset(core::Time start, bool has_targets);

  [[nodiscard]] Detail detail() const { return detail_; }
  [[nodiscard]] const std::optional<std::size_t>& measured_target() const { return measured_target_; }
  [[nodiscard]] const std::vector<core::Time>& dates() const { return dates_; }

  /// Notes a sample; its loss is filled in later, since that needs the whole race.
  void add(const Sample& sample) { series_.push_back(sample); }
  [[nodiscard]] const std::vector<Sample>& series() const { return series_; }
  /// Notes the state on one of dates(), once.
  void add_checkpoint(const Sample& sample);
  /// Whether the state at that time is asked for, and was not noted yet.
  [[nodiscard]] bool wants_checkpoint(core::Time at) const;
  /// Hands series and checkpoints over in exchange for memory.
  void swap_samples(std::vector<Sample>& series, std::vector<Sample>& checkpoints) {
    std::swap(series_, series);
    std::swap(checkpoints_, checkpoints);
  }
  /// Whether what is spent by a date may be asked for: by the date of a target.
  [[nodiscard]] bool keeps_spending() const { return keeps_spending_; }
  [[nodiscard]] SpendingRecord& spending() { return spending_; }

  /// Notes the efficiency at the end of the first instant with anything in service, for the realised growth rates.
  void set_first_efficiency(const Efficiency& efficiency) { first_efficiency_ = efficiency; }
  [[nodiscard]] bool wants_first_efficiency() const { return detail_ == Detail::whole && !first_efficiency_; }
  [[nodiscard]] const std::optional<Efficiency>& first_efficiency() const { return first_efficiency_; }
  /// Notes the market value of the fleet at the start [USD].
  void set_opening_worth(double usd) { opening_worth_ = usd; }
  [[nodiscard]] double opening_worth() const { return opening_worth_; }

  void count_review() {
    ++reviews_;
    blocked_ = {};
  }
  [[nodiscard]] std::int64_t reviews() const { return reviews_; }
  /// Notes what ended the purchase of a review, without having kept money from being spent.
  void ordering(core::Time now, BindingConstraint what) { bindings_.ordering(now, what); }
  /// Notes what kept money from being spent at a review, however many orders of that review it met.
  void block_review(core::Time now, BindingConstraint what) {
    const auto which = static_cast<std::size_t>(what.constraint);
    if (!blocked_[which]) ++constraint_counts_[which];
    blocked_[which] = true;
    bindings_.ordering(now, what);
  }
  /// Notes what keeps delivered accelerators from entering service.
  void installing(core::Time now, BindingConstraint what) { bindings_.installing(now, what); }
  /// Notes what keeps accelerators in service from adding to the run.
  void working(core::Time now, BindingConstraint what) { bindings_.working(now, what); }
  /// Reviews at which each constraint kept money from being spent.
  [[nodiscard]] const std::array<std::int64_t, kConstraints>& constraint_counts() const { return constraint_counts_; }
  [[nodiscard]] const ConstraintTimeline& bindings() const { return bindings_; }

  /// Notes where units of a cohort are installed, where all of a race is kept.
  void place(const Placement& placement) {
    if (detail_ == Detail::whole) placements_.push_back(placement);
  }
  [[nodiscard]] const std::vector<Placement>& placements() const { return placements_; }

  /// So many more real accelerators wait to enter service.
  void count_waiting(std::int64_t change, core::Time now);
  [[nodiscard]] std::int64_t waiting() const { return waiting_; }
  /// The most that waited at once for any time until `at`, and when any did.
  [[nodiscard]] std::int64_t most_waiting(core::Time at) const {
    return at == waiting_changed_ ? most_waiting_ : std::max(most_waiting_, waiting_);
  }
  [[nodiscard]] std::vector<Wait> waits(core::Time at) const;
  /// Accelerator-years that delivered accelerators have waited until `at`.
  [[nodiscard]] double idle_accelerator_years(core::Time at) const {
    return (waited_seconds_.value() + static_cast<double>(waiting_) * (at - waiting_changed_).seconds()) /
           core::kYear.seconds();
  }

  /// Whether nothing is negative and what is kept lies in order of time.
  [[nodiscard]] bool consistent() const;

 private:
  void add_wait(core::Time until, std::vector<Wait>& waits) const;

  Detail detail_ = Detail::whole;
  std::optional<std::size_t> measured_target_;
  std::vector<core::Time> dates_;
  bool keeps_spending_ = false;
  std::vector<Sample> series_;
  std::vector<Sample> checkpoints_;
  SpendingRecord spending_;
  std::optional<Efficiency> first_efficiency_;
  double opening_worth_ = 0;
  std::int64_t reviews_ = 0;
  std::array<std::int64_t, kConstraints> constraint_counts_ = {};
  std::array<bool, kConstraints> blocked_ = {};  ///< what has been counted of this review
  ConstraintTimeline bindings_;
  std::vector<Placement> placements_;
  std::int64_t waiting_ = 0;
  std::int64_t most_waiting_ = 0;  ///< for any time until waiting_changed_
  std::vector<Wait> waits_;        ///< until then
  core::Sum waited_seconds_;       ///< the integral of waiting_ until waiting_changed_
  core::Time waiting_changed_;
};

}  // namespace fleetrace::fleet
