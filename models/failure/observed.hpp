#pragma once

#include <vector>

#include "models/failure/hazard_steps.hpp"

/// Lives of single devices, some of which were still going on when they were last seen.               docs/derivations.md 4.1h
namespace fleetrace::models {

/// One device: seen from an age on, until it failed or was last seen.
struct ObservedLife {
  double entered = 0;  ///< age at which it was first seen [ms]; what failed younger was not seen at all
  double age = 0;      ///< at its failure, or when it was last seen [ms]; above `entered`
  bool failed = true;
};

/// Kaplan and Meier's estimate of P(life > x): at each age at which d of n devices at risk fail, a factor 1 - d/n.
struct SurvivalStep {
  double age = 0;  ///< [ms]
  double survival = 1;
  double at_risk = 0;
  double failures = 0;
};
/// The steps by age; devices that were last seen at the age of a failure were still at risk.
[[nodiscard]] std::vector<SurvivalStep> kaplan_meier(const std::vector<ObservedLife>& lives);

/// The law whose survival is Kaplan and Meier's at each failure, with a hazard that is constant in between. Where the estimate
/// falls to 0, failures over time at risk since the failure before; beyond the last failure those over all time at risk. At least
/// one life must have ended.
[[nodiscard]] HazardSteps hazard_of(const std::vector<ObservedLife>& lives);

}  // namespace fleetrace::models
