#pragma once

#include "models/progress/progress.hpp"

namespace fleetrace::models {

extern const ProgressEntry kExponentialProgress;
extern const ProgressEntry kJumpProgress;
extern const ProgressEntry kLogisticProgress;
extern const ProgressEntry kNoProgress;
extern const ProgressEntry kResearchProgress;
extern const ProgressEntry kRoadmapProgress;
extern const ProgressEntry kSpilloverProgress;

/// Adds the keys `adoptions` and `limit`, which all laws take.
[[nodiscard]] std::vector<core::Parameter> with_adoptions(std::vector<core::Parameter> own);
void resolve_limit(const core::Spec& spec, ProgressLaw& law);
/// Adds `embodied` and `cost`, which most laws take, and then the keys that all laws take.
[[nodiscard]] std::vector<core::Parameter> with_embodied_and_cost(std::vector<core::Parameter> own);
void resolve_embodied_and_cost(const core::Spec& spec, ProgressLaw& law);

/// Integral over [from, to] [yr] of a multiplier whose logarithm grows by `growth` there, to 1e-13, by Gauss-Legendre rules.
[[nodiscard]] double integral_by_panels(double (*multiplier)(const ProgressLaw&, double years), const ProgressLaw& law,
                                        double from, double to, double growth);

inline constexpr std::string_view kAlgorithmSource =
    "Ho et al. 2024, Algorithmic progress in language models, arXiv:2403.05812 (95 % CI 5 to 14 months)";

}  // namespace fleetrace::models
