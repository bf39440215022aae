#include "sim/core/units/written_unit.hpp"
#include "sim/output/studies/solve.hpp"
#include "sim/output/studies/solve_parts.hpp"
#include "sim/output/table/workbook.hpp"
#include "sim/output/table/writers.hpp"
#include "sim/scenario/schema/money_entry.hpp"

namespace fleetrace::output {
namespace {

/// A row for each value that was tried.
Table rows_of(const SolveReport& report) {
  Table table;
  table.add_column({.name = "path"});
  table.add_column({.name = core::column_name("value", report.scalar_input.unit)});
  table.add_column({.name = core::column_name("reached", report.goal.unit())});
  for (const char* name : {"probability", "probability_ci_low", "probability_ci_high", "met", "is_solution"})
    table.add_column({.name = name});
  const auto add = [&](const study::SolveSample& each, bool is_solution) {
    table.add_row({report.scalar_input.path, solve_input_cell(report, each.input), Cell::real(each.reached),
                   Cell::real(each.probability), Cell::real(each.chance.low), Cell::real(each.chance.high),
                   Cell::integer(each.met ? 1 : 0), Cell::integer(is_solution ? 1 : 0)});
  };
  for (const study::SolveSample& each : report.solution.samples) add(each, false);
  if (report.solution.end == study::Solution::End::found) add(report.solution.best, true);
  return table;
}

}  // namespace

std::string solve_csv(const SolveReport& report) { return write_csv(rows_of(report)); }

std::string solve_xlsx(const SolveReport& report) {
  return write_xlsx(
      {{"results", rows_of(report)},
       about_sheet(report.name, report.sha256, report.seed, scenario::money_note(report.at_medians.scenario.root()))});
}

}  // namespace fleetrace::output
