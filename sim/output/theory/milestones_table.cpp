#include <algorithm>
#include <cmath>

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

std::string row_years(const Milestone& row) { return row.never ? "never" : amount(row.years); }

/// A row for each loss and rate, which is what programs read.
Table long_table(const Milestones& milestones) {
  Table table({{.heading = "relative loss", .name = "relative_loss"},
               {.heading = "gamma", .name = "gamma"},
               {.heading = "years", .name = "years"},
               {.heading = "initial fleets", .name = "fleet_multiple"}});
  for (const Milestone& row : milestones.rows) {
    table.add_row({Cell::real(row.relative_loss, core::format_real(row.relative_loss)),
                   Cell::real(row.gamma, core::format_real(row.gamma)), Cell::real(row.years, row_years(row)),
                   Cell::real(row.fleet_multiple, amount(row.fleet_multiple))});
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
    cells.emplace_back(amount(milestones.rows[i * width].fleet_multiple));
    table.add_row(std::move(cells));
  }
  return table;
}

/// "takes millennia (1,048,575 years)".
std::string takes(const Milestone& row) {
  if (row.never) return "is never reached";
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
  const Milestones ends = fleetrace::milestones({.kappa = milestones.kappa, .gammas = {0, fastest}, .losses = {loss}});
  std::string text = "Without efficiency gains a relative loss of " + core::format_real(loss) + ' ' +
                     takes(ends.rows[0]);
  if (fastest > 0)
    text += "; with " + core::format_real(fastest) + (fastest == 1 ? " doubling" : " doublings") + " a year it " +
            takes(ends.rows[1]);
  return text + '.';
}

}  // namespace

std::string milestones_table(const Milestones& milestones) {
  const Table wide = wide_table(milestones);
  const std::string kappa = core::format_real(milestones.kappa);
  return core::wrapped(
             "Years until the relative loss R = (C/C0)^-" + kappa +
                 " is reached at constant power, when efficiency doubles gamma times a year. Initial fleets: how many "
                 "of them reach it within one year without any gains.",
             kTextWidth) +
         '\n' + write_text(fits(wide, kTextWidth) ? wide : long_table(milestones)) + '\n' +
         core::wrapped(conclusion(milestones), kTextWidth);
}

std::string milestones_markdown(const Milestones& milestones) {
  return write_markdown(wide_table(milestones), Markdown::markup);
}

std::string milestones_json(const Milestones& milestones) {
  core::JsonWriter json(core::JsonWriter::Layout::indented);
  json.begin_object();
  write_version(json);
  json.real("kappa", milestones.kappa);
  json.key("rows");
  write_json(long_table(milestones), json);
  json.end_object();
  return std::move(json).finish();
}

std::string milestones_csv(const Milestones& milestones) { return write_csv(long_table(milestones)); }

std::string milestones_xlsx(const Milestones& milestones) { return write_xlsx(long_table(milestones)); }

}  // namespace fleetrace::output
