#pragma once

#include "sim/scenario/resolve/resolve_plant.hpp"

namespace fleetrace::scenario {

/// The IT power that the power tree of a site delivers [W]; infinite if the site has no tree or if an element is wrong.
[[nodiscard]] double delivered_power(const core::Spec& site, const std::string& path, core::Diagnostics& diagnostics);

/// Adds to each site of the plant how the elements of its power tree fail.
void add_power_outages(const core::Spec& root, const PlantRequest& request, fleet::Plant& plant,
                       core::Diagnostics& diagnostics);

/// Sets the rate at which power outages interrupt the training job: outages at the sites `used`, and where the initial fleet
/// is.
void interrupt_by_outages(fleet::Plant& plant, const std::vector<std::uint32_t>& used);

}  // namespace fleetrace::scenario
