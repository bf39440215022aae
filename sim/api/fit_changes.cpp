#include "sim/api/fit_changes.hpp"

#include <algorithm>
#include <optional>

#include "sim/api/scenario_state.hpp"

namespace fleetrace {
namespace {

/// The section of which a fit chooses the model: "operations.failures" of "operations.failures.law".
struct ChosenModel {
  std::string section;
  std::string selector;
  std::string name;
};
std::optional<ChosenModel> chosen_model(const FitInput& input) {
  const std::size_t dot = input.path.rfind('.');
  const std::string key = input.path.substr(dot + 1);
  if (key != "law" && key != "model") return std::nullopt;
  return ChosenModel{input.path.substr(0, dot), key, input.value};
}

/// A value as it is written, without the name of the model that its section becomes: no law stands beside itself.
std::string kept_value(const core::Value& value, std::string_view name) {
  const auto* const texts = std::get_if<std::vector<std::string>>(&value.data);
  if (texts == nullptr || std::find(texts->begin(), texts->end(), name) == texts->end()) return value.source_text;
  std::string list;
  for (const std::string& each : *texts) {
    if (each != name) list += (list.empty() ? "" : ", ") + each;
  }
  return list.empty() ? list : '[' + list + ']';
}

/// What a section of another model keeps: the values of the scenario that it knows, too, but for those that the fit sets.
std::string kept_values(const core::Spec& now, const core::Entry& then, const std::vector<std::string>& set) {
  std::string text;
  for (std::size_t i = 0; i < now.values.size(); ++i) {
    const core::Value& value = now.values[i];
    const std::string name(now.entry->parameters[i].name);
    const bool is_plain = value.given() && !value.preset && !value.source_text.empty();
    if (!is_plain || now.entry->parameters[i].shape == core::Shape::growth || then.find(name) == nullptr) continue;
    const std::string kept = kept_value(value, then.name);
    if (kept.empty() || std::find(set.begin(), set.end(), name) != set.end()) continue;
    text.append(", ").append(name).append(": ").append(kept);
  }
  return text;
}

/// A section of a scenario and the parameter that it is the value of.
struct Place {
  const core::Spec* section = nullptr;
  const core::Parameter* parameter = nullptr;
};
/// The section at a path such as "operations.failures"; none where the scenario has none there.
Place section_at(const core::Spec& root, std::string_view path) {
  Place place{&root, nullptr};
  for (std::size_t begin = 0; begin <= path.size() && place.section != nullptr;) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    const std::string_view key = path.substr(begin, end - begin);
    place.parameter = place.section->entry->find(key);
    const bool is_section = place.parameter != nullptr && place.parameter->shape == core::Shape::section;
    place.section = is_section ? place.section->section(key) : nullptr;
    begin = end + 1;
  }
  return place;
}

}  // namespace

std::vector<FitInput> fit_changes(const Scenario& scenario, const std::vector<FitInput>& inputs) {
  std::vector<FitInput> changes;
  std::string rewritten;
  for (const FitInput& input : inputs) {
    if (!rewritten.empty() && input.path.starts_with(rewritten)) continue;
    const std::optional<ChosenModel> chosen = chosen_model(input);
    const Place place = chosen ? section_at(scenario.details().root(), chosen->section) : Place();
    if (place.section == nullptr || place.section->entry->name == chosen->name) {
      changes.push_back(input);
      continue;
    }
    rewritten = chosen->section + '.';
    std::string text = '{' + chosen->selector + ": " + chosen->name;
    std::vector<std::string> set;
    for (const FitInput& each : inputs) {
      if (!each.path.starts_with(rewritten) || &each == &input) continue;
      set.push_back(each.path.substr(rewritten.size()));
      text += ", " + set.back() + ": " + each.value;
    }
    const core::Entry* const then = place.parameter->family->find(chosen->name);
    changes.push_back({chosen->section, text + kept_values(*place.section, *then, set) + '}'});
  }
  return changes;
}

}  // namespace fleetrace
