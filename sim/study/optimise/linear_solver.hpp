#pragma once

#include <atomic>
#include <memory>
#include <stdexcept>

#include "sim/study/optimise/linear_program.hpp"

/// Solves linear programmes. One source file knows which library does it.
namespace fleetrace::study {

/// This build has no solver of linear programmes.
class NoSolver : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A linear programme that is solved again and again: after a change of its objective or a new row it goes on from where it was.
class LinearSolver {
 public:
  /// `verbose` shows what the library does on standard error. `stop` ends a search at the next step of the library where it is set
  /// meanwhile; it may be null, and must outlive the solver. Throws NoSolver.
  explicit LinearSolver(LinearProgram program, bool verbose = false, const std::atomic<bool>* stop = nullptr);
  ~LinearSolver();
  LinearSolver(const LinearSolver&) = delete;
  LinearSolver& operator=(const LinearSolver&) = delete;
  LinearSolver(LinearSolver&&) = delete;
  LinearSolver& operator=(LinearSolver&&) = delete;

  [[nodiscard]] const LinearProgram& program() const { return program_; }
  void set_objective(std::size_t column, double objective);
  void set_bounds(std::size_t column, double low, double high);
  void set_row_bounds(std::size_t row, double low, double high);
  void add_row(LinearProgram::Row row);
  /// The same input gives the same bits.
  [[nodiscard]] LinearSolution solve();

 private:
  struct Library;
  [[nodiscard]] LinearSolution solution_of(Library& library) const;

  LinearProgram program_;
  std::unique_ptr<Library> library_;
};

}  // namespace fleetrace::study
