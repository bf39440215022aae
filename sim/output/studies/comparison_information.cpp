#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/studies/comparison_parts.hpp"
#include "sim/output/table/format_unit.hpp"

namespace fleetrace::output {

Table comparison_information(const ComparisonReport& report) {
  const study::Comparison& comparison = report.comparison;
  const ObjectiveScale shown = comparison_scale(report);
  const bool varies = report.design.has_chance;
  Table table;
  table.add_column({"what knowing is worth", Align::left});
  table.add_column({"strategy", Align::left});
  table.add_column({.heading = varies ? "mean" : objective_words(comparison.objective), .unit = shown.unit()});
  if (varies) table.add_column({percent(comparison.confidence) + "\ninterval"});
  if (!comparison.information) return table;
  const study::InformationValue& value = *comparison.information;
  const auto add = [&](const char* what, const std::string& who, double mean, const study::Interval& interval) {
    Table::Row row{what, who, shown.cell(mean)};
    if (varies) row.emplace_back(shown.interval(interval));
    table.add_row(std::move(row));
  };
  const auto add_strategy = [&](const char* what, std::size_t i) {
    const study::StrategyStanding& each = comparison.strategies[i];
    add(what, core::printable(each.name), each.objective.mean, each.mean);
  };
  if (value.fixed) add_strategy("best fixed plan", *value.fixed);
  for (const std::size_t policy : value.policies) add_strategy("policy", policy);
  add("hindsight", "best in each draw", value.hindsight.mean, value.hindsight_mean);
  return table;
}

std::string information_note() {
  return "A fixed plan is made in advance; a policy decides at each review by what it sees and believes; hindsight is the "
         "best in each draw of all strategies, and of the policies as if they knew what is drawn. Nobody can choose it.";
}

}  // namespace fleetrace::output
