#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "models/throughput/power_law.hpp"
#include "sim/study/optimise/plan_program.hpp"

/// Compute where utilisation falls with the number of accelerators of the fleet.                             docs/derivations.md 8.8
namespace fleetrace::study {

/// What plans compute by the end at most. Of a fleet that would do F useful FLOP/s at the stated utilisation, F / best is the least
/// number of accelerators, best being the useful FLOP/s of the best type. Utilisation falls with the number, so that the fleet does
///   g(F) = F min(most, (F / best / at)^-exponent)
/// at most, which is concave in F; and compute by the end is a sum of the g of intervals, each times its integral of A.
class ScaledCompute {
 public:
  /// `problem` is one whose utilisation does not fall.
  ScaledCompute(const PlanProblem& problem, const models::PowerOfScale& law);

  /// A linear function of the units that compute by the end is nowhere above: it touches at a plan.
  struct Tangent {
    double value = 0;           ///< compute there [FLOP]
    double at_none = 0;         ///< of the linear function without units [FLOP]
    std::vector<double> worth;  ///< of each unit, at least 0
  };
  [[nodiscard]] Tangent tangent(const std::vector<double>& units) const;

 private:
  struct Interval {
    double integral = 0;  ///< of A over it [s]
    double base = 0;      ///< useful FLOP/s without purchases
  };

  double exponent_ = 0;
  double most_ = 1;
  double scale_ = 1;  ///< best x at: the useful FLOP/s at which utilisation is as stated
  std::vector<Interval> intervals_;
  std::vector<std::vector<std::pair<std::size_t, double>>> changes_;  ///< of each column, as MeanLoss has them
};

struct ScaledOptimum {
  std::vector<double> shares;  ///< of the columns: a plan that comes near the bound
  std::vector<double> worth;   ///< of a unit of each column there
  double bound = 0;            ///< no plan computes more by the end [FLOP], with the initial fleet
};

/// Maximises it by linear programmes, each of a tangent, and steps towards their plans (Frank and Wolfe 1956, Nav. Res. Logist. Q. 3:95).
/// Each programme gives a bound on all plans; the least is kept.
[[nodiscard]] ScaledOptimum most_scaled_compute(const ScaledCompute& compute, PlanProgram plan,
                                                std::vector<double> shares, const PlanRequest& request);

}  // namespace fleetrace::study
