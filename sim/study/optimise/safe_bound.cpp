#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/core/numeric/sum.hpp"
#include "sim/study/optimise/linear_program.hpp"

namespace fleetrace::study {
namespace {

/// A sum with more than the error that rounding can have made in it. Terms are products of two numbers, each of which was
/// rounded a few times before, so that 16 units in the last place of each are plenty; a compensated sum adds one or two of its own.
class OutwardSum {
 public:
  void add(double term) {
    sum_.add(term);
    magnitude_.add(std::fabs(term));
  }
  [[nodiscard]] double error() const {
    return 16 * std::numeric_limits<double>::epsilon() * magnitude_.value() + std::numeric_limits<double>::min();
  }
  [[nodiscard]] double value() const { return sum_.value(); }
  [[nodiscard]] double above() const { return value() + error(); }

 private:
  core::Sum sum_;
  core::Sum magnitude_;
};

/// The bound with `share` of the objective and `sign` times the prices.
double bound_of(const LinearProgram& program, double share, const std::vector<double>& prices, double sign) {
  const std::vector<LinearProgram::Column>& columns = program.columns();
  std::vector<OutwardSum> left(columns.size());  // c - A'y
  for (std::size_t i = 0; i < columns.size(); ++i) left[i].add(share * columns[i].objective);
  OutwardSum bound;
  for (std::size_t i = 0; i < program.rows().size(); ++i) {
    const LinearProgram::Row& row = program.rows()[i];
    const double price = i < prices.size() ? sign * prices[i] : 0;
    const double limit = price > 0 ? row.high : row.low;
    if (price == 0 || !std::isfinite(price) || !std::isfinite(limit)) continue;
    bound.add(price * limit);
    for (const LinearTerm& term : row.terms) left[term.column].add(-price * term.value);
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const double low = left[i].value() - left[i].error();
    const double high = left[i].above();
    // The greatest product of anything in [low, high] and anything within the column's bounds.
    bound.add(std::max(std::max(low * columns[i].low, low * columns[i].high),
                       std::max(high * columns[i].low, high * columns[i].high)));
  }
  return bound.above();
}

}  // namespace

double safe_bound(const LinearProgram& program, const std::vector<double>& prices) {
  return bound_of(program, 1, prices, 1);
}

bool proves_empty(const LinearProgram& program, const std::vector<double>& multipliers) {
  return bound_of(program, 0, multipliers, 1) < 0 || bound_of(program, 0, multipliers, -1) < 0;
}

}  // namespace fleetrace::study
