#pragma once

#include <cstddef>
#include <vector>

#include "fleetrace/study/results.hpp"

/// Laws of lives from lives that ended and lives that go on. Ages have any one unit.
namespace fleetrace::study {

/// Lives that were watched from one age to another, as one row of data says it. A life that began before it was watched is
/// truncated on the left, one that goes on when the watch ends is censored on the right.
struct WatchedLives {
  double from = 0;        ///< age at which the watch began, at least 0
  double to = 0;          ///< age at which it ended, above `from`
  double deaths = 0;      ///< how many of them died: at `to`, where they are single lives, or somewhere between
  double time = 0;        ///< age that all of them together went through
  bool is_table = false;  ///< whether it is a row of a life table, whose deaths lie anywhere between
};

/// A constant and its interval.
struct Estimated {
  double value = 0;
  Interval interval;
};

/// Deaths over time at risk, with the exact interval of a Poisson mean (Garwood 1936). Without deaths its lower end is 0.
[[nodiscard]] Estimated failure_rate(double deaths, double time, double confidence);

/// A Weibull law, S(x) = e^(-(x/scale)^shape).
struct WeibullFit {
  Estimated shape;
  Estimated scale;
  Estimated mean;          ///< scale Gamma(1 + 1/shape)
  double correlation = 0;  ///< of the errors of the logarithms of shape and mean, from the curvature of the likelihood
  double log_likelihood = 0;
  bool has_maximum = true;  ///< whether the shape is inside of [0.05, 50]
};
/// By maximum likelihood, with intervals of profile likelihood. Needs deaths at two ages or more. Deaths of a life table count as a
/// Poisson number whose mean is the law's hazard over the row:
///   sum of d ln h - H,   h(x) = (k/s) (x/s)^(k-1),   H = (to^k - from^k)/s^k
[[nodiscard]] WeibullFit fit_weibull(const std::vector<WatchedLives>& lives, double confidence);

/// The failure rate between two ages.
struct HazardStep {
  double from = 0;
  double to = 0;
  double deaths = 0;
  double time = 0;  ///< at risk
  Estimated rate;
};
/// A hazard that is constant between `edges`, which ascend from 0; the last step has no end. Lives are cut at the edges; a row of a
/// life table lies within one step.
[[nodiscard]] std::vector<HazardStep> fit_steps(const std::vector<WatchedLives>& lives,
                                                const std::vector<double>& edges, double confidence);

}  // namespace fleetrace::study
