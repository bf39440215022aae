#include "sim/core/schema/uncertain.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/schema/read_value.hpp"

namespace fleetrace::core {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double doubling_time(double rate) { return static_cast<double>(kYear.milliseconds()) / rate; }

/// The doubling times [ms] whose growth rates lie in `rates`. A decline has no doubling time.
Range doubling_times(const Range& rates) {
  Range times = above(0);
  if (std::isfinite(rates.high)) {
    times.low = rates.high > 0 ? doubling_time(rates.high) : kInfinity;
    times.low_open = rates.high_open;
  }
  if (rates.low > 0) {
    times.high = doubling_time(rates.low);
    times.high_open = rates.low_open;
  }
  return times;
}

Range allowed(const Parameter& parameter, bool is_doubling_time) {
  if (is_doubling_time) return doubling_times(parameter.range);
  Range range = parameter.range;
  if (parameter.dimension == Dimension::duration) {
    range.low = std::max(range.low, -kLongestDuration);
    range.high = std::min(range.high, kLongestDuration);
  }
  return range;
}

}  // namespace

double Uncertain::value_of(double drawn) const {
  if (is_doubling_time_) return std::clamp(doubling_time(drawn), range_.low, range_.high);
  if (dimension_ != Dimension::count) return drawn;
  // A count becomes the nearest whole number that the range allows.
  const double rounded = std::round(drawn);
  if (range_.contains(rounded)) return rounded;
  return rounded < drawn ? std::ceil(drawn) : std::floor(drawn);
}

bool may_be_uncertain(const Parameter& parameter) {
  const bool is_number = parameter.shape == Shape::quantity || parameter.shape == Shape::growth ||
                         parameter.shape == Shape::instant;
  return is_number && !parameter.sourced;
}

Dimension uncertain_dimension(const Parameter& parameter, std::string_view key) {
  if (parameter.shape == Shape::instant) return Dimension::duration;
  if (parameter.shape != Shape::growth) return parameter.dimension;
  return key == growth_keys(parameter).doubling ? Dimension::duration : Dimension::growth;
}

std::string law_source_text(const Spec& law) {
  std::string text;
  for (std::size_t i = 0; i < law.values.size(); ++i) {
    const Parameter& parameter = law.entry->parameters[i];
    const Value& value = law.values[i];
    if (!value.given()) continue;
    text += (text.empty() ? "" : ", ") + std::string(parameter.name) + ": ";
    text += value.source_text;
  }
  return '{' + std::string(law.entry->name) + ": {" + text + "}}";
}

std::variant<Uncertain, QuantityProblem> make_uncertain(const Parameter& parameter, std::string_view key,
                                                        const Spec& law) {
  auto resolved = resolve_distribution(law);
  if (auto* problem = std::get_if<QuantityProblem>(&resolved)) return std::move(*problem);
  const bool is_doubling_time = parameter.shape == Shape::growth && key == growth_keys(parameter).doubling;
  const Dimension dimension = uncertain_dimension(parameter, key);
  const Range range = allowed(parameter, is_doubling_time);
  const Distribution& whole = std::get<Distribution>(resolved);
  const double cut = std::clamp(1 - whole.mass_within(range), 0.0, 1.0);
  auto truncated = whole.truncated(range, dimension);
  if (auto* problem = std::get_if<QuantityProblem>(&truncated)) return std::move(*problem);
  return Uncertain(std::get<Distribution>(std::move(truncated)), dimension, cut, is_doubling_time, parameter.range);
}

}  // namespace fleetrace::core
