#pragma once

#include "resolve_plant.hpp"

namespace fleetrace::fleet {

/// What a site of the scenario takes.
[[nodiscard]] const core::Family& site_family();

/// The sites of a scenario, at least one. Adds diagnostics for what cannot be built.
void resolve_sites(const core::Spec& root, const PlantRequest& request, std::vector<Site>& sites,
                   core::Diagnostics& diagnostics);

/// A build-out of a site, with the resources that it adds. Nothing where its tasks are wrong.
[[nodiscard]] std::optional<Project> resolve_project(const core::Spec& spec, const std::string& path,
                                                     const Horizon& horizon, core::Diagnostics& diagnostics);

/// The index of the site of that name; SiteState::kAny, with a diagnostic, where there is none.
[[nodiscard]] std::uint32_t named_site(const std::string& name, const core::Location& where, const std::string& path,
                                       const std::vector<Site>& sites, core::Diagnostics& diagnostics);

/// The sites where what a strategy buys may go, in its order.
void resolve_used_sites(const core::Spec& spec, const std::string& path, const Plant& plant,
                        std::vector<std::uint32_t>& used, core::Diagnostics& diagnostics);

/// What is drawn there whatever the load costs at most over the horizon, and what all that opens in it costs to build.
[[nodiscard]] double fixed_energy_usd(const Plant& plant, const std::vector<std::uint32_t>& used,
                                      const Horizon& horizon);
[[nodiscard]] core::Money facility_cost(const Plant& plant, const std::vector<std::uint32_t>& used,
                                        const Horizon& horizon);

}  // namespace fleetrace::fleet
