#pragma once

#include "fleetrace/core/time.hpp"
#include "sim/core/random/random.hpp"
#include "sim/fleet/events/scheduler.hpp"
#include "sim/fleet/setup.hpp"

namespace fleetrace::fleet {

/// The training job on the fleet and its interruptions. Where they are drawn, each is an event: within a segment of interval +
/// checkpoint work counts evenly when it is first done, and an interruption puts the job back to the beginning of the segment.
/// Else they act by their expectation.
class TrainingJob {
 public:
  void reset(const StrategySetup& setup);

  /// From now on so many accelerators belong to the job: those that train, up to the largest run. A job of another size keeps
  /// its place in the segment, which has another length, and is interrupted at another rate.
  void set_size(double accelerators, EventScheduler& events);
  /// The job is interrupted: it restarts.
  void interrupt(EventScheduler& events);
  /// The job has restarted and does again what was lost.
  void restart(EventScheduler& events);
  /// The job is back where it was interrupted.
  void recover(core::Time now) { compute_from(lost_, now); }

  /// Whether interruptions are events.
  [[nodiscard]] bool is_drawn() const { return law() && law()->drawn; }
  /// Useful share of what works now [1], where interruptions are drawn.
  [[nodiscard]] double drawn_goodput() const { return phase_ == Phase::computing ? useful_ : 0; }
  /// Useful share of what works [1] by expectation, where so many accelerators belong to the job; 1 without a job.
  [[nodiscard]] double expected_goodput(double accelerators) const {
    return law() ? law()->expected_goodput(accelerators) : 1;
  }
  /// Drawn so far.
  [[nodiscard]] std::int64_t interruptions() const { return interruptions_; }

  /// Whether the place in the segment lies within it.
  [[nodiscard]] bool consistent() const { return lost_ >= 0 && offset_ >= 0 && useful_ >= 0 && useful_ <= 1; }

 private:
  enum class Phase : std::uint8_t {
    computing,   ///< what it does counts
    restarting,  ///< nothing runs
    redoing,     ///< what it does has counted before
  };

  [[nodiscard]] const std::optional<models::JobLaw>& law() const { return setup_->plant.operations.job; }
  /// How far into its segment a job that computes is [ms].
  [[nodiscard]] double position(core::Time now) const;
  void compute_from(double offset, core::Time now);
  void schedule_interruption(EventScheduler& events);

  const StrategySetup* setup_ = nullptr;
  Phase phase_ = Phase::computing;
  double segment_ = 0;        ///< interval + checkpoint [ms]
  double useful_ = 1;         ///< interval / segment
  double lost_ = 0;           ///< how far into the segment work has counted, while restarting or redoing [ms]
  core::Time since_;          ///< when the phase began; computing began `offset_` into a segment then
  double offset_ = 0;         ///< time into the segment at which computing began [ms]
  double accelerators_ = -1;  ///< accelerators of the job since their number changed last; -1 before anything trained
  engine::EventId interruption_;
  engine::EventId next_phase_;
  core::Stream stream_{0, 0, core::Purpose::interruptions};
  std::int64_t interruptions_ = 0;
};

}  // namespace fleetrace::fleet
