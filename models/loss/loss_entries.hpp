#pragma once

#include "fleetrace/models/loss.hpp"

namespace fleetrace::models {

extern const LossEntry kChinchillaLoss;
extern const LossEntry kKaplanLoss;
extern const LossEntry kRelativeLoss;

/// The keys that every loss law takes: what compute stands behind it, the reference, the targets.
[[nodiscard]] std::vector<core::Parameter> with_accounting(std::vector<core::Parameter> own);

}  // namespace fleetrace::models
