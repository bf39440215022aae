#pragma once

#include <cstddef>
#include <utility>
#include <vector>

/// A linear programme as plain data: maximise c x where every row of A x and every x lies within its bounds.
namespace fleetrace::study {

/// A coefficient of a row.
struct LinearTerm {
  std::size_t column = 0;
  double value = 0;
};

class LinearProgram {
 public:
  struct Column {
    double objective = 0;
    double low = 0;   ///< finite
    double high = 0;  ///< finite, so that a bound can be proved whatever a solver says
  };
  struct Row {
    double low = 0;   ///< may be -infinity
    double high = 0;  ///< may be infinity
    std::vector<LinearTerm> terms;
  };

  std::size_t add_column(const Column& column) {
    columns_.push_back(column);
    return columns_.size() - 1;
  }
  std::size_t add_row(Row row) {
    rows_.push_back(std::move(row));
    return rows_.size() - 1;
  }
  void set_objective(std::size_t column, double objective) { columns_[column].objective = objective; }

  [[nodiscard]] const std::vector<Column>& columns() const { return columns_; }
  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }

 private:
  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

/// What a solver says. It proves nothing: see safe_bound().
struct LinearSolution {
  enum class Status {
    optimal,
    infeasible,
    stopped,  ///< it gave up, or was told to
  };
  Status status = Status::stopped;
  std::vector<double> values;  ///< of the columns
  std::vector<double> prices;  ///< of the rows: what a larger bound is worth, at least 0 where an upper bound binds
};

/// An upper bound of c x over all that the programme allows, whatever the prices are; the nearer they are to the optimal ones, the
/// tighter it is. By weak duality, for any prices y,
///   c x <= sum over rows of max(y low, y high) + sum over columns of max((c - A'y) low, (c - A'y) high)
/// Prices whose bound is infinite count as 0. Sums are compensated, and the result is moved outward by more than all of their
/// rounding.                                                       Neumaier and Shcherbina 2004, Math. Program. 99:283
[[nodiscard]] double safe_bound(const LinearProgram& program, const std::vector<double>& prices);

}  // namespace fleetrace::study
