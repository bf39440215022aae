#include <algorithm>
#include <cmath>

#include "fleetrace/core/quantity.hpp"
#include "fleetrace/output/human.hpp"
#include "fleetrace/output/milestones.hpp"
#include "fleetrace/output/text.hpp"
#include "grid.hpp"

namespace fleetrace::output {
namespace {

using grid::cell;
using grid::Grid;
using grid::Json;

/// "7.02", "36.94", "1,048,575", "1.27e+30".
std::string amount(double value) {
  if (!std::isfinite(value)) return "beyond 1e308";
  if (value >= 1e15 || (value > 0 && value < 0.01)) return rough(value);
  return value < 1e3 ? fixed(value, 2) : grouped(std::llround(value));
}

std::string years_text(const Milestone& row) { return row.never ? "never" : amount(row.years); }

/// A row a loss and rate: what programs read.
Grid long_grid(const Milestones& milestones) {
  Grid grid;
  grid.columns = {{"relative_loss", "relative loss", true},
                  {"gamma", "gamma", true},
                  {"years", "years", true},
                  {"fleet_multiple", "initial fleets", true}};
  for (const Milestone& row : milestones.rows) {
    grid.rows.push_back({cell(row.relative_loss, core::format_real(row.relative_loss)),
                         cell(row.gamma, core::format_real(row.gamma)), cell(row.years, years_text(row)),
                         cell(row.fleet_multiple, amount(row.fleet_multiple))});
  }
  return grid;
}

/// A row a loss, a column a rate.
Grid wide_grid(const Milestones& milestones) {
  Grid grid;
  grid.columns.push_back({"", "relative loss", true});
  for (const double gamma : milestones.gammas) grid.columns.push_back({"", "gamma " + core::format_real(gamma), true});
  grid.columns.push_back({"", "initial fleets", true});
  const std::size_t width = milestones.gammas.size();
  for (std::size_t i = 0; i < milestones.losses.size(); ++i) {
    std::vector<grid::Cell> cells{cell(core::format_real(milestones.losses[i]))};
    for (std::size_t j = 0; j < width; ++j) cells.push_back(cell(years_text(milestones.rows[i * width + j])));
    cells.push_back(cell(amount(milestones.rows[i * width].fleet_multiple)));
    grid.rows.push_back(std::move(cells));
  }
  return grid;
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
  const Milestones ends = output::milestones({.kappa = milestones.kappa, .gammas = {0, fastest}, .losses = {loss}});
  std::string text = "Without efficiency gains a relative loss of " + core::format_real(loss) + ' ' +
                     takes(ends.rows[0]);
  if (fastest > 0)
    text += "; with " + core::format_real(fastest) + (fastest == 1 ? " doubling" : " doublings") + " a year it " +
            takes(ends.rows[1]);
  return text + '.';
}

}  // namespace

std::string milestones_table(const Milestones& milestones) {
  const Grid wide = wide_grid(milestones);
  const std::string kappa = core::format_real(milestones.kappa);
  return wrapped(
             "Years until the relative loss R = (C/C0)^-" + kappa +
                 " is reached at constant power, when efficiency doubles gamma times a year. Initial fleets: how many "
                 "of them reach it within one year without any gains.",
             grid::kWidth) +
         '\n' + grid::table(grid::width(wide) <= grid::kWidth ? wide : long_grid(milestones)) + '\n' +
         wrapped(conclusion(milestones), grid::kWidth);
}

std::string milestones_markdown(const Milestones& milestones) { return grid::markdown(wide_grid(milestones)); }

std::string milestones_json(const Milestones& milestones) {
  Json json = grid::header();
  json["kappa"] = milestones.kappa;
  json["rows"] = grid::json(long_grid(milestones));
  return grid::dump(json);
}

std::string milestones_csv(const Milestones& milestones) { return grid::csv(long_grid(milestones)); }

}  // namespace fleetrace::output
