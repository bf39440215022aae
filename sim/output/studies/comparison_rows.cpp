#include "sim/core/text/json_writer.hpp"
#include "sim/output/studies/comparison.hpp"
#include "sim/output/studies/input_values.hpp"
#include "sim/output/studies/standing_columns.hpp"
#include "sim/output/table/workbook.hpp"
#include "sim/output/table/writers.hpp"
#include "sim/scenario/schema/money_entry.hpp"

/// A comparison as rows: a strategy each in CSV, a replication of a strategy each in JSON lines.
namespace fleetrace::output {
namespace {

/// A row for each strategy.
Table rows_of(const ComparisonReport& report) {
  Table table;
  for (const char* name : {"strategy", "objective", "replications"}) table.add_column({.name = name});
  for (const StandingColumn& column : standing_columns())
    table.add_column({.name = column.name_in(report.comparison.objective)});
  for (const study::StrategyStanding& each : report.comparison.strategies) {
    Table::Row row{each.name, fleet::info(report.comparison.objective).name,
                   Cell::integer(static_cast<std::int64_t>(report.comparison.replications))};
    for (const StandingColumn& column : standing_columns()) row.push_back(Cell::real(column.value(each)));
    table.add_row(std::move(row));
  }
  return table;
}

/// A row for each pair of strategies, as in SQLite.
Table pairs_of(const study::Comparison& comparison) {
  Table table;
  for (const char* name :
       {"a", "b", "mean_difference", "ci_low", "ci_high", "sd", "pairing_gain", "replications", "a_alone", "b_alone"})
    table.add_column({.name = name});
  const auto count = [](std::size_t number) { return Cell::integer(static_cast<std::int64_t>(number)); };
  for (const study::PairStanding& pair : comparison.pairs) {
    table.add_row({comparison.strategies[pair.a].name, comparison.strategies[pair.b].name,
                   Cell::real(pair.difference.mean), Cell::real(pair.mean.low), Cell::real(pair.mean.high),
                   Cell::real(pair.difference.sd), Cell::real(pair.pairing_gain), count(pair.difference.n),
                   count(pair.a_alone), count(pair.b_alone)});
  }
  return table;
}

}  // namespace

std::string comparison_csv(const ComparisonReport& report) { return write_csv(rows_of(report)); }

std::string comparison_xlsx(const ComparisonReport& report) {
  return write_xlsx({{"results", rows_of(report)},
                     {"pairs", pairs_of(report.comparison)},
                     about_sheet(report.scenario.name(), report.scenario.sha256, report.design.seed,
                                 scenario::money_note(report.scenario.root()))});
}

std::string comparison_jsonl(const ComparisonReport& report) {
  std::string lines;
  const study::StudyDesign& design = report.design;
  for (std::size_t r = 0; r < report.results.replications(); ++r) {
    const fleet::Draw draw{design.seed, static_cast<std::uint32_t>(r), fleet::InputDraw::drawn};
    const std::vector<double> inputs = design.inputs.written_values(design.inputs.uniforms(draw));
    for (std::size_t i = 0; i < design.strategies.size(); ++i) {
      core::JsonWriter json(core::JsonWriter::Layout::compact);
      json.begin_object();
      json.integer("replication", r);
      json.text("strategy", design.strategies[i]);
      const fleet::Metrics metrics = report.results.at(r, i);
      for (std::size_t k = 0; k < fleet::kMetrics; ++k)
        json.real(metric_column(k), fleet::value_or_none(metrics, static_cast<fleet::Metric>(k)));
      json.begin_object("inputs");
      for (std::size_t k = 0; k < inputs.size(); ++k) {
        const scenario::UncertainInput& input = design.inputs.all()[k];
        json.key(input_column(input));
        json.number(input.number_text(inputs[k]));
      }
      json.end_object();
      json.end_object();
      lines += std::move(json).finish();
    }
  }
  return lines;
}

}  // namespace fleetrace::output
