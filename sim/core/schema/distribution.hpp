#pragma once

#include <array>
#include <variant>
#include <vector>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"
#include "sim/core/random/random.hpp"

/// Uncertain inputs: any scalar of a scenario may be a distribution in its place.
namespace fleetrace::core {

/// The law of one uncertain input, in the input's base unit. A value.
///
/// Laws without spread (sd 0, low = high) are points. Makers throw std::invalid_argument for parameters outside the stated
/// range or not finite; input from people comes through resolve_distribution, which explains itself.
class Distribution {
 public:
  /// Normal law with standard deviation sd >= 0.
  [[nodiscard]] static Distribution normal(double mean, double sd);
  /// Lognormal law with median > 0 and sigma in [0, 20], the standard deviation of the logarithm. Its mean is
  /// median e^(sigma^2 / 2).
  [[nodiscard]] static Distribution lognormal(double median, double sigma);
  /// Laws by a symmetric interval: a share `mass` in [0.01, 1) of the law lies between low <= high, and half of the rest
  /// on either side. The lognormal law takes low > 0, and its median is sqrt(low high).
  [[nodiscard]] static Distribution normal_interval(double low, double high, double mass);
  [[nodiscard]] static Distribution lognormal_interval(double low, double high, double mass);
  /// Uniform law on [low, high], low <= high.
  [[nodiscard]] static Distribution uniform(double low, double high);
  /// Triangular law, low <= mode <= high.
  [[nodiscard]] static Distribution triangular(double low, double mode, double high);
  /// One of `values`, drawn in proportion to its weight: weights are >= 0, one for each value, with a sum above 0.
  /// Without weights all values are equally likely.
  [[nodiscard]] static Distribution choice(std::vector<double> values, std::vector<double> weights = {});
  /// Law of at least one observed value, in any order. It is continuous: linear between the order statistics
  /// (samplers.hpp).
  [[nodiscard]] static Distribution empirical(std::vector<double> values);

  /// The value at cumulated probability u in [0, 1]. It never falls as u rises, except for `choice`, whose values keep the
  /// order given. It is infinite at u = 0 or 1 where the support is unbounded there.
  [[nodiscard]] double quantile(double u) const;
  /// A random value, from one draw of the stream.
  [[nodiscard]] double sample(Stream& stream) const { return quantile(stream.uniform()); }

  /// The smallest x with P(value <= x) >= 1/2.
  [[nodiscard]] double median() const;
  /// The mean in closed form; infinite where it overflows.
  [[nodiscard]] double mean() const;
  /// Cumulated probabilities that together show the range of the values: the ends up to one in a billion, which no study draws
  /// beyond, or one for each value of `choice`.
  [[nodiscard]] std::vector<double> extremes() const;
  /// The smallest range that contains all values; a bound is open where it is infinite or excluded by truncation.
  [[nodiscard]] Range support() const;

  /// Probability that the value lies in `range`.
  [[nodiscard]] double mass_within(const Range& range) const;
  /// This law, given that the value lies in `range`. Gives a problem where less than 1e-9 of the mass lies there, because
  /// too few digits of the law would be left. `dimension` serves only the message.
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
  std::array<double, 3> parameters_ = {};  ///< arguments of the maker, in its order
  std::vector<double> values_;             ///< values of `choice` in the order given, or of `empirical` sorted
  std::vector<double> weights_;            ///< weights of `choice`
  // Truncation keeps this part of the whole law, by cumulated probability, and limits values to this range.
  Part part_ = {0, 1};
  Range range_;
};

/// The laws as a scenario writes them, such as `{lognormal: {low: 1.54 yr, high: 3.13 yr, mass: 0.95}}`: the law is the
/// key, so there is no selector. Parameters on the input's own scale (low, high, median, mean, sd, mode, values) have the
/// input's dimension; mass, sigma and weights are pure numbers. Entries live as long as the program.
[[nodiscard]] const Family& distribution_family(Dimension dimension = Dimension::number);

/// The distribution that `spec`, a section of distribution_family, describes, or why it describes none.
[[nodiscard]] std::variant<Distribution, QuantityProblem> resolve_distribution(const Spec& spec);

}  // namespace fleetrace::core
