#pragma once

#include <span>
#include <string>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "models/failure/failure.hpp"
#include "models/failure/hazard_steps.hpp"

namespace fleetrace::models {

/// How rows of a section state lives.
struct LifeRows {
  /// Adds a diagnostic for every row of the section at `path` that makes no life with the others.
  void (*check)(const core::Spec& spec, const std::string& path, core::Diagnostics& diagnostics) = nullptr;
  /// All numbers of the rows, one row after the other.
  std::vector<double> (*numbers)(const core::Spec& spec) = nullptr;
  /// The hazard that such numbers make, where the check has found nothing.
  HazardSteps (*hazard)(std::span<const double> numbers) = nullptr;
};

/// The numbers of rows, and the hazard that they make.
struct LifeRecord {
  const LifeRows* made_by = nullptr;
  std::vector<double> numbers;
  HazardSteps hazard;
};

extern const FailureEntry kBathtubFailures;
extern const FailureEntry kExponentialFailures;
extern const FailureEntry kNoFailures;
extern const FailureEntry kObservedFailures;
extern const FailureEntry kSteppedFailures;
extern const FailureEntry kWeibullFailures;

/// Adds the keys that all failure laws take: repairs, spares, fidelity, the start of a batch, lemons and domains.
[[nodiscard]] std::vector<core::Parameter> with_repairs(std::vector<core::Parameter> own);
/// The key `mtbf`, the mean life of one accelerator, with what it is the mean of.
[[nodiscard]] core::Parameter hardware_mtbf(std::string_view summary);
/// The repair law by the keys `repair` and `repair_law` of a section.
[[nodiscard]] RepairLaw resolve_repair(const core::Spec& spec);
[[nodiscard]] FailureDomain resolve_domain(const core::Spec& spec);
/// The failure law of lives that follow a Weibull law of that shape, with the mean `mtbf` of `spec`.
[[nodiscard]] FailureLaw resolve_weibull_lives(const core::Spec& spec, double shape);
/// The failure law of a section whose lives stand in rows, as resolve_failures() makes it.
[[nodiscard]] FailureLaw resolve_lives(const core::Spec& spec, const LifeRows& rows, const std::string& path,
                                       core::Diagnostics& diagnostics, const FailureLaw& before);
/// The failure law with these lives and the other keys of `spec`.
[[nodiscard]] FailureLaw resolve_repairs(const core::Spec& spec, const LifeLaw& life);

}  // namespace fleetrace::models
