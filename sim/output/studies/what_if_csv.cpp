#include "sim/core/units/written_unit.hpp"
#include "sim/output/studies/what_if.hpp"
#include "sim/output/table/workbook.hpp"
#include "sim/output/table/writers.hpp"
#include "sim/scenario/schema/money_entry.hpp"

namespace fleetrace::output {
namespace {

/// The name of a column about a metric. It ends in the unit, which for a shadow value is the name of the metric itself.
std::string column(std::size_t metric, const std::string& of) {
  const study::WhatIfMetric& info = study::what_if_metric(metric);
  if (metric < study::kRaceMetrics.size()) return core::column_name(std::string(info.name) + of, info.unit);
  return "shadow_value" + of + '_' + std::string(info.name);
}

void add_estimate(Table::Row& row, const study::Estimate& estimate, bool is_there) {
  for (const double value : {estimate.mean, estimate.interval.low, estimate.interval.high, estimate.futures.p10,
                             estimate.futures.p50, estimate.futures.p90})
    row.push_back(is_there ? Cell::real(value) : Cell());
}

/// A row for each case and strategy.
Table rows_of(const WhatIfReport& report) {
  Table table;
  for (const char* name : {"future", "strategy"}) table.add_column({.name = name});
  for (std::size_t k = 0; k < study::kWhatIfMetrics; ++k) {
    for (const char* of : {"", "_ci_low", "_ci_high", "_p10", "_p50", "_p90", "_difference", "_difference_ci_low",
                           "_difference_ci_high", "_difference_p10", "_difference_p50", "_difference_p90"})
      table.add_column({.name = column(k, of)});
  }
  for (const study::WhatIfCaseStanding& what_if_case : report.result.cases) {
    for (const study::WhatIfStrategy& strategy : what_if_case.strategies) {
      Table::Row row{what_if_case.name, strategy.name};
      for (const study::MetricStanding& standing : strategy.metrics) {
        add_estimate(row, standing.value, standing.applies);
        add_estimate(row, standing.difference, standing.has_difference);
      }
      table.add_row(std::move(row));
    }
  }
  return table;
}

}  // namespace

std::string what_if_csv(const WhatIfReport& report) { return write_csv(rows_of(report)); }

std::string what_if_xlsx(const WhatIfReport& report) {
  return write_xlsx({{"results", rows_of(report)},
                     about_sheet(report.name, report.sha256, report.seed,
                                 scenario::money_note(report.cases.front().at_medians.scenario.root()))});
}

}  // namespace fleetrace::output
