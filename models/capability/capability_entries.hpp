#pragma once

#include "models/capability/capability.hpp"

namespace fleetrace::models {

extern const CapabilityEntry kStepsCapability;
extern const CapabilityEntry kTaskHorizonCapability;
extern const CapabilityEntry kThresholdCapability;

/// The absolute loss at a score: the inverses of threshold_score and steps_score.
[[nodiscard]] double threshold_loss(const CapabilityLaw& law, double score);
[[nodiscard]] double steps_loss(const CapabilityLaw& law, double score);

/// Adds the keys that every capability takes.
[[nodiscard]] std::vector<core::Parameter> with_target(std::vector<core::Parameter> own);

}  // namespace fleetrace::models
