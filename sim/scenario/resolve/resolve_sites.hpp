#pragma once

#include "sim/scenario/resolve/resolve_plant.hpp"

namespace fleetrace::scenario {

/// Resolves the sites of a scenario, at least one. Adds diagnostics for what cannot be built.
void resolve_sites(const core::Spec& root, const PlantRequest& request, std::vector<fleet::Site>& sites,
                   core::Diagnostics& diagnostics);

/// A construction project of a site, with the resources that it adds; nothing if its tasks are wrong.
[[nodiscard]] std::optional<fleet::Project> resolve_project(const core::Spec& spec, const std::string& path,
                                                            const fleet::Horizon& horizon,
                                                            core::Diagnostics& diagnostics);

/// The index of the site of that name; kAnySite, with a diagnostic, where there is none.
[[nodiscard]] std::uint32_t named_site(const std::string& name, const core::Location& where, const std::string& path,
                                       const std::vector<fleet::Site>& sites, core::Diagnostics& diagnostics);

/// Sets the sites at which a strategy may install what it buys, in its order.
void resolve_strategy_sites(const core::Spec& spec, const std::string& path, const fleet::Plant& plant,
                            std::vector<std::uint32_t>& used, core::Diagnostics& diagnostics);

/// The most that the fixed overhead of the sites `used` can cost over the horizon, as energy [USD].
[[nodiscard]] double fixed_energy_usd(const fleet::Plant& plant, const std::vector<std::uint32_t>& used,
                                      const fleet::Horizon& horizon);
/// The cost of the facilities that open at the sites `used` within the horizon.
[[nodiscard]] core::Money facility_cost(const fleet::Plant& plant, const std::vector<std::uint32_t>& used,
                                        const fleet::Horizon& horizon);

}  // namespace fleetrace::scenario
