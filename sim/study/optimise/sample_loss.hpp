#pragma once

#include <memory>
#include <vector>

#include "sim/study/optimise/mean_loss_cuts.hpp"

namespace fleetrace::study {

/// The final loss of a world as a function of what purchases compute.
struct WorldLoss {
  models::LossLaw law;
  double reference = 1;  ///< [FLOP]
  double base = 0;       ///< of the world without purchases [FLOP]
  double years = 0;

  [[nodiscard]] double loss(double purchased) const { return law.loss(1 + (base + purchased) / reference, years); }
  /// Its derivative, of a sum of powers [1/FLOP].
  [[nodiscard]] double slope(double purchased) const;
};
[[nodiscard]] WorldLoss world_loss(const PlanProblem& problem);

/// The mean loss of a world as a sum of parts, each of them a stretch of its horizon and a convex function of what is bought.
class StretchedLoss {
 public:
  /// `problem` must outlive it.
  explicit StretchedLoss(const PlanProblem& problem);

  /// The share of the horizon of each part.
  [[nodiscard]] const std::vector<double>& weights() const { return weights_; }
  [[nodiscard]] double loss(const std::vector<double>& units) const { return mean_.loss(mean_.path(units)); }
  /// What the mean loss of each part is nowhere below; it touches it at these units.
  [[nodiscard]] std::vector<MeanLoss::Support> tangents(const std::vector<double>& units) const;

 private:
  MeanLoss mean_;
  std::vector<std::size_t> part_;  ///< of each interval
  std::vector<double> weights_;
};

/// The least that the loss of a world can be, final or mean as the request says, whatever a solver says: no plan that knows this world
/// is better. Throws NoSolver.
[[nodiscard]] double least_loss(const PlanProblem& world, const PlanRequest& request);
/// How far the mean loss of these counts by a sum over the horizon is from a race of them.
[[nodiscard]] double mean_loss_error(const PlanProblem& world, const Counts& counts);

}  // namespace fleetrace::study
