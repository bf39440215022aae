#include "sim/scenario/reference/paths.hpp"

#include <algorithm>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/scenario/reference/source_text.hpp"

namespace fleetrace::scenario {
namespace {

using core::Entry;
using core::Family;
using core::Parameter;
using core::Shape;
using core::Spec;
using core::Value;

std::vector<std::string_view> words_of(const Parameter& parameter) {
  std::vector<std::string_view> words = parameter.choices;
  if (!parameter.unbounded.empty()) words.push_back(parameter.unbounded);
  if (parameter.shape == Shape::growth) words.emplace_back("none");
  if (parameter.shape == Shape::flag) words.insert(words.end(), {"true", "false"});
  return words;
}

std::vector<std::string_view> names(const Family& family) {
  std::vector<std::string_view> all;
  for (const Entry* entry : family.entries) all.push_back(entry->name);
  return all;
}

/// The unit at the end of a single quantity: "billion USD" of "4.85 billion USD".
std::string unit_of(const Parameter& parameter, const Value& value, const std::string& text) {
  const bool is_single = parameter.shape == Shape::quantity || parameter.shape == Shape::growth ||
                         parameter.shape == Shape::instant;
  const std::size_t space = text.find(' ');
  const bool is_number = std::holds_alternative<double>(value.data) && value.uncertain == nullptr;
  return is_single && is_number && space != std::string::npos ? text.substr(space + 1) : std::string();
}

/// Whether a model stands there by its name alone, as in `compute: cumulative`: then there is no place below it.
bool is_word(const Parameter& parameter, const Value& value) {
  if (parameter.shape != Shape::section || parameter.family->selector.empty() || value.preset) return false;
  const Spec& model = std::get<std::vector<Spec>>(value.data).front();
  return model.entry != nullptr && std::none_of(model.values.begin(), model.values.end(),
                                                [](const Value& each) { return each.given() && !each.preset; });
}

class Walk {
 public:
  explicit Walk(const Spec& root) : root_(root) {}

  std::vector<Path> all() {
    section(nullptr, *root_.entry, &root_, "");
    return std::move(found_);
  }

 private:
  /// A section, of a family where a key chooses it; without a spec one that the scenario leaves out.
  void section(const Family* family, const Entry& entry, const Spec* spec, const std::string& prefix) {
    if (family != nullptr && !family->selector.empty()) model(*family, prefix, std::string(entry.name));
    for (std::size_t i = 0; i < entry.parameters.size(); ++i)
      member(entry.parameters[i], spec == nullptr ? nullptr : &spec->values[i], prefix, spec);
  }

  void model(const Family& family, const std::string& prefix, std::string chosen) {
    found_.push_back({prefix + std::string(family.selector), names(family), std::move(chosen)});
  }

  void member(const Parameter& parameter, const Value* value, const std::string& prefix, const Spec* owner) {
    const bool given = value != nullptr && value->given();
    const std::string name(parameter.name);
    switch (parameter.shape) {
      case Shape::section:
      case Shape::list:
      case Shape::table:
        if (given && is_word(parameter, *value)) {
          const Spec& model = std::get<std::vector<Spec>>(value->data).front();
          found_.push_back({prefix + name, names(*parameter.family), std::string(model.entry->name)});
        } else if (given) {
          sections(parameter, std::get<std::vector<Spec>>(value->data), prefix + name + '.');
        } else if (parameter.shape == Shape::section) {
          absent(*parameter.family, prefix + name + '.');
        }
        return;
      case Shape::changes:
        if (owner != nullptr) changes(value, prefix + name + '.');
        return;
      default: break;
    }
    const std::string key = given                              ? source_key(parameter, *value)
                            : parameter.shape == Shape::growth ? core::growth_keys(parameter).doubling
                                                               : name;
    Path one{prefix + key, words_of(parameter), given ? source_value(parameter, *value) : std::string()};
    if (given) one.unit = unit_of(parameter, *value, one.value);
    found_.push_back(std::move(one));
  }

  void sections(const Parameter& parameter, const std::vector<Spec>& specs, const std::string& prefix) {
    const Family& family = *parameter.family;
    for (std::size_t i = 0; i < specs.size(); ++i) {
      if (specs[i].entry == nullptr) continue;  // of a model that there is not: it has been found
      std::string below = prefix;
      if (parameter.shape == Shape::list) below += std::to_string(i) + '.';
      if (parameter.shape == Shape::table) below += specs[i].name + '.';
      section(&family, *specs[i].entry, &specs[i], below);
    }
  }

  /// A section that is left out; of one with models the choice alone, since the other keys depend on it.
  void absent(const Family& family, const std::string& prefix) {
    if (!family.selector.empty()) return model(family, prefix, {});
    section(&family, *family.entries.front(), nullptr, prefix);
  }

  /// What a strategy may have for itself, with the values that hold for it.
  void changes(const Value* value, const std::string& prefix) {
    const auto* given = value == nullptr ? nullptr : std::get_if<std::vector<Spec>>(&value->data);
    const Spec whole = merged(root_, given == nullptr ? nullptr : &given->front());
    for (std::size_t i = 0; i < whole.values.size(); ++i) {
      const Parameter& parameter = whole.entry->parameters[i];
      // A list is given whole, so there is none to change where the strategy has none of its own.
      const bool is_there = parameter.shape != Shape::list || (given != nullptr && given->front().values[i].given());
      if (is_there && may_differ_by_strategy(parameter.name)) member(parameter, &whole.values[i], prefix, nullptr);
    }
  }

  const Spec& root_;
  std::vector<Path> found_;
};

}  // namespace

std::vector<Path> paths(const Scenario& scenario) { return Walk(scenario.root()).all(); }

std::optional<std::string> text_at(const Scenario& scenario, std::string_view path) {
  if (const core::Value* value = find(scenario, path)) return value->source_text;
  // The model of a section is a choice of what stands there rather than a value there.
  for (Path& each : paths(scenario)) {
    if (each.path == path) return std::move(each.value);
  }
  return std::nullopt;
}

std::vector<std::string> meant_paths(std::string_view path, const std::vector<std::string>& known) {
  const auto last_key = [](std::string_view of) { return of.substr(of.rfind('.') + 1); };
  const std::vector<std::string_view> whole(known.begin(), known.end());
  if (const std::string_view close = core::nearest(path, whole); !close.empty()) return {std::string(close)};
  std::vector<std::string_view> keys;
  keys.reserve(whole.size());
  for (const std::string_view each : whole) keys.push_back(last_key(each));
  const std::string_view key = core::nearest(last_key(path), keys);
  std::vector<std::string> meant;
  for (const std::string& each : known) {
    if (!key.empty() && last_key(each) == key) meant.push_back(each);
  }
  return meant;
}

}  // namespace fleetrace::scenario
