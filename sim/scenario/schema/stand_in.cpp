#include "sim/scenario/schema/stand_in.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "fleetrace/core/quantity.hpp"
#include "sim/core/schema/place.hpp"
#include "sim/core/schema/read_value.hpp"
#include "sim/scenario/schema/horizon_entry.hpp"

namespace fleetrace::scenario {
namespace {

using core::Dimension;
using core::Entry;
using core::Family;
using core::Parameter;
using core::Shape;
using core::Spec;
using core::Value;

constexpr std::array kNames = {"H100", "B200", "A100"};  // in the catalog, since most names are of accelerators

std::size_t place_of(int variant) { return static_cast<std::size_t>(variant); }

/// Values that the parameter may have, one of them for each variant where there are as many.
double number(const Parameter& parameter, int variant) {
  std::vector<double> valid;
  const auto add = [&](double value) {
    if (parameter.dimension == Dimension::count) value = std::round(value);
    if (parameter.range.contains(value) && std::find(valid.begin(), valid.end(), value) == valid.end())
      valid.push_back(value);
  };
  const core::Range& range = parameter.range;
  const Value preset = core::preset_value(parameter);
  if (const auto* value = std::get_if<double>(&preset.data)) add(*value);
  const double low = std::isfinite(range.low) ? range.low : -1;
  const double high = std::isfinite(range.high) ? range.high : low + 1;
  const double year = parameter.dimension == Dimension::duration ? static_cast<double>(core::kYear.milliseconds()) : 1;
  for (const double size : {1.0, 100.0, 1e6, 1e-3}) add(size * year);
  for (const double share : {0.5, 0.9, 0.1}) add(low + share * (high - low));
  return valid.empty() ? range.low : valid[std::min(place_of(variant), valid.size() - 1)];
}

bool is_horizon(const Spec& spec) { return spec.entry == horizon_family().entries.front(); }

void fill(Spec& spec, int variant);

/// A section with every value that it needs, at that place.
Spec section_of(const Family& family, int variant, const core::Location& where) {
  const Entry* entry = family.find(family.preset);
  if (entry == nullptr || variant > 0) entry = family.entries[place_of(variant) % family.entries.size()];
  Spec spec = core::preset_spec(*entry);
  for (std::size_t i = 0; i < spec.values.size(); ++i) {
    spec.values[i].faulty = entry->parameters[i].required && !spec.values[i].given();
  }
  if (is_horizon(spec)) spec.value("length").faulty = true;
  fill(spec, variant);
  core::place(spec, where);
  return spec;
}

Value value_of(const Parameter& parameter, int variant, const core::Location& where) {
  Value value;
  value.where = where;
  value.source_text = "?";
  switch (parameter.shape) {
    case Shape::quantity:
    case Shape::growth: value.data = number(parameter, variant); break;
    case Shape::instant: value.data = variant * static_cast<double>(core::kYear.milliseconds()) / 2; break;
    case Shape::date:
      value.data = *core::parse_date(std::array{"2026-01-01", "2020-01-01", "2030-01-01"}.at(place_of(variant)));
      break;
    case Shape::flag: value.data = variant == 0; break;
    case Shape::text: value.data = std::string(kNames.at(place_of(variant))); break;
    case Shape::choice:
      value.data = std::string(parameter.choices[place_of(variant) % parameter.choices.size()]);
      break;
    case Shape::numbers: value.data = std::vector<double>{number(parameter, variant)}; break;
    case Shape::texts: value.data = std::vector<std::string>{kNames.at(place_of(variant))}; break;
    case Shape::section:
    case Shape::list: value.data = std::vector<Spec>{section_of(*parameter.family, variant, where)}; break;
    case Shape::table: {
      Spec spec = section_of(*parameter.family, variant, where);
      spec.name = kNames.at(place_of(variant));
      value.data = std::vector<Spec>{std::move(spec)};
      break;
    }
    case Shape::changes: break;
  }
  return value;
}

/// A horizon requires neither a length nor an end, and has one of them: what could not be read leaves it to the other.
void fill_end(Spec& horizon, int variant) {
  Value& length = horizon.value("length");
  Value& end = horizon.value("end");
  if (!length.faulty && !end.faulty) return;
  length.faulty = end.faulty = false;
  if (length.given() || end.given()) return;
  const auto& parameters = horizon.entry->parameters;
  length = value_of(parameters[static_cast<std::size_t>(&length - horizon.values.data())], variant,
                    core::Location(length.where));
}

void fill(Spec& spec, int variant) {
  if (is_horizon(spec)) fill_end(spec, variant);
  for (std::size_t i = 0; i < spec.values.size(); ++i) {
    const Parameter& parameter = spec.entry->parameters[i];
    Value& value = spec.values[i];
    if (auto* sections = std::get_if<std::vector<Spec>>(&value.data); sections != nullptr && !value.faulty) {
      for (Spec& each : *sections) {
        if (each.entry == nullptr) {
          std::string name = std::move(each.name);
          each = section_of(*parameter.family, variant, value.where);
          each.name = std::move(name);
        } else {
          fill(each, variant);
        }
      }
      continue;
    }
    if (!value.faulty) continue;
    const core::Location where = value.where;
    // What may be left out is so in one of the variants.
    if (variant > 0 || parameter.required) {
      value = value_of(parameter, variant, where);
    } else {
      value = core::preset_value(parameter);
      core::place(value, where);
    }
  }
}

}  // namespace

void stand_in(Spec& root, int variant) { fill(root, variant); }

}  // namespace fleetrace::scenario
