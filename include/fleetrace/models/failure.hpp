#pragma once

#include <array>
#include <cstddef>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/random.hpp"
#include "fleetrace/core/spec.hpp"

/// Hardware failures and repairs: each accelerator is an alternating renewal process of lives and repairs. What stops a job
/// and not an accelerator is job.hpp's.
namespace fleetrace::models {

/// Times between failures of one accelerator while it is up: the least of up to three independent Weibull lives.
///   S(x) = exp(-sum_i (x / scale_i)^shape_i)
/// One part of shape 1 is the exponential law; three are the bathtub of infant mortality, chance and wear.
struct LifeLaw {
  struct Part {
    double shape = 1;
    double scale = 0;  ///< [ms]
    double mean = 0;   ///< scale Gamma(1 + 1/shape) [ms]
  };
  std::array<Part, 3> parts = {};
  std::size_t count = 0;
  double mean = 0;  ///< of the least: the mean time to failure [ms]

  /// Adds a part. Does not set the mean of the least.
  void add(double shape, double mean_of_part);
  /// The mean of the least: of one part its own, else the integral of S, to 1e-13.
  void resolve_mean();

  /// A whole life [ms], one draw a part.
  [[nodiscard]] double draw(core::Stream& stream) const;
  /// What is left of the life of an accelerator that is found up at a random instant [ms], density S(x)/mean: of one part
  /// exactly u scale G^(1/shape) with G ~ Gamma(1 + 1/shape); of several by rejection from the part with the least mean.
  [[nodiscard]] double draw_residual(core::Stream& stream) const;
};

/// Times out of service.
struct RepairLaw {
  double mean = 0;    ///< [ms]
  double sigma = -1;  ///< of the logarithm where repairs are lognormal, below 0 where they are exponential
  double median = 0;  ///< of the lognormal law [ms]

  [[nodiscard]] double draw(core::Stream& stream) const;
  /// What is left of a repair under way at a random instant: u times a repair drawn in proportion to its length.
  [[nodiscard]] double draw_residual(core::Stream& stream) const;
};

/// How failures are simulated. All three have the same means.
enum class Fidelity {
  expected,   ///< availability is a factor
  aggregate,  ///< one superposed process for all that was installed together
  device,     ///< each accelerator has its own clock
};

/// A failure law, resolved. The stationary regime holds from installation on, so that at every instant each accelerator is
/// up with the same probability, whatever the laws of life and repair.
struct FailureLaw {
  double availability = 1;          ///< MTTF / (MTTF + mean repair) [1], in (0, 1]
  double failures_per_up_year = 0;  ///< per accelerator that is up [1/yr]
  double spares = 0;                ///< share of what is installed together that stands by, in [0, 1)
  Fidelity fidelity = Fidelity::expected;
  LifeLaw life;
  RepairLaw repair;

  /// Whether failures are events rather than a factor.
  [[nodiscard]] bool drawn() const { return fidelity != Fidelity::expected; }
  /// The factor on the power of what is installed and not known to be in repair [1].
  [[nodiscard]] double power_factor() const { return drawn() ? 1 : availability; }
  /// The factor on the work of what is in service [1]. With spares it depends on how many: see expected_working().
  [[nodiscard]] double work_factor() const { return drawn() || spares > 0 ? 1 : availability; }
  /// How many of `installed` stand by: rounded to the nearest, and never all.
  [[nodiscard]] std::int64_t spares_of(std::int64_t installed) const;
};

struct FailureEntry : core::Entry {
  FailureLaw (*resolve)(const core::Spec&) = nullptr;
};

[[nodiscard]] const core::Family& failure_family();
[[nodiscard]] const core::Family& repair_family();
[[nodiscard]] FailureLaw resolve_failures(const core::Spec& spec);

}  // namespace fleetrace::models
