#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/quantity.hpp"
#include "sim/core/text/wrap.hpp"
#include "sim/output/fit/fit.hpp"
#include "sim/output/fit/fit_tables.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"
#include "sim/output/table/writers.hpp"

namespace fleetrace::output {
namespace {

/// "0.483 doublings/yr".
std::string amount(double value, const std::string& unit) { return rough(value, 4) + (unit.empty() ? "" : ' ' + unit); }

std::string interval_text(const FitConstant& each) {
  if (each.low && each.high) return "from " + rough(*each.low, 4) + " to " + amount(*each.high, each.unit);
  if (each.low) return "from " + amount(*each.low, each.unit) + " upwards";
  if (each.high) return "up to " + amount(*each.high, each.unit);
  return "of any size";
}

std::string scatter_text(const Fit& fit) {
  if (!fit.scatter) return {};
  const std::string of = fit.is_log ? "ln " + core::printable(fit.y_name) : core::printable(fit.y_name);
  return "Residuals of " + of + " have a standard deviation of " + rough(*fit.scatter, 3) + ".";
}

}  // namespace

std::string fit_answer(const Fit& fit) {
  const FitConstant& first = fit.constants.front();
  const std::string law = fit.law.empty() ? fit.model : fit.model + ", " + fit.law;
  return data_name(fit) + " (" + law + ", " + counted(static_cast<std::int64_t>(fit.rows), "row", "rows") +
         "): " + first.name + " is " + amount(first.value, first.unit) + ", with " +
         core::format_real(100 * fit.confidence) + " % confidence " + interval_text(first) + '.';
}

std::string fit_text(const Fit& fit, const TableStyle& style) {
  std::string text = core::wrapped(fit_answer(fit), style.width) + '\n' + write_text(fit_constants(fit), style) + '\n' +
                     core::wrapped(fit.method + (fit.scatter ? ' ' + scatter_text(fit) : ""), style.width);
  if (!fit.predictions.empty()) text += "\nOne more observation\n\n" + write_text(fit_predictions(fit), style);
  if (!fit.yaml.empty()) text += "\nFor a scenario:\n\n" + fit.yaml;
  if (!fit.effects.empty()) {
    text += "\nIn " + core::printable(fit.scenario) + ", uncertain inputs at their medians:\n\n" +
            write_text(fit_effects(fit), style);
  }
  if (!fit.notes.empty()) text += '\n';
  for (const std::string& note : fit.notes) text += core::wrapped(core::printable(note), style.width);
  return text;
}

std::string fit_markdown(const Fit& fit) {
  std::string text = markdown_text(fit_answer(fit)) + "\n\n" + write_markdown(fit_constants(fit)) + '\n' +
                     markdown_text(fit.method + (fit.scatter ? ' ' + scatter_text(fit) : "")) + '\n';
  if (!fit.predictions.empty()) text += '\n' + write_markdown(fit_predictions(fit));
  if (!fit.yaml.empty()) text += "\n```yaml\n" + fit.yaml + "```\n";
  if (!fit.effects.empty())
    text += "\nIn " + markdown_text(fit.scenario) + ", uncertain inputs at their medians:\n\n" +
            write_markdown(fit_effects(fit));
  for (const std::string& note : fit.notes) text += '\n' + markdown_text(note) + '\n';
  return text;
}

}  // namespace fleetrace::output
