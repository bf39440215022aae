#pragma once

#include <vector>

#include "sim/study/optimise/branch_and_bound.hpp"
#include "sim/study/optimise/linear_solver.hpp"

namespace fleetrace::study {

/// The branches of a search whose objective is that of a linear programme: each goes on from where the solver was.
class LinearBranches {
 public:
  /// `stop` may be null, and must outlive it. Throws NoSolver.
  LinearBranches(LinearProgram program, bool verbose, const std::atomic<bool>* stop)
      : original_(std::move(program)), solver_(original_, verbose, stop), verbose_(verbose) {}

  /// With the safe bound of the branch.                                                     docs/derivations.md 8.5b, 8.5e
  [[nodiscard]] NodeRelaxation relax(const std::vector<NarrowedColumn>& narrowed);

 private:
  LinearProgram original_;
  LinearSolver solver_;
  bool verbose_;
  std::vector<NarrowedColumn> narrowed_;
};

}  // namespace fleetrace::study
