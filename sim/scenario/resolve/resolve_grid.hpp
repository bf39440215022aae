#pragma once

#include <string>

#include "sim/scenario/resolve/plant_parts.hpp"

namespace fleetrace::scenario {

/// Resolves the phases of a site's grid connection into its additions, and what becomes of hardware for which one leaves no power.
/// `path` is the site's; its power before the first phase is known.
void resolve_grid(const core::Spec& spec, const PlantRequest& request, const std::string& path, fleet::Site& site,
                  core::Diagnostics& diagnostics);

}  // namespace fleetrace::scenario
