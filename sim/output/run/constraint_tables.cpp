#include <algorithm>
#include <array>

#include "sim/output/run/report.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::output {
namespace {

using fleet::Constraint;
using fleet::Outcome;

std::int64_t times(const Outcome& outcome, Constraint which) {
  return outcome.constraint_counts[static_cast<std::size_t>(which)];
}

template <class Value>
double largest(const Run& run, Value value) {
  double most = 0;
  for (const Outcome& outcome : run.outcomes) most = std::max(most, static_cast<double>(value(outcome)));
  return most;
}

/// A number of each strategy that makes a column only where somebody has any.
struct Figure {
  std::string heading;
  double (*value)(const Outcome&);
  bool is_money = false;
  std::string per = {};  ///< what its unit goes on with
};

const std::array<Figure, 7> kFigures{{
    {"waiting\nat the end", [](const Outcome& o) { return static_cast<double>(o.final.idle.waiting); }},
    {"waiting, cost", [](const Outcome& o) { return o.final.idle.waiting_usd; }, true},
    {"waiting, cost", [](const Outcome& o) { return o.final.idle.waiting_usd_per_year; }, true, "/yr"},
    {"not\ndelivered", [](const Outcome& o) { return static_cast<double>(o.final.idle.undelivered); }},
    {"not delivered", [](const Outcome& o) { return o.final.idle.undelivered_usd; }, true},
    {"unspent", [](const Outcome& o) { return o.final.unspent.usd(); }, true},
    {"idle", [](const Outcome& o) { return o.final.idle_usd_years; }, true, " yr"},
}};

double waited(const Outcome& outcome) { return outcome.final.idle_accelerator_years; }

bool is_held_back(const Run& run) {
  return std::any_of(run.outcomes.begin(), run.outcomes.end(), [](const Outcome& outcome) {
    return waited(outcome) > 0 || outcome.final.idle.undelivered_usd > 0 ||
           std::any_of(fleet::kPurchaseConstraints.begin(), fleet::kPurchaseConstraints.end(),
                       [&](Constraint each) { return times(outcome, each) > 0; });
  });
}

}  // namespace

Table held_back(const Run& run, IfNothing if_nothing) {
  Table table;
  if (if_nothing == IfNothing::leave_out && !is_held_back(run)) return table;
  table.add_column({"strategy", Align::left});
  table.add_column({"reviews"});
  std::vector<Constraint> constraints;
  for (const Constraint each : fleet::kPurchaseConstraints) {
    if (largest(run, [&](const Outcome& outcome) { return times(outcome, each); }) == 0) continue;
    constraints.push_back(each);
    table.add_column({.heading = "held by\n" + std::string(fleet::info(each).title)});
  }
  const bool waits = largest(run, waited) > 0;
  if (waits) table.add_column({.heading = "waited", .unit = "chip-years", .starts_group = true});
  std::vector<std::pair<const Figure*, Scale>> figures;
  for (const Figure& each : kFigures) {
    const double most = largest(run, each.value);
    if (most == 0) continue;
    figures.emplace_back(&each, scale_for(Scaled::money, most));
    const std::string unit = each.is_money ? figures.back().second.unit + each.per : "";
    table.add_column({.heading = each.heading, .unit = unit});
  }
  for (const Outcome& outcome : run.outcomes) {
    Table::Row row{shown_name(outcome), Cell::integer(outcome.reviews)};
    for (const Constraint each : constraints) row.push_back(Cell::integer(times(outcome, each)));
    if (waits) row.push_back(Cell::rough(waited(outcome), 4));
    for (const auto& [figure, scale] : figures) {
      const double value = figure->value(outcome);
      row.push_back(figure->is_money ? Cell::scaled(scale, value) : Cell::integer(static_cast<std::int64_t>(value)));
    }
    table.add_row(std::move(row));
  }
  return table;
}

Table bindings(const Run& run) {
  std::vector<std::array<double, fleet::kConstraints>> years(run.outcomes.size());
  std::array<bool, fleet::kConstraints> binds = {};
  for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
    years[i] = {};
    const std::vector<fleet::ConstraintSpell>& spells = run.outcomes[i].bindings;
    for (std::size_t k = 0; k < spells.size(); ++k) {
      const core::Time to = k + 1 < spells.size() ? spells[k + 1].from : run.setups[i].horizon.end;
      const auto which = static_cast<std::size_t>(spells[k].binding.constraint);
      years[i][which] += (to - spells[k].from).years();
      binds[which] = true;
    }
  }
  Table table;
  const auto is_money = [](std::size_t which) {
    return which == static_cast<std::size_t>(Constraint::none) || which == static_cast<std::size_t>(Constraint::budget);
  };
  bool is_more_than_money = false;
  for (std::size_t which = 0; which < binds.size(); ++which) is_more_than_money |= binds[which] && !is_money(which);
  if (!is_more_than_money) return table;
  table.add_column({"bound by, years", Align::left});
  for (std::size_t which = 0; which < binds.size(); ++which) {
    if (binds[which]) table.add_column({std::string(fleet::info(static_cast<Constraint>(which)).title)});
  }
  for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
    Table::Row row{shown_name(run.outcomes[i])};
    for (std::size_t which = 0; which < binds.size(); ++which) {
      if (binds[which]) row.push_back(Cell::fixed(years[i][which], 2));
    }
    table.add_row(std::move(row));
  }
  return table;
}

}  // namespace fleetrace::output
