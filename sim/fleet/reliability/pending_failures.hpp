#pragma once

#include <vector>

#include "sim/engine/buckets.hpp"
#include "sim/fleet/accounting/compute_meter.hpp"
#include "sim/fleet/accounting/trajectory.hpp"
#include "sim/fleet/inventory/inventory.hpp"
#include "sim/fleet/reliability/batch.hpp"

namespace fleetrace::fleet {

/// Told whenever the pace of running costs changes by failures that are applied together, before and after.
class PaceWatch {
 public:
  PaceWatch() = default;
  PaceWatch(const PaceWatch&) = default;
  PaceWatch(PaceWatch&&) = default;
  PaceWatch& operator=(const PaceWatch&) = default;
  PaceWatch& operator=(PaceWatch&&) = default;
  virtual ~PaceWatch() = default;

  virtual void pace_changes(core::Time at) = 0;
};

/// What failures change when they are applied: counts, rates and effective compute.
struct MeasuredFleet {
  Inventory& inventory;
  ComputeMeter& meter;
  Trajectory& trajectory;
  double training_fraction = 1;     ///< fraction of what works that trains (Serving::training_fraction)
  PaceWatch* pace_watch = nullptr;  ///< told of changes of pace where spending by a date is asked for; else null
};

/// Failures and repairs that are applied together. They come by the million, one accelerator each, and where nothing but sums
/// depends on them each is only noted with how late it was: exactly, since sums of count times time are whole numbers of
/// milliseconds. Nothing but failures and repairs may happen before they are applied.
class PendingFailures {
 public:
  /// Nothing is pending; memory is kept.
  void reset(core::Time start);

  /// What changes that are pending come to.
  struct Preview {
    core::Time since;                 ///< when changes were applied last
    Trajectory::RateMoments moments;  ///< changes of the rate of all that works, whatever part of it trains
  };

  /// Whether anything is pending.
  [[nodiscard]] bool any() const { return !batches_.empty(); }
  /// Brings a copy of the meter to what it will show once all that is pending is applied at `at`; nothing else is touched.
  [[nodiscard]] Preview preview(core::Time at, const std::vector<Batch>& batches, const Inventory& inventory,
                                ComputeMeter& meter);
  /// Since when changes are pending.
  [[nodiscard]] core::Time since() const { return since_; }
  /// When the bucket of time began that was entered last [ms since 1970].
  [[nodiscard]] std::int64_t bucket_begin() const { return bucket_begin_; }
  /// Whether a change at that time [ms since 1970] comes after the bucket of time that enter_bucket has begun.
  [[nodiscard]] bool is_beyond_bucket(std::int64_t at) const { return at - bucket_begin_ >= engine::Buckets::kLength; }
  /// Begins the bucket of time of a change (see engine::Buckets): applies those of earlier ones where they have come to much.
  void enter_bucket(core::Time at, const engine::Buckets& buckets, std::vector<Batch>& batches,
                    const MeasuredFleet& fleet);
  /// Notes that so many more accelerators of a batch work, and stand by or serve, from a time in the bucket on.
  void accumulate(std::uint32_t index, std::int64_t working, std::int64_t idle, core::Time at,
                  std::vector<Batch>& batches, Inventory& inventory);
  /// Notes many changes of a batch within the bucket, in any order.
  void accumulate(std::uint32_t index, const Batch::Changes& working, const Batch::Changes& idle,
                  std::vector<Batch>& batches, Inventory& inventory);
  /// Brings all sums up to date with what was noted.
  void apply(core::Time at, std::vector<Batch>& batches, const MeasuredFleet& fleet);

 private:
  /// What a batch changes by `at`, also noted in `moments`.
  [[nodiscard]] UnitChange change_of(const Batch& batch, const Cohort& cohort, core::Time at,
                                     Trajectory::RateMoments& moments) const;
  void begin(std::uint32_t index, Batch& batch, const Inventory& inventory);

  core::Time since_;                    ///< when changes were applied last
  std::vector<std::uint32_t> batches_;  ///< batches that have changed since the last application
  double work_ = 0;                     ///< useful FLOP/s at the last application
  std::int64_t change_ = 0;        ///< change of useful FLOP/s since the last application, in units of 2^-20 of `work_`
  std::int64_t bucket_begin_ = 0;  ///< begin of the bucket of time that was entered last [ms since 1970]
  double lag_ = 0;                 ///< integral of |change_| up to bucket_begin_ [2^-20 of work_ times ms]
};

}  // namespace fleetrace::fleet
