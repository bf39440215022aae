#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/page/html.hpp"
#include "sim/output/page/page.hpp"
#include "sim/output/page/page_curve.hpp"
#include "sim/output/page/page_document.hpp"
#include "sim/output/page/page_opening.hpp"
#include "sim/output/page/page_sections.hpp"
#include "sim/output/studies/input_label.hpp"
#include "sim/output/studies/input_values.hpp"
#include "sim/output/studies/study_parts.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::output {
namespace {

using page::add_section;
using page::assumptions_html;
using page::CellsFigure;
using page::charts_html;
using page::Document;
using page::list_html;
using page::Origin;
using page::reproduce_html;
using page::RowsFigure;
using page::scrolling;
using study::Comparison;
using study::InputEffect;

// Sweeps

std::string shown_value(const study::Axis& axis, std::size_t i) { return core::printable(axis.values[i]); }

/// By how much the winner of a point is before the second, on average; nothing where there is no second.
std::optional<double> margin_of(const Comparison& point) {
  std::optional<double> least;
  for (std::size_t i = 0; i < point.strategies.size(); ++i) {
    const double behind = std::fabs(point.strategies[i].objective.mean - point.strategies[*point.best].objective.mean);
    if (i == *point.best || point.strategies[i].is_bound || !std::isfinite(behind)) continue;
    least = std::min(least.value_or(behind), behind);
  }
  return least;
}

/// The colour of a strategy's cells: grey for those that do not stand out, whose names stand in the cells.
std::string cell_class(const SweepReport& report, const std::string& strategy) {
  const std::optional<std::size_t> colour = page::sweep_colour(report, strategy);
  return colour ? 'c' + std::to_string(*colour) : "base";
}

/// Who wins at each point of one axis or two.
CellsFigure map_figure(const SweepReport& report) {
  const std::vector<std::string> names = sweep_strategies(report);
  const bool is_line = report.axes.size() == 1;
  const study::Axis& across = report.axes.back();
  CellsFigure figure;
  CellsChart& chart = figure.chart;
  chart.id = "map";
  chart.title = "Who wins where";
  chart.x_title = input_label(across.path);
  chart.y_title = is_line ? "" : input_label(report.axes.front().path);
  figure.note = "Each place has who wins there, and by how much before the second. Across: " +
                core::printable(across.path) +
                (is_line ? "." : "; down: " + core::printable(report.axes.front().path) + '.');
  for (std::size_t i = 0; i < across.values.size(); ++i) chart.x.push_back(shown_value(across, i));
  for (std::size_t i = 0; !is_line && i < report.axes.front().values.size(); ++i)
    chart.y.push_back(shown_value(report.axes.front(), i));
  if (is_line) chart.y.emplace_back();
  const ObjectiveScale scale = sweep_scale(report);
  bool open = false;
  std::vector<bool> wins(names.size());
  for (std::size_t i = 0; i < report.points.size(); ++i) {
    const Comparison& point = report.points[i];
    const std::string nobody = point.leader ? "undecided" : point.tied.empty() ? "no strategy has a value" : "tied";
    MapCell cell{i % across.values.size(),
                 i / across.values.size(),
                 sweep_winner(point),
                 "none",
                 core::printable(study::grid_label(report.axes, i)) + ": " + nobody,
                 {}};
    if (point.best) {
      const std::string& best = point.strategies[*point.best].name;
      const auto which = static_cast<std::size_t>(std::find(names.begin(), names.end(), best) - names.begin());
      wins[which] = true;
      cell.name = core::printable(best);
      cell.css_class = cell_class(report, best);
      cell.tip = core::printable(study::grid_label(report.axes, i)) + ": " + cell.name + ", " +
                 scale.with_unit(point.strategies[*point.best].objective.mean) +
                 (report.has_chance ? ", best in " + percent(point.strategies[*point.best].p_best) : "");
      if (const std::optional<double> margin = margin_of(point)) {
        cell.margin = "by " + rough(scale.scaled(*margin), 2);
        cell.tip += ", " + scale.with_unit(*margin) + " before the second";
      }
    } else {
      open = true;
    }
    chart.cells.push_back(std::move(cell));
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (wins[i] && page::sweep_colour(report, names[i]))
      figure.keys.push_back({"cell " + cell_class(report, names[i]), core::printable(names[i]), true});
  }
  if (open) figure.keys.push_back({"cell none", "nobody: see the notes", true});
  chart.description = answer(report);
  return figure;
}

// Sensitivities

RowsFigure tornado_figure(const SensitivityReport& report) {
  const ObjectiveScale scale = sensitivity_scale(report);
  RowsFigure figure;
  RowsChart& chart = figure.chart;
  chart.id = "tornado";
  chart.title = "What each input does alone";
  figure.note = "The result is " + sensitivity_question(report) +
                (report.sensitivity.against ? ", the first minus the second" : "") +
                ", with one input at its 5 % or 95 % quantile and all others at their medians (the line).";
  figure.keys = {{"bar c0", "input at its 5 % quantile", true}, {"bar c1", "input at its 95 % quantile", true}};
  chart.x_title = std::string(report.sensitivity.against ? "difference in " : "") +
                  objective_words(report.sensitivity.objective) +
                  (scale.unit().empty() ? "" : " [" + scale.unit() + ']');
  const double middle = scale.scaled(report.sensitivity.at_medians);
  chart.rules = {middle};
  if (report.sensitivity.against) chart.rules.push_back(0);
  double low = report.sensitivity.against ? std::min(middle, 0.0) : middle;
  double high = report.sensitivity.against ? std::max(middle, 0.0) : middle;
  std::vector<InputEffect> effects = report.sensitivity.inputs;
  std::stable_sort(effects.begin(), effects.end(), [](const InputEffect& a, const InputEffect& b) {
    return std::fabs(a.at_high - a.at_low) > std::fabs(b.at_high - b.at_low);
  });
  static constexpr std::size_t kMost = 20;
  effects.resize(std::min(effects.size(), kMost));
  for (const InputEffect& each : effects) {
    const std::size_t row = chart.rows.size();
    const std::string path = report.design.inputs.names()[each.input];
    const std::string name = input_label(path);
    const scenario::UncertainInput& input = input_named(report.design, each.input);
    chart.rows.push_back(name);
    chart.under.push_back(core::printable(path));
    const auto add = [&](double quantile, double result, const char* css_class) {
      if (!std::isfinite(result)) return;
      low = std::min(low, scale.scaled(result));
      high = std::max(high, scale.scaled(result));
      chart.bars.push_back({row, middle, scale.scaled(result), css_class,
                            name + " at " + value_at(input, quantile, 4) + ": " + scale.with_unit(result)});
    };
    add(0.05, each.at_low, "c0");
    add(0.95, each.at_high, "c1");
    chart.description += (row == 0 ? "" : "; ") + name + " from " + scale.number(each.at_low) + " to " +
                         scale.with_unit(each.at_high);
  }
  chart.x = linear_axis(low, high, 4);
  return figure;
}

RowsFigure indices_figure(const SensitivityReport& report) {
  RowsFigure figure;
  RowsChart& chart = figure.chart;
  chart.id = "indices";
  chart.title = "Share of the variance that each input drives, alone or with others";
  figure.note = "Diamond: total Sobol index; bar: its " + percent(report.effort.confidence) + " interval.";
  chart.x_title = "% of the variance";
  chart.x = linear_axis(0, 100, 5);
  static constexpr std::size_t kMost = 20;
  for (const InputEffect& each : report.sensitivity.inputs) {
    if (chart.rows.size() >= kMost) break;
    const std::size_t row = chart.rows.size();
    const std::string path = report.design.inputs.names()[each.input];
    const std::string name = input_label(path);
    const std::string tip = name + ": total index " + fixed(each.total.value, 3) + ", interval " +
                            fixed(each.total.low, 3) + " to " + fixed(each.total.high, 3) + ", first order " +
                            fixed(each.first.value, 3);
    chart.rows.push_back(name);
    chart.under.push_back(core::printable(path));
    if (std::isfinite(each.total.low))
      chart.bars.push_back({row, std::max(0.0, 100 * each.total.low), 100 * each.total.high, "soft c0", tip});
    chart.dots.push_back({row, 100 * each.total.value, "c0", tip});
    chart.description += (row == 0 ? "" : "; ") + tip;
  }
  return figure;
}

/// "Which strategy has the lowest final loss as horizon: length and ... change?"
std::string sweep_question(const SweepReport& report) {
  std::string inputs;
  const std::vector<std::string> labels = sweep_labels(report);
  for (std::size_t i = 0; i < report.axes.size(); ++i)
    inputs += (i == 0 ? "" : i + 1 == report.axes.size() ? " and " : ", ") + labels[i];
  return std::string("Which strategy has the ") +
         (fleet::info(report.objective).lower_is_better ? "lowest " : "highest ") + objective_words(report.objective) +
         " as " + inputs + (report.axes.size() == 1 ? " changes?" : " change?");
}

/// The effects of the inputs, whose paths stand behind their names.
Table effects_with_paths(const SensitivityReport& report) {
  const Table table = sensitivity_effects(report);
  Table result(table.columns());
  for (std::size_t i = 0; i < table.rows().size(); ++i) {
    Table::Row row = table.rows()[i];
    row.front() = Cell(labelled(report.design.inputs.names()[report.sensitivity.inputs[i].input]));
    result.add_row(std::move(row));
  }
  return result;
}

Origin origin_of(const std::string& name, const std::string& sha256, std::uint32_t seed, std::string draws,
                 const std::vector<std::string>& words) {
  return {name, sha256, seed, std::move(draws), words};
}

}  // namespace

std::string to_html(const SweepReport& report, const Run& base, const std::vector<std::string>& arguments,
                    std::string_view resolved_yaml) {
  Document document;
  document.name = core::printable(report.name);
  document.question = sweep_question(report);
  document.description = page::description(base.scenario);
  document.answer = answer(report);
  page::add_warnings(document, report.warnings);
  document.certainty = report.has_chance
                           ? "Every point draws the same replications; a winner is named at " +
                                 percent(report.confidence) + " confidence, ? where the evidence does not tell."
                           : kExact;
  std::vector<std::string> figures;
  for (const page::Figure& figure : page::sweep_figures(report)) figures.push_back(to_html(figure));
  if (report.axes.size() <= 2) figures.push_back(to_html(map_figure(report)));
  if (!figures.empty()) {
    document.chart = figures.front();
    figures.erase(figures.begin());
  }
  std::string html = charts_html(figures);
  if (report.axes.size() == 2)
    html += scrolling(sweep_map(report), "Who wins where: the first axis down, the second across");
  html += scrolling(sweep_points(report), "Every point of the grid: means and the winner");
  if (report.has_chance)
    html += scrolling(sweep_spreads(report),
                      "How single futures spread at every point, beside the interval of the mean");
  html += list_html(sweep_notes(report));
  add_section(document, "map-section", "Winners", html);
  add_section(document, "assumptions", "Assumptions",
              html_element("p", "The scenario as it stands, without the values of the grid.") +
                  assumptions_html(base, resolved_yaml));
  std::size_t most = 1;
  for (const Comparison& point : report.points) most = std::max(most, point.replications);
  add_section(document, "reproduce", "How to reproduce this",
              reproduce_html(origin_of(
                  report.name, report.sha256, report.seed,
                  counted(static_cast<std::int64_t>(most), "replication", "replications") + " a point, inputs drawn",
                  arguments)));
  return to_html(document);
}

std::string to_html(const SensitivityReport& report, const Run& at_medians, const std::vector<std::string>& arguments,
                    std::string_view resolved_yaml) {
  Document document;
  document.name = core::printable(report.scenario.name());
  document.question = "Which uncertain input decides " + sensitivity_question(report) + '?';
  document.description = page::description(report.scenario);
  document.answer = answer(report);
  document.chart = to_html(tornado_figure(report));
  page::add_warnings(document, report.scenario.warnings);
  document.certainty = "From " + grouped(static_cast<std::int64_t>(report.sensitivity.runs)) + " runs; intervals at " +
                       percent(report.effort.confidence) + " confidence.";
  add_section(document, "inputs", "What decides",
              charts_html({to_html(indices_figure(report))}) +
                  scrolling(effects_with_paths(report), "Every uncertain input, the most important first") +
                  list_html(sensitivity_notes(report)));
  add_section(document, "assumptions", "Assumptions", assumptions_html(at_medians, resolved_yaml));
  add_section(document, "reproduce", "How to reproduce this",
              reproduce_html(origin_of(report.scenario.name(), report.scenario.sha256, report.design.seed,
                                       grouped(static_cast<std::int64_t>(report.sensitivity.runs)) +
                                           " runs of Sobol's design, other chance at replication 0",
                                       arguments)));
  return to_html(document);
}

}  // namespace fleetrace::output
