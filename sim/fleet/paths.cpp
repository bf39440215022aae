#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

#include "fleetrace/core/read_value.hpp"
#include "fleetrace/core/uncertain.hpp"
#include "fleetrace/fleet/knob.hpp"
#include "fleetrace/fleet/scenario.hpp"

namespace fleetrace::fleet {
namespace {

using core::Shape;
using core::Spec;
using core::Value;

/// Where a path leads: the value, the parameter it belongs to and the key it was reached by.
struct Place {
  const core::Parameter* parameter = nullptr;
  Value* value = nullptr;
  std::string_view key;
};

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

Place locate(Spec& root, std::string_view path) {
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
    if (spec == nullptr || path.empty()) return {};
  }
}

constexpr std::string_view kDoubling = "doubling";

bool is_doubling(std::string_view key) {
  return key.size() >= kDoubling.size() && key.substr(key.size() - kDoubling.size()) == kDoubling;
}

[[noreturn]] void refuse(std::string_view path, core::QuantityProblem problem) {
  throw core::InputError(
      {{{}, std::string(path), std::move(problem.problem), std::move(problem.reason), std::move(problem.suggestion)}});
}

}  // namespace

const Value* find(const Scenario& scenario, std::string_view path) {
  // locate() hands out mutable places for set(); nothing is changed through this one.
  return locate(const_cast<Spec&>(scenario.root), path).value;
}

void set(Scenario& scenario, std::string_view path, std::string_view text) {
  const Place place = locate(scenario.root, path);
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
  auto result = core::read_value(*place.parameter, place.key, text, false);
  if (auto* problem = std::get_if<core::QuantityProblem>(&result)) refuse(path, std::move(*problem));
  *place.value = std::get<Value>(std::move(result));
}

std::variant<Knob, core::QuantityProblem> Knob::at(const Scenario& scenario, std::string_view path) {
  const Place place = locate(const_cast<Spec&>(scenario.root), path);
  if (place.value == nullptr) {
    return core::QuantityProblem{"there is no such value", "the path leads nowhere in this scenario",
                                 "Give it a value with --set first, or see fleetrace show."};
  }
  const core::Parameter& parameter = *place.parameter;
  Knob knob{std::string(path), parameter.dimension, parameter.range};
  switch (parameter.shape) {
    case Shape::quantity: knob.is_whole = parameter.dimension == core::Dimension::count; break;
    case Shape::growth:
      knob.dimension = core::Dimension::growth;
      if (is_doubling(place.key)) {
        knob.is_doubling_time = true;
        knob.dimension = core::Dimension::duration;
        knob.range = core::above(0);
      }
      break;
    case Shape::instant:
      knob.dimension = core::Dimension::duration;
      knob.range = core::at_least(0);
      break;
    default: return core::QuantityProblem{"it is not a number", "only numbers can be turned until a goal is met", ""};
  }
  if (parameter.sourced) return core::QuantityProblem{"it is data of the catalog", "it is what it is", ""};
  knob.is_uncertain = place.value->uncertain != nullptr;
  if (const auto* date = std::get_if<core::Time>(&place.value->data)) {
    const core::Time start = scenario.root.section("horizon")->instant("start", {});
    knob.current = static_cast<double>((*date - start).milliseconds());
  } else if (const auto* number = std::get_if<double>(&place.value->data)) {
    knob.current = knob.is_doubling_time ? static_cast<double>(core::kYear.milliseconds()) / *number : *number;
  } else {
    return core::QuantityProblem{"it has no value", "the scenario leaves it out", "Give it one with --set first."};
  }
  return knob;
}

void Knob::turn(Scenario& drawn, double to) const {
  Value* const place = locate(drawn.root, path).value;
  if (place == nullptr) return;
  Value& value = *place;
  double number = is_doubling_time ? static_cast<double>(core::kYear.milliseconds()) / to : to;
  if (is_uncertain) number = std::get<double>(value.data) * (is_doubling_time ? current / to : to / current);
  value.data = number;
  value.preset = false;
  value.written = core::format_quantity(dimension, to);
}

}  // namespace fleetrace::fleet
