#include <algorithm>

#include "sim/output/run/report.hpp"
#include "sim/output/table/format_unit.hpp"

namespace fleetrace::output {

Table services(const Run& run) {
  Table table;
  const bool has_any = std::any_of(run.outcomes.begin(), run.outcomes.end(),
                                   [](const fleet::Outcome& outcome) { return outcome.final.service.has_value(); });
  if (!has_any) return table;
  table.add_column({"strategy", Align::left});
  table.add_column({.heading = "asked at end", .unit = "EFLOP/s"});
  table.add_column({.heading = "carried", .unit = "EFLOP/s"});
  table.add_column({.heading = "demand met", .unit = "%"});
  table.add_column({.heading = "unmet", .unit = "FLOP"});
  table.add_column({"short from"});
  for (const fleet::Outcome& outcome : run.outcomes) {
    Table::Row row{shown_name(outcome)};
    const auto& service = outcome.final.service;
    const fleet::Sample& last = outcome.series.back();
    if (service) {
      row.push_back(Cell::rough(last.serving_load / 1e18, 4));
      row.push_back(Cell::rough(last.serving_carried / 1e18, 4));
      row.push_back(Cell::fixed(100 * (1 - service->unmet_flop / service->demanded_flop), 1));
      row.push_back(Cell::rough(service->unmet_flop));
      row.push_back(service->short_from ? core::to_date(*service->short_from) : Cell::none());
    }
    while (row.size() < table.columns().size()) row.push_back(Cell::none());
    table.add_row(std::move(row));
  }
  return table;
}

}  // namespace fleetrace::output
