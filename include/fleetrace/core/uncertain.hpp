#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "fleetrace/core/distribution.hpp"
#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/quantity.hpp"
#include "fleetrace/core/spec.hpp"

/// A scalar of a scenario with a distribution in its place.
namespace fleetrace::core {

/// What is known of one input, and how a draw becomes a value of its parameter. A value.
class Uncertain {
 public:
  /// The value at cumulated probability u in [0, 1] of the law as it is written, in the parameter's base unit and range.
  /// Counts are whole. A growth rate that is written as a doubling time falls as u rises.
  [[nodiscard]] double at(double u) const { return value_of(law_.quantile(u)); }
  /// What a single run takes: the value at the median of the law as it is written.
  [[nodiscard]] double median() const { return value_of(law_.median()); }

  /// The law as it is written, cut to what the parameter allows, in the base unit of dimension().
  [[nodiscard]] const Distribution& law() const { return law_; }
  /// That of the law: a duration where a growth rate is written as a doubling time.
  [[nodiscard]] Dimension dimension() const { return dimension_; }
  /// Probability that the law as it is written gives to values that the parameter does not allow, in [0, 1).
  [[nodiscard]] double cut() const { return cut_; }
  [[nodiscard]] bool is_doubling_time() const { return is_doubling_time_; }

 private:
  friend std::variant<Uncertain, QuantityProblem> make_uncertain(const Parameter&, std::string_view, const Spec&);
  Uncertain(Distribution law, Dimension dimension, double cut, bool is_doubling_time, const Range& range)
      : law_(std::move(law)), dimension_(dimension), cut_(cut), is_doubling_time_(is_doubling_time), range_(range) {}

  [[nodiscard]] double value_of(double drawn) const;

  Distribution law_;
  Dimension dimension_;
  double cut_;
  bool is_doubling_time_;
  Range range_;
};

/// Whether a distribution may stand in the place of this parameter's value: a quantity, a growth rate, or a duration where a
/// date could stand, and no catalog data.
[[nodiscard]] bool may_be_uncertain(const Parameter& parameter);

/// What a distribution under `key`, one of the parameter's, is of: the family that it is read with takes this.
[[nodiscard]] Dimension uncertain_dimension(const Parameter& parameter, std::string_view key);

/// The uncertain value that `law`, a section of distribution_family(uncertain_dimension(parameter, key)), stands for; or why
/// it stands for none: a law that contradicts itself, or that has no mass where the parameter allows values.
[[nodiscard]] std::variant<Uncertain, QuantityProblem> make_uncertain(const Parameter& parameter, std::string_view key,
                                                                      const Spec& law);

/// The section as a scenario would write it, on one line: "{lognormal: {median: 2 yr, sigma: 0.3}}".
[[nodiscard]] std::string written_law(const Spec& law);

}  // namespace fleetrace::core
