#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "fleetrace/core/quantity.hpp"

/// Correlations of uncertain inputs.
namespace fleetrace::scenario {

/// Spearman's rank correlation of two named inputs, in (-1, 1): that of their uniform numbers, hence of their values where
/// these rise with them. Rank correlations do not depend on the laws of the inputs.
struct RankCorrelation {
  std::string a;
  std::string b;
  double rho = 0;
};

/// Turns independent uniform numbers into ones with the rank correlations asked for, each uniform as before.
///
///   u_i = Phi(sum_j L_ij Phi^-1(v_j)),   L L^T = P,   P_ij = 2 sin(pi rho_ij / 6)
///
/// Pearson 1907 for the sine, which makes Spearman's correlation of normal variates exactly rho; Iman and Conover 1982 and
/// Nelsen 2006, "An Introduction to Copulas", for the rest. An input without correlation to an earlier one keeps its number
/// to the last bit, so that correlations shift only the later input of a pair, and other inputs nothing.
/// Scope: no tail dependence (in the far tails inputs become independent), which is this copula's known weakness.
class GaussianCopula {
 public:
  /// `names` in the order of the numbers, all different. A problem, for the author of the correlations, where a name is
  /// unknown, a pair comes twice or is one input, a correlation lies outside (-1, 1), or where they contradict each other:
  /// their matrix is not positive definite. That names the inputs of a smallest contradiction, and the scale that all
  /// correlations must be multiplied with to fit together.
  [[nodiscard]] static std::variant<GaussianCopula, core::QuantityProblem> make(
      const std::vector<std::string>& names, const std::vector<RankCorrelation>& correlations);

  [[nodiscard]] std::size_t size() const { return rows_.size(); }

  /// `independent` numbers in (0, 1), one a name; `correlated` takes as many, in (0, 1) too, and may be the same place.
  void correlate(std::span<const double> independent, std::span<double> correlated) const;
  [[nodiscard]] std::vector<double> correlate(std::span<const double> independent) const;

 private:
  struct Term {
    std::size_t input;
    double weight;
  };
  explicit GaussianCopula(std::vector<std::vector<Term>> rows) : rows_(std::move(rows)) {}

  std::vector<std::vector<Term>> rows_;  ///< rows of L without their zeros; empty for a number that stays as it is
};

}  // namespace fleetrace::scenario
