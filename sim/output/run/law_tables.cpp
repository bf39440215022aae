#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/run/report.hpp"
#include "sim/output/table/format_unit.hpp"

namespace fleetrace::output {
namespace {

fleet::LawResult own_figures(const Run& run, const fleet::Outcome& outcome) {
  const models::LossLaw& law = run.setups.front().loss.law;
  fleet::LawResult own;
  own.law = run.scenario.root().section("loss")->entry->name;
  own.relative = outcome.final.relative_loss;
  own.absolute = outcome.final.absolute_loss;
  if (law.reference_loss > 0) own.reducible = outcome.final.reducible_loss;
  own.equivalent = outcome.final.equivalent_ratio;
  return own;
}

}  // namespace

Table comparison_laws(const Run& run) {
  Table table;
  if (run.setups.front().loss.comparison_laws.empty()) return table;
  table.add_column({"strategy", Align::left});
  table.add_column({"law", Align::left});
  table.add_column({"relative\nloss"});
  table.add_column({"absolute\nnats/token"});
  table.add_column({"reducible\nleft"});
  table.add_column({"equivalent\nC/C0"});
  for (const fleet::Outcome& outcome : run.outcomes) {
    std::vector<fleet::LawResult> laws = outcome.comparison_laws;
    laws.insert(laws.begin(), own_figures(run, outcome));
    std::string name = shown_name(outcome);
    for (const fleet::LawResult& each : laws) {
      table.add_row({name, each.law, Cell::fixed(each.relative, 4), Cell::fixed(each.absolute, 4),
                     Cell::fixed(each.reducible, 4), Cell::rough(each.equivalent)});
      name.clear();
    }
  }
  return table;
}

Table capabilities(const Run& run) {
  Table table;
  if (run.setups.front().loss.capabilities.empty()) return table;
  table.add_column({"strategy", Align::left});
  for (const fleet::NamedCapability& each : run.setups.front().loss.capabilities) {
    table.add_column({.heading = core::printable(each.name) + "\nscore", .starts_group = true});
    if (each.target) table.add_column({rough(*each.target, 4) + "\nmet"});
  }
  for (const fleet::Outcome& outcome : run.outcomes) {
    Table::Row row{shown_name(outcome)};
    for (const fleet::CapabilityScore& each : outcome.capabilities) {
      row.push_back(Cell::fixed(each.score, 3));
      if (each.target) row.push_back(each.reached ? core::to_date(*each.reached) : Cell::none());
    }
    table.add_row(std::move(row));
  }
  return table;
}

}  // namespace fleetrace::output
