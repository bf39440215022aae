#include <algorithm>
#include <stdexcept>
#include <string>

#include "sim/core/schema/distribution.hpp"

namespace fleetrace::core {
namespace {

using Result = std::variant<Distribution, QuantityProblem>;

std::string source_text(const Spec& spec, std::string_view parameter) {
  return std::string(parameter) + ' ' + spec.value(parameter).source_text;
}

bool given(const Spec& spec, std::initializer_list<std::string_view> names) {
  return std::all_of(names.begin(), names.end(), [&spec](std::string_view name) { return spec.has(name); });
}
bool any_given(const Spec& spec, std::initializer_list<std::string_view> names) {
  return std::any_of(names.begin(), names.end(), [&spec](std::string_view name) { return spec.has(name); });
}

QuantityProblem out_of_order(const Spec& spec, std::string_view low, std::string_view high) {
  return {source_text(spec, low) + " is above " + source_text(spec, high), "nothing lies between them", "Swap them."};
}

// Resolves a law that takes either an interval or two parameters of its own.
Result interval_or(const Spec& spec, std::string_view first, std::string_view second,
                   Distribution (*from_interval)(double, double, double), Distribution (*from_own)(double, double)) {
  const bool interval = given(spec, {"low", "high", "mass"}) && !any_given(spec, {first, second});
  const bool own = given(spec, {first, second}) && !any_given(spec, {"low", "high", "mass"});
  if (own) return from_own(spec.number(first), spec.number(second));
  if (!interval) {
    const std::string pair = std::string(first) + " and " + std::string(second);
    return QuantityProblem{"the " + std::string(spec.entry->name) + " distribution is not fully said, or said twice",
                           "it takes low, high and mass, or " + pair, "Give one of the two, whole and alone."};
  }
  if (spec.number("low") > spec.number("high")) return out_of_order(spec, "low", "high");
  return from_interval(spec.number("low"), spec.number("high"), spec.number("mass"));
}

Result resolve_uniform(const Spec& spec) {
  if (spec.number("low") > spec.number("high")) return out_of_order(spec, "low", "high");
  return Distribution::uniform(spec.number("low"), spec.number("high"));
}

Result resolve_triangular(const Spec& spec) {
  if (spec.number("low") > spec.number("mode")) return out_of_order(spec, "low", "mode");
  if (spec.number("mode") > spec.number("high")) return out_of_order(spec, "mode", "high");
  return Distribution::triangular(spec.number("low"), spec.number("mode"), spec.number("high"));
}

QuantityProblem no_values() {
  return {"the list of values is empty", "there is nothing to draw", "List at least one value."};
}

Result resolve_choice(const Spec& spec) {
  const std::vector<double>& values = spec.numbers("values");
  if (values.empty()) return no_values();
  if (!spec.has("weights")) return Distribution::choice(values);
  const std::vector<double>& weights = spec.numbers("weights");
  if (weights.size() != values.size()) {
    return QuantityProblem{
        std::to_string(values.size()) + " values have " + std::to_string(weights.size()) + " weights",
        "each value needs one", "Leave weights out where all are equally likely."};
  }
  if (std::all_of(weights.begin(), weights.end(), [](double weight) { return weight == 0; })) {
    return QuantityProblem{"all weights are 0", "no value could ever be drawn", ""};
  }
  return Distribution::choice(values, weights);
}

Result resolve_empirical(const Spec& spec) {
  if (spec.numbers("values").empty()) return no_values();
  return Distribution::empirical(spec.numbers("values"));
}

Result resolve(const Spec& spec) {
  const std::string_view law = spec.entry->name;
  if (law == "choice") return resolve_choice(spec);
  if (law == "empirical") return resolve_empirical(spec);
  if (law == "triangular") return resolve_triangular(spec);
  if (law == "uniform") return resolve_uniform(spec);
  if (law == "normal") {
    return interval_or(spec, "mean", "sd", Distribution::normal_interval, Distribution::normal);
  }
  if (law == "lognormal") {
    return interval_or(spec, "median", "sigma", Distribution::lognormal_interval, Distribution::lognormal);
  }
  throw std::logic_error("\"" + std::string(law) + "\" is no entry of the distribution family");
}

}  // namespace

Result resolve_distribution(const Spec& spec) {
  try {
    return resolve(spec);
  } catch (const std::invalid_argument& error) {
    // Each value is valid by itself, but together they leave the range of a double.
    return QuantityProblem{"the distribution is too wide to compute with", error.what(), "Narrow it."};
  }
}

}  // namespace fleetrace::core
