#include "sim/scenario/reference/says_default.hpp"

namespace fleetrace::scenario {

bool says_default(const core::Parameter& parameter, const core::Value& value) {
  const auto* sections = std::get_if<std::vector<core::Spec>>(&value.data);
  if (sections == nullptr) return value.source_text == parameter.preset;
  if (sections->size() != 1 || sections->front().entry->name != parameter.preset) return false;
  const core::Spec& section = sections->front();
  for (std::size_t i = 0; i < section.values.size(); ++i) {
    const core::Value& each = section.values[i];
    if (each.given() && !each.preset && !says_default(section.entry->parameters[i], each)) return false;
  }
  return true;
}

}  // namespace fleetrace::scenario
