#include "sim/study/solve/goal_units.hpp"

#include <optional>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/time.hpp"

namespace fleetrace::study {
namespace {

using core::Dimension;

/// What a unit of the result measures: it is the base unit of its dimension, but that times are counted in years. Nullopt where no
/// quantity that is read has that unit.
std::optional<Dimension> dimension_of(std::string_view unit) {
  if (unit == "yr") return Dimension::duration;
  if (unit == "1/yr") return Dimension::decline;
  for (int i = 0; i <= static_cast<int>(Dimension::energy); ++i) {
    const auto dimension = static_cast<Dimension>(i);
    if (core::base_unit(dimension) == unit) return dimension;
  }
  return std::nullopt;
}

}  // namespace

std::variant<double, core::QuantityProblem> value_in_unit(std::string_view text, std::string_view unit,
                                                          const std::optional<core::Currency>& currency) {
  if (unit.empty()) return core::parse_quantity(Dimension::number, text);
  const std::optional<Dimension> dimension = dimension_of(unit);
  if (!dimension) {
    return core::QuantityProblem{'"' + core::printable(text) + "\" is no bare number",
                                 "it is compared with a number in " + std::string(unit),
                                 "Write the number alone: it is in that unit."};
  }
  auto read = core::parse_quantity(*dimension, text, currency);
  if (auto* value = std::get_if<double>(&read); value != nullptr && unit == "yr")
    *value /= static_cast<double>(core::kYear.milliseconds());
  return read;
}

}  // namespace fleetrace::study
