#include "written.hpp"

#include "fleetrace/core/read_value.hpp"
#include "fleetrace/core/uncertain.hpp"
#include "yaml_text.hpp"

namespace fleetrace::output {
namespace {

template <class Elements, class Write>
std::string listed(const Elements& elements, Write write) {
  std::string text = "[";
  for (const auto& element : elements) text += (text.size() > 1 ? ", " : "") + write(element);
  return text + ']';
}

}  // namespace

std::string written_key(const core::Parameter& parameter, const core::Value& value) {
  if (parameter.shape != core::Shape::growth) return std::string(parameter.name);
  const core::GrowthKeys keys = core::growth_keys(parameter);
  if (value.uncertain) return value.uncertain->is_doubling_time() ? keys.doubling : keys.rate;
  const auto as_doubling = core::read_value(parameter, keys.doubling, value.written, false);
  return std::holds_alternative<core::Value>(as_doubling) ? keys.doubling : keys.rate;
}

std::string written_value(const core::Parameter& parameter, const core::Value& value) {
  if (const auto* numbers = std::get_if<std::vector<double>>(&value.data)) {
    return listed(*numbers, [&](double number) { return core::exact_quantity(parameter.dimension, number); });
  }
  if (const auto* texts = std::get_if<std::vector<std::string>>(&value.data)) return listed(*texts, yaml_text);
  return parameter.shape == core::Shape::text ? yaml_text(value.written) : value.written;
}

}  // namespace fleetrace::output
