#pragma once

#include "sim/fleet/world.hpp"
#include "sim/study/optimise/plan_problem.hpp"

namespace fleetrace::study {

/// Races single purchases and single retirements, with all limits lifted.
class Prober {
 public:
  explicit Prober(const fleet::StrategySetup& setup);

  /// Fills in what a column computes, and when it stands where.
  void race(PurchaseColumn& column);
  /// Fills in what a unit of a cohort of the initial fleet that is taken out changes from then on, against one that stays.
  void race_retirement(const fleet::InitialCohort& cohort, PurchaseColumn& column);

 private:
  fleet::StrategySetup setup_;
  fleet::World world_;
  fleet::Outcome outcome_;
};

}  // namespace fleetrace::study
