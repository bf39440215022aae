#pragma once

#include <vector>

#include "models/failure/failure.hpp"

/// Averages of failures and repairs of a batch of new accelerators, before its ages have mixed.
namespace fleetrace::models {

/// An alternating renewal process that begins with a life at age 0, tabulated: M(t), the mean number of failures, and
/// U(t) = P(up at t) = 1 - M(t) + R(t), R(t) the mean number of repairs completed.
///   M = F1 + F * dR,  R = G * dM      F1 the first life's law, F that of the others, G that of repairs; * convolution
/// Solved by the Riemann-Stieltjes method (Xie 1989, Comm. Statist. Simulation 18:281), with G averaged over each step, so
/// that repairs far shorter than a step keep their mean. Beyond the table the stationary regime holds.
class Renewal {
 public:
  Renewal() = default;
  /// The first life is the rest of a life that has lasted `aged` [ms]. The table reaches to `longest` [ms] > 0, but no
  /// further than some 30 cycles of life and repair, after which ages have mixed.
  Renewal(const LifeLaw& life, const RepairLaw& repair, double aged, double longest, std::size_t steps = 512);

  /// M(age); ages [ms] count from the start of the first life and are at least 0.
  [[nodiscard]] double failures(double age) const;
  /// U(age).
  [[nodiscard]] double up(double age) const;
  /// The average of U over the ages [from, to], from < to.
  [[nodiscard]] double mean_up(double from, double to) const;
  /// Time [ms] from `age` on after which the integral of the hazard dM/U has grown by `hazard`. A memoryless process of
  /// failures with that hazard has, with repairs of the same law, the means M and U at every age.
  [[nodiscard]] double wait(double age, double hazard) const;
  /// Ages [ms] at which a fleet's expectations should be updated: after 1, 2, 4, ... steps of the table.
  [[nodiscard]] std::vector<double> landmarks() const;
  [[nodiscard]] double stationary_up() const { return stationary_up_; }

 private:
  [[nodiscard]] double interpolated(const std::vector<double>& values, double age) const;
  [[nodiscard]] double span() const { return step_ * static_cast<double>(up_.size() - 1); }

  double step_ = 1;  ///< step of the tables [ms]
  double stationary_up_ = 1;
  double stationary_hazard_ = 0;     ///< [1/ms]
  std::vector<double> failures_{0};  ///< M after each number of steps
  std::vector<double> up_{1};        ///< U after each number of steps
  std::vector<double> up_time_{0};   ///< integral of U [ms]
  std::vector<double> hazard_{0};    ///< integral of dM/U
};

}  // namespace fleetrace::models
