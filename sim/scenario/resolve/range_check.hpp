#pragma once

#include "fleetrace/core/diagnostic.hpp"
#include "sim/scenario/inputs/inputs.hpp"

namespace fleetrace::scenario {

/// Adds a diagnostic for every uncertain input that can be drawn so that the scenario makes no sense, by itself or together with
/// others. Looks at the ends of what each law gives and at every value of a choice, and of several inputs at the corners of all of
/// them, or of each two where they are many. The scenario makes sense at the medians.
void check_ranges(const Inputs& inputs, core::Diagnostics& diagnostics);

}  // namespace fleetrace::scenario
