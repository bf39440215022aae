#pragma once

#include "fleetrace/core/random.hpp"
#include "fleetrace/core/time.hpp"
#include "fleetrace/engine/event.hpp"

namespace fleetrace::fleet {

/// Where the training job on the fleet stands, where its interruptions are events. Within a segment of interval + checkpoint
/// work counts evenly when it is first done; an interruption puts the job back to the beginning of the segment.
struct Job {
  enum class Phase {
    computing,   ///< what it does counts
    restarting,  ///< nothing runs
    redoing,     ///< what it does has counted before
  };

  Phase phase = Phase::computing;
  double segment = 0;        ///< interval + checkpoint [ms]
  double useful = 1;         ///< interval / segment
  double lost = 0;           ///< how far into the segment work has counted, while restarting or redoing [ms]
  core::Time since;          ///< of the phase; computing began `offset` into a segment then
  double offset = 0;         ///< [ms]
  double accelerators = -1;  ///< that train, since the last change
  engine::EventId interruption;
  engine::EventId next_phase;
  core::Stream stream{0, 0, core::Purpose::interruptions};
};

}  // namespace fleetrace::fleet
