#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"
#include "sim/core/random/random.hpp"

/// Hardware failures and repairs: each accelerator is an alternating renewal process of lives and repairs.
/// Interruptions that stop a job but no accelerator are in job.hpp.
namespace fleetrace::models {

class HazardSteps;
struct LifeRecord;

/// Times between failures of one accelerator while it is up: the least of up to three independent Weibull lives.
///   S(x) = exp(-sum_i (x / scale_i)^shape_i)
/// One part of shape 1 is the exponential law; three parts make the bathtub curve of infant mortality, chance and wear.
/// Or a hazard that is constant between ages, in the place of all parts.
struct LifeLaw {
  struct Part {
    double shape = 1;
    double scale = 0;  ///< [ms]
    double mean = 0;   ///< scale Gamma(1 + 1/shape) [ms]

    bool operator==(const Part&) const = default;
  };
  std::array<Part, 3> parts = {};
  std::size_t count = 0;                     ///< how many of `parts` are used
  double mean = 0;                           ///< mean time to failure, that is, of the least of the parts [ms]
  std::shared_ptr<const HazardSteps> steps;  ///< in the place of parts; null where there are parts

  bool operator==(const LifeLaw&) const = default;
  /// Adds a part. Does not set `mean`.
  void add(double shape, double mean_of_part);
  /// Sets `mean`: for a single part to its mean, for steps to theirs, else to the integral of S, to 1e-13.
  void resolve_mean();

  /// Whether the rest of a life does not depend on its age.
  [[nodiscard]] bool is_memoryless() const { return count == 1 && parts[0].shape == 1; }
  /// P(life > x), x [ms].
  [[nodiscard]] double survival(double x) const;
  /// The law with all times divided by `factor`: that of an accelerator that fails `factor` times as often.
  [[nodiscard]] LifeLaw hurried(double factor) const;

  /// A whole life [ms], one draw a part.
  [[nodiscard]] double draw(core::Stream& stream) const;
  /// The rest of a life that has lasted `age` [ms], one draw a part; at age 0 the same number as draw().
  [[nodiscard]] double draw_after(core::Stream& stream, double age) const;
  /// The rest of the life of an accelerator that is up at a random instant [ms], with the density S(x)/mean. For one
  /// part it is u scale G^(1/shape) with G ~ Gamma(1 + 1/shape); for several, rejection from the part with the least mean.
  [[nodiscard]] double draw_residual(core::Stream& stream) const;
};

/// Repair times, lognormal or exponential.
struct RepairLaw {
  double mean = 0;    ///< mean repair time [ms]
  double sigma = -1;  ///< standard deviation of the logarithm of lognormal repair times; below 0 for exponential ones
  double median = 0;  ///< median of lognormal repair times [ms]

  bool operator==(const RepairLaw&) const = default;
  [[nodiscard]] bool is_memoryless() const { return sigma < 0; }
  /// P(repair > x), x [ms]; survival_integral is its integral from 0 to x [ms].
  [[nodiscard]] double survival(double x) const;
  [[nodiscard]] double survival_integral(double x) const;
  [[nodiscard]] double draw(core::Stream& stream) const;
  /// The rest of a repair that is under way at a random instant: u times a repair that is drawn with a probability in
  /// proportion to its length.
  [[nodiscard]] double draw_residual(core::Stream& stream) const;
};

/// How failures are simulated. All three have the same means.
enum class Fidelity {
  expected,   ///< failures are no events; availability is a factor on work and power
  aggregate,  ///< one superposed failure process for all accelerators that were installed together
  device,     ///< each accelerator has its own clock
};

/// A failure domain: accelerators of one batch that share a rack, a power feed or a pump, whose outage takes all of
/// them out of service. Domains fail and are repaired independently of each other and of their accelerators, which age
/// on meanwhile.
struct FailureDomain {
  std::int64_t size = 0;  ///< accelerators in one domain; the last domain of a batch has what remains
  LifeLaw life;           ///< times between outages
  RepairLaw repair;       ///< durations of outages
  double availability = 1;

  /// How many domains a batch of `installed` accelerators has.
  [[nodiscard]] std::int64_t number(std::int64_t installed) const { return (installed + size - 1) / size; }
};

class Renewal;

/// One of two kinds of accelerators: good ones, or lemons, which fail more often.
struct FailureKind {
  LifeLaw life;
  double availability = 1;  ///< MTTF / (MTTF + mean repair)
  double passes = 1;        ///< share of this kind that survives the burn-in
  /// Averages of a new batch by its age after the burn-in; null where the stationary regime holds from installation on.
  std::shared_ptr<const Renewal> ages;
};

/// A failure law, resolved. An accelerator is up when neither it nor any of its domains is in repair. In the
/// stationary regime, which holds from installation on unless a batch starts fresh, the probability of that is the same
/// at every instant.
struct FailureLaw {
  double availability = 1;      ///< stationary availability with domains, mean of good ones and lemons; in (0, 1]
  double own_availability = 1;  ///< stationary availability without domains, mean of good ones and lemons; in (0, 1]
  double failures_per_up_year = 0;  ///< failures of an accelerator per year in which it is up, domains aside [1/yr]
  double spares = 0;                ///< share of a batch that stands by as hot spares, in [0, 1)
  Fidelity fidelity = Fidelity::expected;
  LifeLaw life;  ///< lives of good accelerators
  std::shared_ptr<const LifeRecord>
      record;  ///< rows that state these lives, and their hazard; null for a law without rows
  RepairLaw repair;
  double lemons = 0;        ///< probability that an accelerator of a delivery is a lemon, in [0, 1)
  double lemon_factor = 1;  ///< how many times as often a lemon fails as a good accelerator
  FailureKind good;
  FailureKind lemon;
  bool fresh = false;    ///< whether all accelerators of a batch begin their lives together
  double burn_in = 0;    ///< duration of the burn-in at the supplier [ms]
  double tabulated = 0;  ///< highest age in the tables of a fresh batch [ms]
  std::vector<FailureDomain> domains;

  /// Whether failures are events rather than a factor.
  [[nodiscard]] bool drawn() const { return fidelity != Fidelity::expected; }
  /// Factor on the power of accelerators that are installed and not known to be in repair [1].
  [[nodiscard]] double power_factor() const { return drawn() ? 1 : availability; }
  /// Factor on the work of accelerators in service [1]. Where it depends on the number of spares or on the age of a
  /// fresh batch, it is 1 here and expected_working() counts instead.
  [[nodiscard]] double work_factor() const { return drawn() || spares > 0 || fresh ? 1 : availability; }
  /// Share of a delivery that fails in the burn-in.
  [[nodiscard]] double lost_in_burn_in() const { return 1 - (1 - lemons) * good.passes - lemons * lemon.passes; }
  /// Share of lemons among the accelerators that have passed the burn-in.
  [[nodiscard]] double installed_lemons() const { return lemons * lemon.passes / (1 - lost_in_burn_in()); }
  /// How many of `installed` accelerators stand by as spares: rounded to the nearest number, and never all.
  [[nodiscard]] std::int64_t spares_of(std::int64_t installed) const;
  /// E min(target, healthy) of a batch of `installed` accelerators, each of which is up with probability `own`, domains
  /// aside. Exact with one kind of domain; with several kinds, or a smaller last domain, accelerators that are down
  /// together count as spread evenly over the domains.
  [[nodiscard]] double expected_working(std::int64_t installed, std::int64_t target, double own) const;
  /// Availability without domains of an accelerator that was installed fresh, averaged over the ages [from, to] [ms],
  /// from < to.
  [[nodiscard]] double fresh_availability(double from, double to) const;
  /// The mean number of failures, up to an age [ms], of an accelerator that was installed fresh.
  [[nodiscard]] double fresh_failures(double age) const;
  /// Makes the tables of a fresh batch for ages up to `span` [ms], or shares those of `before` if they would be the same.
  void tabulate(double span, const FailureLaw* before = nullptr);
};

struct LifeRows;

/// A failure law: by its parameters alone, or by rows that state its lives.
struct FailureEntry : core::Entry {
  FailureLaw (*resolve)(const core::Spec&) = nullptr;
  const LifeRows* rows = nullptr;
};

[[nodiscard]] const core::Family& failure_family();
[[nodiscard]] const core::Family& repair_family();
[[nodiscard]] const core::Family& domain_family();
/// The law of a failure section. Throws core::InputError for rows that make no life together.
[[nodiscard]] FailureLaw resolve_failures(const core::Spec& spec);
/// The law of the failure section of the operations at `path`, in the place of the law `before`, which lends its hazard where the
/// rows are the same. Adds a diagnostic for every row that makes no life with the others; lives of a year then stand in.
[[nodiscard]] FailureLaw resolve_failures(const core::Spec& spec, const std::string& path,
                                          core::Diagnostics& diagnostics, const FailureLaw& before);

}  // namespace fleetrace::models
