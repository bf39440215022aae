#include "models/registry/own_models.hpp"

#include <algorithm>
#include <limits>

#include "sim/core/schema/read_value.hpp"

namespace fleetrace::models {
namespace {

/// A copy that stays: entries and their keys hold views.
std::string_view kept(std::string_view text) {
  static std::deque<std::string> texts;
  return texts.emplace_back(text);
}

bool is_word(std::string_view name) {
  const auto is_allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !name.empty() && name.front() >= 'a' && name.front() <= 'z' &&
         std::all_of(name.begin(), name.end(), is_allowed);
}

[[noreturn]] void refuse(std::string_view name, const std::string& why) {
  throw std::invalid_argument("the model \"" + std::string(name) + "\" cannot be registered: " + why);
}

void check_key(std::string_view model, const core::Parameter& key) {
  const std::string shown = "its key \"" + std::string(key.name) + "\" ";
  if (!is_word(key.name)) refuse(model, shown + "is no word of a-z, 0-9 and _");
  const bool is_number = key.shape == core::Shape::quantity || key.shape == core::Shape::growth;
  if (!is_number || !key.choices.empty()) refuse(model, shown + "is no quantity and no rate of doubling");
  if (key.shape == core::Shape::growth && !key.name.ends_with("doubling"))
    refuse(model, shown + "is a rate of doubling, and its name does not end in doubling");
  if (key.required) return;
  if (key.preset.empty()) refuse(model, shown + "has no default and is not required");
  const auto read = core::read_value(key, key.name, key.preset, false);
  if (const auto* problem = std::get_if<core::QuantityProblem>(&read))
    refuse(model, shown + "has a default that is not valid: " + problem->problem + " (" + problem->reason + ')');
}

core::Parameter kept(const core::Parameter& key) {
  core::Parameter result = key;
  for (std::string_view* text :
       {&result.name, &result.summary, &result.why, &result.preset, &result.source, &result.unbounded})
    *text = kept(*text);
  return result;
}

}  // namespace

double ModelParameters::operator[](std::string_view key) const {
  for (std::size_t i = 0; i < values_.size(); ++i) {
    if (entry_->parameters[i].name == key) return values_[i];
  }
  throw std::out_of_range("the model \"" + std::string(entry_->name) + "\" has no key \"" + std::string(key) + '"');
}

core::Entry own_entry(const core::Family& family, std::string_view name, std::string_view summary,
                      const ModelKeys& keys, std::string_view scope) {
  if (!is_word(name)) refuse(name, "its name is no word of a-z, 0-9 and _ that begins with a letter");
  if (family.find(name) != nullptr) refuse(name, "there is one of that name already");
  if (summary.empty()) refuse(name, "it has no summary");
  if (keys.size() > kMostModelKeys) refuse(name, "it has more than " + std::to_string(kMostModelKeys) + " keys");
  core::Entry entry{.name = kept(name), .summary = kept(summary), .parameters = {}, .scope = kept(scope)};
  for (const core::Parameter& key : keys) {
    check_key(name, key);
    entry.parameters.push_back(kept(key));
  }
  return entry;
}

void require_unique_keys(const core::Entry& entry) {
  for (const core::Parameter& key : entry.parameters) {
    if (entry.find(key.name) != &key) refuse(entry.name, "its key \"" + std::string(key.name) + "\" is taken");
  }
}

}  // namespace fleetrace::models
