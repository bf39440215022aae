#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

#include "sim/core/schema/read_value.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/schema/horizon_end.hpp"
#include "sim/scenario/schema/locate.hpp"
#include "sim/scenario/schema/money_entry.hpp"

namespace fleetrace::scenario {
namespace {

using core::Shape;
using core::Spec;
using core::Value;

std::string_view take_key(std::string_view& path) {
  const std::size_t dot = path.find('.');
  const std::string_view key = path.substr(0, dot);
  path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
  return key;
}

/// Takes the longest name that the path begins with: names may hold points.
Spec* take_named(std::vector<Spec>& specs, std::string_view& path) {
  Spec* found = nullptr;
  for (Spec& spec : specs) {
    const bool begins = path.substr(0, spec.name.size()) == spec.name &&
                        (path.size() == spec.name.size() || path[spec.name.size()] == '.');
    if (begins && (found == nullptr || spec.name.size() > found->name.size())) found = &spec;
  }
  if (found != nullptr) path.remove_prefix(std::min(path.size(), found->name.size() + 1));
  return found;
}

Spec* take_indexed(std::vector<Spec>& specs, std::string_view& path) {
  const std::string_view key = take_key(path);
  std::size_t index = specs.size();
  const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), index);
  const bool is_index = error == std::errc{} && end == key.data() + key.size() && index < specs.size();
  return is_index ? &specs[index] : nullptr;
}

[[noreturn]] void refuse(std::string_view path, core::QuantityProblem problem) {
  throw core::InputError(
      {{{}, std::string(path), std::move(problem.problem), std::move(problem.reason), std::move(problem.suggestion)}});
}

}  // namespace

LocatedValue locate(Spec& root, std::string_view path) {
  Spec* spec = &root;
  while (true) {
    const std::string_view key = take_key(path);
    const core::Parameter* parameter = spec->entry->find(key);
    if (parameter == nullptr) return {};
    Value& value = spec->values[static_cast<std::size_t>(parameter - spec->entry->parameters.data())];
    if (path.empty()) return {parameter, &value, key};
    auto* specs = std::get_if<std::vector<Spec>>(&value.data);
    if (specs == nullptr) return {};
    switch (parameter->shape) {
      case Shape::table: spec = take_named(*specs, path); break;
      case Shape::list: spec = take_indexed(*specs, path); break;
      default: spec = specs->empty() ? nullptr : &specs->front(); break;
    }
    // One of a model that there is not has no entry: that has been found.
    if (spec == nullptr || spec->entry == nullptr || path.empty()) return {};
  }
}

const Value* find(const Scenario& scenario, std::string_view path) {
  // locate() hands out values that may be changed, for set(); nothing is changed through this one.
  return locate(const_cast<Spec&>(scenario.root()), path).value;
}

void set(Scenario& scenario, std::string_view path, std::string_view text) {
  const LocatedValue place = locate(scenario.edit(), path);
  if (place.value == nullptr) refuse(path, {"there is no such value", "the path leads nowhere in this scenario", ""});
  switch (place.parameter->shape) {
    case Shape::numbers:
    case Shape::texts:
    case Shape::section:
    case Shape::list:
    case Shape::table:
    case Shape::changes: refuse(path, {"it is not a single value", "only scalars can be set", ""});
    default: break;
  }
  auto result = core::read_value(*place.parameter, place.key, text, false, currency_of(scenario.root()));
  if (auto* problem = std::get_if<core::QuantityProblem>(&result)) refuse(path, std::move(*problem));
  *place.value = std::get<Value>(std::move(result));
  bind_horizon_end(scenario.edit());
}

}  // namespace fleetrace::scenario
