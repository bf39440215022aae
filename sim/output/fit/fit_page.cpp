#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/fit/fit.hpp"
#include "sim/output/fit/fit_tables.hpp"
#include "sim/output/page/html.hpp"
#include "sim/output/page/page_document.hpp"
#include "sim/output/page/page_figure.hpp"
#include "sim/output/page/page_sections.hpp"
#include "sim/output/page/svg_parts.hpp"
#include "sim/output/table/format_unit.hpp"

namespace fleetrace::output {
namespace {

/// Where axes become logarithmic: the largest value over the least.
constexpr double kLogRange = 30;

struct Extent {
  double low = 0;
  double high = 0;
  void hold(double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
};

double x_of(const std::optional<core::Time>& date, double x) {
  return date ? static_cast<double>(date->milliseconds()) : x;
}

Axis number_axis(const Extent& extent, bool may_be_log) {
  if (may_be_log && extent.low > 0 && extent.high / extent.low > kLogRange) return log_axis(extent.low, extent.high, 6);
  return linear_axis(extent.low, extent.high, 5);
}

/// The horizontal axis of a fit: dates, or the numbers of the first column.
Axis x_axis(const Fit& fit) {
  Extent extent{x_of(fit.points.front().date, fit.points.front().x),
                x_of(fit.points.front().date, fit.points.front().x)};
  for (const FitPoint& each : fit.points) extent.hold(x_of(each.date, each.x));
  for (const FitPlace& each : fit.curve) extent.hold(x_of(each.date, each.x));
  if (!fit.points.front().date) return number_axis(extent, true);
  return date_axis(core::Time::from_milliseconds(std::llround(extent.low)),
                   core::Time::from_milliseconds(std::llround(extent.high)), 5);
}

/// The name of the horizontal axis; dates need none.
std::string x_title(const Fit& fit) {
  if (fit.points.front().date) return {};
  return core::printable(fit.x_name) + (fit.model == "life" ? " [yr]" : "");
}

/// Text whose lines do not break, which scrolls by itself where it is wider than the page.
std::string code_html(std::string_view text, const std::string& label) {
  return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + label + "\">" +
         html_element("pre", text) + "</div>\n";
}

/// A chart with a dot for each observation.
std::string with_dots(const Chart& chart, const std::vector<Point>& dots) {
  std::string picture = svg(chart);
  const PlotArea area = plot_area(chart);
  std::string drawn;
  for (const Point& each : dots) {
    const double x = area.left + chart.x.position(each.x) * (area.right - area.left);
    const double y = area.bottom - chart.y.position(each.y) * (area.bottom - area.top);
    drawn += "<circle class=\"bar c1\"" + drawing::attribute("cx", x) + drawing::attribute("cy", y) +
             drawing::attribute("r", 2.5) + "/>";
  }
  return picture.insert(picture.rfind("</svg>"), drawn);
}

std::string picture_html(const Chart& chart, const std::vector<Point>& dots) {
  return "<div id=\"" + chart.id + "\">\n" + html_element("h3", chart.title) + "\n<div class=\"picture\">" +
         with_dots(chart, dots) + "</div>\n</div>\n";
}

std::string fit_chart(const Fit& fit) {
  Chart chart;
  chart.id = "data-and-fit";
  chart.title = "Data and fit";
  chart.description = "Dots are observations, the line is the fit" +
                      std::string(fit.curve.front().low ? ", and the band holds one more observation." : ".");
  chart.is_dates = fit.points.front().date.has_value();
  chart.x = x_axis(fit);
  chart.x_title = x_title(fit);
  chart.y_title = core::printable(fit.y_name);
  Extent extent{fit.points.front().observed, fit.points.front().observed};
  Line line{"c0 d0", {}, {}};
  Area band{"band c0", {}, {}, {}};
  std::vector<Point> dots;
  for (const FitPoint& each : fit.points) {
    extent.hold(each.observed);
    dots.push_back({x_of(each.date, each.x), each.observed});
  }
  for (const FitPlace& each : fit.curve) {
    const double x = x_of(each.date, each.x);
    extent.hold(each.value);
    line.points.push_back({x, each.value});
    if (!each.low || !each.high) continue;
    extent.hold(*each.low);
    extent.hold(*each.high);
    band.low.push_back({x, *each.low});
    band.high.push_back({x, *each.high});
  }
  chart.y = number_axis(extent, fit.is_log);
  if (!band.low.empty()) chart.areas.push_back(std::move(band));
  chart.lines.push_back(std::move(line));
  return picture_html(chart, dots);
}

std::string residual_chart(const Fit& fit) {
  Chart chart;
  chart.id = "residuals";
  chart.title = fit.is_log ? "Residuals of the logarithm" : "Residuals";
  chart.description = "Observed less fitted, for each observation.";
  chart.is_dates = fit.points.front().date.has_value();
  chart.x = x_axis(fit);
  chart.x_title = x_title(fit);
  chart.y_title = "residual";
  Extent extent;
  std::vector<Point> dots;
  for (const FitPoint& each : fit.points) {
    extent.hold(each.residual);
    dots.push_back({x_of(each.date, each.x), each.residual});
  }
  chart.y = linear_axis(extent.low, extent.high, 4);
  chart.levels.push_back({0, {}});
  return picture_html(chart, dots);
}

}  // namespace

std::string fit_html(const Fit& fit, const std::vector<std::string>& arguments) {
  page::Document document;
  document.name = data_name(fit);
  document.question = "Which constants of the model " + fit.model + (fit.law.empty() ? "" : " (" + fit.law + ')') +
                      " do these data give?";
  document.answer = fit_answer(fit);
  document.certainty = fit.method;
  document.chart = fit_chart(fit);
  page::add_section(document, "constants", "Constants",
                    page::whole(fit_constants(fit), "Constants with their intervals"));
  std::string residuals = residual_chart(fit);
  residuals += page::scrolling(fit_points(fit), "Observations, and what the fit makes of them");
  page::add_section(document, "data", "Residuals and data", residuals);
  if (!fit.predictions.empty())
    page::add_section(document, "predictions", "Predictions",
                      page::whole(fit_predictions(fit), "One more observation"));
  std::string scenario = code_html(fit.yaml, "YAML");
  if (!fit.effects.empty()) {
    scenario += page::whole(fit_effects(fit), "Final relative loss in " + core::printable(fit.scenario) +
                                                  ", uncertain inputs at their medians");
  }
  if (!fit.yaml.empty()) page::add_section(document, "scenario", "What a scenario takes", scenario);
  if (!fit.notes.empty()) page::add_section(document, "notes", "Notes", page::list_html(fit.notes));
  page::add_section(document, "reproduce", "How to reproduce this",
                    code_html("fleetrace " + page::command_line(arguments), "Command") +
                        html_element("p", "SHA-256 of the data: " + fit.sha256));
  return page::to_html(document);
}

}  // namespace fleetrace::output
