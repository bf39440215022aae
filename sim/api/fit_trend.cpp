#include <algorithm>
#include <cmath>
#include <cstdio>
#include <stdexcept>

#include "sim/api/fit_data.hpp"
#include "sim/api/fit_inputs.hpp"
#include "sim/api/fit_keys.hpp"
#include "sim/api/fit_models.hpp"
#include "sim/core/numeric/math.hpp"
#include "sim/study/fit/least_squares.hpp"
#include "sim/study/fit/logistic.hpp"

namespace fleetrace {
namespace {

constexpr double kLn10 = 2.30258509299404568402;

/// Where scenarios take the rate of a trend: a rate of growth, or a continuous decline.
struct RateKey {
  std::string_view rate;
  std::string_view doubling;  ///< the same in its other form; empty for a decline
};
struct TrendOf {
  std::string_view name;
  std::vector<RateKey> keys;  ///< the first is meant where there is no scenario
};

const std::vector<TrendOf>& trends() {
  static const std::vector<TrendOf> kTrends = {
      {"price_performance",
       {{"hardware.then.price_performance_rate", "hardware.then.price_performance_doubling"},
        {"hardware.price_performance_rate", "hardware.price_performance_doubling"}}},
      {"energy_efficiency",
       {{"hardware.then.energy_efficiency_rate", "hardware.then.energy_efficiency_doubling"},
        {"hardware.energy_efficiency_rate", "hardware.energy_efficiency_doubling"}}},
      {"price", {{"hardware.price_decline", {}}}},
      {"progress", {{"progress.rate", "progress.doubling"}}},
  };
  return kTrends;
}

/// The data of a trend in years since 1970.
struct Series {
  std::vector<double> x;
  std::vector<double> y;
  std::vector<double> logs;
};

Series series_of(FitData& data) {
  Series series;
  for (const double each : data.of(0)) series.x.push_back(each / kYearMilliseconds);
  series.y = data.of(1);
  for (const double each : series.y) series.logs.push_back(core::log(each));
  return series;
}

/// The key that takes the rate.
RateKey rate_key(const FitRequest& request, const FitSource& source) {
  if (!request.key.empty()) {
    const bool is_decline = request.key.ends_with("decline");
    return {request.key, is_decline ? std::string_view() : std::string_view("-")};
  }
  const std::string_view name = request.of.empty() ? fit_trends().front() : std::string_view(request.of);
  const auto found = std::find_if(trends().begin(), trends().end(),
                                  [&](const TrendOf& each) { return each.name == name; });
  for (const RateKey& key : found->keys) {
    if (source.has(key.rate) || source.has(key.doubling)) return key;
  }
  return found->keys.front();
}

/// A triangular law about the estimate whose interval that is: a normal one so wide would have tails in which no fleet can be run.
std::string triangular_value(const study::Estimated& estimated, std::string_view unit, double mass) {
  const study::Interval& ends = estimated.interval;
  if (!std::isfinite(ends.low) || !std::isfinite(ends.high) || !(ends.low < ends.high))
    return quantity(estimated.value, unit);
  const double reach = (ends.high - ends.low) / 2 / (1 - std::sqrt(1 - mass));
  return "{triangular: {low: " + quantity(estimated.value - reach, unit) +
         ", mode: " + quantity(estimated.value, unit) + ", high: " + quantity(estimated.value + reach, unit) + "}}";
}

/// What the key takes: of a rate that is widened a law without tails.
FitInput rate_input(const RateKey& key, const study::Estimated& per_year, const FitRequest& request) {
  const std::string path(key.rate);
  const double mass = request.confidence;
  const auto value = request.widening > 1 ? triangular_value : normal_value;
  if (key.doubling.empty()) {
    const study::Estimated decline{-per_year.value, {-per_year.interval.high, -per_year.interval.low}};
    return {path, value(decline, "/yr", mass)};
  }
  const auto scaled = [&](double factor) {
    return study::Estimated{per_year.value * factor, {per_year.interval.low * factor, per_year.interval.high * factor}};
  };
  if (!path.ends_with("doubling")) return {path, value(scaled(1 / core::kLn2), "doublings/yr", mass)};
  const study::Estimated doubling{core::kLn2 / per_year.value,
                                  {core::kLn2 / per_year.interval.high, core::kLn2 / per_year.interval.low}};
  return {path, lognormal_value(doubling, "yr", mass)};
}

void add_rates(Fit& fit, const study::Estimated& slope) {
  fit.constants.push_back(
      constant("rate", "doublings of " + fit.y_name + " a year", "doublings/yr", slope, 1 / core::kLn2));
  fit.constants.push_back(constant("decades", "decades of " + fit.y_name + " a year", "decades/yr", slope, 1 / kLn10));
  fit.constants.push_back({"growth", "factor on " + fit.y_name + " a year", "x/yr", core::exp(slope.value),
                           core::exp(slope.interval.low), core::exp(slope.interval.high)});
  const bool is_up = slope.value > 0;
  // Where the sign of the slope is not known the time in which the value doubles, or halves, may be infinite.
  const double slowest = is_up ? slope.interval.low : -slope.interval.high;
  const double fastest = is_up ? slope.interval.high : -slope.interval.low;
  FitConstant time{is_up ? "doubling" : "halving",
                   "time in which " + fit.y_name + (is_up ? " doubles" : " halves"),
                   "yr",
                   core::kLn2 / std::fabs(slope.value),
                   core::kLn2 / fastest,
                   {}};
  if (slowest > 0) {
    time.high = core::kLn2 / slowest;
  } else {
    fit.notes.push_back("The data do not say whether " + fit.y_name +
                        " rises or falls: the interval of its rate has 0 in it.");
  }
  fit.constants.push_back(std::move(time));
}

FitPlace place_at(const study::Line& line, double x, const FitRequest& request) {
  const study::Interval ends = line.prediction_at(x, request.confidence, request.widening);
  return {time_of(x), x, core::exp(line.at(x)), core::exp(ends.low), core::exp(ends.high)};
}

/// Throws where a trend is continued until no number holds it.
void require_finite(double value, double high, core::Time date) {
  if (value > 0 && std::isfinite(value) && std::isfinite(high)) return;
  throw std::invalid_argument("no number holds the trend and its interval on " + core::to_date(date) +
                              ". Name a date that is nearer to the data");
}

void add_line(Fit& fit, const FitRequest& request, const FitSource& source, const FitData& data, const Series& series) {
  const study::Line line = study::fit_line(series.x, series.logs);
  const double at = request.at ? years_of(*request.at) : *std::max_element(series.x.begin(), series.x.end());
  fit.method = "Least squares of ln " + fit.y_name + " by date, with Student's intervals.";
  fit.scatter = line.scatter;
  const study::Estimated slope{line.slope, line.slope_interval(request.confidence)};
  add_rates(fit, slope);
  const study::Interval level = line.interval_at(at, request.confidence);
  require_finite(core::exp(line.at(at)), core::exp(level.high), time_of(at));
  fit.constants.push_back({"level", fit.y_name + " on " + core::to_date(time_of(at)) + " by the trend", "",
                           core::exp(line.at(at)), core::exp(level.low), core::exp(level.high)});
  for (std::size_t i = 0; i < series.x.size(); ++i) {
    const double fitted = line.at(series.x[i]);
    fit.points.push_back(
        {data.line(i), time_of(series.x[i]), series.x[i], series.y[i], core::exp(fitted), series.logs[i] - fitted});
  }
  const auto [first, last] = std::minmax_element(series.x.begin(), series.x.end());
  double until = *last;
  for (const core::Time date : request.predict) {
    fit.predictions.push_back(place_at(line, years_of(date), request));
    require_finite(fit.predictions.back().value, *fit.predictions.back().high, date);
    until = std::max(until, years_of(date));
  }
  for (const double x : places(*first, until)) fit.curve.push_back(place_at(line, x, request));
  const study::Estimated wider{line.slope, line.slope_interval(request.confidence, request.widening)};
  const RateKey key = rate_key(request, source);
  // The time of a doubling has no law where the rate may be 0: it stays as fitted.
  const bool has_law = !key.rate.ends_with("doubling");
  fit.inputs.push_back(rate_input(key, has_law ? wider : slope, request));
  if (request.widening > 1) {
    char note[200];
    std::snprintf(
        note, sizeof note,
        "Predictions%s have the error of the slope %.3g times as large as fitted: trends of the past needed that.",
        has_law ? " and what a scenario takes" : "", request.widening);
    fit.notes.emplace_back(note);
  }
}

void add_logistic(Fit& fit, const FitRequest& request, FitData& data, const Series& series) {
  const double at = request.at ? years_of(*request.at) : *std::max_element(series.x.begin(), series.x.end());
  const study::LogisticFit found = study::fit_logistic(series.x, series.y, at, request.confidence);
  if (!found.converged) {
    data.add(
        {"no logistic curve could be fitted", "the search for the least squares found none", "Try --law exponential."});
    data.throw_if_any();
  }
  fit.method = "Least squares of ln " + fit.y_name + " by Levenberg and Marquardt, with profile intervals.";
  fit.scatter = found.scatter;
  fit.constants.push_back(constant("rate", "doublings of " + fit.y_name + " a year far below the ceiling",
                                   "doublings/yr", found.rate, 1 / core::kLn2));
  fit.constants.push_back(constant("ceiling", "limit of " + fit.y_name + " over its level", "", found.ceiling));
  fit.constants.push_back(
      constant("level", fit.y_name + " on " + core::to_date(time_of(at)) + " by the curve", "", found.level));
  if (!std::isfinite(found.ceiling.interval.high))
    fit.notes.emplace_back("The data do not bound the ceiling from above: an exponential trend fits them as well.");
  for (std::size_t i = 0; i < series.x.size(); ++i) {
    const double fitted = found.value(series.x[i]);
    fit.points.push_back(
        {data.line(i), time_of(series.x[i]), series.x[i], series.y[i], fitted, series.logs[i] - core::log(fitted)});
  }
  const auto [first, last] = std::minmax_element(series.x.begin(), series.x.end());
  double until = *last;
  const auto place = [&](double x) { return FitPlace{time_of(x), x, found.value(x), {}, {}}; };
  for (const core::Time date : request.predict) {
    FitPlace predicted = place(years_of(date));
    const study::Interval ends = study::logistic_prediction(series.x, series.y, found, predicted.x, request.confidence);
    require_finite(predicted.value, predicted.value, date);
    if (ends.low > 0) predicted.low = ends.low;
    if (std::isfinite(ends.high)) predicted.high = ends.high;
    if (!predicted.low || !predicted.high)
      fit.notes.push_back("The data do not bound the curve on " + core::to_date(date) + " on both sides.");
    fit.predictions.push_back(predicted);
    until = std::max(until, years_of(date));
  }
  for (const double x : places(*first, until)) fit.curve.push_back(place(x));
  if (request.of != "progress") {
    fit.notes.emplace_back("No key of a scenario takes a saturating trend but that of progress: --of progress.");
    return;
  }
  const auto doublings = [](double rate) { return rate / core::kLn2; };
  const study::Estimated rate{doublings(found.rate.value),
                              {doublings(found.rate.interval.low), doublings(found.rate.interval.high)}};
  fit.inputs = {{"progress.model", "logistic"},
                {"progress.rate", lognormal_value(rate, "doublings/yr", request.confidence)},
                {"progress.ceiling", lognormal_value(found.ceiling, "", request.confidence)}};
  fit.notes.push_back("The ceiling is over the level on " + core::to_date(time_of(at)) +
                      ": give the start of the scenario's horizon as the date of the level.");
}

}  // namespace

std::span<const std::string_view> fit_trends() {
  static constexpr std::string_view kNames[] = {"price_performance", "energy_efficiency", "price", "progress"};
  return kNames;
}

Fit fit_trend(const FitRequest& request, const FitSource& source) {
  if (!request.of.empty() && std::find(fit_trends().begin(), fit_trends().end(), request.of) == fit_trends().end()) {
    throw std::invalid_argument("there is no trend \"" + core::printable(request.of) + "\". " +
                                core::suggest(request.of, {fit_trends().begin(), fit_trends().end()}));
  }
  if (!request.key.empty() && !takes_rate(request.key)) {
    const std::vector<std::string> known = rate_paths();
    throw std::invalid_argument("\"" + core::printable(request.key) + "\" is no key that takes the rate of a trend. " +
                                core::suggest(request.key, {known.begin(), known.end()}));
  }
  if (!(request.widening >= 1 && request.widening <= 100))
    throw std::invalid_argument("the widening of a trend is a number from 1, as fitted, to 100");
  const bool is_logistic = request.law == "logistic";
  FitData data(request, source.csv, source.file,
               {date_column("date", "the date of each value"), positive_column("value", "what grows or falls")});
  if (is_logistic) {
    data.require_rows(5, "a logistic curve has three constants and scatter");
  } else {
    data.require_rows(3, "a line through two points leaves no scatter");
  }
  data.require_spread(0, "a trend needs values of several dates");
  data.throw_if_any();
  const Series series = series_of(data);
  Fit fit;
  fit.rows = data.rows();
  fit.x_name = data.name(0);
  fit.y_name = data.name(1);
  if (is_logistic) {
    add_logistic(fit, request, data, series);
  } else {
    add_line(fit, request, source, data, series);
  }
  return fit;
}

}  // namespace fleetrace
