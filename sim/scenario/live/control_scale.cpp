#include "sim/scenario/live/control_scale.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/numeric/math.hpp"
#include "sim/core/schema/uncertain.hpp"

namespace fleetrace::scenario {
namespace {

using core::Dimension;

/// Part of the horizon up to which a purchase may be moved: on its last day none makes sense.
constexpr double kBeforeTheEnd = 0.97;

/// The unit in which people move such a number.
std::string unit_for(const ScalarInput& input) {
  const double size = std::fabs(input.current);
  switch (input.dimension) {
    case Dimension::money: return size >= 1e9 ? "billion USD" : size >= 1e6 ? "million USD" : "USD";
    case Dimension::money_rate: return size >= 1e9 ? "billion USD/yr" : size >= 1e6 ? "million USD/yr" : "USD/yr";
    case Dimension::power: return size >= 1e9 ? "GW" : size >= 1e5 ? "MW" : input.unit;
    case Dimension::duration:
      if (input.is_date) return "yr";
      if (input.unit == "month") return "months";
      if (input.unit == "day") return "days";
      return size == 0 ? "months" : input.unit;
    default: return input.unit;
  }
}

/// A number with few digits that is not above (or not below) another.
double rounded(double value, bool up) {
  if (value == 0) return 0;
  const double size = core::pow(10, std::floor(core::log(std::fabs(value)) / core::log(10)) - 1);
  return (up ? std::ceil(value / size) : std::floor(value / size)) * size;
}

/// The duration at a path [ms]; 0 where there is none.
double length_at(const Scenario& scenario, const std::string& path) {
  const auto found = ScalarInput::at(scenario, path);
  const auto* const length = std::get_if<ScalarInput>(&found);
  return length != nullptr && std::isfinite(length->current) ? length->current : 0;
}

/// The latest date at which a strategy is to buy [ms from the start]; 0 where none names one.
double latest_purchase_of(const Scenario& scenario) {
  double latest = 0;
  for (const core::Spec& strategy : scenario.root().sections("strategies"))
    latest = std::max(latest, length_at(scenario, "strategies." + strategy.name + ".at"));
  return latest;
}

/// The ends of the scale before they are rounded, by what the number is. `unit` is one of the unit [base unit].
void set_ends(LiveControl& control, const ScalarInput& input, double unit, const Scenario& scenario) {
  const double value = control.value;
  const std::string key = input.path.substr(input.path.rfind('.') + 1);
  const bool is_fraction = input.dimension == Dimension::number && input.range.high <= 1;
  control.is_logarithmic = value > 0 && !is_fraction;
  if (key == "at") {
    control.low = 0;
    control.high = rounded(kBeforeTheEnd * length_at(scenario, "horizon.length") / unit, false);
    control.is_logarithmic = false;
  } else if (key == "lead_time") {
    control.low = 0;
    control.high = std::max(2 * static_cast<double>(core::kYear.milliseconds()) / unit, 3 * value);
    control.is_logarithmic = false;
  } else if (key == "length") {
    control.low = rounded(std::max(value / 4, latest_purchase_of(scenario) / kBeforeTheEnd / unit), true);
    control.high = value * 2;
  } else if (is_fraction) {
    control.low = 0;
    control.high = 1;
  } else {
    const double factor = input.dimension == Dimension::duration ? 4 : input.dimension == Dimension::number ? 2 : 8;
    control.low = std::min(value / factor, value * factor);
    control.high = std::max(value / factor, value * factor);
  }
}

}  // namespace

bool give_scale(LiveControl& control, ScalarInput input, const Scenario& scenario) {
  if (!std::isfinite(input.current)) return false;
  control.unit = unit_for(input);
  control.is_whole = input.is_whole;
  input.unit = control.unit;
  input.is_date = false;
  const double unit = input.unit_size();
  control.value = input.current / unit;
  set_ends(control, input, unit, scenario);
  const core::Value* const value = find(scenario, input.path);
  if (value != nullptr && value->uncertain && value->uncertain->is_doubling_time() == input.is_doubling_time) {
    const core::Uncertain& known = *value->uncertain;
    control.likely = {known.written_at(0.05) / unit, known.written_at(0.95) / unit};
    control.low = std::min(control.low, control.likely->first);
    control.high = std::max(control.high, control.likely->second);
  }
  // The end of an open range is no valid value.
  const double least = input.range.low / unit;
  const double most = input.range.high / unit;
  control.low = std::max(rounded(control.low, false), least);
  control.high = std::min(rounded(control.high, true), most);
  if (input.range.low_open && control.low <= least) control.low = std::max(control.high, control.value) / 1000;
  if (control.low <= 0) control.is_logarithmic = false;
  return control.low < control.high;
}

}  // namespace fleetrace::scenario
