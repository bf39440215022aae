#include "sim/scenario/scenario.hpp"

namespace fleetrace::scenario {
namespace {

using core::Shape;
using core::Spec;
using core::Value;

Value merged_value(const core::Parameter& parameter, const Value& base, const Value& change);

Spec merged_section(const Spec& base, const Spec& change) {
  if (base.entry != change.entry) return change;
  Spec result{base.entry, base.name, {}, base.where};
  result.values.reserve(base.values.size());
  for (std::size_t i = 0; i < base.values.size(); ++i) {
    result.values.push_back(merged_value(base.entry->parameters[i], base.values[i], change.values[i]));
  }
  return result;
}

std::vector<Spec> merged_table(const std::vector<Spec>& base, const std::vector<Spec>& changes) {
  std::vector<Spec> result = base;
  for (const Spec& change : changes) {
    bool known = false;
    for (Spec& entry : result) {
      if (entry.name != change.name) continue;
      entry = merged_section(entry, change);
      known = true;
    }
    if (!known) result.push_back(change);
  }
  return result;
}

Value merged_value(const core::Parameter& parameter, const Value& base, const Value& change) {
  if (!change.given() || change.preset) return base;
  const auto* before = std::get_if<std::vector<Spec>>(&base.data);
  const auto* after = std::get_if<std::vector<Spec>>(&change.data);
  if (before == nullptr || after == nullptr) return change;
  Value result = change;
  if (parameter.shape == Shape::section) {
    result.data = std::vector<Spec>{merged_section(before->front(), after->front())};
  } else if (parameter.shape == Shape::table) {
    result.data = merged_table(*before, *after);
  }
  return result;
}

}  // namespace

Spec merged(const Spec& base, const Spec* changes) {
  Spec result{base.entry, base.name, {}, base.where};
  result.values.reserve(base.values.size());
  for (std::size_t i = 0; i < base.values.size(); ++i) {
    const core::Parameter& parameter = base.entry->parameters[i];
    const bool is_of_all = parameter.name == "strategies" || parameter.name == "cases";
    if (is_of_all) {
      result.values.emplace_back();
    } else {
      result.values.push_back(changes == nullptr ? base.values[i]
                                                 : merged_value(parameter, base.values[i], changes->values[i]));
    }
  }
  return result;
}

}  // namespace fleetrace::scenario
