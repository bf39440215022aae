#pragma once

#include "fleetrace/fleet/case.hpp"

namespace fleetrace::fleet {

/// Amounts up to this [USD] can be added to each other without leaving the range of core::Money.
inline constexpr double kMostUsd = 9e12;

/// What stands around a plant while it is resolved.
struct PlantRequest {
  Horizon horizon;
  const models::AcceleratorCatalog* catalog = nullptr;
  std::string prefix;  ///< "" at the top level, "strategies.lab.with." for a strategy's own
  Draw draw;
};

/// Whether something was found at a path that begins like this: what follows from it need not be said.
[[nodiscard]] bool found_below(const core::Diagnostics& diagnostics, std::string_view path);

[[nodiscard]] Horizon resolve_horizon(const core::Spec& root, core::Diagnostics& diagnostics);

/// The fleet that a (merged) scenario describes, in the place of another draw's, whose memory and tables it uses. Adds
/// diagnostics for combinations that make no sense.
void resolve_plant(const core::Spec& root, const PlantRequest& request, Plant& plant, core::Diagnostics& diagnostics);

/// How the plant, otherwise resolved, is run.
void resolve_operations(const core::Spec& root, const PlantRequest& request, Plant& plant,
                        core::Diagnostics& diagnostics);

/// Useful over peak FLOP/s of the initial fleet on average [1], whichever way chance is simulated.
[[nodiscard]] double expected_utilisation(const Plant& plant, const Horizon& horizon);

/// C0 of the top-level plant, or the compute that the scenario states.
[[nodiscard]] Reference resolve_reference(const core::Spec& loss, const Plant& plant, const Horizon& horizon,
                                          core::Diagnostics& diagnostics);

}  // namespace fleetrace::fleet
