#pragma once

#include "resolve_plant.hpp"

namespace fleetrace::fleet {

/// What an element of a site's power tree takes.
[[nodiscard]] const core::Family& power_element_family();

/// IT power that the tree of a site delivers [W]; infinite where it has none or where its elements are wrong.
[[nodiscard]] double delivered_power(const core::Spec& site, const std::string& path, core::Diagnostics& diagnostics);

/// How the elements of each site's tree fail, and what that takes along.
void add_power_outages(const core::Spec& root, const PlantRequest& request, Plant& plant,
                       core::Diagnostics& diagnostics);

/// Lets outages at the sites that are used, and where an initial fleet stands, interrupt a job.
void interrupt_by_outages(Plant& plant, const std::vector<std::uint32_t>& used);

}  // namespace fleetrace::fleet
