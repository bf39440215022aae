#include "sim/study/optimise/linear_branches.hpp"

#include <algorithm>

namespace fleetrace::study {
namespace {

/// Bounds of columns are of the size of 1.
constexpr double kRounding = 1e-12;

}  // namespace

NodeRelaxation LinearBranches::relax(const std::vector<NarrowedColumn>& narrowed) {
  for (const NarrowedColumn& each : narrowed_) {
    const LinearProgram::Column& column = original_.columns()[each.column];
    solver_.set_bounds(each.column, column.low, column.high);
  }
  narrowed_ = narrowed;
  for (const NarrowedColumn& each : narrowed) {
    const LinearProgram::Column& column = original_.columns()[each.column];
    const double high = std::min(each.high, column.high);
    // A whole number of steps may have been rounded to a little more than the column's own bound, which is as many.
    const double low = std::max(std::min(each.low, high), column.low);
    if (each.low > high + kRounding) return {true, 0, {}};
    solver_.set_bounds(each.column, low, high);
  }
  LinearSolution solution = solver_.solve();
  NodeRelaxation result;
  if (solution.status == LinearSolution::Status::infeasible) {
    result.is_empty = proves_empty(solver_.program(), solution.prices);
    return result;
  }
  result.bound = safe_bound(solver_.program(), solution.prices);
  if (solution.status == LinearSolution::Status::optimal) result.values = std::move(solution.values);
  return result;
}

}  // namespace fleetrace::study
