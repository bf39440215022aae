#pragma once

#include <vector>

#include "fleetrace/models/failure.hpp"

namespace fleetrace::models {

extern const FailureEntry kBathtubFailures;
extern const FailureEntry kExponentialFailures;
extern const FailureEntry kNoFailures;
extern const FailureEntry kWeibullFailures;

/// What all laws take besides their lives: repairs, spares, fidelity, the start of a batch, lemons and domains.
[[nodiscard]] std::vector<core::Parameter> with_repairs(std::vector<core::Parameter> own);
/// `repair` and `repair_law` of a section that has them.
[[nodiscard]] RepairLaw resolve_repair(const core::Spec& spec);
[[nodiscard]] FailureDomain resolve_domain(const core::Spec& spec);
/// Completes a law of that life.
[[nodiscard]] FailureLaw resolve_repairs(const core::Spec& spec, const LifeLaw& life);

inline constexpr std::string_view kHardwareFailureSource =
    "Llama Team 2024, The Llama 3 Herd of Models, table 5: 148 GPU + 72 HBM failures of 16 384 H100 in 54 days";

}  // namespace fleetrace::models
