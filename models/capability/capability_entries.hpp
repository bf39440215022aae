#pragma once

#include "fleetrace/models/capability.hpp"

namespace fleetrace::models {

extern const CapabilityEntry kStepsCapability;
extern const CapabilityEntry kThresholdCapability;

/// The inverses of the curves.
[[nodiscard]] double threshold_loss(const CapabilityLaw& law, double score);
[[nodiscard]] double steps_loss(const CapabilityLaw& law, double score);

/// The keys that every capability takes.
[[nodiscard]] std::vector<core::Parameter> with_target(std::vector<core::Parameter> own);

}  // namespace fleetrace::models
