#pragma once

#include <cstdint>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"

/// Interruptions of a training job, checkpoints and restarts: lost time, not lost hardware (that is failure.hpp's).
///
/// A job that is interrupted at a constant rate 1/M loses what it did since the last checkpoint and restarts; restarts can be
/// interrupted, too. To get through interval + checkpoint it takes on average M e^(restart/M) (e^((interval+checkpoint)/M) - 1),
/// of which the interval is useful.     Daly 2006, "A higher order estimate of the optimum checkpoint interval"
///
/// All times in one unit, here and below: M mean time between interruptions of the job, above 0 and possibly infinite; checkpoint
/// time to write one, above 0; restart from the interruption until work goes on, at least 0.
namespace fleetrace::models {

/// Useful share of the time [1].
[[nodiscard]] double goodput(double interval, double checkpoint, double restart, double mtbf);

/// The interval between checkpoints with the highest goodput: M (1 + W0(-e^(-1 - checkpoint/M))), W0 Lambert's function.
/// Relative error below 1e-14. Infinite where M is.
[[nodiscard]] double optimal_interval(double checkpoint, double mtbf);
/// Young's first order: sqrt(2 checkpoint M).     Young 1974, Comm. ACM 17:530
[[nodiscard]] double young_interval(double checkpoint, double mtbf);
/// Daly's series: sqrt(2 checkpoint M) (1 + sqrt(checkpoint/(2 M))/3 + checkpoint/(18 M)) - checkpoint below checkpoint = 2 M,
/// else M.
[[nodiscard]] double daly_interval(double checkpoint, double mtbf);
/// The accelerators that one job should have for the most useful work by Young's first order, 2 mtbf / (9 checkpoint), where
/// `mtbf` is accelerator time between interruptions.
[[nodiscard]] double best_job_size(double checkpoint, double mtbf);

/// A job on the fleet, resolved. Times in ms.
struct JobLaw {
  enum class Interval { optimal, young, daly, fixed };

  double mtbf = 0;  ///< accelerator time between interruptions: each accelerator interrupts at 1/mtbf
  double checkpoint = 0;
  double restart = 0;
  Interval rule = Interval::optimal;
  double fixed_interval = 0;
  double size = 0;            ///< accelerators of one job; 0 for all that train
  double outages_per_ms = 0;  ///< of power, that interrupt it whatever its size [1/ms]
  bool drawn = false;         ///< interruptions are events rather than a factor

  /// Mean time between interruptions of a job where `accelerators` train, infinite where none does.
  [[nodiscard]] double job_mtbf(double accelerators) const;
  [[nodiscard]] double interval(double accelerators) const;
  [[nodiscard]] double expected_goodput(double accelerators) const;
};

[[nodiscard]] const core::Family& job_family();
[[nodiscard]] JobLaw resolve_job(const core::Spec& spec);

}  // namespace fleetrace::models
