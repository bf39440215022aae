#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "fleetrace/study/results.hpp"
#include "sim/study/sensitivity/sobol.hpp"

/// Sobol's indices: the shares of a result's variance that its inputs cause.
namespace fleetrace::study {

/// The runs that Sobol's indices take. A row has a uniform number for each input; a point has inputs + 2 rows; a replicate is
/// a scrambled Sobol sequence of its own with so many points. A row is a pure function of its index, so that rows may be run
/// in any order.
class SobolDesign {
 public:
  /// A point has two rows of inputs.
  static constexpr std::size_t kMostInputs = SobolSequence::kMaxDimensions / 2;

  /// Twice the points narrow intervals more than twice the replicates, of which 16 are enough. Throws std::invalid_argument
  /// unless there are 1 to SobolSequence::kMaxDimensions / 2 inputs, 2 to 10 000 replicates and a power of two of points, from
  /// 2 to 2^30.
  SobolDesign(std::size_t inputs, std::size_t points, std::size_t replicates, std::uint32_t seed);

  [[nodiscard]] std::size_t inputs() const { return inputs_; }
  [[nodiscard]] std::size_t points() const { return points_; }
  [[nodiscard]] std::size_t replicates() const { return sequences_.size(); }
  [[nodiscard]] std::size_t rows() const { return replicates() * points_ * (inputs_ + 2); }

  /// Writes a row. Rows come replicate by replicate and, within one, point by point. Those of a point are A, B, and for each
  /// input A with that input from B, where A and B are the two halves of the point's coordinates.
  void row(std::size_t index, std::span<double> uniforms) const;

 private:
  std::size_t inputs_;
  std::size_t points_;
  std::vector<SobolSequence> sequences_;
};

struct SobolIndices {
  double mean = 0;      ///< mean of the result
  double variance = 0;  ///< mean square of the result about its mean
  /// First-order index of each input: the fraction of the variance that would vanish if it were known.
  std::vector<SobolIndex> first;
  /// Total index of each input: the fraction that would remain if all other inputs were known.
  std::vector<SobolIndex> total;
};

/// First-order and total indices from the results at the rows of a design, in their order. Where the result never varies, all
/// indices are 0 with intervals of no width. Throws std::invalid_argument unless all results are finite.
///
///   first:  mean f(B) (f(AB_i) - f(A)) / V        Saltelli et al. 2010, Computer Physics Communications 181:259, (b)
///   total:  mean (f(A) - f(AB_i))^2 / (2 V)       Jansen 1999, ibid. (f)
///
/// where V is the variance. Intervals come from the spread of the replicates, which are independent of each other, while the
/// points of one sequence are not: they are Student's, of the ratio of two means (delta method). A bootstrap of the points
/// would not see how evenly they lie.
/// Scope: the shares are those of independent numbers. Where a copula correlates inputs, an input's share is that of its own
/// independent number, which later inputs of its pairs depend on, too.
[[nodiscard]] SobolIndices sobol_indices(const SobolDesign& design, std::span<const double> results, double confidence);

/// Indices of a function of a row of uniform numbers, which is called for every row of the design.
[[nodiscard]] SobolIndices sobol_indices(const SobolDesign& design,
                                         const std::function<double(std::span<const double>)>& function,
                                         double confidence);

}  // namespace fleetrace::study
