#pragma once

#include <array>
#include <variant>
#include <vector>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/random.hpp"
#include "fleetrace/core/spec.hpp"

/// Uncertain inputs: any scalar of a scenario may be a distribution in its place.
namespace fleetrace::core {

/// The law of one uncertain input, in the input's base unit. A value.
///
/// Laws without spread (sd 0, low = high) are points. Makers throw std::invalid_argument for parameters outside the stated
/// range or not finite; input from people comes through resolve_distribution, which explains itself.
class Distribution {
 public:
  /// sd >= 0.
  [[nodiscard]] static Distribution normal(double mean, double sd);
  /// median > 0; sigma in [0, 20], the standard deviation of the logarithm. Mean: median e^(sigma^2 / 2).
  [[nodiscard]] static Distribution lognormal(double median, double sigma);
  /// Symmetric intervals: `mass` of the law lies between low and high, and half of the rest on either side (of the
  /// logarithm, for the lognormal law: its median is sqrt(low high)). low <= high, mass in [0.01, 1).
  [[nodiscard]] static Distribution normal_interval(double low, double high, double mass);
  [[nodiscard]] static Distribution lognormal_interval(double low, double high, double mass);
  /// low <= high.
  [[nodiscard]] static Distribution uniform(double low, double high);
  /// low <= mode <= high.
  [[nodiscard]] static Distribution triangular(double low, double mode, double high);
  /// One of the values, each by its weight; as many weights as values, >= 0, their sum above 0. No weights: equal ones.
  [[nodiscard]] static Distribution choice(std::vector<double> values, std::vector<double> weights = {});
  /// Observed values in any order, at least one; continuous, linear between the order statistics (samplers.hpp).
  [[nodiscard]] static Distribution empirical(std::vector<double> values);

  /// The value at cumulated probability u in [0, 1]. Never falls as u rises, except for `choice`, whose values come in the
  /// order given. Infinite at 0 and 1 where the support is.
  [[nodiscard]] double quantile(double u) const;
  /// One draw of the stream.
  [[nodiscard]] double sample(Stream& stream) const { return quantile(stream.uniform()); }

  /// The smallest value that is not exceeded with probability 1/2 or more.
  [[nodiscard]] double median() const;
  /// In closed form. Infinite where it overflows.
  [[nodiscard]] double mean() const;
  /// The smallest range that holds everything; open where a bound is infinite or excluded by truncation.
  [[nodiscard]] Range support() const;

  /// P(the value lies in the range).
  [[nodiscard]] double mass_within(const Range& range) const;
  /// This law, given that the value lies in the range. A problem where less than 1e-9 of its mass does: of what is left, too
  /// few digits would be. `dimension` is for the message alone.
  [[nodiscard]] std::variant<Distribution, QuantityProblem> truncated(const Range& range, Dimension dimension) const;

 private:
  enum class Law { normal, lognormal, uniform, triangular, choice, empirical };
  struct Part {
    double from;
    double to;
  };

  Distribution(Law law, std::array<double, 3> parameters) : law_(law), parameters_(parameters) {}

  [[nodiscard]] double whole_quantile(double u) const;
  [[nodiscard]] double whole_cdf(double x, bool including) const;
  [[nodiscard]] double whole_integral(double u) const;
  [[nodiscard]] Part part_within(const Range& range) const;

  Law law_;
  std::array<double, 3> parameters_ = {};  ///< in the order in which the makers take them
  std::vector<double> values_;             ///< of choice in the order given, of empirical sorted
  std::vector<double> weights_;            ///< of choice
  // Truncation: the part of the whole law that is left, by cumulated probability, and the range that it was cut to.
  Part part_ = {0, 1};
  Range range_;
};

/// The laws as a scenario writes them, `{lognormal: {low: 1.54 yr, high: 3.13 yr, mass: 0.95}}`: the law is the key, so there
/// is no selector. Whatever stands for the input itself (low, high, median, mean, sd, mode, values) takes its dimension;
/// mass, sigma and weights are pure numbers. Entries live as long as the program.
[[nodiscard]] const Family& distribution_family(Dimension dimension = Dimension::number);

/// The distribution that a section of that family describes, or why it describes none.
[[nodiscard]] std::variant<Distribution, QuantityProblem> resolve_distribution(const Spec& spec);

}  // namespace fleetrace::core
