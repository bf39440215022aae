#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/studies/axis_column.hpp"
#include "sim/output/studies/study_parts.hpp"

namespace fleetrace::output {

Table sweep_spreads(const SweepReport& report) {
  Table table;
  if (!report.has_chance) return table;
  const ObjectiveScale scale = sweep_scale(report);
  const std::vector<AxisColumn> axes = axis_columns(report.axes);
  const std::vector<std::string> labels = sweep_labels(report);
  for (std::size_t k = 0; k < axes.size(); ++k)
    table.add_column({.heading = labels[k], .align = Align::left, .unit = axes[k].unit()});
  table.add_column({"strategy", Align::left});
  table.add_column({.heading = "mean", .unit = scale.unit()});
  table.add_column({percent(report.confidence) + " interval\nof the mean"});
  for (const char* heading : {"P10", "P50", "P90"}) table.add_column({.heading = heading, .unit = scale.unit()});
  for (std::size_t i = 0; i < report.points.size(); ++i) {
    const std::vector<std::size_t> position = study::grid_position(report.axes, i);
    for (const study::StrategyStanding& each : report.points[i].strategies) {
      Table::Row row;
      for (std::size_t k = 0; k < position.size(); ++k) row.push_back(axes[k].cell(position[k]));
      row.emplace_back(core::printable(each.name));
      row.push_back(scale.cell(each.objective.mean));
      row.emplace_back(scale.interval(each.mean));
      for (const double value : {each.quantile_10, each.median, each.quantile_90}) row.push_back(scale.cell(value));
      table.add_row(std::move(row));
    }
  }
  return table;
}

}  // namespace fleetrace::output
