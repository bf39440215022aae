#include "sim/fleet/job/training_job.hpp"

#include <cmath>

#include "sim/core/random/samplers.hpp"

namespace fleetrace::fleet {

void TrainingJob::reset(const StrategySetup& setup) {
  *this = TrainingJob{};
  setup_ = &setup;
  stream_ = core::Stream(setup.draw.seed, setup.draw.replication, core::Purpose::interruptions);
}

double TrainingJob::position(core::Time now) const {
  const auto elapsed = static_cast<double>((now - since_).milliseconds());
  return std::fmod(offset_ + elapsed, segment_);
}

void TrainingJob::compute_from(double offset, core::Time now) {
  phase_ = Phase::computing;
  since_ = now;
  offset_ = offset;
}

// Interruptions have no memory, so that the next one may be drawn anew at each change.
void TrainingJob::schedule_interruption(EventScheduler& events) {
  events.cancel(interruption_);
  if (!(accelerators_ > 0)) return;
  // Outages of power that are events interrupt it themselves; how often it writes checkpoints counts on them all the same.
  const bool has_outages = law()->outages_per_ms > 0 && setup_->plant.operations.failures.drawn();
  const double wait = core::exponential(stream_,
                                        has_outages ? law()->mtbf / accelerators_ : law()->job_mtbf(accelerators_));
  interruption_ = events.schedule_after(wait, EventKind::interruption);
}

void TrainingJob::set_size(double accelerators, EventScheduler& events) {
  if (accelerators == accelerators_) return;
  if (phase_ == Phase::computing) compute_from(accelerators_ > 0 ? position(events.now()) : offset_, events.now());
  accelerators_ = accelerators;
  if (accelerators > 0) {
    const double interval = law()->interval(accelerators);
    segment_ = interval + law()->checkpoint;
    useful_ = interval / segment_;
    if (phase_ == Phase::computing) offset_ = std::fmod(offset_, segment_);
  }
  schedule_interruption(events);
}

void TrainingJob::interrupt(EventScheduler& events) {
  ++interruptions_;
  if (phase_ == Phase::computing) lost_ = position(events.now());
  phase_ = Phase::restarting;
  events.cancel(next_phase_);
  next_phase_ = events.schedule_after(law()->restart, EventKind::restart);
  schedule_interruption(events);
}

void TrainingJob::restart(EventScheduler& events) {
  phase_ = Phase::redoing;
  next_phase_ = events.schedule_after(lost_, EventKind::recovery);
}

}  // namespace fleetrace::fleet
