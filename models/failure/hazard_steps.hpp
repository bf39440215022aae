#pragma once

#include <vector>

/// A hazard that is constant between ages.                                                          docs/derivations.md 4.1g
namespace fleetrace::models {

/// The hazard rate h_i holds from age a_i to a_(i+1), the last one for ever. With H the cumulative hazard,
///   S(x) = e^(-H(x)),  H(x) = H(a_i) + h_i (x - a_i)
/// so that lives are drawn, and the rest of one that has lasted, by inverting a piecewise linear function.
class HazardSteps {
 public:
  struct Step {
    double from = 0;  ///< age [ms]
    double rate = 0;  ///< failures of one accelerator that is up [1/ms], at least 0

    bool operator==(const Step&) const = default;
  };
  /// Steps by age; the first begins at 0 and the last has a rate above 0, else a life might never end.
  explicit HazardSteps(std::vector<Step> steps);

  bool operator==(const HazardSteps& other) const { return steps_ == other.steps_; }
  [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }
  /// H(x).
  [[nodiscard]] double cumulative(double x) const;
  /// The age at which H is `hazard`: the least one.
  [[nodiscard]] double age_at(double hazard) const;
  /// The mean life: the integral of S over all ages [ms].
  [[nodiscard]] double mean() const { return mean_; }
  /// The age up to which the integral of S is `share` of the mean, share in [0, 1).
  [[nodiscard]] double age_at_share(double share) const;
  /// All times divided by `factor`.
  [[nodiscard]] HazardSteps hurried(double factor) const;

 private:
  [[nodiscard]] double survived(std::size_t step, double duration) const;

  std::vector<Step> steps_;
  std::vector<double> hazard_;    ///< H at the beginning of each step
  std::vector<double> survived_;  ///< integral of S up to there [ms]
  double mean_ = 0;
};

}  // namespace fleetrace::models
