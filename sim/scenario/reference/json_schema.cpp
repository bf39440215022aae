#include "sim/scenario/reference/json_schema.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/core/schema/distribution.hpp"
#include "sim/core/schema/uncertain.hpp"
#include "sim/core/text/json_writer.hpp"
#include "sim/core/units/currency.hpp"
#include "sim/scenario/reference/description.hpp"
#include "sim/scenario/scenario.hpp"

namespace fleetrace::scenario {
namespace {

using core::Dimension;
using core::Entry;
using core::Family;
using core::Parameter;
using core::Shape;
using Json = nlohmann::ordered_json;

/// What differs between the places where the same section may stand.
struct Context {
  bool partial = false;    ///< inside `with`: whatever is left out stays as it is
  bool uncertain = false;  ///< numbers may be distributions
};

// As core::parse_number reads them.
constexpr std::string_view kNumber = R"([+-]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?)";
constexpr std::string_view kDate =
    R"(^([+-]?[0-9]{4,}-[0-9]{2}-[0-9]{2}([T ][0-9:.]+(Z|\+00:00)?)?|[0-9]{4}-(0[1-9]|1[0-2]|Q[1-4]))$)";

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (std::string_view(R"(\^$.|?*+()[]{}/)").find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

/// Alternatives in which the last takes what the others do not, so that messages are about one of them.
Json if_kind(std::string_view type, Json then, Json otherwise) {
  return {{"if", {{"type", type}}}, {"then", std::move(then)}, {"else", std::move(otherwise)}};
}

Json pure_number(const Parameter& parameter, bool whole) {
  Json json{{"type", whole ? "integer" : "number"}};
  const core::Range& range = parameter.range;
  if (std::isfinite(range.low)) json[range.low_open ? "exclusiveMinimum" : "minimum"] = range.low;
  if (std::isfinite(range.high)) json[range.high_open ? "exclusiveMaximum" : "maximum"] = range.high;
  return json;
}

Json date() {
  return {{"type", "string"},
          {"pattern", kDate},
          {"patternErrorMessage", "This is not a date: write it as 2026-01-31 or 2026-01-31T12:00:00Z."}};
}

/// A number with one of the units that its dimension takes.
Json with_unit(Dimension dimension) {
  std::string names;
  for (const std::string_view each : core::all_units(dimension)) {
    const std::string money = core::unit_in("[A-Z]{3}", escaped(each));  // in any currency: the loader knows which
    names += (names.empty() ? "" : "|") + (money.empty() ? escaped(each) : money);
  }
  return {{"type", "string"},
          {"pattern", '^' + std::string(kNumber) + " *(" + names + ")$"},
          {"patternErrorMessage", "This is not " + std::string(core::describe(dimension)) +
                                      ": a number and one of the units " + core::units(dimension) + '.'}};
}

Json quantity(const Parameter& parameter, Dimension dimension) {
  Json number = core::units(dimension).empty() ? pure_number(parameter, dimension == Dimension::count)
                                               : with_unit(dimension);
  std::vector<std::string_view> words = parameter.choices;
  if (!parameter.unbounded.empty()) words.push_back(parameter.unbounded);
  if (parameter.shape == Shape::growth && dimension == Dimension::duration) words.emplace_back("none");
  if (words.empty()) return number;
  return {{"anyOf", {std::move(number), {{"enum", words}}}}};
}

class Schema {
 public:
  Json whole() {
    Json json{{"$schema", "http://json-schema.org/draft-07/schema#"},
              {"title", "fleetrace scenario"},
              {"description", scenario_entry().summary}};
    json.update(section(scenario_entry(), {}, {}));
    json["definitions"] = std::move(definitions_);
    return json;
  }

 private:
  /// Everything that stands in several places is written once. `make` says what, when it is asked for the first time.
  template <class Make>
  Json definition(std::string name, Make make) {
    std::replace(name.begin(), name.end(), ' ', '_');
    if (!definitions_.contains(name)) {
      definitions_[name] = nullptr;  // taken, before anything below refers to it
      Json made = make();
      definitions_[name] = std::move(made);
    }
    return {{"$ref", "#/definitions/" + name}};
  }

  static std::string named(std::string_view name, Context place) {
    return std::string(name) + (place.partial ? ".change" : "") + (place.uncertain ? "" : ".certain");
  }

  Json reference(const Family& family, Context place) {
    if (!family.selector.empty()) return definition(named(family.name, place), [&] { return models(family, place); });
    Json whole = section_reference(family, *family.entries.front(), place);
    const Parameter* alone = family.entries.front()->find(family.short_key);
    return alone == nullptr ? whole : if_kind("object", whole, quantity(*alone, alone->dimension));
  }

  Json section_reference(const Family& family, const Entry& entry, Context place) {
    const std::string name = family.selector.empty() ? std::string(family.name)
                                                     : std::string(family.name) + '.' + std::string(entry.name);
    return definition(named("section." + name, place),
                      [&] { return section(entry, std::string(family.selector), place); });
  }

  /// A distribution of that dimension under the name of its law.
  Json law(Dimension dimension) {
    const Family& laws = core::distribution_family(dimension);
    return definition("distribution." + std::string(core::describe(dimension)), [&] {
      Json properties = Json::object();
      for (const Entry* entry : laws.entries) properties[std::string(entry->name)] = section(*entry, {}, {});
      return Json{{"type", "object"},
                  {"properties", std::move(properties)},
                  {"minProperties", 1},
                  {"maxProperties", 1},
                  {"additionalProperties", false}};
    });
  }

  /// A section whose model is chosen: by the selector, by name alone, or as {NAME: {...}}.
  Json models(const Family& family, Context place) {
    std::vector<std::string_view> names;
    for (const Entry* entry : family.entries) names.push_back(entry->name);
    const std::string selector(family.selector);

    Json chosen{{"type", "object"}, {"properties", {{selector, {{"enum", names}}}}}, {"allOf", Json::array()}};
    for (const Entry* entry : family.entries) {
      chosen["allOf"].push_back(
          {{"if", {{"properties", {{selector, {{"const", entry->name}}}}}, {"required", Json::array({selector})}}},
           {"then", section_reference(family, *entry, place)}});
    }
    const Entry* preset = family.find(family.preset);
    if (place.partial) {
      chosen["allOf"].push_back(
          {{"if", {{"not", {{"required", Json::array({selector})}}}}}, {"then", any_of(family, place)}});
    } else if (preset != nullptr) {
      chosen["allOf"].push_back({{"if", {{"not", {{"required", Json::array({selector})}}}}},
                                 {"then", section_reference(family, *preset, place)}});
    } else {
      chosen["required"] = Json::array({selector});
    }

    Json by_key{{"properties", Json::object()}};
    for (const Entry* entry : family.entries)
      by_key["properties"][std::string(entry->name)] = section_reference(family, *entry, place);
    const Json is_short{{"type", "object"},
                        {"minProperties", 1},
                        {"maxProperties", 1},
                        {"propertyNames", {{"enum", names}}},
                        {"additionalProperties", {{"type", "object"}}}};
    return if_kind("string", {{"enum", names}},
                   {{"if", is_short}, {"then", std::move(by_key)}, {"else", std::move(chosen)}});
  }

  /// Keys of whichever model it was before.
  Json any_of(const Family& family, Context place) {
    Json properties = Json::object();
    for (const Entry* entry : family.entries)
      for (const Parameter& parameter : entry->parameters) add(parameter, place, properties);
    return {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  }

  Json section(const Entry& entry, const std::string& selector, Context place) {
    Json properties = Json::object();
    if (!selector.empty()) properties[selector] = {{"const", entry.name}, {"description", entry.summary}};
    Json required = Json::array();
    for (const Parameter& parameter : entry.parameters) {
      Context below = place;
      if (&entry == &scenario_entry()) below.uncertain = may_be_uncertain(parameter.name);
      add(parameter, below, properties);
      if (parameter.required && !place.partial && parameter.shape != Shape::growth) required.push_back(parameter.name);
    }
    Json json{{"title", entry.name},
              {"type", "object"},
              {"properties", std::move(properties)},
              {"additionalProperties", false}};
    if (!required.empty()) json["required"] = std::move(required);
    return json;
  }

  void add(const Parameter& parameter, Context place, Json& properties) {
    if (parameter.shape != Shape::growth) {
      add_key(std::string(parameter.name), parameter, place, properties);
      return;
    }
    const core::GrowthKeys keys = core::growth_keys(parameter);
    add_key(keys.doubling, parameter, place, properties);
    add_key(keys.rate, parameter, place, properties);
  }

  void add_key(const std::string& key, const Parameter& parameter, Context place, Json& properties) {
    Json json = value(key, parameter, place);
    json["description"] = description(parameter);
    const auto other = properties.find(key);
    if (other == properties.end()) {
      properties[key] = std::move(json);
    } else if (*other != json) {
      // Two models of a family take the key.
      if (other->contains("anyOf") && !other->contains("description")) {
        (*other)["anyOf"].push_back(std::move(json));
      } else {
        *other = {{"anyOf", {*other, std::move(json)}}};
      }
    }
  }

  Json value(const std::string& key, const Parameter& parameter, Context place) {
    switch (parameter.shape) {
      case Shape::section: return {{"allOf", Json::array({reference(*parameter.family, place)})}};
      case Shape::list: {
        Json list{{"type", "array"}, {"items", reference(*parameter.family, place)}};
        if (parameter.required) list["minItems"] = 1;
        return if_kind("string", true, std::move(list));
      }
      case Shape::table: {
        Json table{{"type", "object"}, {"additionalProperties", reference(*parameter.family, place)}};
        if (parameter.required) table["minProperties"] = 1;
        return table;
      }
      case Shape::changes: return changes();
      case Shape::numbers:
        return if_kind("string", true, {{"type", "array"}, {"items", quantity(parameter, parameter.dimension)}});
      case Shape::texts: return {{"type", "array"}, {"items", {{"type", {"string", "number"}}}}};
      case Shape::text: return {{"type", {"string", "number", "boolean"}}};
      case Shape::flag: return {{"type", "boolean"}};
      case Shape::choice: return {{"enum", parameter.choices}};
      case Shape::date: return date();
      default: break;
    }
    const Dimension dimension = core::uncertain_dimension(parameter, key);
    Json scalar = quantity(parameter, dimension);
    if (parameter.shape == Shape::instant)
      scalar = {{"anyOf", {date(), {{"const", core::kHorizonEnd}}, std::move(scalar)}}};
    if (!place.uncertain || !core::may_be_uncertain(parameter)) return scalar;
    return if_kind("object", law(dimension), std::move(scalar));
  }

  Json changes() {
    Json properties = Json::object();
    for (const Parameter& parameter : scenario_entry().parameters) {
      if (may_differ_by_strategy(parameter.name)) add(parameter, {true, may_be_uncertain(parameter.name)}, properties);
    }
    return {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  }

  Json definitions_ = Json::object();
};

void write(const Json& json, core::JsonWriter& writer) {
  if (json.is_object()) {
    writer.begin_object();
    for (const auto& [key, value] : json.items()) writer.key(key), write(value, writer);
    writer.end_object();
  } else if (json.is_array()) {
    writer.begin_array();
    for (const Json& item : json) write(item, writer);
    writer.end_array();
  } else if (json.is_string()) {
    writer.text(json.get<std::string>());
  } else if (json.is_number_float()) {
    writer.real(json.get<double>());
  } else {
    writer.number(json.dump());
  }
}

}  // namespace

std::string json_schema() {
  core::JsonWriter writer(core::JsonWriter::Layout::indented);
  write(Schema().whole(), writer);
  return std::move(writer).finish();
}

}  // namespace fleetrace::scenario
