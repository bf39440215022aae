#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

/// What one input does while all others stay at their medians. Inputs are given as uniform numbers, which are cumulative
/// probabilities of their laws: 0.05 stands for the 5 % quantile.
namespace fleetrace::study {

/// Returns a result at a row of uniform numbers, one for each input. The result may be infinite; for NaN, the functions below
/// throw std::invalid_argument.
using ResultAt = std::function<double(std::span<const double>)>;

struct TornadoBar {
  std::size_t input = 0;
  double at_low = 0;   ///< the result at the input's low quantile
  double at_high = 0;  ///< the result at the input's high quantile

  /// |at_high - at_low|, also 0 where both are the same infinity.
  [[nodiscard]] double width() const;
};

struct Tornado {
  double at_medians = 0;
  std::vector<TornadoBar> bars;  ///< widest first; bars of equal width in the order of the inputs
};

/// Calls `result` 1 + 2 inputs times: at the medians, and at a low and a high quantile of each input. Throws
/// std::invalid_argument unless 0 < low < 0.5 < high < 1.
/// Scope: interactions are not seen, nor what a result does between the two quantiles. Sobol's indices see both.
[[nodiscard]] Tornado tornado(std::size_t inputs, const ResultAt& result, double low = 0.05, double high = 0.95);

/// The range in which a break-even is looked for.
struct BreakEvenSearch {
  double low = 0.001;      ///< lowest quantile of the input, above 0
  double high = 0.999;     ///< highest quantile of the input, above low and below 1
  std::size_t cells = 64;  ///< number of cells of the scan, 1 or more; two changes of sign within one cell are not seen
};

/// The uniform numbers of one input, ascending, at which a difference changes sign while all other inputs are at their medians.
/// Where the difference is that of two strategies, the winner changes there. A jump counts as well as a root, but not a root
/// without a change of sign. Where the difference is 0 over a stretch between two signs, the beginning of the stretch counts.
/// The scan is even in normal scores; each change of sign is then bisected to 1e-12 of a standard deviation. Throws
/// std::invalid_argument for a search outside its range.
[[nodiscard]] std::vector<double> break_evens(std::size_t inputs, std::size_t input, const ResultAt& difference,
                                              const BreakEvenSearch& search = {});

}  // namespace fleetrace::study
