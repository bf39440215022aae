#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

/// What one input does while all others stay at their medians. Inputs are given as uniform numbers, their cumulated
/// probabilities: 0.05 means the 5 % quantile of the law as it is written.
namespace fleetrace::study {

/// A result at a row of uniform numbers, one for each input. Infinite results are taken; NaN is none and throws
/// std::invalid_argument.
using ResultAt = std::function<double(std::span<const double>)>;

struct TornadoBar {
  std::size_t input = 0;
  double at_low = 0;   ///< the result at the input's low quantile
  double at_high = 0;  ///< and at its high one

  [[nodiscard]] double swing() const;  ///< |at_high - at_low|
};

struct Tornado {
  double at_medians = 0;
  std::vector<TornadoBar> bars;  ///< widest first; equal ones in the order of the inputs
};

/// 1 + 2 inputs results. 0 < low < 0.5 < high < 1, else std::invalid_argument.
/// Scope: sees no interaction, and of a result that turns between the quantiles only their two values (Sobol's indices see
/// both).
[[nodiscard]] Tornado tornado(std::size_t inputs, const ResultAt& result, double low = 0.05, double high = 0.95);

/// Where a break-even is looked for.
struct BreakEvenSearch {
  double low = 0.001;  ///< quantiles of the input, 0 < low < high < 1
  double high = 0.999;
  std::size_t cells = 64;  ///< of the scan, 1 or more; two changes of sign within one cell are not seen
};

/// The uniform numbers of one input, ascending, at which the difference changes sign, all others at their medians: where the
/// winner changes. Empty where it never does. A jump counts as well as a root; where the difference is 0 over a stretch
/// between two signs the beginning of the stretch counts; a root without a change of sign does not.
/// The scan is even in normal scores; a change is then bisected to 1e-12 of a standard deviation. NaN throws
/// std::invalid_argument.
[[nodiscard]] std::vector<double> break_evens(std::size_t inputs, std::size_t input, const ResultAt& difference,
                                              const BreakEvenSearch& search = {});

}  // namespace fleetrace::study
