#pragma once

#include <string>
#include <variant>
#include <vector>

#include "fleetrace/core/spec.hpp"
#include "sim/scenario/reference/source_text.hpp"

namespace fleetrace::scenario {

/// A value that a scenario states, and where.
struct StatedValue {
  const core::Spec& section;
  const core::Parameter& parameter;
  const core::Value& value;
  const core::Family* family = nullptr;  ///< family of the section; null at the top level
  std::string path;
};

/// Calls `visit` for every value that the section states, in its order. Where it returns false, what stands below the value is
/// left out.
template <class Visit>
void each_stated(const core::Spec& spec, const core::Family* family, const std::string& path, const Visit& visit) {
  for (std::size_t i = 0; i < spec.values.size(); ++i) {
    const core::Parameter& parameter = spec.entry->parameters[i];
    const core::Value& value = spec.values[i];
    if (!value.given() || value.preset) continue;
    const std::string here = (path.empty() ? "" : path + '.') + source_key(parameter, value);
    if (!visit(StatedValue{spec, parameter, value, family, here})) continue;
    const auto* sections = std::get_if<std::vector<core::Spec>>(&value.data);
    if (sections == nullptr) continue;
    for (std::size_t k = 0; k < sections->size(); ++k) {
      const core::Spec& each = (*sections)[k];
      std::string below = here;
      if (parameter.shape == core::Shape::table) below += '.' + each.name;
      if (parameter.shape == core::Shape::list) below += '.' + std::to_string(k);
      each_stated(each, parameter.shape == core::Shape::changes ? nullptr : parameter.family, below, visit);
    }
  }
}

}  // namespace fleetrace::scenario
