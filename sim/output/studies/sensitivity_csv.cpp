#include <algorithm>

#include "sim/core/units/written_unit.hpp"
#include "sim/output/studies/input_values.hpp"
#include "sim/output/studies/sensitivity.hpp"
#include "sim/output/table/workbook.hpp"
#include "sim/output/table/writers.hpp"
#include "sim/scenario/schema/money_entry.hpp"

namespace fleetrace::output {
namespace {

/// Values of an input, each in the column of its unit.
constexpr const char* kValues[] = {"value_05", "median", "value_95", "break_even"};

/// The units of the inputs, each once, in their order.
std::vector<std::string> units(const SensitivityReport& report) {
  std::vector<std::string> found;
  for (const study::InputEffect& effect : report.sensitivity.inputs) {
    const std::string& unit = input_named(report.design, effect.input).unit;
    if (std::find(found.begin(), found.end(), unit) == found.end()) found.push_back(unit);
  }
  return found;
}

Cell value_cell(const scenario::UncertainInput& input, double quantile) {
  return Cell::real(input.in_unit(written_quantile(input, quantile)));
}

/// A row for each input.
Table rows_of(const SensitivityReport& report) {
  const study::Sensitivity& found = report.sensitivity;
  const std::vector<std::string>& strategies = report.design.strategies;
  const std::string_view result_unit = fleet::info(found.objective).unit;
  const std::vector<std::string> all_units = units(report);
  Table table;
  for (const char* name : {"input", "objective", "strategy", "minus", "total", "total_low", "total_high", "first",
                           "first_low", "first_high"})
    table.add_column({.name = name});
  for (const std::string& unit : all_units) {
    for (const char* value : kValues) table.add_column({.name = core::column_name(value, unit)});
  }
  for (const char* result : {"result_05", "result_median", "result_95"})
    table.add_column({.name = core::column_name(result, result_unit)});
  table.add_column({.name = "break_even_quantile"});
  for (const study::InputEffect& effect : found.inputs) {
    const scenario::UncertainInput& input = input_named(report.design, effect.input);
    Table::Row row{report.design.inputs.names()[effect.input], fleet::info(found.objective).name,
                   strategies[found.strategy], found.against ? Cell(strategies[*found.against]) : Cell()};
    for (const study::SobolIndex& index : {effect.total, effect.first}) {
      for (const double value : {index.value, index.low, index.high}) row.push_back(Cell::real(value));
    }
    const auto break_even = nearest_break_even(effect);
    for (const std::string& unit : all_units) {
      const bool is_its = unit == input.unit;
      for (const double quantile : {0.05, 0.5, 0.95}) row.push_back(is_its ? value_cell(input, quantile) : Cell());
      row.push_back(is_its && break_even ? value_cell(input, *break_even) : Cell());
    }
    for (const double result : {effect.at_low, found.at_medians, effect.at_high}) row.push_back(Cell::real(result));
    row.push_back(break_even ? Cell::real(*break_even) : Cell());
    table.add_row(std::move(row));
  }
  return table;
}

}  // namespace

std::string sensitivity_csv(const SensitivityReport& report) { return write_csv(rows_of(report)); }

std::string sensitivity_xlsx(const SensitivityReport& report) {
  return write_xlsx({{"results", rows_of(report)},
                     about_sheet(report.scenario.name(), report.scenario.sha256, report.design.seed,
                                 scenario::money_note(report.scenario.root()))});
}

}  // namespace fleetrace::output
