#pragma once

#include "sim/study/optimise/plan_program.hpp"

/// Worlds in which production or power may hold up what is ordered, as sums of units by when they come into service: whatever holds
/// them up, each comes into service within one of the intervals between a few dates.                          docs/derivations.md 8.8b, 8.8d
namespace fleetrace::study {

/// Replaces each column of a problem by one for each interval in which its units may come into service. Each computes as much as it
/// does at best within its interval, and takes up room only while units of it surely stand. Columns of `raced` become as many, each
/// as it was raced. `truth` says what is made.
void split_by_arrival(const fleet::StrategySetup& truth, PlanProblem& problem, PlanProblem& raced);

/// Adds rows of what is made to the programme of a problem whose columns were split: of each accelerator no more comes into service
/// by a date than was made by then, and no more is made than production allows and was ordered.
void add_production_rows(const PlanProblem& problem, PlanProgram& plan);

}  // namespace fleetrace::study
