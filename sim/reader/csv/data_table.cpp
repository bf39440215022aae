#include "sim/reader/csv/data_table.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "sim/core/schema/read_value.hpp"
#include "sim/reader/csv/csv.hpp"

namespace fleetrace::reader {
namespace {

/// A value as a number.
double number_of(const core::Value& value) {
  if (const double* number = std::get_if<double>(&value.data)) return *number;
  if (const bool* flag = std::get_if<bool>(&value.data)) return *flag ? 1 : 0;
  return static_cast<double>(std::get<core::Time>(value.data).milliseconds());
}

/// Spreadsheets and data frames write flags in ways that YAML does not.
std::string flag_text(const std::string& text) {
  static constexpr std::string_view kYes[] = {"1", "1.0", "yes", "TRUE", "True"};
  static constexpr std::string_view kNo[] = {"0", "0.0", "no", "FALSE", "False"};
  if (std::find(std::begin(kYes), std::end(kYes), text) != std::end(kYes)) return "true";
  if (std::find(std::begin(kNo), std::end(kNo), text) != std::end(kNo)) return "false";
  return text;
}

}  // namespace

DataTable read_data(std::string_view bytes, const std::string& file, std::vector<core::Parameter> parameters) {
  core::Diagnostics diagnostics;
  Findings findings(diagnostics);
  const core::Entry entry{.name = "data", .summary = "data", .parameters = std::move(parameters)};
  const std::array<const core::Entry*, 1> entries = {&entry};
  const core::Family family = core::plain_section("data", entries);
  const std::optional<Node> rows = read_csv(bytes, file, family, "rows", {}, findings);
  DataTable table;
  const std::size_t width = entry.parameters.size();
  table.columns.resize(width);
  table.places.resize(width);
  std::vector<bool> is_there(width, false);
  for (std::size_t place = 0; rows && place < rows->items.size(); ++place) {
    const Node& row = rows->items[place];
    table.lines.push_back(static_cast<std::size_t>(row.where.line));
    for (std::size_t i = 0; i < width; ++i) {
      const core::Parameter& parameter = entry.parameters[i];
      table.columns[i].push_back(std::numeric_limits<double>::quiet_NaN());
      table.places[i].push_back(1);
      const Node* cell = row.find(parameter.name);
      if (cell == nullptr) continue;
      is_there[i] = true;
      const std::string text = parameter.shape == core::Shape::flag ? flag_text(cell->scalar) : cell->scalar;
      auto value = core::read_value(parameter, parameter.name, text, false);
      if (auto* problem = std::get_if<core::QuantityProblem>(&value)) {
        if (parameter.shape == core::Shape::flag) problem->reason = "only yes and no are";
        findings.add(cell->where, std::string(parameter.name), std::move(*problem));
        continue;
      }
      table.columns[i].back() = number_of(std::get<core::Value>(value));
      table.places[i].back() = cell->where.column;
    }
  }
  diagnostics.quote_lines(file, bytes);
  diagnostics.throw_if_any();
  for (std::size_t i = 0; i < width; ++i) {
    if (!is_there[i]) table.columns[i].clear();
  }
  return table;
}

}  // namespace fleetrace::reader
