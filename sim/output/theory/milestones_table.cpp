#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/quantity.hpp"
#include "sim/core/text/wrap.hpp"
#include "sim/output/json/document.hpp"
#include "sim/output/table/text.hpp"
#include "sim/output/table/workbook.hpp"
#include "sim/output/table/writers.hpp"
#include "sim/output/theory/milestones.hpp"

namespace fleetrace::output {
namespace {

/// "7.02", "36.94", "1,048,575", "1.27e+30".
std::string amount(double value) {
  if (!std::isfinite(value)) return "beyond 1e308";
  if (value >= 1e15 || (value > 0 && value < 0.01)) return rough(value);
  return value < 1e3 ? fixed(value, 2) : grouped(std::llround(value));
}

std::string row_years(const Milestone& row) {
  if (row.below_floor) return "below floor";
  return row.never ? "never" : amount(row.years);
}

/// An end of the range of a row.
std::string row_end(const Milestone& row, double years) {
  if (std::isfinite(years)) return amount(years);
  return row.below_floor ? "below floor" : row.never ? "never" : amount(years);
}

std::string row_fleets(const Milestone& row) { return row.below_floor ? "below floor" : amount(row.fleet_multiple); }

bool is_uncertain(const Milestones& milestones) { return !milestones.uncertain.empty(); }

/// A row for each loss and rate, which is what programs read.
Table long_table(const Milestones& milestones) {
  Table table({{.heading = "relative loss", .name = "relative_loss"},
               {.heading = "gamma", .name = "gamma"},
               {.heading = "years", .name = "years"}});
  if (is_uncertain(milestones)) {
    table.add_column({.heading = "from", .name = "years_low"});
    table.add_column({.heading = "to", .name = "years_high"});
  }
  table.add_column({.heading = "initial fleets", .name = "fleet_multiple"});
  for (const Milestone& row : milestones.rows) {
    Table::Row cells{Cell::real(row.relative_loss, core::format_real(row.relative_loss)),
                     Cell::real(row.gamma, core::format_real(row.gamma)), Cell::real(row.years, row_years(row))};
    if (is_uncertain(milestones)) {
      cells.push_back(Cell::real(*row.years_low, row_end(row, *row.years_low)));
      cells.push_back(Cell::real(*row.years_high, row_end(row, *row.years_high)));
    }
    cells.push_back(Cell::real(row.fleet_multiple, row_fleets(row)));
    table.add_row(std::move(cells));
  }
  return table;
}

/// A row for each loss and a column for each rate.
Table wide_table(const Milestones& milestones) {
  Table table;
  table.add_column({"relative loss"});
  for (const double gamma : milestones.gammas) table.add_column({"gamma " + core::format_real(gamma)});
  table.add_column({"initial fleets"});
  const std::size_t width = milestones.gammas.size();
  for (std::size_t i = 0; i < milestones.losses.size(); ++i) {
    Table::Row cells{core::format_real(milestones.losses[i])};
    for (std::size_t j = 0; j < width; ++j) cells.emplace_back(row_years(milestones.rows[i * width + j]));
    cells.emplace_back(row_fleets(milestones.rows[i * width]));
    table.add_row(std::move(cells));
  }
  return table;
}

/// "takes millennia (1,048,575 years)".
std::string takes(const Milestone& row) {
  if (row.below_floor || row.never) return "is never reached";
  if (std::isinf(row.years)) return "takes more than 1e308 years";
  const std::string number = amount(row.years) + " years";
  if (row.years >= 2000) return "takes millennia (" + number + ')';
  if (row.years >= 200) return "takes centuries (" + number + ')';
  if (row.years >= 20) return "takes decades (" + number + ')';
  return "takes " + number;
}

/// What the lowest loss takes without gains and at the fastest rate asked for.
std::string conclusion(const Milestones& milestones) {
  const double loss = *std::min_element(milestones.losses.begin(), milestones.losses.end());
  const double fastest = *std::max_element(milestones.gammas.begin(), milestones.gammas.end());
  MilestoneRequest request = milestones.request;
  request.gammas = {0, fastest};
  request.losses = {loss};
  const Milestones ends = fleetrace::milestones(request);
  std::string text = "Without efficiency gains a relative loss of " + core::format_real(loss) + ' ' +
                     takes(ends.rows[0]);
  if (fastest > 0)
    text += "; with " + core::format_real(fastest) + (fastest == 1 ? " doubling" : " doublings") + " a year it " +
            takes(ends.rows[1]);
  return text + '.';
}

std::string introduction(const Milestones& milestones) {
  const bool is_relative = milestones.law == "relative";
  std::string law = "R = (C/C0)^-" + (is_uncertain(milestones) ? "kappa" : core::format_real(milestones.kappa));
  if (!is_relative) {
    law = "by the law " + core::printable(milestones.law);
    if (milestones.reference_flop > 0) law += " with C0 = " + core::format_real(milestones.reference_flop) + " FLOP";
  }
  std::string text = "Years until the relative loss " + law +
                     " is reached at constant power, when efficiency doubles gamma times a year. ";
  if (is_uncertain(milestones))
    text += "Years are the median over the distribution of " + milestones.uncertain + ", and from and to hold " +
            core::format_real(100 * milestones.request.range) + " % of it. ";
  return text + "Initial fleets: how many of them reach it within one year without any gains.";
}

}  // namespace

std::string milestones_table(const Milestones& milestones) {
  const bool is_wide = !is_uncertain(milestones) && fits(wide_table(milestones), kTextWidth);
  std::string text = core::wrapped(introduction(milestones), kTextWidth) + '\n' +
                     write_text(is_wide ? wide_table(milestones) : long_table(milestones)) + '\n' +
                     core::wrapped(conclusion(milestones), kTextWidth);
  for (const std::string& warning : milestones.warnings) text += core::wrapped("Warning: " + warning + '.', kTextWidth);
  return text;
}

std::string milestones_markdown(const Milestones& milestones) {
  return write_markdown(is_uncertain(milestones) ? long_table(milestones) : wide_table(milestones), Markdown::markup);
}

std::string milestones_json(const Milestones& milestones) {
  core::JsonWriter json(core::JsonWriter::Layout::indented);
  json.begin_object();
  write_version(json);
  json.text("law", milestones.law);
  if (milestones.law == "relative") json.real("kappa", milestones.kappa);
  if (milestones.reference_flop > 0) json.real("reference_flop", milestones.reference_flop);
  json.real("floor", milestones.floor);
  if (is_uncertain(milestones)) {
    json.text("uncertain", milestones.uncertain);
    json.real("range", milestones.request.range);
  }
  write_texts(json, "warnings", milestones.warnings);
  json.key("rows");
  write_json(long_table(milestones), json);
  json.end_object();
  return std::move(json).finish();
}

std::string milestones_csv(const Milestones& milestones) { return write_csv(long_table(milestones)); }

std::string milestones_xlsx(const Milestones& milestones) { return write_xlsx(long_table(milestones)); }

}  // namespace fleetrace::output
