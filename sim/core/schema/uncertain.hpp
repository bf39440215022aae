#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/quantity.hpp"
#include "fleetrace/core/spec.hpp"
#include "sim/core/schema/distribution.hpp"

/// Scalars of a scenario that are given by a distribution.
namespace fleetrace::core {

/// The distribution of one input, and how a draw from it becomes a value of the parameter.
class Uncertain {
 public:
  /// The parameter's value at cumulated probability u in [0, 1] of the law as it is written, in the parameter's base unit
  /// and range. Counts are rounded to whole numbers. A growth rate that is written as a doubling time falls as u rises.
  [[nodiscard]] double at(double u) const { return value_of(law_.quantile(u)); }
  /// The parameter's value at the median of the law as it is written, which a single run uses.
  [[nodiscard]] double median() const { return value_of(law_.median()); }

  /// The quantity that the scenario names, in the base unit of dimension(): the doubling time itself where at() gives the growth
  /// rate that it means.
  [[nodiscard]] double written_at(double u) const { return is_doubling_time_ ? law_.quantile(u) : at(u); }
  [[nodiscard]] double written_median() const { return is_doubling_time_ ? law_.median() : median(); }

  /// The law as it is written, truncated to what the parameter allows, in the base unit of dimension().
  [[nodiscard]] const Distribution& law() const { return law_; }
  /// Dimension of law(): the parameter's, but a duration for a growth rate that is written as a doubling time.
  [[nodiscard]] Dimension dimension() const { return dimension_; }
  /// Probability, before truncation, of values that the parameter does not allow; in [0, 1).
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

/// Whether a distribution may replace the parameter's value. It may for a quantity, a growth rate, or a duration where a
/// date could stand, but not for catalog data.
[[nodiscard]] bool may_be_uncertain(const Parameter& parameter);

/// Dimension of a distribution under `key`, one of the parameter's keys: it is read with the distribution_family of that.
[[nodiscard]] Dimension uncertain_dimension(const Parameter& parameter, std::string_view key);

/// The uncertain value of `parameter` by `law`, a section of distribution_family(uncertain_dimension(parameter, key)). Gives
/// a problem for a law that contradicts itself or has no mass where the parameter allows values.
[[nodiscard]] std::variant<Uncertain, QuantityProblem> make_uncertain(const Parameter& parameter, std::string_view key,
                                                                      const Spec& law);

/// The section `law` as a scenario would write it, on one line: "{lognormal: {median: 2 yr, sigma: 0.3}}".
[[nodiscard]] std::string law_source_text(const Spec& law);

}  // namespace fleetrace::core
