#pragma once

#include <optional>
#include <vector>

#include "sim/engine/buckets.hpp"
#include "sim/engine/huge_pages.hpp"
#include "sim/fleet/events/scheduler.hpp"
#include "sim/fleet/reliability/batch.hpp"
#include "sim/fleet/reliability/batch_jumps.hpp"
#include "sim/fleet/reliability/failure_domains.hpp"
#include "sim/fleet/reliability/pending_failures.hpp"
#include "sim/fleet/reliability/pending_repairs.hpp"
#include "sim/fleet/reliability/retirements.hpp"
#include "sim/fleet/reliability/spare_changes.hpp"

namespace fleetrace::fleet {

/// What works: batches of accelerators that were installed together, and how each fails, is repaired, ages and retires. Failures
/// have one of three fidelities of equal means: as a factor (`expected`), batch by batch (`aggregate`) or device by device
/// (`device`). The fleet's counts of units are the Inventory's; the World keeps both in step.
class Reliability {
 public:
  /// Begins a race; memory is kept.
  void reset(const StrategySetup& setup);
  /// Whether devices may pass by without an event each, unseen by observers; reset() keeps it.
  void skip_events(bool may_skip) { skips_events_ = may_skip; }
  /// Whether failures and repairs that only sums depend on are applied together; reset() decides it anew.
  void batch_failures(bool together) { batches_failures_ = together; }

  [[nodiscard]] const std::vector<Batch>& batches() const { return batches_; }
  [[nodiscard]] const Batch& operator[](std::uint32_t index) const { return batches_[index]; }
  [[nodiscard]] const Retirements& retirements() const { return retirements_; }
  [[nodiscard]] bool skips_events() const { return skips_events_; }
  [[nodiscard]] bool batches_failures() const { return batches_failures_; }
  [[nodiscard]] bool fails_by_device() const { return law().fidelity == models::Fidelity::device; }
  /// Whether failures and repairs come from clocks, each for a device or for a batch.
  [[nodiscard]] bool has_clocks() const { return fails_by_device() || jumps_.on(); }
  /// The batch that an event befalls, by the kind and the index of its payload.
  [[nodiscard]] const Batch& batch_of(const Payload& payload) const;

  // A batch comes and goes: batches.cpp.

  /// Adds a batch of units that age as if installed at `born`, and plans its failures. Returns its index.
  std::uint32_t install(std::uint32_t cohort_index, const Cohort& cohort, std::int64_t count, core::Time born,
                        std::uint32_t site, EventScheduler& events);
  /// The books write a batch off from that date on, which is not that of its installation.
  void keep_in_place_since(std::uint32_t index, core::Time date) { batches_[index].in_place = date; }
  /// Adds a batch of rented units, which never fail; its term ends as an expiry. Returns its index.
  std::uint32_t lease(std::uint32_t cohort_index, std::int64_t count, double rent_per_year, core::Time now);
  /// Plans the end of a batch's life, where that ends.
  void schedule_retirement(std::uint32_t index, const Cohort& cohort, EventScheduler& events);
  /// The next of the planned retirements takes place.
  void pass_retirement() { retirements_.pass(); }
  /// Forgets the retirements of batches that have retired early.
  void cancel_retirements(EventScheduler& events);
  /// From now on a batch serves instead of training, until it retires.
  void hand_down(std::uint32_t index);
  /// Nothing befalls a batch any more.
  void stop(std::uint32_t index, EventScheduler& events);
  /// A batch has left service.
  void remove(std::uint32_t index);
  /// The first batch that may not have retired, after forget_retired().
  [[nodiscard]] std::uint32_t first_alive() const { return first_alive_; }
  void forget_retired();

  // What is up and what works: the World moves units accordingly.

  /// So many more accelerators of a batch could be up.
  void change_up(const HealthChange& change) { batches_[change.batch].up += change.up; }
  /// So many more accelerators of a batch are up; spares stand in for them as far as they go. How many more work.
  std::int64_t change_healthy(std::uint32_t index, std::int64_t change) {
    Batch& batch = batches_[index];
    const std::int64_t worked = batch.working();
    batch.healthy += change;
    return batch.working() - worked;
  }
  /// Of those of a batch in service this share works from now on. How many more work on average.
  double set_working_share(std::uint32_t index, double share);

  // Failures that are applied together: pending_failures.hpp.

  [[nodiscard]] bool is_beyond_bucket(core::Time at) const { return pending_.is_beyond_bucket(at.milliseconds()); }
  void enter_bucket(core::Time at, const MeasuredFleet& fleet) { pending_.enter_bucket(at, clocks_, batches_, fleet); }
  void accumulate(std::uint32_t index, std::int64_t working, std::int64_t idle, core::Time at, Inventory& inventory) {
    pending_.accumulate(index, working, idle, at, batches_, inventory);
  }
  void apply_pending(core::Time at, const MeasuredFleet& fleet) { pending_.apply(at, batches_, fleet); }
  [[nodiscard]] bool has_pending() const { return pending_.any(); }
  [[nodiscard]] PendingFailures::Preview preview_pending(core::Time at, const Inventory& inventory,
                                                         ComputeMeter& meter) {
    return pending_.preview(at, batches_, inventory, meter);
  }

  // As a factor, where batches start fresh: aging.cpp.

  [[nodiscard]] Aging aging(std::uint32_t index, bool is_capacity, core::Time now) const;
  /// Plans when the expectations of a batch change next.
  void schedule_aging(std::uint32_t index, double wait, EventScheduler& events);
  /// Counts the expected failures of a batch that started fresh, up to `at`.
  void count_expected_failures(std::uint32_t index, const Cohort& cohort, core::Time at);

  // Batch by batch: batch_failures.cpp; without memory change by change in batch_jumps.cpp, or many at a time in turnover.cpp.

  HealthChange fail(std::uint32_t index, EventScheduler& events);
  HealthChange repair(std::uint32_t slot);
  /// Plans the next failure of a batch, drawn anew at each change of what may fail.
  void schedule_failure(std::uint32_t index, EventScheduler& events);
  /// All failures and repairs of a batch in one step.
  HealthChange turn_over(std::uint32_t index);
  void schedule_turnover(std::uint32_t index, EventScheduler& events);

  // Device by device, and change by change: device_failures.cpp.

  /// Fires the first of the clocks: its device, or one of its batch, fails or is back.
  HealthChange fire_clock();
  /// When the first of the clocks fires; nullopt where none does.
  [[nodiscard]] std::optional<core::Time> next_clock();
  /// Plans an event for the first of the clocks.
  void schedule_first_clock(EventScheduler& events);
  /// Whether the clocks of a bucket of time may be fired in any order, since nothing but sums depends on them.
  [[nodiscard]] bool may_skip() const { return skips_events_ && batches_failures_; }
  /// Fires all clocks before `until`, bucket by bucket.
  void skip_to(core::Time until, const MeasuredFleet& fleet);
  /// One failure or repair passed by without an event of its own.
  void count_skipped() { ++skipped_events_; }

  // Domains: failure_domains.hpp.

  HealthChange take_out(std::uint32_t domain, EventScheduler& events) { return domains_.take_out(domain, events); }
  HealthChange restore(std::uint32_t domain, EventScheduler& events) { return domains_.restore(domain, events); }

  /// Failures drawn so far; expected so far of batches that started fresh; domains that went out.
  [[nodiscard]] std::int64_t failures() const { return failures_; }
  [[nodiscard]] double expected_failures() const { return expected_failures_; }
  [[nodiscard]] std::int64_t outages() const { return domains_.outages(); }
  [[nodiscard]] std::uint64_t skipped_events() const { return skipped_events_; }

  /// Whether batches agree with themselves and with the cohorts. Cheap, for every event of test builds.
  [[nodiscard]] bool agrees_with(const std::vector<Cohort>& cohorts) const;
  /// Whether domains and repairs agree with the batches, counted anew.
  [[nodiscard]] bool recount_agrees() const;

 private:
  struct Phase;
  struct Chain;
  class ClockSkipper;
  class JumpSkipper;

  [[nodiscard]] const models::FailureLaw& law() const { return setup_->plant.operations.failures; }
  [[nodiscard]] const models::FailureKind& kind(bool lemon) const { return lemon ? law().lemon : law().good; }
  [[nodiscard]] core::Stream stream(core::Purpose purpose, core::Entity entity, std::uint32_t episode = 0) const {
    return {setup_->draw.seed, setup_->draw.replication, purpose, entity, episode};
  }
  [[nodiscard]] double expected_share(std::uint32_t index, bool is_capacity) const;
  void start_failures(std::uint32_t index, EventScheduler& events);
  /// Own clocks of a batch stop (-1) or go on (1). How many more of its accelerators are up.
  std::int64_t change_own(Batch& batch, std::uint32_t cell, std::int64_t change) {
    batch.own_healthy += change;
    return cell == Batch::kNone ? change : domains_.change_own(cell, change);
  }

  void start_batch(std::uint32_t index, EventScheduler& events);
  void start_kind(std::uint32_t index, std::int64_t count, bool lemon, EventScheduler& events);
  void stop_batch(std::uint32_t index, EventScheduler& events);
  void schedule_repair(std::uint32_t index, double wait, std::uint32_t cell, bool lemon, EventScheduler& events);
  double draw_wait(Batch& batch, bool lemon, core::Time now) const;
  [[nodiscard]] Chain chain_of(bool lemon) const;
  [[nodiscard]] double step_of(const Batch& batch) const;
  [[nodiscard]] bool turns_over(const Batch& batch) const;
  std::int64_t turn_over(Batch& batch, bool lemon, double step);
  void start_jumps(std::uint32_t index, EventScheduler& events);
  HealthChange fire_jump();
  void skip_jumps(std::int64_t until, const MeasuredFleet& fleet);
  void start_devices(std::uint32_t index, EventScheduler& events);
  void stop_devices(const Batch& batch, EventScheduler& events);
  [[nodiscard]] double draw_life(Device& device, double aged) const;
  [[nodiscard]] Phase stationary_phase(Device& device) const;
  [[nodiscard]] Phase phase_of_fresh(Device& device, double age) const;
  const StrategySetup* setup_ = nullptr;
  bool skips_events_ = true;
  bool batches_failures_ = false;
  BatchJumps jumps_;            ///< of batches that do not turn over, where laws have no memory
  std::vector<Batch> batches_;  ///< in order of installation
  std::uint32_t first_alive_ = 0;
  Retirements retirements_;
  PendingFailures pending_;
  SpareChanges spares_;  ///< of clocks that are skipped to
  FailureDomains domains_;
  PendingRepairs repairs_;  ///< repairs under way, where failures are drawn batch by batch
  /// Single accelerators, where failures are drawn device by device.
  std::vector<Device, engine::HugePages<Device>> devices_;
  engine::Buckets clocks_;      ///< of the devices, or of batches: when one is back (kind 0) or fails (kind 1)
  engine::EventId next_clock_;  ///< the event of the first clock
  std::uint64_t skipped_events_ = 0;
  std::int64_t failures_ = 0;
  double expected_failures_ = 0;
};

}  // namespace fleetrace::fleet
