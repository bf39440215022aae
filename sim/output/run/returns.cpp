#include <algorithm>
#include <cmath>

#include "sim/output/run/report.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"

// What a plan earns, when it has paid back, and what it says where nothing earns.
namespace fleetrace::output {
namespace {

bool earns(const Run& run) {
  return std::any_of(run.setups.begin(), run.setups.end(),
                     [](const fleet::StrategySetup& setup) { return setup.finance.earns(); });
}

bool has_returns(const Run& run) {
  return earns(run) || std::any_of(run.outcomes.begin(), run.outcomes.end(), [](const fleet::Outcome& outcome) {
           const fleet::FinanceReport& finance = outcome.final.finance;
           return finance.interest != core::Money{} || finance.facility_residual_usd > 0;
         });
}

/// What comes in, and what is counted beside it.
struct Largest {
  double income = 0;
  double beside = 0;
};

Largest largest_money(const Run& run) {
  Largest most;
  for (const fleet::Outcome& outcome : run.outcomes) {
    const fleet::FinanceReport& finance = outcome.final.finance;
    most.income = std::max({most.income, finance.revenue.usd(), finance.compute_value.usd()});
    most.beside = std::max(
        {most.beside, finance.waiting_carrying_usd, finance.facility_residual_usd, std::fabs(finance.interest.usd())});
  }
  return most;
}

}  // namespace

Table returns(const Run& run) {
  Table table;
  if (!has_returns(run)) return table;
  const Largest most = largest_money(run);
  const Scale income = scale_for(Scaled::money, most.income);
  const Scale beside = scale_for(Scaled::money, most.beside);
  table.add_column({"strategy", Align::left});
  table.add_column({.heading = "revenue", .unit = income.unit});
  table.add_column({.heading = "value", .unit = income.unit});
  table.add_column({.heading = "interest", .unit = beside.unit});
  table.add_column({"IRR\n%/yr"});
  table.add_column({"payback\nyr"});
  table.add_column({"discounted\nyr"});
  table.add_column({.heading = "waiting", .unit = beside.unit});
  table.add_column({.heading = "sites left", .unit = beside.unit});
  const auto years = [](const std::optional<double>& value) { return value ? Cell::fixed(*value, 2) : Cell::none(); };
  for (const fleet::Outcome& outcome : run.outcomes) {
    const fleet::FinanceReport& finance = outcome.final.finance;
    Table::Row row{shown_name(outcome)};
    row.push_back(Cell::scaled(income, finance.revenue.usd()));
    row.push_back(Cell::scaled(income, finance.compute_value.usd()));
    row.push_back(Cell::scaled(beside, finance.interest.usd()));
    row.push_back(finance.irr_per_year ? Cell::rough(100 * *finance.irr_per_year, 4) : Cell::none());
    row.push_back(years(finance.payback_years));
    row.push_back(years(finance.discounted_payback_years));
    row.push_back(Cell::scaled(beside, finance.waiting_carrying_usd));
    row.push_back(Cell::scaled(beside, finance.facility_residual_usd));
    table.add_row(std::move(row));
  }
  return table;
}

std::string what_npv_counts(const Run& run) {
  if (earns(run)) return {};
  return finances(run).empty() ? std::string{}
                               : "NPV counts costs alone: nothing earns here. State finance.revenue or "
                                 "finance.compute_value for what compute brings in.";
}

std::vector<std::string> return_notes(const Run& run) {
  std::vector<std::string> notes;
  for (const fleet::Outcome& outcome : run.outcomes) {
    const fleet::FinanceReport& finance = outcome.final.finance;
    if (!finance.cash_flow_sign_changes) continue;
    const int changes = *finance.cash_flow_sign_changes;
    if (changes == 0) {
      notes.push_back(shown_name(outcome) + " has no rate of return: money goes one way alone.");
    } else if (!finance.irr_per_year) {
      notes.push_back(shown_name(outcome) + " has no certain rate of return: its money changes direction " +
                      counted(changes, "time", "times") + ", so that there may be none or several. Compare NPV.");
    } else if (changes > 1) {
      notes.push_back("The money of " + shown_name(outcome) + " changes direction " +
                      counted(changes, "time", "times") + "; no other rate of return is above the one given.");
    }
  }
  return notes;
}

}  // namespace fleetrace::output
