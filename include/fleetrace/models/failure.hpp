#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

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

    bool operator==(const Part&) const = default;
  };
  std::array<Part, 3> parts = {};
  std::size_t count = 0;
  double mean = 0;  ///< of the least: the mean time to failure [ms]

  bool operator==(const LifeLaw&) const = default;
  /// Adds a part. Does not set the mean of the least.
  void add(double shape, double mean_of_part);
  /// The mean of the least: of one part its own, else the integral of S, to 1e-13.
  void resolve_mean();

  /// Whether the past says nothing about what is left of a life.
  [[nodiscard]] bool is_memoryless() const { return count == 1 && parts[0].shape == 1; }
  /// P(life > x), x [ms].
  [[nodiscard]] double survival(double x) const;
  /// The law of one that fails `factor` times as often at every fraction of its life: time runs so much faster.
  [[nodiscard]] LifeLaw hurried(double factor) const;

  /// A whole life [ms], one draw a part.
  [[nodiscard]] double draw(core::Stream& stream) const;
  /// What is left of a life that has lasted `age` [ms], one draw a part; at age 0 the same number as draw().
  [[nodiscard]] double draw_after(core::Stream& stream, double age) const;
  /// What is left of the life of an accelerator that is found up at a random instant [ms], density S(x)/mean: of one part
  /// exactly u scale G^(1/shape) with G ~ Gamma(1 + 1/shape); of several by rejection from the part with the least mean.
  [[nodiscard]] double draw_residual(core::Stream& stream) const;
};

/// Times out of service.
struct RepairLaw {
  double mean = 0;    ///< [ms]
  double sigma = -1;  ///< of the logarithm where repairs are lognormal, below 0 where they are exponential
  double median = 0;  ///< of the lognormal law [ms]

  bool operator==(const RepairLaw&) const = default;
  [[nodiscard]] bool is_memoryless() const { return sigma < 0; }
  /// P(repair > x), and its integral from 0 to x; x [ms].
  [[nodiscard]] double survival(double x) const;
  [[nodiscard]] double survival_integral(double x) const;
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

/// Accelerators that share a rack, a power feed or a pump, installed together: an outage takes all of them out of service.
/// Domains fail and are repaired independently of each other and of their accelerators, whose own clocks run on.
struct FailureDomain {
  std::int64_t size = 0;  ///< accelerators in it; the last one of a batch holds what is left
  LifeLaw life;
  RepairLaw repair;
  double availability = 1;

  /// How many a batch of so many accelerators has.
  [[nodiscard]] std::int64_t number(std::int64_t installed) const { return (installed + size - 1) / size; }
};

class Renewal;

/// Some accelerators fail more often than others: the good and the lemons among them.
struct FailureKind {
  LifeLaw life;
  double availability = 1;  ///< MTTF / (MTTF + mean repair)
  double passes = 1;        ///< share that survives the burn-in
  /// Of a new batch after its burn-in; none where the stationary regime holds from installation on.
  std::shared_ptr<const Renewal> ages;
};

/// A failure law, resolved. An accelerator is up where its own clock and all its domains are. In the stationary regime, which
/// holds from installation on unless a batch starts fresh, that has the same probability at every instant, whatever the laws.
struct FailureLaw {
  double availability = 1;      ///< of an accelerator in the stationary regime, domains and lemons included; in (0, 1]
  double own_availability = 1;  ///< the same without its domains
  double failures_per_up_year = 0;  ///< per accelerator whose own clock is up [1/yr]
  double spares = 0;                ///< share of what is installed together that stands by, in [0, 1)
  Fidelity fidelity = Fidelity::expected;
  LifeLaw life;  ///< of the good
  RepairLaw repair;
  double lemons = 0;        ///< share of what is installed, in [0, 1): each accelerator is one or not
  double lemon_factor = 1;  ///< how many times as often they fail
  FailureKind good;
  FailureKind lemon;
  bool fresh = false;    ///< whether all of a batch begin their lives together
  double burn_in = 0;    ///< at the supplier [ms]
  double tabulated = 0;  ///< up to which age there are tables [ms]
  std::vector<FailureDomain> domains;

  /// Whether failures are events rather than a factor.
  [[nodiscard]] bool drawn() const { return fidelity != Fidelity::expected; }
  /// The factor on the power of what is installed and not known to be in repair [1].
  [[nodiscard]] double power_factor() const { return drawn() ? 1 : availability; }
  /// The factor on the work of what is in service [1]. With spares it depends on how many, in a fresh batch on its age: see
  /// expected_working().
  [[nodiscard]] double work_factor() const { return drawn() || spares > 0 || fresh ? 1 : availability; }
  /// Share of a delivery that fails in the burn-in.
  [[nodiscard]] double lost_in_burn_in() const { return 1 - (1 - lemons) * good.passes - lemons * lemon.passes; }
  /// Share of lemons among what has passed it.
  [[nodiscard]] double installed_lemons() const { return lemons * lemon.passes / (1 - lost_in_burn_in()); }
  /// How many of `installed` stand by: rounded to the nearest, and never all.
  [[nodiscard]] std::int64_t spares_of(std::int64_t installed) const;
  /// E min(target, healthy) of a batch of `installed`, each up on its own clock with probability `own`. Exact with one kind of
  /// domain; with several, or a last domain that is smaller, what is down together counts as spread evenly.
  [[nodiscard]] double expected_working(std::int64_t installed, std::int64_t target, double own) const;
  /// P(up on its own clock) of what was installed fresh, averaged over ages [ms] from < to.
  [[nodiscard]] double fresh_availability(double from, double to) const;
  /// The mean number of failures of an accelerator that was installed fresh, up to an age [ms].
  [[nodiscard]] double fresh_failures(double age) const;
  /// Makes the tables of a fresh batch, for ages up to `span` [ms], or shares those of a law that is the same in all they show.
  void tabulate(double span, const FailureLaw* before = nullptr);
};

struct FailureEntry : core::Entry {
  FailureLaw (*resolve)(const core::Spec&) = nullptr;
};

[[nodiscard]] const core::Family& failure_family();
[[nodiscard]] const core::Family& repair_family();
[[nodiscard]] const core::Family& domain_family();
[[nodiscard]] FailureLaw resolve_failures(const core::Spec& spec);

}  // namespace fleetrace::models
