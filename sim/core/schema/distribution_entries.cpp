#include <array>
#include <cstddef>

#include "sim/core/schema/distribution.hpp"

namespace fleetrace::core {
namespace {

constexpr Range kMass{0.01, 1, false, true};
constexpr std::size_t kLaws = 6;
constexpr std::size_t kDimensions = static_cast<std::size_t>(Dimension::bandwidth) + 1;  // the last one

Parameter own(std::string_view name, std::string_view summary, Dimension dimension) {
  Parameter parameter;
  parameter.name = name;
  parameter.summary = summary;
  parameter.dimension = dimension;
  return parameter;
}

Parameter pure(std::string_view name, std::string_view summary, Range range) {
  Parameter parameter = own(name, summary, Dimension::number);
  parameter.range = range;
  return parameter;
}

Parameter mass() { return pure("mass", "probability between low and high, the rest in equal parts outside", kMass); }

Parameter ranged(Parameter parameter, Range range) {
  parameter.range = range;
  return parameter;
}

Parameter required(Parameter parameter) {
  parameter.required = true;
  return parameter;
}

Parameter listed(Parameter parameter) {
  parameter.shape = Shape::numbers;
  return parameter;
}

// Sorted by name.
std::array<Entry, kLaws> entries(Dimension d) {
  return {
      Entry{.name = "choice",
            .summary = "One of the values, each with the probability of its weight.",
            .parameters = {required(listed(own("values", "what it may be", d))),
                           listed(pure("weights", "as many as values; equal where left out", at_least(0)))},
            .scope = "Values are cumulated in the order given; the median is that of the sorted values."},
      Entry{.name = "empirical",
            .summary = "Observed values: linear between the order statistics.",
            .parameters = {required(listed(own("values", "observations, in any order", d)))},
            .scope = "Never leaves the observed range. Values that must stay what they are belong to choice."},
      Entry{.name = "lognormal",
            .summary = "The logarithm is normal: {low, high, mass} or {median, sigma}.",
            .parameters = {ranged(own("low", "lower end of the interval that holds mass", d), above(0)),
                           ranged(own("high", "upper end of the interval that holds mass", d), above(0)), mass(),
                           ranged(own("median", "half of the time it is less", d), above(0)),
                           pure("sigma", "standard deviation of the natural logarithm", between(0, 20))},
            .scope = "Positive and skewed to the right; the median of an interval is the root of low times high."},
      Entry{.name = "normal",
            .summary = "Normal: {mean, sd} or {low, high, mass}.",
            .parameters = {own("mean", "mean and median", d), ranged(own("sd", "standard deviation", d), at_least(0)),
                           own("low", "lower end of the interval that holds mass", d),
                           own("high", "upper end of the interval that holds mass", d), mass()},
            .scope = "Unbounded: what the input does not allow is cut off, which moves the mean."},
      Entry{.name = "triangular",
            .summary = "Density rising from low to mode and falling to high, both linearly.",
            .parameters = {required(own("low", "least value", d)), required(own("mode", "likeliest value", d)),
                           required(own("high", "greatest value", d))},
            .scope = "For three guesses, not for data."},
      Entry{.name = "uniform",
            .summary = "Anything between low and high is equally likely.",
            .parameters = {required(own("low", "least value", d)), required(own("high", "greatest value", d))}},
  };
}

struct Laws {
  std::array<Entry, kLaws> entries;
  std::array<const Entry*, kLaws> pointers = {};
  Family family;
};

// All entries of all dimensions. Filled in place, because families point to the entries.
class AllLaws {
 public:
  AllLaws() {
    for (std::size_t d = 0; d < kDimensions; ++d) {
      Laws& laws = laws_[d];
      laws.entries = core::entries(static_cast<Dimension>(d));
      for (std::size_t i = 0; i < kLaws; ++i) laws.pointers[i] = &laws.entries[i];
      laws.family.name = "distribution";
      laws.family
          .summary = "Stands in place of an uncertain value, under the name of its law, in the unit of the value.";
      laws.family.entries = laws.pointers;
    }
  }
  [[nodiscard]] const Family& of(Dimension dimension) const {
    return laws_.at(static_cast<std::size_t>(dimension)).family;
  }

 private:
  std::array<Laws, kDimensions> laws_;
};

}  // namespace

const Family& distribution_family(Dimension dimension) {
  static const AllLaws kAll;
  return kAll.of(dimension);
}

}  // namespace fleetrace::core
