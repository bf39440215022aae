#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "fleetrace/study/sobol.hpp"

/// Which input matters: shares of the variance of a result.
namespace fleetrace::study {

/// The runs that Sobol's indices take: replicates of points of (inputs + 2) rows of uniform numbers, one a input. Rows are
/// pure functions of their index, so they may be run in any order. A replicate is a scrambled Sobol sequence of its own.
class SobolDesign {
 public:
  /// inputs from 1 to SobolSequence::kMaxDimensions / 2; points, a power of two from 2 to 2^30; replicates from 2 to 10 000.
  /// Else std::invalid_argument. Twice the points narrow intervals more than twice the replicates, of which 16 are enough.
  SobolDesign(std::size_t inputs, std::size_t points, std::size_t replicates, std::uint32_t seed);

  [[nodiscard]] std::size_t inputs() const { return inputs_; }
  [[nodiscard]] std::size_t points() const { return points_; }
  [[nodiscard]] std::size_t replicates() const { return sequences_.size(); }
  [[nodiscard]] std::size_t rows() const { return replicates() * points_ * (inputs_ + 2); }

  /// Replicate by replicate, point by point: A, B, and for each input A with that input from B.
  void row(std::size_t index, std::span<double> uniforms) const;

 private:
  std::size_t inputs_;
  std::size_t points_;
  std::vector<SobolSequence> sequences_;
};

struct SobolIndex {
  double value = 0;
  double low = 0;  ///< of its interval; not cut to [0, 1]
  double high = 0;
};

struct SobolIndices {
  double mean = 0;
  double variance = 0;            ///< of the result; the mean square about the mean
  std::vector<SobolIndex> first;  ///< by input: the share of the variance that would go if the input were known
  std::vector<SobolIndex> total;  ///< by input: the share that would stay if all others were known
};

/// First-order and total indices from the results at the rows of a design, in their order; all finite, else
/// std::invalid_argument. All indices are 0, with intervals of no width, where the result never varies.
///
///   first:  mean f(B) (f(AB_i) - f(A)) / V        Saltelli et al. 2010, Computer Physics Communications 181:259, (b)
///   total:  mean (f(A) - f(AB_i))^2 / (2 V)       Jansen 1999, ibid. (f)
///
/// Intervals come from the spread of the replicates, which are independent where points of one sequence are not: Student's,
/// of the ratio of two means (delta method). A bootstrap of the points would not see how evenly they lie.
/// Scope: shares of independent numbers. Where a copula correlates inputs, an input's share is that of its own independent
/// number, of which later inputs of its pairs take their part.
[[nodiscard]] SobolIndices sobol_indices(const SobolDesign& design, std::span<const double> results, double confidence);

/// The same of a function of a row of uniform numbers.
[[nodiscard]] SobolIndices sobol_indices(const SobolDesign& design,
                                         const std::function<double(std::span<const double>)>& function,
                                         double confidence);

}  // namespace fleetrace::study
