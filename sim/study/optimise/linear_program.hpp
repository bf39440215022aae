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
  void add_term(std::size_t row, const LinearTerm& term) { rows_[row].terms.push_back(term); }
  void set_objective(std::size_t column, double objective) { columns_[column].objective = objective; }
  void set_bounds(std::size_t column, double low, double high) {
    columns_[column].low = low;
    columns_[column].high = high;
  }
  void set_row_bounds(std::size_t row, double low, double high) {
    rows_[row].low = low;
    rows_[row].high = high;
  }

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
  /// Of the rows: what a larger bound is worth, at least 0 where an upper bound binds. Of an infeasible programme they are
  /// multipliers that prove it where the solver has some: with them and no objective, safe_bound() is below 0.
  std::vector<double> prices;
};

/// An upper bound of c x over all that the programme allows, whatever the prices are; the nearer they are to the optimal ones, the
/// tighter it is. By weak duality, for any prices y,
///   c x <= sum over rows of max(y low, y high) + sum over columns of max((c - A'y) low, (c - A'y) high)
/// Prices whose bound is infinite count as 0. Sums are compensated, and the result is moved outward by more than all of their
/// rounding.                                                       Neumaier and Shcherbina 2004, Math. Program. 99:283
[[nodiscard]] double safe_bound(const LinearProgram& program, const std::vector<double>& prices);

/// Whether multipliers of the rows prove that nothing meets all of them: then the bound (8.5b) of an objective of 0 is below 0
/// (Farkas 1902). Multipliers of rows that are not given are 0; their sign may be that of either convention.
[[nodiscard]] bool proves_empty(const LinearProgram& program, const std::vector<double>& multipliers);

}  // namespace fleetrace::study
