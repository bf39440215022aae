#pragma once

#include <cstdint>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"

/// Interruptions of a training job, checkpoints and restarts: they cost time, not hardware (see failure.hpp for that).
///
/// A job that is interrupted at a constant rate 1/M loses its work since the last checkpoint and restarts; restarts can
/// be interrupted, too. The mean time of an interval and its checkpoint is
/// M e^(restart/M) (e^((interval+checkpoint)/M) - 1), of which the interval is useful.
///                                          Daly 2006, "A higher order estimate of the optimum checkpoint interval"
///
/// All functions take times in one unit:
///   mtbf        M, mean time between interruptions of the job, above 0 and possibly infinite
///   checkpoint  time to write a checkpoint, above 0
///   restart     time from an interruption until work goes on, at least 0
namespace fleetrace::models {

/// Goodput: the useful share of the time [1].
[[nodiscard]] double goodput(double interval, double checkpoint, double restart, double mtbf);

/// The interval between checkpoints with the highest goodput: M (1 + W0(-e^(-1 - checkpoint/M))), W0 Lambert's function.
/// Relative error below 1e-14. Infinite where M is infinite.
[[nodiscard]] double optimal_interval(double checkpoint, double mtbf);
/// Young's first-order interval: sqrt(2 checkpoint M).     Young 1974, Comm. ACM 17:530
[[nodiscard]] double young_interval(double checkpoint, double mtbf);
/// Daly's interval: sqrt(2 checkpoint M) (1 + sqrt(checkpoint/(2 M))/3 + checkpoint/(18 M)) - checkpoint for checkpoint
/// < 2 M, else M.
[[nodiscard]] double daly_interval(double checkpoint, double mtbf);
/// The number of accelerators of one job with the most useful work, by Young's first order: 2 mtbf / (9 checkpoint).
/// Here `mtbf` is accelerator time between interruptions.
[[nodiscard]] double best_job_size(double checkpoint, double mtbf);

/// A job on the fleet, resolved. Times in ms.
struct JobLaw {
  enum class Interval { optimal, young, daly, fixed };

  double mtbf = 0;  ///< accelerator time between interruptions: each accelerator interrupts its job at the rate 1/mtbf
  double checkpoint = 0;
  double restart = 0;
  Interval rule = Interval::optimal;
  double fixed_interval = 0;
  double size = 0;            ///< accelerators of one job; 0 for a single job on all that train
  double outages_per_ms = 0;  ///< rate of power outages, which interrupt a job whatever its size [1/ms]
  bool drawn = false;         ///< whether interruptions are events rather than a factor

  /// Mean time between interruptions of a job while `accelerators` train [ms]; infinite where none does.
  [[nodiscard]] double job_mtbf(double accelerators) const;
  [[nodiscard]] double interval(double accelerators) const;
  [[nodiscard]] double expected_goodput(double accelerators) const;
};

[[nodiscard]] const core::Family& job_family();
[[nodiscard]] JobLaw resolve_job(const core::Spec& spec);

}  // namespace fleetrace::models
