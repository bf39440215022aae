#pragma once

#include <cstddef>
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
  const std::string& path;
};

namespace detail {

/// The path is that of the section, and is so again afterwards: one text for all, since a list may have very many rows.
template <class Visit>
void each_stated(const core::Spec& spec, const core::Family* family, std::string& path, const Visit& visit) {
  const std::size_t above = path.size();
  for (std::size_t i = 0; i < spec.values.size(); ++i) {
    const core::Parameter& parameter = spec.entry->parameters[i];
    const core::Value& value = spec.values[i];
    if (!value.given() || value.preset) continue;
    path.resize(above);
    if (!path.empty()) path += '.';
    path += source_key(parameter, value);
    if (!visit(StatedValue{spec, parameter, value, family, path})) continue;
    const auto* sections = std::get_if<std::vector<core::Spec>>(&value.data);
    if (sections == nullptr) continue;
    const std::size_t here = path.size();
    for (std::size_t k = 0; k < sections->size(); ++k) {
      const core::Spec& each = (*sections)[k];
      path.resize(here);
      if (parameter.shape == core::Shape::table) path.append(1, '.').append(each.name);
      if (parameter.shape == core::Shape::list) path.append(1, '.').append(std::to_string(k));
      each_stated(each, parameter.shape == core::Shape::changes ? nullptr : parameter.family, path, visit);
    }
  }
  path.resize(above);
}

}  // namespace detail

/// Calls `visit` for every value that the scenario states, in its order. Where it returns false, what stands below the value is
/// left out.
template <class Visit>
void each_stated(const core::Spec& root, const Visit& visit) {
  std::string path;
  detail::each_stated(root, nullptr, path, visit);
}

}  // namespace fleetrace::scenario
