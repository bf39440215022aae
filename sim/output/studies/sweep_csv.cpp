#include "sim/output/studies/axis_column.hpp"
#include "sim/output/studies/standing_columns.hpp"
#include "sim/output/studies/sweep.hpp"
#include "sim/output/table/workbook.hpp"
#include "sim/output/table/writers.hpp"

namespace fleetrace::output {
namespace {

/// A row for each point and strategy.
Table rows_of(const SweepReport& report) {
  const std::vector<AxisColumn> axes = axis_columns(report.axes);
  Table table;
  for (const AxisColumn& axis : axes) table.add_column({.name = axis.name()});
  for (const char* name : {"strategy", "objective", "replications", "best"}) table.add_column({.name = name});
  for (const StandingColumn& column : standing_columns()) {
    if (column.in_sweeps) table.add_column({.name = column.name_in(report.objective)});
  }
  for (std::size_t point = 0; point < report.points.size(); ++point) {
    const study::Comparison& comparison = report.points[point];
    const std::vector<std::size_t> position = study::grid_position(report.axes, point);
    for (std::size_t i = 0; i < comparison.strategies.size(); ++i) {
      Table::Row row;
      for (std::size_t k = 0; k < position.size(); ++k) row.push_back(axes[k].cell(position[k]));
      row.emplace_back(comparison.strategies[i].name);
      row.emplace_back(fleet::info(report.objective).name);
      row.push_back(Cell::integer(static_cast<std::int64_t>(comparison.replications)));
      row.push_back(Cell::integer(comparison.best == i ? 1 : 0));
      for (const StandingColumn& column : standing_columns()) {
        if (column.in_sweeps) row.push_back(Cell::real(column.value(comparison.strategies[i])));
      }
      table.add_row(std::move(row));
    }
  }
  return table;
}

}  // namespace

std::string sweep_csv(const SweepReport& report) { return write_csv(rows_of(report)); }

std::string sweep_xlsx(const SweepReport& report) {
  return write_xlsx({{"results", rows_of(report)}, about_sheet(report.name, report.sha256, report.seed, report.money)});
}

}  // namespace fleetrace::output
