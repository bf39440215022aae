#pragma once

#include <vector>

#include "fleetrace/models/failure.hpp"

/// What a batch of new accelerators goes through on average before its ages have mixed.
namespace fleetrace::models {

/// An alternating renewal process that begins with a life at age 0, tabulated: M(t), the mean number of failures, and
/// U(t) = P(up at t) = 1 - M(t) + R(t), R(t) the mean number of repairs completed.
///   M = F1 + F * dR,  R = G * dM      F1 the first life's law, F that of the others, G that of repairs; * convolution
/// Solved by the Riemann-Stieltjes method (Xie 1989, Comm. Statist. Simulation 18:281), with G averaged over each step, so
/// that repairs far shorter than a step keep their mean. Beyond the table the stationary regime holds.
class Renewal {
 public:
  Renewal() = default;
  /// The first life is that of an accelerator which has run for `aged` [ms]. `longest` [ms] > 0 is cut to where ages have mixed,
  /// some 30 cycles.
  Renewal(const LifeLaw& life, const RepairLaw& repair, double aged, double longest, std::size_t steps = 512);

  /// Ages [ms] from the start of the first life, at least 0.
  [[nodiscard]] double failures(double age) const;  ///< M
  [[nodiscard]] double up(double age) const;        ///< U
  /// The average of U over [from, to], from < to.
  [[nodiscard]] double mean_up(double from, double to) const;
  /// When those up at `age` have gone through `hazard` more of failures per accelerator that is up [ms from `age` on]. With the
  /// hazard dM/U a process without memory has the mean M, and with repairs of the same law the mean U, at every age.
  [[nodiscard]] double wait(double age, double hazard) const;
  /// Dates of the table at which expectations are brought up to date: the first 1, 2, 4, ... steps.
  [[nodiscard]] std::vector<double> landmarks() const;
  [[nodiscard]] double stationary_up() const { return stationary_up_; }

 private:
  [[nodiscard]] double interpolated(const std::vector<double>& values, double age) const;
  [[nodiscard]] double span() const { return step_ * static_cast<double>(up_.size() - 1); }

  double step_ = 1;  ///< [ms]
  double stationary_up_ = 1;
  double stationary_hazard_ = 0;  ///< [1/ms]
  std::vector<double> failures_{0};
  std::vector<double> up_{1};
  std::vector<double> up_time_{0};  ///< the integral of U [ms]
  std::vector<double> hazard_{0};   ///< the integral of dM/U
};

}  // namespace fleetrace::models
