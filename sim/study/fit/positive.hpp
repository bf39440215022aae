#pragma once

#include <span>

#include "sim/study/fit/lives.hpp"

/// Laws of positive numbers: durations and times between events.
namespace fleetrace::study {

/// A lognormal law, of at least 3 numbers above 0.
struct LognormalFit {
  Estimated median;  ///< Student's interval of the mean logarithm
  Estimated sigma;   ///< standard deviation of the logarithm, with the interval of chi-squared
  Estimated mean;    ///< median e^(sigma^2/2), with Cox's interval as Olsson 2005 has it, J. Statistics Education 13(1)
};
[[nodiscard]] LognormalFit fit_lognormal(std::span<const double> values, double confidence);

/// A Gamma law, of at least 3 numbers above 0 that are not all the same.
struct GammaFit {
  Estimated mean;
  Estimated shape;          ///< 1 for an exponential law; infinite numbers are a calendar
  bool has_maximum = true;  ///< whether the shape is below 1e4
};
/// By maximum likelihood, with intervals of profile likelihood.
[[nodiscard]] GammaFit fit_gamma(std::span<const double> values, double confidence);

}  // namespace fleetrace::study
