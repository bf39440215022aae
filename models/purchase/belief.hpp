#pragma once

#include <string_view>

/// What a strategy believes of a rate that it cannot see, and how it learns.
namespace fleetrace::models {

/// A normal belief about a continuous rate of growth, so that what grows at it is lognormal on every date.
struct Belief {
  double mean = 0;  ///< [1/yr]; what a strategy plans with
  double sd = 0;    ///< [1/yr], at least 0; a rate with 0 is not doubted, and nothing is learned of it

  /// The belief after the logarithm of what grows was seen to change by `change` within `years`: Bayes' rule for the drift of a
  /// Brownian motion whose deviation after t years is `error` times the square root of t.
  ///   1/sd'^2 = 1/sd^2 + t/error^2,   mean' = sd'^2 (mean/sd^2 + change/error^2)             docs/derivations.md 1n
  /// Only the first and the last value count, so that who looks more often learns no more. `error` is above 0; without time
  /// nothing is learned.
  [[nodiscard]] Belief after(double change, double years, double error) const;
};

/// The belief with these quantiles of a rate at the probabilities Phi(-1) = 0.1587, 1/2 and Phi(1) = 0.8413: the mean is the
/// median, and the standard deviation half the distance between the outer two. Exact for a normal law of the rate.
[[nodiscard]] Belief belief_of(double low, double median, double high);

/// The key of a strategy under which it believes other values than the scenario's. They are no part of the world.
inline constexpr std::string_view kBelieves = "believes";
/// The observation error where none is stated.
inline constexpr double kObservationError = 0.1;

}  // namespace fleetrace::models
