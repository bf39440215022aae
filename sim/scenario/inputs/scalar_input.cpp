#include "sim/scenario/inputs/scalar_input.hpp"

#include <cmath>

#include "sim/core/schema/uncertain.hpp"
#include "sim/core/units/written_unit.hpp"
#include "sim/scenario/reference/source_text.hpp"
#include "sim/scenario/schema/horizon_end.hpp"
#include "sim/scenario/schema/locate.hpp"
#include "sim/scenario/schema/money_entry.hpp"

namespace fleetrace::scenario {
namespace {

constexpr std::string_view kDoubling = "doubling";

bool is_doubling(std::string_view key) {
  return key.size() >= kDoubling.size() && key.substr(key.size() - kDoubling.size()) == kDoubling;
}

core::Time date_at(const ScalarInput& input, double wait) {
  return core::saturating_add(input.start, core::Duration::from_milliseconds(std::llround(wait)));
}

/// Digits that a value computed in a unit keeps when it is taken for what a person would write.
constexpr int kTidyDigits = 12;

}  // namespace

std::variant<ScalarInput, core::QuantityProblem> ScalarInput::at(const Scenario& scenario, std::string_view path) {
  const LocatedValue place = locate(const_cast<core::Spec&>(scenario.root()), path);
  if (place.value == nullptr) {
    return core::QuantityProblem{"there is no such value", "the path leads to no number of this scenario",
                                 "Give it a value with --set first, or see fleetrace show."};
  }
  if (path.starts_with("money."))
    return core::QuantityProblem{"it is no input of a race", "amounts are converted when they are read",
                                 "Change it with --set, or with sweep --vary."};
  const core::Parameter& parameter = *place.parameter;
  ScalarInput input{.path = std::string(path), .dimension = parameter.dimension, .range = parameter.range};
  switch (parameter.shape) {
    case core::Shape::quantity: input.is_whole = parameter.dimension == core::Dimension::count; break;
    case core::Shape::growth:
      input.dimension = core::Dimension::growth;
      if (is_doubling(place.key)) {
        input.is_doubling_time = true;
        input.dimension = core::Dimension::duration;
        input.range = core::above(0);
      }
      break;
    case core::Shape::instant:
      input.dimension = core::Dimension::duration;
      input.range = core::at_least(0);
      input.may_be_date = true;
      break;
    default: return core::QuantityProblem{"it is not a number", "only numbers can be turned until a goal is met", ""};
  }
  if (parameter.sourced) return core::QuantityProblem{"it is data of the catalog", "it is what it is", ""};
  input.is_uncertain = place.value->uncertain != nullptr;
  input.currency = currency_of(scenario.root());
  input.start = scenario.root().section("horizon")->instant("start", {});
  input.unit = core::written_unit(input.dimension, place.value->source_text);
  if (const auto* date = std::get_if<core::Time>(&place.value->data)) {
    input.is_date = true;
    input.unit.clear();
    input.current = static_cast<double>((*date - input.start).milliseconds());
  } else if (const auto* number = std::get_if<double>(&place.value->data)) {
    input.current = input.is_doubling_time ? static_cast<double>(core::kYear.milliseconds()) / *number : *number;
  } else {
    return core::QuantityProblem{"it has no value", "the scenario leaves it out", "Give it one with --set first."};
  }
  return input;
}

std::string ScalarInput::text(double value) const {
  if (!is_date || !std::isfinite(value)) return core::format_quantity(dimension, value, unit);
  const core::Time date = date_at(*this, value);
  return date.milliseconds() % core::kDay.milliseconds() == 0 ? core::to_date(date) : core::to_iso8601(date);
}

std::variant<double, core::QuantityProblem> ScalarInput::read(std::string_view text) const {
  if (may_be_date) {
    if (const auto date = core::parse_date(text)) return static_cast<double>((*date - start).milliseconds());
  }
  return core::parse_quantity(dimension, text, currency);
}

double ScalarInput::unit_size() const {
  return is_date ? static_cast<double>(core::kDay.milliseconds()) : core::unit_size(dimension, unit);
}

double ScalarInput::tidied(double computed) const {
  if (!std::isfinite(computed)) return computed;
  if (is_date) return std::round(computed);
  return core::tidied(dimension, computed, unit, kTidyDigits);
}

void ScalarInput::set(Scenario& drawn, double to) const {
  const LocatedValue place = locate(drawn.edit(), path);
  if (place.value == nullptr) return;
  core::Value& value = *place.value;
  value.preset = false;
  if (is_date) {
    value.data = date_at(*this, to);
    value.source_text = text(to);
    return;
  }
  double number = is_doubling_time ? static_cast<double>(core::kYear.milliseconds()) / to : to;
  if (is_uncertain) number = std::get<double>(value.data) * (is_doubling_time ? current / to : to / current);
  value.data = number;
  value.source_text = is_uncertain ? written_number(*place.parameter, number, is_doubling_time, unit) : text(to);
  bind_horizon_end(drawn.edit());
}

}  // namespace fleetrace::scenario
