#pragma once

#include <functional>

#include "sim/study/optimise/plan_program.hpp"

/// The prices of a plan's limits by date: the conditions of Karush, Kuhn and Tucker as a picture.
namespace fleetrace::study {

/// What a worth in units of the objective of a programme, such as compute, is of what is asked for, such as loss.
using GainOf = std::function<double(double worth)>;

/// Fills in what money and sites are worth by date for a plan with these counts.                  docs/derivations.md 8.5d
void note_worth_by_date(const PlanProblem& problem, const PlanProgram& plan, const std::vector<double>& prices,
                        const PricesOfMore& more, const Counts& counts, const GainOf& gain, Optimum& optimum);

}  // namespace fleetrace::study
