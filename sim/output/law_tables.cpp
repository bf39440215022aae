#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/output/human.hpp"
#include "report.hpp"

namespace fleetrace::output {
namespace {

std::string text_of(const std::optional<double>& value, int decimals) {
  return value ? fixed(*value, decimals) : std::string("-");
}

std::string grown(const std::optional<double>& value) { return value ? rough(*value) : std::string("-"); }

fleet::LossFigures own_figures(const Run& run, const fleet::Outcome& outcome) {
  const models::LossLaw& law = run.cases.front().loss.law;
  fleet::LossFigures own;
  own.law = run.scenario.root.section("loss")->entry->name;
  own.relative = outcome.final.relative_loss;
  own.absolute = outcome.final.absolute_loss;
  if (law.reference_loss > 0) own.reducible = outcome.final.reducible_loss;
  own.equivalent = outcome.final.equivalent_ratio;
  return own;
}

}  // namespace

TextTable laws_beside(const Run& run) {
  TextTable table;
  if (run.cases.front().loss.beside.empty()) return table;
  table.add_column({"strategy", false});
  table.add_column({"law", false});
  table.add_column({"relative\nloss"});
  table.add_column({"absolute\nnats/token"});
  table.add_column({"reducible\nleft"});
  table.add_column({"equivalent\nC/C0"});
  for (const fleet::Outcome& outcome : run.outcomes) {
    std::vector<fleet::LossFigures> laws = outcome.beside;
    laws.insert(laws.begin(), own_figures(run, outcome));
    std::string name = shown_name(outcome);
    for (const fleet::LossFigures& each : laws) {
      table.add_row({{name},
                     {each.law},
                     {fixed(each.relative, 4)},
                     {text_of(each.absolute, 4)},
                     {text_of(each.reducible, 4)},
                     {grown(each.equivalent)}});
      name.clear();
    }
  }
  return table;
}

TextTable capabilities(const Run& run) {
  TextTable table;
  if (run.cases.front().loss.capabilities.empty()) return table;
  table.add_column({"strategy", false});
  for (const fleet::NamedCapability& each : run.cases.front().loss.capabilities) {
    table.add_column({core::printable(each.name) + "\nscore", true, false});
    if (each.target) table.add_column({rough(*each.target, 4) + "\nmet"});
  }
  for (const fleet::Outcome& outcome : run.outcomes) {
    std::vector<TextTable::Cell> row{{shown_name(outcome)}};
    for (const fleet::CapabilityScore& each : outcome.capabilities) {
      row.push_back({fixed(each.score, 3)});
      if (each.target) row.push_back({each.reached ? core::to_date(*each.reached) : std::string("-")});
    }
    table.add_row(std::move(row));
  }
  return table;
}

}  // namespace fleetrace::output
