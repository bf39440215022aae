#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "models/theory/best_run.hpp"
#include "models/theory/final_compute.hpp"
#include "models/theory/kernel.hpp"
#include "models/theory/mean_loss.hpp"
#include "sim/api/theory_values.hpp"
#include "sim/core/numeric/math.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/theory/theory.hpp"
#include "sim/output/theory/theory_chart.hpp"

namespace fleetrace::output {
namespace {

namespace closed = models::theory;

/// Of one purchase at t: as for a hare that starts then, or, where no whole run fits in any more, the last run.
double run_of_purchase(const closed::GrowthRates& growth_rates, double length, double horizon, double t) {
  if (t + length > horizon) return closed::single_purchase_run(growth_rates, length, horizon, t);
  return core::exp((growth_rates.eta + growth_rates.alpha) * t) *
         closed::front_loaded_run(growth_rates, length, horizon - t);
}

double loss_of_run(const TheoryRequest& request, double compute) {
  return core::exp(-request.kappa * std::max(0.0, core::log(request.nu * compute)));
}

Chart purchase(const TheoryRequest& request) {
  const closed::GrowthRates growth_rates = theory_growth_rates(request);
  const closed::LossScale scale{request.kappa, request.nu};
  const double horizon = request.horizon;
  Chart chart;
  chart.id = "theory-purchase";
  chart.title = "What one purchase of everything comes to, by its date";
  chart.description =
      "Relative loss over the date of the only purchase: final loss, average loss and that of the best run";
  chart.x = years_axis(horizon);
  chart.y_title = "relative loss";
  chart.lines = {
      {line_class(0),
       curve(0, horizon,
             [&](double t) { return closed::relative_loss_at(scale, closed::kernel(growth_rates, t, horizon)); }),
       "final"},
      {line_class(1),
       curve(0, horizon,
             [&](double t) { return closed::single_purchase_loss(growth_rates, scale, horizon, t) / horizon; }),
       "average"},
  };
  if (request.run_length <= horizon) {
    chart.lines.push_back({line_class(2),
                           curve(0, horizon,
                                 [&](double t) {
                                   return loss_of_run(request,
                                                      run_of_purchase(growth_rates, request.run_length, horizon, t));
                                 }),
                           "best run"});
  }
  const auto [low, high] = extent(chart.lines);
  chart.y = linear_axis(low, high, 6);
  return chart;
}

Chart horizon(const TheoryRequest& request) {
  const closed::GrowthRates growth_rates = theory_growth_rates(request);
  const closed::LossScale scale{request.kappa, request.nu};
  const double first = request.horizon / kCurveSteps;
  Chart chart;
  chart.id = "theory-horizon";
  chart.title = "Even spending against all at once, by the horizon";
  chart.description = "Compute of even spending over that of buying all at once; below 1 the hare wins";
  chart.x = years_axis(request.horizon);
  chart.y_title = "compute, evenly over at once";
  chart.levels = {{1, "below: all at once wins"}};
  chart.lines = {
      {line_class(0),
       curve(first, request.horizon,
             [&](double years) { return core::exp(closed::uniform_advantage(growth_rates, years)); }),
       "final"},
      {line_class(1),
       curve(first, request.horizon,
             [&](double years) {
               const double at_once = closed::front_loaded_loss(growth_rates, scale, years) / years;
               const double evenly = closed::uniform_loss(growth_rates, scale, years) / years;
               return core::exp((core::log(at_once) - core::log(evenly)) / request.kappa);
             }),
       "average"},
  };
  if (request.run_length < request.horizon) {
    chart.lines.push_back({line_class(2),
                           curve(request.run_length + first, request.horizon,
                                 [&](double years) {
                                   return closed::uniform_run(growth_rates, request.run_length, years) /
                                          closed::front_loaded_run(growth_rates, request.run_length, years);
                                 }),
                           "best run"});
  }
  const auto [low, high] = extent(chart.lines);
  chart.y = log_axis(std::min(low, 1.0), std::max(high, 1.0), 6);
  for (Tick& tick : chart.y.ticks) tick.label = rough(tick.at);
  return chart;
}

}  // namespace

std::string theory_svg(const TheoryRequest& request, TheoryPlot plot) {
  if (const auto problem = theory_plot_problem(request)) throw std::invalid_argument(*problem);
  return svg_file(plot == TheoryPlot::purchase ? purchase(request) : horizon(request));
}

std::optional<std::string> theory_plot_problem(const TheoryRequest& request) {
  if (request.volatility > 0 || request.opex > 0 || request.decay > 0)
    return "charts compare three accountings, which together have no closed form with volatility, opex or decay";
  return theory_problem(request);
}

}  // namespace fleetrace::output
