#pragma once

#include "sim/scenario/inputs/scalar_input.hpp"
#include "sim/scenario/live/controls.hpp"

namespace fleetrace::scenario {

/// Gives a control its unit, value, scale and likely range. False where no scale fits: the number is infinite, or it is 0 and nothing
/// tells how large it may become.
[[nodiscard]] bool give_scale(LiveControl& control, ScalarInput input, const Scenario& scenario);

}  // namespace fleetrace::scenario
