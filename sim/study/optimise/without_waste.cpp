#include <algorithm>

#include "sim/study/optimise/linear_solver.hpp"
#include "sim/study/optimise/plan_program.hpp"

namespace fleetrace::study {

std::optional<std::vector<double>> without_waste(const PlanProblem& problem, const std::vector<double>& worth,
                                                 PlanProgram plan, bool verbose) {
  constexpr double kTiny = 1e-6;  // above a solver's tolerance
  double most = 0;                // that a dollar is worth
  for (std::size_t i = 0; i < worth.size(); ++i) {
    const double usd = problem.columns[i].price.usd();
    if (usd > 0) most = std::max(most, worth[i] / usd);
  }
  std::vector<double> less = worth;
  for (std::size_t i = 0; i < less.size(); ++i) less[i] -= kTiny * most * problem.columns[i].price.usd();
  set_worth(less, plan);
  LinearSolver solver(std::move(plan.program), verbose);
  LinearSolution solution = solver.solve();
  if (solution.status != LinearSolution::Status::optimal) return std::nullopt;
  for (std::size_t i = 0; i < less.size(); ++i) solution.values[i] = std::clamp(solution.values[i], 0.0, 1.0);
  return std::move(solution.values);
}

}  // namespace fleetrace::study
