#include "fleetrace/core/parameter.hpp"

#include <cmath>

namespace fleetrace::core {

bool Range::contains(double value) const {
  return (low_open ? value > low : value >= low) && (high_open ? value < high : value <= high);
}

namespace {

/// The common beginning of both keys of a growth parameter, before "doubling" and "rate".
std::string_view growth_stem(const Parameter& parameter) {
  static constexpr std::string_view kSuffix = "doubling";
  return parameter.name.substr(0, parameter.name.size() - kSuffix.size());
}

constexpr std::string_view kRate = "rate";

}  // namespace

GrowthKeys growth_keys(const Parameter& parameter) {
  return {std::string(parameter.name), std::string(growth_stem(parameter)).append(kRate)};
}

const Parameter* Entry::find(std::string_view wanted) const {
  const auto is_rate_of = [wanted](std::string_view stem) {
    return wanted.size() == stem.size() + kRate.size() && wanted.substr(0, stem.size()) == stem &&
           wanted.substr(stem.size()) == kRate;
  };
  for (const Parameter& parameter : parameters) {
    if (parameter.name == wanted) return &parameter;
    if (parameter.shape == Shape::growth && is_rate_of(growth_stem(parameter))) return &parameter;
  }
  return nullptr;
}

const Entry* Family::find(std::string_view wanted) const {
  for (const Entry* entry : entries) {
    if (entry->name == wanted) return entry;
  }
  return nullptr;
}

std::string describe(const Parameter& parameter, const Range& range) {
  const auto bound = [&parameter](double value) { return format_quantity(parameter.dimension, value); };
  if (range.low == range.high) return bound(range.low);
  std::string text;
  if (std::isfinite(range.low)) text = (range.low_open ? "above " : "at least ") + bound(range.low);
  if (std::isfinite(range.high)) {
    if (!text.empty()) text += " and ";
    text += (range.high_open ? "below " : "at most ") + bound(range.high);
  }
  return text;
}

}  // namespace fleetrace::core
