#include "sim/reader/csv/column_names.hpp"

#include <algorithm>
#include <cctype>

#include "sim/core/units/written_unit.hpp"

namespace fleetrace::reader {
namespace {

/// What follows the name of a quantity in that of a column; empty where the column is not named after it.
std::string_view suffix_of(const core::Parameter& parameter, std::string_view column) {
  const std::string prefix = std::string(parameter.name) + '_';
  if (parameter.shape != core::Shape::quantity || !column.starts_with(prefix)) return {};
  return column.substr(prefix.size());
}

}  // namespace

std::string column_unit(const core::Parameter& parameter) {
  if (parameter.shape != core::Shape::quantity) return {};
  return std::string(core::usual_unit(parameter.dimension));
}

std::string column_name(const core::Parameter& parameter) {
  std::string unit = column_unit(parameter);
  std::transform(unit.begin(), unit.end(), unit.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::string(parameter.name) + (unit.empty() ? "" : '_' + unit);
}

std::optional<std::string> named_unit(const core::Parameter& parameter, std::string_view column,
                                      const std::optional<core::Currency>& currency) {
  const std::string_view suffix = suffix_of(parameter, column);
  if (suffix.empty()) return std::nullopt;
  for (const std::string_view unit : core::all_units(parameter.dimension)) {
    if (core::unit_suffix(unit) == suffix) return std::string(unit);
    if (!currency) continue;
    if (std::string own = core::unit_in(currency->code, unit); !own.empty() && core::unit_suffix(own) == suffix)
      return own;
  }
  return std::nullopt;
}

std::string undeclared_currency(const core::Parameter& parameter, std::string_view column) {
  constexpr std::string_view kDollar = "usd";
  const std::string_view suffix = suffix_of(parameter, column);
  for (const std::string_view unit : core::all_units(parameter.dimension)) {
    const std::string dollars = core::unit_suffix(unit);
    const std::size_t at = dollars.find(kDollar);
    if (suffix.size() != dollars.size() || at == std::string::npos) continue;
    std::string code(suffix.substr(at, kDollar.size()));
    const bool is_alike = suffix.substr(0, at) == dollars.substr(0, at) &&
                          suffix.substr(at + kDollar.size()) == dollars.substr(at + kDollar.size());
    std::transform(code.begin(), code.end(), code.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    if (is_alike && core::is_currency_code(code)) return code;
  }
  return {};
}

}  // namespace fleetrace::reader
