#pragma once

#include "resolve_plant.hpp"

namespace fleetrace::fleet {

/// What an element of a site's power tree takes.
[[nodiscard]] const core::Family& power_element_family();

/// IT power that the tree of a site delivers [W]; infinite where it has none or where its elements are wrong.
[[nodiscard]] double delivered_power(const core::Spec& site, const std::string& path, core::Diagnostics& diagnostics);

/// Lets outages of elements take along the accelerators that what is left of the tree cannot power.
void add_power_outages(const core::Spec& root, const PlantRequest& request, Plant& plant,
                       core::Diagnostics& diagnostics);

}  // namespace fleetrace::fleet
