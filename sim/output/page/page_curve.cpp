#include "sim/output/page/page_curve.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/core/units/written_unit.hpp"
#include "sim/output/studies/input_label.hpp"
#include "sim/output/studies/solve_parts.hpp"
#include "sim/output/studies/study_parts.hpp"
#include "sim/output/table/format_unit.hpp"

namespace fleetrace::output::page {
namespace {

using study::SolveSample;

std::string in_brackets(const std::string& unit) { return unit.empty() ? "" : " [" + unit + ']'; }

/// Inputs as places on an axis: dates in milliseconds, else amounts in the unit of the scenario, large money scaled.
class InputAxis {
 public:
  InputAxis(const scenario::ScalarInput& input, double low, double high) : input_(&input) {
    if (input.is_date) {
      axis_ = date_axis(core::Time::from_milliseconds(std::llround(place(low))),
                        core::Time::from_milliseconds(std::llround(place(high))), 5);
      return;
    }
    unit_ = input.unit;
    if (input.unit == "USD") {
      scale_ = scale_for(Scaled::money, amount(high));
      unit_ = scale_.unit;
    }
    // Inputs that were doubled and halved lie far apart.
    static constexpr double kWide = 50;
    const bool is_wide = low > 0 && high / low > kWide;
    axis_ = is_wide ? log_axis(place(low), place(high), 6) : linear_axis(place(low), place(high), 5);
  }

  [[nodiscard]] double place(double input) const {
    if (input_->is_date) return static_cast<double>(input_->start.milliseconds()) + input;
    return amount(input) / scale_.divisor;
  }
  [[nodiscard]] const Axis& axis() const { return axis_; }
  [[nodiscard]] const std::string& unit() const { return unit_; }

 private:
  [[nodiscard]] double amount(double input) const { return core::amount_in(input_->dimension, input, input_->unit); }

  const scenario::ScalarInput* input_;
  Scale scale_;
  std::string unit_;
  Axis axis_;
};

/// The samples with the solution in its place, those that have a number.
std::vector<SolveSample> samples_of(const SolveReport& report) {
  std::vector<SolveSample> all = report.solution.samples;
  if (report.solution.end == study::Solution::End::found) all.push_back(report.solution.best);
  const auto is_none = [](const SolveSample& each) {
    return !std::isfinite(each.reached) || !std::isfinite(each.input);
  };
  all.erase(std::remove_if(all.begin(), all.end(), is_none), all.end());
  std::stable_sort(all.begin(), all.end(),
                   [](const SolveSample& a, const SolveSample& b) { return a.input < b.input; });
  return all;
}

/// The number that a value such as "2.5 yr" begins with, and what follows it.
std::pair<double, std::string> number_of(const std::string& text) {
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  if (end == text.c_str()) return {std::nan(""), text};
  return {number, std::string(end)};
}

/// Places of the values of an axis: their numbers where all have the same unit and ascend, else 1, 2, 3.
std::vector<double> places_of(const study::Axis& axis) {
  std::vector<double> places;
  const std::string unit = number_of(axis.values.front()).second;
  for (const std::string& value : axis.values) {
    const auto [number, rest] = number_of(value);
    const bool follows = std::isfinite(number) && rest == unit && (places.empty() || number > places.back());
    if (!follows) break;
    places.push_back(number);
  }
  if (places.size() == axis.values.size()) return places;
  places.clear();
  for (std::size_t i = 0; i < axis.values.size(); ++i) places.push_back(static_cast<double>(i + 1));
  return places;
}

/// An axis that is marked at its values, as many as there is room for.
Axis axis_of(const study::Axis& values, const std::vector<double>& places) {
  static constexpr std::size_t kMost = 6;
  Axis axis{Axis::Kind::linear, places.front(), std::max(places.back(), places.front() + 1e-9), {}};
  const std::size_t step = (places.size() + kMost - 1) / kMost;
  for (std::size_t i = 0; i < places.size(); i += step)
    axis.ticks.push_back({places[i], core::printable(values.values[i])});
  return axis;
}

}  // namespace

std::vector<Figure> solve_figures(const SolveReport& report) {
  const std::vector<SolveSample> samples = samples_of(report);
  if (samples.size() < 2 || samples.front().input == samples.back().input) return {};
  const InputAxis axis(report.scalar_input, samples.front().input, samples.back().input);
  Figure figure;
  Chart& chart = figure.chart;
  chart.id = "solution";
  std::string what = core::printable(report.goal.name());
  std::replace(what.begin(), what.end(), '_', ' ');
  chart.title = "What each " + input_label(report.scalar_input.path) + " reaches";
  chart.is_dates = report.scalar_input.is_date;
  chart.x = axis.axis();
  chart.x_title = chart.is_dates ? input_label(report.scalar_input.path)
                                 : input_label(report.scalar_input.path) + in_brackets(axis.unit());
  chart.unit = core::printable(report.goal.unit());
  chart.y_title = what + in_brackets(chart.unit) +
                  (report.probability ? " reached with " + percent(*report.probability) : "");
  figure.note = report.scalar_input.path + ". Dotted: the goal, " + core::printable(report.goal.source_text) + '.';
  double low = report.goal.bound;
  double high = report.goal.bound;
  Line line{"c0", {}, ""};
  for (const SolveSample& each : samples) {
    line.points.push_back({axis.place(each.input), each.reached});
    low = std::min(low, each.reached);
    high = std::max(high, each.reached);
  }
  chart.y = linear_axis(low, high, 5);
  chart.levels.push_back({report.goal.bound, "goal " + rough(report.goal.bound, 4)});
  chart.description = answer(report);
  if (report.solution.end == study::Solution::End::found) {
    chart.rules.push_back(
        {axis.place(report.solution.best.input), "solution " + solve_input_words(report, report.solution.best.input)});
    const study::Interval& interval = report.solution.input_interval;
    if (std::isfinite(interval.low) && std::isfinite(interval.high) && interval.low < interval.high) {
      const double from = std::clamp(axis.place(interval.low), chart.x.low, chart.x.high);
      const double to = std::clamp(axis.place(interval.high), chart.x.low, chart.x.high);
      chart.areas.push_back({"band c1",
                             {{from, chart.y.low}, {to, chart.y.low}},
                             {{from, chart.y.high}, {to, chart.y.high}},
                             percent(report.confidence) + " interval of the input"});
      figure.keys.push_back({"band c1", percent(report.confidence) + " interval of the input", true});
    }
  }
  chart.lines.push_back(std::move(line));
  return {std::move(figure)};
}

std::optional<std::size_t> sweep_colour(const SweepReport& report, const std::string& strategy) {
  const std::vector<std::string> all = sweep_strategies(report);
  const bool is_many = all.size() > kColours;
  const std::vector<std::string> names = is_many ? sweep_winners(report) : all;
  const auto place = static_cast<std::size_t>(std::find(names.begin(), names.end(), strategy) - names.begin());
  return place < (is_many ? kHighlighted : kColours) ? std::optional(place) : std::nullopt;
}

std::vector<Figure> sweep_figures(const SweepReport& report) {
  if (report.axes.size() != 1 || report.points.size() < 2) return {};
  const study::Axis& values = report.axes.front();
  const std::vector<double> places = places_of(values);
  const ObjectiveScale scale = sweep_scale(report);
  Figure figure;
  Chart& chart = figure.chart;
  chart.id = "curves";
  chart.title = "How " + objective_words(report.objective) + " depends on " + input_label(values.path);
  figure.note = core::printable(values.path) +
                (report.has_chance ? ". Lines: means; bands: their " + percent(report.confidence) + " intervals."
                                   : ".");
  chart.is_dates = false;
  chart.x = axis_of(values, places);
  chart.x_title = input_label(values.path);
  chart.y_title = objective_words(report.objective) + in_brackets(scale.unit());
  chart.unit = scale.unit();
  const std::vector<std::string> names = sweep_strategies(report);
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (const std::string& name : names) {
    const std::optional<std::size_t> colour = sweep_colour(report, name);
    Line line{colour ? line_class(*colour) : "rest", {}, core::printable(name)};
    Area band{"band c" + std::to_string(colour.value_or(0)), {}, {}, core::printable(name) + ", interval"};
    for (std::size_t p = 0; p < report.points.size(); ++p) {
      for (const study::StrategyStanding& each : report.points[p].strategies) {
        const double mean = scale.scaled(each.objective.mean);
        if (each.name != name || !std::isfinite(mean)) continue;
        line.points.push_back({places[p], mean});
        const bool has_interval = report.has_chance && std::isfinite(each.mean.low);
        const double from = has_interval ? scale.scaled(each.mean.low) : mean;
        const double to = has_interval ? scale.scaled(each.mean.high) : mean;
        band.low.push_back({places[p], from});
        band.high.push_back({places[p], to});
        low = std::min(low, from);
        high = std::max(high, to);
      }
    }
    if (line.points.empty()) continue;
    chart.lines.push_back(std::move(line));
    if (report.has_chance && colour) chart.areas.push_back(std::move(band));
  }
  if (chart.lines.empty()) return {};
  chart.y = linear_axis(low, high, 5);
  chart.description = answer(report);
  return {std::move(figure)};
}

}  // namespace fleetrace::output::page
