#include "sim/api/fit_keys.hpp"

#include <algorithm>

#include "sim/scenario/scenario.hpp"

namespace fleetrace {
namespace {

using core::Entry;
using core::Parameter;
using core::Shape;

bool is_rate(const Parameter& parameter) {
  return parameter.shape == Shape::growth ||
         (parameter.shape == Shape::quantity && parameter.name.ends_with("decline"));
}

/// What is left of a path behind its first key.
std::string_view behind(std::string_view path) {
  const std::size_t dot = path.find('.');
  return dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
}

bool leads_to_rate(const Entry& entry, std::string_view path) {
  const Parameter* const parameter = entry.find(path.substr(0, path.find('.')));
  if (parameter == nullptr) return false;
  std::string_view rest = behind(path);
  if (rest.empty()) return is_rate(*parameter) && !path.ends_with('.');
  // What a strategy changes is a part of a scenario.
  if (parameter->shape == Shape::changes) return takes_rate(rest);
  if (parameter->shape == Shape::table || parameter->shape == Shape::list) rest = behind(rest);
  if (parameter->family == nullptr || rest.empty()) return false;
  return std::any_of(parameter->family->entries.begin(), parameter->family->entries.end(),
                     [&](const Entry* each) { return leads_to_rate(*each, rest); });
}

/// Sections may stand in sections of their own family: deeper than that no key of a rate lies.
constexpr int kDeepest = 3;

void collect(const Entry& entry, const std::string& prefix, int depth, std::vector<std::string>& found) {
  for (const Parameter& parameter : entry.parameters) {
    if (parameter.shape == Shape::growth) {
      const core::GrowthKeys keys = core::growth_keys(parameter);
      found.insert(found.end(), {prefix + keys.doubling, prefix + keys.rate});
    } else if (is_rate(parameter)) {
      found.push_back(prefix + std::string(parameter.name));
    } else if (parameter.shape == Shape::section && depth < kDeepest) {
      for (const Entry* each : parameter.family->entries)
        collect(*each, prefix + std::string(parameter.name) + '.', depth + 1, found);
    }
  }
}

}  // namespace

bool takes_rate(std::string_view path) { return leads_to_rate(scenario::scenario_entry(), path); }

std::vector<std::string> rate_paths() {
  std::vector<std::string> found;
  collect(scenario::scenario_entry(), "", 0, found);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace fleetrace
