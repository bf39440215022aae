#pragma once

#include "sim/scenario/scenario.hpp"

namespace fleetrace::scenario {

/// Amounts up to this [USD] can be added to each other without leaving the range of core::Money.
inline constexpr double kMostUsd = 9e12;

/// What resolving a plant needs to know beside the scenario.
struct PlantRequest {
  fleet::Horizon horizon;
  const models::AcceleratorCatalog* catalog = nullptr;
  std::string prefix;  ///< "" at the top level, "strategies.lab.with." for a strategy's own
  fleet::Draw draw;
};

/// Whether there is a diagnostic at a path that begins with `path`. Consequences of it need no diagnostic of their own.
[[nodiscard]] bool found_below(const core::Diagnostics& diagnostics, std::string_view path);

[[nodiscard]] fleet::Horizon resolve_horizon(const Scenario& scenario, core::Diagnostics& diagnostics);

/// Resolves the plant that a scenario describes, changes of a strategy included. `plant` may hold that of another draw, whose
/// memory and tables are used again. Adds diagnostics for combinations that make no sense.
void resolve_plant(const core::Spec& root, const PlantRequest& request, fleet::Plant& plant,
                   core::Diagnostics& diagnostics);

/// Mean ratio of useful to peak FLOP/s of the initial fleet [1]. It is the same for every way to simulate failures.
[[nodiscard]] double expected_utilisation(const fleet::Plant& plant, const fleet::Horizon& horizon);

/// The reference compute C0. Without `yardstick` it is that of the top-level plant, or the one that the scenario states. With
/// it, a year is that of the yardstick's fleet, and a stated compute divides into fleet, hardware and utilisation as the
/// yardstick does; only `reference: own` asks for a year of this plant.
[[nodiscard]] fleet::Reference resolve_reference(const core::Spec& loss, const fleet::Plant& plant,
                                                 const fleet::Horizon& horizon,
                                                 const std::optional<fleet::Reference>& yardstick,
                                                 core::Diagnostics& diagnostics);

}  // namespace fleetrace::scenario
