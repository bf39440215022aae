#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/studies/what_if_parts.hpp"
#include "sim/output/studies/what_if_row_scale.hpp"
#include "sim/output/table/format_unit.hpp"

namespace fleetrace::output {
namespace {

using study::kRaceMetrics;
using study::kWhatIfMetrics;
using study::MetricStanding;
using study::Spread;
using study::WhatIfCaseStanding;
using study::WhatIfStrategy;

/// P10, P50 and P90 of one metric, or three dashes.
void add_spread(Table::Row& row, const WhatIfRowScale& scale, const MetricStanding* standing) {
  const bool is_there = standing != nullptr && standing->applies;
  const Spread spread = is_there ? standing->value.futures : Spread{};
  for (const double value : {spread.p10, spread.p50, spread.p90})
    row.push_back(is_there ? Cell::real(value, scale.number(value)) : Cell::none());
}

}  // namespace

Table what_if_spreads(const WhatIfReport& report, std::size_t what_if_case) {
  const WhatIfCaseStanding& base = report.result.cases.front();
  const WhatIfCaseStanding& changed = report.result.cases[what_if_case];
  Table table;
  table.add_column({"strategy", Align::left});
  table.add_column({"outcome", Align::left});
  for (const char* quantile : {"P10", "P50", "P90"}) table.add_column({"base\n" + std::string(quantile)});
  for (const char* quantile : {"P10", "P50", "P90"})
    table.add_column({core::printable(changed.name) + '\n' + std::string(quantile)});
  const std::vector<std::string> shown = what_if_strategies(report);
  for (const WhatIfStrategy& each : changed.strategies) {
    if (std::find(shown.begin(), shown.end(), each.name) == shown.end()) continue;
    const auto twin = std::find_if(base.strategies.begin(), base.strategies.end(),
                                   [&each](const WhatIfStrategy& other) { return other.name == each.name; });
    for (std::size_t k = 0; k < kRaceMetrics.size(); ++k) {
      const MetricStanding& here = each.metrics[k];
      const MetricStanding* before = twin == base.strategies.end() ? nullptr : &twin->metrics[k];
      const bool was_there = before != nullptr && before->applies;
      if (!here.applies && !was_there) continue;
      const double most = std::max(here.applies ? std::fabs(here.value.futures.p90) : 0,
                                   was_there ? std::fabs(before->value.futures.p90) : 0);
      const fleet::Metric metric = study::kRaceMetrics[k];
      if (WhatIfRowScale::is_optional(metric) && most == 0) continue;
      const WhatIfRowScale scale(metric, most);
      Table::Row row{core::printable(each.name),
                     what_if_words(k) + (scale.unit().empty() ? "" : " [" + scale.unit() + ']')};
      add_spread(row, scale, before);
      add_spread(row, scale, &here);
      table.add_row(std::move(row));
    }
  }
  return table;
}

Table what_if_worth(const WhatIfReport& report) {
  const std::vector<WhatIfCaseStanding>& cases = report.result.cases;
  std::vector<std::size_t> shown;
  for (std::size_t k = kRaceMetrics.size(); k < kWhatIfMetrics; ++k) {
    const bool applies = std::any_of(cases.begin(), cases.end(), [k](const WhatIfCaseStanding& what_if_case) {
      return std::any_of(what_if_case.strategies.begin(), what_if_case.strategies.end(),
                         [k](const WhatIfStrategy& each) { return each.metrics[k].applies; });
    });
    if (applies) shown.push_back(k);
  }
  Table table;
  if (shown.empty()) return table;
  table.add_column({"strategy", Align::left});
  table.add_column({"case", Align::left});
  for (const std::size_t k : shown)
    table.add_column(
        {.heading = "PF-days per", .unit = std::string(scenario::kPerturbations[k - kRaceMetrics.size()].unit)});
  const std::vector<std::string> strategies = what_if_strategies(report);
  for (const WhatIfCaseStanding& what_if_case : cases) {
    for (const WhatIfStrategy& each : what_if_case.strategies) {
      if (std::find(strategies.begin(), strategies.end(), each.name) == strategies.end()) continue;
      Table::Row row{core::printable(each.name), core::printable(what_if_case.name)};
      for (const std::size_t k : shown) {
        const MetricStanding& figure = each.metrics[k];
        if (!figure.applies) {
          row.push_back(Cell::none());
          continue;
        }
        std::string text = rough(figure.value.mean, 4);
        const study::Interval& range = figure.value.interval;
        if (std::isfinite(range.low) && range.low < range.high)
          text += " (" + rough(range.low, 4) + " to " + rough(range.high, 4) + ')';
        row.push_back(Cell::real(figure.value.mean, std::move(text)));
      }
      table.add_row(std::move(row));
    }
  }
  return table;
}

}  // namespace fleetrace::output
