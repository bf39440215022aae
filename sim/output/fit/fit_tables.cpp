#include "sim/output/fit/fit_tables.hpp"

#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/quantity.hpp"

namespace fleetrace::output {
namespace {

constexpr int kDigits = 5;

Cell number(const std::optional<double>& value) { return Cell::rough(value, kDigits); }

std::string interval_heading(const Fit& fit) { return core::format_real(100 * fit.confidence) + " % from"; }

/// A date, or a number where the model does not go by dates.
Cell place(const std::optional<core::Time>& date, double x) {
  return date ? Cell(core::to_date(*date)) : Cell::rough(x, kDigits);
}

}  // namespace

std::string data_name(const Fit& fit) { return core::printable(fit.file.substr(fit.file.find_last_of("/\\") + 1)); }

Table fit_constants(const Fit& fit) {
  Table table({text_column("constant", "name"),
               {.heading = "estimate", .name = "value"},
               {.heading = interval_heading(fit), .name = "low"},
               {.heading = "to", .name = "high"},
               text_column("unit", "unit"),
               {.heading = "meaning", .align = Align::left, .name = "meaning", .wraps = true}});
  for (const FitConstant& each : fit.constants) {
    table.add_row({core::printable(each.name), number(each.value), number(each.low), number(each.high), each.unit,
                   core::printable(each.meaning)});
  }
  return table;
}

Table fit_predictions(const Fit& fit) {
  Table table({text_column(fit.x_name, "at"),
               {.heading = "prediction", .name = "value"},
               {.heading = interval_heading(fit), .name = "low"},
               {.heading = "to", .name = "high"}});
  for (const FitPlace& each : fit.predictions)
    table.add_row({place(each.date, each.x), number(each.value), number(each.low), number(each.high)});
  return table;
}

Table fit_effects(const Fit& fit) {
  Table table({text_column("strategy", "strategy"),
               {.heading = "final loss\nbefore", .name = "before"},
               {.heading = "with\nthe fit", .name = "after"},
               {.heading = "change", .name = "change"}});
  for (const FitEffect& each : fit.effects) {
    table.add_row({core::printable(each.strategy), Cell::fixed(each.before, 5), Cell::fixed(each.after, 5),
                   Cell::fixed(each.after - each.before, 5)});
  }
  return table;
}

Table fit_points(const Fit& fit) {
  Table table({{.heading = "line", .align = Align::left, .name = "line"},
               text_column(core::printable(fit.x_name), "x"),
               {.heading = core::printable(fit.y_name), .name = "observed"},
               {.heading = "fitted", .name = "fitted"},
               {.heading = fit.is_log ? "residual\nof ln" : "residual", .name = "residual"}});
  for (const FitPoint& each : fit.points) {
    table.add_row({Cell::integer(static_cast<std::int64_t>(each.line)), place(each.date, each.x), number(each.observed),
                   number(each.fitted), number(each.residual)});
  }
  return table;
}

Table fit_inputs(const Fit& fit) {
  Table table({text_column("key", "path"), {.heading = "value", .align = Align::left, .name = "value", .wraps = true}});
  for (const FitInput& each : fit.inputs) table.add_row({core::printable(each.path), core::printable(each.value)});
  return table;
}

}  // namespace fleetrace::output
