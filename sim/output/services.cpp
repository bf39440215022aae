#include <algorithm>

#include "fleetrace/output/human.hpp"
#include "report.hpp"

namespace fleetrace::output {

TextTable services(const Run& run) {
  TextTable table;
  const bool has_any = std::any_of(run.outcomes.begin(), run.outcomes.end(),
                                   [](const fleet::Outcome& outcome) { return outcome.final.service.has_value(); });
  if (!has_any) return table;
  table.add_column({"strategy", false});
  table.add_column({"asked at end\nEFLOP/s"});
  table.add_column({"carried\nEFLOP/s"});
  table.add_column({"demand met\n%"});
  table.add_column({"unmet\nFLOP"});
  table.add_column({"short from"});
  for (const fleet::Outcome& outcome : run.outcomes) {
    std::vector<TextTable::Cell> row{{shown_name(outcome)}};
    const auto& service = outcome.final.service;
    const fleet::Sample& last = outcome.series.back();
    if (service) {
      row.push_back({rough(last.serving_load / 1e18, 4)});
      row.push_back({rough(last.serving_carried / 1e18, 4)});
      row.push_back({fixed(100 * (1 - service->unmet_flop / service->demanded_flop), 1)});
      row.push_back({rough(service->unmet_flop, 3)});
      row.push_back({service->short_from ? core::to_date(*service->short_from) : "-"});
    }
    while (row.size() < 6) row.push_back({"-"});
    table.add_row(std::move(row));
  }
  return table;
}

}  // namespace fleetrace::output
