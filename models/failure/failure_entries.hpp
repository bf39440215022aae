#pragma once

#include <string>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "models/failure/failure.hpp"

namespace fleetrace::models {

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
/// Adds a diagnostic for every row of a stepped hazard, or of observed lives, that makes no sense.
void check_stepped(const core::Spec& spec, const std::string& path, core::Diagnostics& diagnostics);
void check_observed(const core::Spec& spec, const std::string& path, core::Diagnostics& diagnostics);
/// The repair law by the keys `repair` and `repair_law` of a section.
[[nodiscard]] RepairLaw resolve_repair(const core::Spec& spec);
[[nodiscard]] FailureDomain resolve_domain(const core::Spec& spec);
/// The failure law of lives that follow a Weibull law of that shape, with the mean `mtbf` of `spec`.
[[nodiscard]] FailureLaw resolve_weibull_lives(const core::Spec& spec, double shape);
/// The failure law with these lives and the other keys of `spec`.
[[nodiscard]] FailureLaw resolve_repairs(const core::Spec& spec, const LifeLaw& life);

}  // namespace fleetrace::models
