#pragma once

#include <functional>
#include <vector>

#include "models/progress/progress.hpp"

/// Spillover from a frontier on top of progress of one's own: dA/dt = (d ln B/dt) A + k max(0, F - A).          docs/derivations.md 3o
namespace fleetrace::models {

/// What is copied, by name: `frontier_doubling`, `lead`, `share`, `delay`.
[[nodiscard]] std::vector<core::Parameter> frontier_parameters(std::string_view of_frontier_doubling);
/// The section `spillover` of a law of progress.
[[nodiscard]] core::Parameter spillover_section();

/// Puts what spills over by the section `spillover`, if there is one and it copies anything, on top of a law that comes to B by
/// itself. The growth of B must not rise until the law changes.
void resolve_catch_up(const core::Spec& spec, ProgressLaw& law, CatchUp::Function log_own, CatchUp::Function own_rate);

/// To be called before B changes at `years`.
void settle_catch_up(ProgressLaw& law, double years);
/// To be called after B has changed.
void plan_catch_up(ProgressLaw& law);

/// Integral over [from, to] of a function of the time and of M then [yr], to 1e-12 where it is as smooth as B M.
[[nodiscard]] double integral_of_catching_up(const ProgressLaw& law, double from, double to,
                                             const std::function<double(double years, double level)>& f);

}  // namespace fleetrace::models
