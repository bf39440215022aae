#include "sim/study/optimise/linear_solver.hpp"

#ifdef FLEETRACE_CLP

#include <ClpEventHandler.hpp>
#include <ClpSimplex.hpp>
#include <algorithm>
#include <cstdio>

namespace fleetrace::study {
namespace {

/// Ends a search where a flag is set.
class StopAtFlag : public ClpEventHandler {
 public:
  explicit StopAtFlag(const std::atomic<bool>* stop) : stop_(stop) {}
  int event(Event) override { return stop_->load(std::memory_order_relaxed) ? kStops : kGoesOn; }
  [[nodiscard]] ClpEventHandler* clone() const override { return new StopAtFlag(stop_); }

 private:
  // What the library takes from a handler: below 0 it goes on, and 0 to 2 are reasons to end.
  static constexpr int kGoesOn = -1;
  static constexpr int kStops = 0;
  const std::atomic<bool>* stop_;
};

/// Where memory runs out within the library, it leaves a model that its own destructor cannot take apart: such a model is left behind.
template <class Library, class Use>
auto use_or_leave(std::unique_ptr<Library>& library, Use use) {
  try {
    return use(*library);
  } catch (...) {
    (void)library.release();
    throw;
  }
}

}  // namespace

/// The library minimises, so that objective and prices change their signs on the way in and out.
struct LinearSolver::Library {
  ClpSimplex model;
  bool is_fresh = true;
  std::size_t rows = 0;  ///< of the programme that it has
};

LinearSolver::LinearSolver(LinearProgram program, bool verbose, const std::atomic<bool>* stop)
    : program_(std::move(program)), library_(std::make_unique<Library>()) {
  use_or_leave(library_, [&](Library& library) {
    ClpSimplex& model = library.model;
    model.messageHandler()->setFilePointer(stderr);
    model.setLogLevel(verbose ? 1 : 0);
    if (stop != nullptr) {
      const StopAtFlag handler(stop);
      model.passInEventHandler(&handler);  // it takes a copy
    }
    const auto columns = static_cast<int>(program_.columns().size());
    model.resize(0, columns);
    for (int i = 0; i < columns; ++i) {
      const LinearProgram::Column& column = program_.columns()[static_cast<std::size_t>(i)];
      model.setColumnBounds(i, column.low, column.high);
      model.setObjectiveCoefficient(i, -column.objective);
    }
  });
}

LinearSolver::~LinearSolver() = default;

void LinearSolver::set_objective(std::size_t column, double objective) {
  program_.set_objective(column, objective);
  library_->model.setObjectiveCoefficient(static_cast<int>(column), -objective);
  library_->is_fresh = true;  // the basis stays feasible, and is no longer optimal
}

void LinearSolver::set_bounds(std::size_t column, double low, double high) {
  program_.set_bounds(column, low, high);
  library_->model.setColumnBounds(static_cast<int>(column), low, high);
}

void LinearSolver::set_row_bounds(std::size_t row, double low, double high) {
  program_.set_row_bounds(row, low, high);
  if (row >= library_->rows) return;  // it does not have it yet
  library_->model.setRowBounds(static_cast<int>(row), std::max(low, -COIN_DBL_MAX), std::min(high, COIN_DBL_MAX));
}

void LinearSolver::add_row(LinearProgram::Row row) { (void)program_.add_row(std::move(row)); }

LinearSolution LinearSolver::solve() {
  return use_or_leave(library_, [this](Library& library) { return solution_of(library); });
}

LinearSolution LinearSolver::solution_of(Library& library) const {
  ClpSimplex& model = library.model;
  const std::vector<LinearProgram::Row>& rows = program_.rows();
  if (library.rows < rows.size()) {
    std::vector<double> low;
    std::vector<double> high;
    std::vector<CoinBigIndex> starts{0};
    std::vector<int> columns;
    std::vector<double> values;
    for (std::size_t i = library.rows; i < rows.size(); ++i) {
      low.push_back(std::max(rows[i].low, -COIN_DBL_MAX));
      high.push_back(std::min(rows[i].high, COIN_DBL_MAX));
      for (const LinearTerm& term : rows[i].terms) {
        columns.push_back(static_cast<int>(term.column));
        values.push_back(term.value);
      }
      starts.push_back(static_cast<CoinBigIndex>(columns.size()));
    }
    model.addRows(static_cast<int>(low.size()), low.data(), high.data(), starts.data(), columns.data(), values.data());
    library.rows = rows.size();
  }
  if (rows.empty()) {  // which the library does not take
    LinearSolution free{LinearSolution::Status::optimal, {}, {}};
    for (const LinearProgram::Column& each : program_.columns())
      free.values.push_back(each.objective > 0 ? each.high : each.low);
    return free;
  }
  // After a new row alone the basis is still dual feasible.
  if (library.is_fresh) {
    model.primal();
  } else {
    model.dual();
  }
  library.is_fresh = false;
  LinearSolution solution;
  solution.status = model.isProvenOptimal()            ? LinearSolution::Status::optimal
                    : model.isProvenPrimalInfeasible() ? LinearSolution::Status::infeasible
                                                       : LinearSolution::Status::stopped;
  const double* const values = model.getColSolution();
  solution.values.assign(values, values + model.getNumCols());
  if (solution.status == LinearSolution::Status::infeasible) {
    const std::unique_ptr<double[]> ray(model.infeasibilityRay());
    if (ray) solution.prices.assign(ray.get(), ray.get() + model.getNumRows());
    return solution;
  }
  const double* const prices = model.getRowPrice();
  for (int i = 0; i < model.getNumRows(); ++i) solution.prices.push_back(-prices[i]);
  return solution;
}

}  // namespace fleetrace::study

#else

namespace fleetrace::study {

struct LinearSolver::Library {};

LinearSolver::LinearSolver(LinearProgram program, bool, const std::atomic<bool>*) : program_(std::move(program)) {
  throw NoSolver(
      "this build of fleetrace solves no linear programmes: it was built without COIN-OR Clp "
      "(Debian: coinor-libclp-dev)");
}
LinearSolver::~LinearSolver() = default;
void LinearSolver::set_objective(std::size_t, double) {}
void LinearSolver::set_bounds(std::size_t, double, double) {}
void LinearSolver::set_row_bounds(std::size_t, double, double) {}
void LinearSolver::add_row(LinearProgram::Row) {}
LinearSolution LinearSolver::solve() { return {}; }

}  // namespace fleetrace::study

#endif
