#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "fleetrace/core/quantity.hpp"
#include "sim/api/milestone_law.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/theory/milestones.hpp"
#include "sim/output/theory/theory_chart.hpp"

namespace fleetrace::output {
namespace {

std::string law_words(const MilestoneLaw& law) {
  if (!law.is_relative()) return law.name();
  return law.uncertain().empty() ? "kappa " + core::format_real(law.kappa_at(0.5)) : "an uncertain kappa";
}

/// The loss of some fleets, of which each computes C0 in the first year without gains.
std::vector<Point> loss_over_time(const models::LossLaw& law, double fleets, double gamma, double years) {
  return curve(0, years, [&](double t) { return law.loss(1 + fleets * (models::mean_field_ratio(gamma, t) - 1), t); });
}

Chart losses(const MilestoneRequest& request, const MilestonesDrawing& drawing) {
  if (!drawing.fleets.empty() && drawing.fleets.size() != request.gammas.size())
    throw std::invalid_argument("a chart of fleets needs as many fleets as rates");
  const double years = drawing.years;
  const MilestoneLaw law(request);
  const models::LossLaw median = law.at(0.5);
  Chart chart;
  chart.id = "milestones-loss";
  chart.title = "Relative loss at constant power, by doublings of efficiency a year (" + law_words(law) + ')';
  chart.description = "Relative loss over time, a line for each rate at which efficiency doubles";
  chart.is_dates = false;
  chart.x = years_axis(years);
  chart.y_title = "relative loss";
  double low = 1;
  for (std::size_t i = 0; i < request.gammas.size(); ++i) {
    const double gamma = request.gammas[i];
    const double fleets = drawing.fleets.empty() ? 1 : drawing.fleets[i];
    std::string name = "gamma " + core::format_real(gamma);
    if (fleets != 1) name.insert(0, core::format_real(fleets) + "x ");
    chart.lines.push_back({line_class(i), loss_over_time(median, fleets, gamma, years), std::move(name)});
    low = std::min(low, chart.lines.back().points.back().y);
    if (law.uncertain().empty()) continue;
    const double tail = (1 - request.range) / 2;
    Area band{"band c" + std::to_string(i % kColours),
              loss_over_time(law.at(tail), fleets, gamma, years),
              loss_over_time(law.at(1 - tail), fleets, gamma, years),
              {}};
    if (band.low.back().y > band.high.back().y) std::swap(band.low, band.high);
    low = std::min(low, band.low.back().y);
    chart.areas.push_back(std::move(band));
  }
  for (const double loss : request.losses) {
    if (loss >= low && loss < 1) chart.levels.push_back({loss, core::format_real(loss)});
  }
  chart.y = linear_axis(low, 1, 6);
  return chart;
}

Chart times(const MilestoneRequest& request) {
  const double fastest = *std::max_element(request.gammas.begin(), request.gammas.end());
  if (!(fastest > 0)) throw std::invalid_argument("a chart over the rates needs a rate above 0");
  MilestoneRequest all = request;
  all.gammas.clear();
  for (int i = 0; i <= kCurveSteps; ++i) all.gammas.push_back(fastest * (1 + 15.0 * i / kCurveSteps) / 16);
  const Milestones milestones = fleetrace::milestones(all);
  Chart chart;
  chart.id = "milestones-gamma";
  chart.title = "Years until a relative loss, by doublings of efficiency a year (" + law_words(MilestoneLaw(request)) +
                ')';
  chart.description = "Time until each relative loss over the rate at which efficiency doubles";
  chart.is_dates = false;
  chart.x = linear_axis(0, fastest, 8);
  chart.x.high = fastest;
  while (!chart.x.ticks.empty() && chart.x.ticks.back().at > fastest) chart.x.ticks.pop_back();
  chart.x_title = "gamma, doublings a year";
  chart.y_title = "years";
  for (std::size_t i = 0; i < request.losses.size(); ++i) {
    Line line{line_class(i), {}, "R " + core::format_real(request.losses[i])};
    for (std::size_t j = 0; j < all.gammas.size(); ++j) {
      const double years = milestones.rows[i * all.gammas.size() + j].years;
      if (std::isfinite(years) && years > 0) line.points.push_back({all.gammas[j], years});
    }
    if (!line.points.empty()) chart.lines.push_back(std::move(line));
  }
  if (chart.lines.empty())
    throw std::invalid_argument(
        "no rate reaches any of the losses, so that there is nothing to draw. Losses nearer to 1 may be in reach: --loss 0.98");
  const auto [low, high] = extent(chart.lines);
  chart.y = log_axis(low, high, 6);
  for (Tick& tick : chart.y.ticks) tick.label = rough(tick.at);
  return chart;
}

}  // namespace

std::string milestones_svg(const MilestoneRequest& request, const MilestonesDrawing& drawing) {
  return svg_file(drawing.plot == MilestonesPlot::loss ? losses(request, drawing) : times(request));
}

}  // namespace fleetrace::output
