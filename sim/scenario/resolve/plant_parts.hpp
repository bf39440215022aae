#pragma once

#include <optional>
#include <string>

#include "sim/scenario/resolve/resolve_plant.hpp"

/// The steps of resolve_plant(), in their order. Each reads sections of a (merged) scenario, fills its part of the plant, and
/// adds diagnostics for combinations that make no sense.
namespace fleetrace::scenario {

/// The section `supply`, allocations aside. `is_trend` is whether hardware is a trend, which consists of no accelerators.
[[nodiscard]] fleet::Supply resolve_supply(const core::Spec& spec, const std::string& path, bool is_trend,
                                           core::Diagnostics& diagnostics);

/// Refuses more shipments than a run can have: what is made is shipped in lots, each of which is an event.
void check_shipments(const fleet::Plant& plant, const core::Spec& root, const PlantRequest& request,
                     core::Diagnostics& diagnostics);

/// The allocations of the section `supply`, by the accelerators and sites that they name; both are resolved before.
void resolve_allocations(const core::Spec& spec, const PlantRequest& request, fleet::Plant& plant,
                         core::Diagnostics& diagnostics);

/// What rent costs; nothing without a section `rental`. A rent by its price needs the accelerator that it is the price of.
[[nodiscard]] std::optional<models::RentalLaw> resolve_rental(const core::Spec& root, const PlantRequest& request,
                                                              const models::MarketRequest& market_request,
                                                              const fleet::Plant& plant,
                                                              core::Diagnostics& diagnostics);

/// The cohorts that stand there at the start, oldest first. Accelerators that are not on sale any more join the market's types.
void resolve_initial_fleet(const core::Spec& root, const PlantRequest& request,
                           const models::MarketRequest& market_request, fleet::Plant& plant,
                           core::Diagnostics& diagnostics);

/// What training and serving have of the fleet over time: `fleet_shares`, in which training's are relative to the largest that
/// it ever has, and that one as `training_share`.
void resolve_fleet_shares(const core::Spec& spec, const PlantRequest& request, bool has_demand,
                          fleet::Operations& operations, core::Diagnostics& diagnostics);

/// How the plant, otherwise resolved, is run.
void resolve_operations(const core::Spec& root, const PlantRequest& request, fleet::Plant& plant,
                        core::Diagnostics& diagnostics);

}  // namespace fleetrace::scenario
