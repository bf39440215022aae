#include "fleetrace/core/parameter.hpp"

#include <cmath>

namespace fleetrace::core {

bool Range::contains(double value) const {
  return (low_open ? value > low : value >= low) && (high_open ? value < high : value <= high);
}

GrowthKeys growth_keys(const Parameter& parameter) {
  static constexpr std::string_view kSuffix = "doubling";
  const std::string name(parameter.name);
  return {name, name.substr(0, name.size() - kSuffix.size()) + "rate"};
}

const Parameter* Entry::find(std::string_view wanted) const {
  for (const Parameter& parameter : parameters) {
    if (parameter.name == wanted) return &parameter;
    if (parameter.shape == Shape::growth) {
      const GrowthKeys keys = growth_keys(parameter);
      if (keys.doubling == wanted || keys.rate == wanted) return &parameter;
    }
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
