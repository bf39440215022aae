#pragma once

#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/core/quantity.hpp"

/// Inputs describe themselves. An Entry is a section of a scenario or a model that one can name there; its Parameters are
/// the keys it takes. The loader's checks, `list`, the JSON Schema, the format reference and "valid values are" all come
/// from these entries, so nothing about a parameter is written twice.
namespace fleetrace::core {

struct Family;

/// Valid values [base unit]; an open end excludes its bound.
struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool low_open = false;
  bool high_open = false;

  [[nodiscard]] bool contains(double value) const;
};

[[nodiscard]] constexpr Range above(double low) { return {low, std::numeric_limits<double>::infinity(), true, false}; }
[[nodiscard]] constexpr Range at_least(double low) {
  return {low, std::numeric_limits<double>::infinity(), false, false};
}
[[nodiscard]] constexpr Range between(double low, double high) { return {low, high, false, false}; }
[[nodiscard]] constexpr Range above_up_to(double low, double high) { return {low, high, true, false}; }

/// The shapes that a value can take.
enum class Shape {
  quantity,  ///< one number of Parameter::dimension
  growth,    ///< a growth rate, written `X_doubling: 8 months`, `X_doubling: none` or `X_rate: 1.5 doublings/yr`
  instant,   ///< a date, or a duration from the start of the horizon
  date,      ///< a date
  text,      ///< free text
  choice,    ///< one of Parameter::choices
  flag,      ///< true or false
  numbers,   ///< a list of quantities
  texts,     ///< a list of texts
  section,   ///< one section of Parameter::family
  list,      ///< a list of sections of Parameter::family
  table,     ///< named sections of Parameter::family
  changes,   ///< a partial scenario that is laid over the whole one (`with`)
};

/// One key that an entry takes.
struct Parameter {
  std::string_view name;
  std::string_view summary;
  Shape shape = Shape::quantity;
  Dimension dimension = Dimension::number;
  Range range = {};
  std::string_view why = {};     ///< reason for a bound that users are likely to meet
  std::string_view preset = {};  ///< the default as a user would write it; empty where there is none
  std::string_view source = {};  ///< where the default comes from; empty where it is neutral (none, 0, unlimited)
  bool verified = true;          ///< whether the default was read in `source`
  bool required = false;
  std::string_view unbounded = {};  ///< word that stands for infinity, such as "unlimited"
  /// Valid words of a choice; words that may replace the number of a quantity.
  std::vector<std::string_view> choices = {};
  const Family* family = nullptr;   ///< what a section, or each one of a list or table, may contain
  bool sourced = false;             ///< whether it is catalog data, written as {value, low, high, source, verified}
  Range usual = {};                 ///< values beyond it are valid, but warned about, since they may be slips
  std::string_view usual_why = {};  ///< what such a value would mean, for the warning
};

/// Written where a date or a duration from the start may stand, it is the end of the horizon.
inline constexpr std::string_view kHorizonEnd = "horizon.end";

/// A section of a scenario or a model, with the keys that it takes.
struct Entry {
  std::string_view name;
  std::string_view summary;
  std::vector<Parameter> parameters;
  std::string_view scope = {};  ///< scope and limitations of a model

  /// The parameter of that name, or nullptr. A growth parameter is found by either of its two keys.
  [[nodiscard]] const Parameter* find(std::string_view wanted) const;
};

/// Entries that exclude each other, chosen by the value of the selector key; a plain section is a family of one.
struct Family {
  std::string_view name;  ///< "progress"
  std::string_view summary;
  std::string_view selector;  ///< the key that names the entry: "model", "buy", "law"; empty for a plain section
  std::span<const Entry* const> entries;
  std::string_view preset = {};  ///< entry that is meant where the selector is left out; empty where it is required
  /// Of a plain section, the key whose value may stand in the place of the whole section; empty where none may.
  std::string_view short_key = {};

  [[nodiscard]] const Entry* find(std::string_view wanted) const;
};

/// A section that is always the same: a family of one entry, which is also meant where the section is left out.
[[nodiscard]] constexpr Family plain_section(std::string_view name, std::span<const Entry* const> entries,
                                             std::string_view short_key = {}) {
  return {.name = name, .summary = {}, .selector = {}, .entries = entries, .preset = name, .short_key = short_key};
}

/// The two keys of a growth parameter: {"price_performance_doubling", "price_performance_rate"}. Whichever key is
/// written, the value is kept in doublings/yr.
struct GrowthKeys {
  std::string doubling;
  std::string rate;
};
[[nodiscard]] GrowthKeys growth_keys(const Parameter& parameter);

/// The range in words, in the parameter's units: "above 0 and at most 1"; empty where everything is valid.
[[nodiscard]] std::string describe(const Parameter& parameter, const Range& range);

}  // namespace fleetrace::core
