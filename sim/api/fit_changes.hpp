#pragma once

#include <vector>

#include "fleetrace/fit.hpp"

/// How a scenario takes what a fit sets.
namespace fleetrace {

/// The changes of a scenario that the inputs are. Where the model of a section becomes another, the section is written anew, since
/// keys of the old model would be none of the new one.
[[nodiscard]] std::vector<FitInput> fit_changes(const Scenario& scenario, const std::vector<FitInput>& inputs);

}  // namespace fleetrace
