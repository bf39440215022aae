#include "sim/output/studies/axis_column.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <variant>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/quantity.hpp"
#include "fleetrace/core/time.hpp"
#include "sim/core/units/written_unit.hpp"
#include "sim/output/table/format_unit.hpp"

namespace fleetrace::output {
namespace {

using core::Dimension;

bool is_section(std::string_view value) { return !value.empty() && (value.front() == '{' || value.front() == '['); }

bool is_pure(std::string_view value) { return std::holds_alternative<double>(core::parse_number(value)); }

/// Whether a value is a number with a unit behind it, or seems to be.
bool has_unit(const std::string& value) {
  const bool begins = !value.empty() && (value.front() == '-' || (value.front() >= '0' && value.front() <= '9'));
  return begins && !is_pure(value) && !core::parse_iso8601(value);
}

/// A value without the quotes that it may stand in.
std::string unquoted(const std::string& value) {
  const bool is_quoted = value.size() > 1 && value.front() == value.back() &&
                         (value.front() == '"' || value.front() == '\'');
  return is_quoted ? value.substr(1, value.size() - 2) : value;
}

/// What the values with units measure, where all of them measure the same.
std::optional<Dimension> dimension_of(const std::vector<std::string>& values) {
  if (std::none_of(values.begin(), values.end(), has_unit)) return std::nullopt;
  for (int i = 0; i <= static_cast<int>(Dimension::bandwidth); ++i) {
    const auto dimension = static_cast<Dimension>(i);
    const auto is_of_it = [dimension](const std::string& value) {
      return !has_unit(value) || std::holds_alternative<double>(core::parse_quantity(dimension, value));
    };
    if (std::all_of(values.begin(), values.end(), is_of_it)) return dimension;
  }
  return std::nullopt;
}

/// A number, or a word or date as it is.
Cell plain_cell(const std::string& value) {
  const auto number = core::parse_number(value);
  if (const double* known = std::get_if<double>(&number)) return Cell::real(*known, value);
  return {value, core::printable(value)};
}

}  // namespace

AxisColumn::AxisColumn(const study::Axis& axis) : path_(axis.path) {
  std::vector<std::string> values;
  for (const std::string& value : axis.values) values.push_back(unquoted(value));
  has_sections_ = std::any_of(values.begin(), values.end(), is_section);
  const std::optional<Dimension> dimension = has_sections_ ? std::nullopt : dimension_of(values);
  if (dimension) unit_ = core::written_unit(*dimension, *std::find_if(values.begin(), values.end(), has_unit));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string& value = values[i];
    if (has_sections_) {
      cells_.emplace_back(static_cast<std::int64_t>(i + 1), core::printable(value));
    } else if (dimension && has_unit(value)) {
      const double amount = core::amount_in(*dimension, std::get<double>(core::parse_quantity(*dimension, value)),
                                            unit_);
      cells_.push_back(Cell::real(amount, core::format_real(amount)));
    } else {
      cells_.push_back(plain_cell(value));
    }
  }
}

std::string AxisColumn::name() const { return has_sections_ ? path_ + "_number" : core::column_name(path_, unit_); }

std::vector<AxisColumn> axis_columns(const std::vector<study::Axis>& axes) { return {axes.begin(), axes.end()}; }

}  // namespace fleetrace::output
