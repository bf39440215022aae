#include "sim/scenario/reference/source_text.hpp"

#include <cmath>
#include <limits>

#include "sim/core/schema/read_value.hpp"
#include "sim/core/schema/uncertain.hpp"
#include "sim/core/units/written_unit.hpp"
#include "sim/scenario/reference/yaml_text.hpp"

namespace fleetrace::scenario {
namespace {

template <class Elements, class Write>
std::string listed(const Elements& elements, Write write) {
  std::string text = "[";
  for (const auto& element : elements) text += (text.size() > 1 ? ", " : "") + write(element);
  return text + ']';
}

}  // namespace

std::string source_key(const core::Parameter& parameter, const core::Value& value) {
  if (parameter.shape != core::Shape::growth) return std::string(parameter.name);
  const core::GrowthKeys keys = core::growth_keys(parameter);
  if (value.uncertain) return value.uncertain->is_doubling_time() ? keys.doubling : keys.rate;
  const auto as_doubling = core::read_value(parameter, keys.doubling, value.source_text, false);
  return std::holds_alternative<core::Value>(as_doubling) ? keys.doubling : keys.rate;
}

std::string source_value(const core::Parameter& parameter, const core::Value& value) {
  if (const auto* texts = std::get_if<std::vector<std::string>>(&value.data)) return listed(*texts, yaml_text);
  return parameter.shape == core::Shape::text ? yaml_text(value.source_text) : value.source_text;
}

std::string written_number(const core::Parameter& parameter, double number, bool as_doubling, std::string_view unit) {
  const bool is_growth = parameter.shape == core::Shape::growth;
  if (is_growth && as_doubling && number > 0) {
    // The quotient of the year by the quotient of the year by the rate may miss the rate by its last bit.
    constexpr double kEver = std::numeric_limits<double>::infinity();
    const auto year = static_cast<double>(core::kYear.milliseconds());
    const double time = year / number;
    for (const double near : {time, std::nextafter(time, 0), std::nextafter(time, kEver)}) {
      if (year / near == number) return core::format_quantity(core::Dimension::duration, near, unit);
    }
  }
  if (is_growth && as_doubling && number == 0) return "none";
  const core::Dimension dimension = is_growth ? core::Dimension::growth : core::uncertain_dimension(parameter, {});
  return core::format_quantity(dimension, number, unit);
}

}  // namespace fleetrace::scenario
