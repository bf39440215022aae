#include "sim/output/studies/objective_scale.hpp"

#include <algorithm>
#include <cmath>

#include "fleetrace/fleet/metric.hpp"
#include "sim/core/numeric/decade.hpp"

namespace fleetrace::output {

using fleet::Metric;

namespace {

/// Five significant digits of the largest, whose unit nobody scales.
Scale own_scale(Metric objective, double largest) {
  constexpr int kDigits = 5;
  const int decimals = std::clamp(kDigits - 1 - core::decade(largest), 0, 9);
  return {1, std::string(fleet::info(objective).unit), decimals};
}

}  // namespace

ObjectiveScale::ObjectiveScale(Metric objective, double largest) {
  switch (objective) {
    case Metric::final_loss:
    case Metric::mean_loss:
    case Metric::discounted_loss: scale_ = {1, "", 5}; break;
    case Metric::time_to_target: scale_ = {1, "yr", 3}; break;
    default:
      scale_ = fleet::is_own(objective) ? own_scale(objective, largest) : scale_for(Scaled::money, largest);
      break;
  }
  unit_ = scale_.unit;
  if (objective == Metric::cost_per_effective_compute) unit_ += "/PF-day";
}

std::string ObjectiveScale::number(double value) const {
  if (!std::isfinite(value)) return "none";
  return value < 0 ? '-' + scale_.number(-value) : scale_.number(value);
}

std::string ObjectiveScale::with_unit(double value) const {
  return number(value) + (unit_.empty() || !std::isfinite(value) ? "" : ' ' + unit_);
}

std::string ObjectiveScale::interval(const study::Interval& interval) const {
  return std::isfinite(interval.low) ? number(interval.low) + " to " + number(interval.high) : "unknown";
}

std::string objective_words(Metric objective) {
  std::string text(fleet::info(objective).name);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text == "npv" ? "net present value" : text;
}

std::string percent(double share) {
  if (share > 0.999 && share < 1) return "> 99.9 %";
  if (share > 0 && share < 0.001) return "< 0.1 %";
  const bool near_an_end = (share > 0 && share < 0.0995) || (share > 0.9905 && share < 1);
  return fixed(100 * share, near_an_end ? 1 : 0) + " %";
}

}  // namespace fleetrace::output
