#pragma once

#include "models/hardware/own_accelerators.hpp"
#include "sim/scenario/scenario.hpp"

namespace fleetrace::scenario {

/// The accelerators that can be named in a scenario: its own over those of its catalog. The scenario must outlive them.
[[nodiscard]] inline models::OwnAccelerators accelerators_of(const Scenario& scenario) {
  return {scenario.root().sections("accelerators"), scenario.catalog.get()};
}

}  // namespace fleetrace::scenario
