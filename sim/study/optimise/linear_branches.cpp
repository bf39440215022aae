#include "sim/study/optimise/linear_branches.hpp"

#include <algorithm>
#include <cmath>

namespace fleetrace::study {
namespace {

/// Bounds of columns are of the size of 1.
constexpr double kRounding = 1e-12;

/// What a row may be missed by, far beyond anything that its terms come to.
constexpr double kMost = 1e3;

/// Whether every point misses some row: it is proved that what all rows are missed by together is never 0.
bool misses_rows(const LinearProgram& program, bool verbose) {
  LinearProgram missed;
  for (const LinearProgram::Column& each : program.columns()) (void)missed.add_column({0, each.low, each.high});
  for (LinearProgram::Row row : program.rows()) {
    if (std::isfinite(row.low)) row.terms.push_back({missed.add_column({-1, 0, kMost}), 1});
    if (std::isfinite(row.high)) row.terms.push_back({missed.add_column({-1, 0, kMost}), -1});
    (void)missed.add_row(std::move(row));
  }
  LinearSolver solver(missed, verbose);
  return safe_bound(missed, solver.solve().prices) < 0;
}

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
    // A solver may have no multipliers that prove it.
    result.is_empty = proves_empty(solver_.program(), solution.prices) || misses_rows(solver_.program(), verbose_);
    return result;
  }
  result.bound = safe_bound(solver_.program(), solution.prices);
  if (solution.status == LinearSolution::Status::optimal) result.values = std::move(solution.values);
  return result;
}

}  // namespace fleetrace::study
