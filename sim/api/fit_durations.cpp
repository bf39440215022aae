#include <algorithm>
#include <cmath>

#include "sim/api/fit_data.hpp"
#include "sim/api/fit_inputs.hpp"
#include "sim/api/fit_models.hpp"
#include "sim/core/numeric/math.hpp"
#include "sim/core/random/samplers.hpp"
#include "sim/study/fit/least_squares.hpp"
#include "sim/study/fit/positive.hpp"

// Models of durations and of prices that fall with volume.
namespace fleetrace {

Fit fit_repair(const FitRequest& request, const FitSource& source) {
  constexpr double kHours = kYearMilliseconds / 8766;  // [ms]
  FitData data(request, source.csv, source.file,
               {positive_column("duration", "how long something was out of service", core::Dimension::duration)});
  data.require_rows(3, "two durations say nothing of the scatter");
  data.require_spread(0, "the scatter of a lognormal law is then not known");
  data.throw_if_any();
  std::vector<double> hours = data.of(0);
  for (double& each : hours) each /= kHours;
  const study::LognormalFit found = study::fit_lognormal(hours, request.confidence);
  Fit fit;
  fit.rows = data.rows();
  fit.x_name = "quantile";
  fit.y_name = data.name(0);
  fit.method =
      "Mean and deviation of logarithms, with the intervals of Student, of chi-squared, and of Cox for the mean.";
  fit.scatter = found.sigma.value;
  fit.constants = {constant("mean", "mean time out of service", "h", found.mean),
                   constant("median", "half of the repairs are shorter", "h", found.median),
                   constant("sigma", "standard deviation of the logarithm", "", found.sigma)};
  fit.inputs = {{"operations.failures.repair", lognormal_value(found.mean, "h", request.confidence)},
                {"operations.failures.repair_law.model", "lognormal"},
                {"operations.failures.repair_law.sigma", lognormal_value(found.sigma, "", request.confidence)}};
  std::vector<std::size_t> order(hours.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return hours[a] < hours[b]; });
  fit.points.resize(hours.size());
  const auto n = static_cast<double>(hours.size());
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    const std::size_t row = order[rank];
    const double share = (static_cast<double>(rank) + 0.5) / n;
    const double fitted = core::lognormal_quantile(share, found.median.value, found.sigma.value);
    fit.points[row] = {data.line(row), {}, share, hours[row], fitted, core::log(hours[row] / fitted)};
  }
  for (const double share : places(0.5 / n, 1 - 0.5 / n))
    fit.curve.push_back({{}, share, core::lognormal_quantile(share, found.median.value, found.sigma.value), {}, {}});
  return fit;
}

Fit fit_learning(const FitRequest& request, const FitSource& source) {
  FitData data(request, source.csv, source.file,
               {positive_column("volume", "how much was made up to then, of all makers"),
                positive_column("price", "the price then, without inflation")});
  data.require_rows(3, "a line through two points leaves no scatter");
  data.require_spread(0, "a learning curve needs several volumes");
  data.throw_if_any();
  std::vector<double> volumes;
  std::vector<double> prices;
  for (std::size_t i = 0; i < data.rows(); ++i) {
    volumes.push_back(core::log2(data.of(0)[i]));
    prices.push_back(core::log(data.of(1)[i]));
  }
  const study::Line line = study::fit_line(volumes, prices);
  const study::Interval slope = line.slope_interval(request.confidence);
  const auto share = [](double per_doubling) { return 1 - core::exp(per_doubling); };
  const study::Estimated rate{share(line.slope), {share(slope.high), share(slope.low)}};
  Fit fit;
  fit.rows = data.rows();
  fit.x_name = data.name(0);
  fit.y_name = data.name(1);
  fit.method = "Least squares of ln " + fit.y_name + " by ln " + fit.x_name +
               " (Wright 1936), with Student's intervals.";
  fit.scatter = line.scatter;
  fit.constants = {constant("learning_rate", "share by which each doubling of the volume lowers the price", "", rate),
                   {"progress_ratio", "price after a doubling over the price before", "", core::exp(line.slope),
                    core::exp(slope.low), core::exp(slope.high)}};
  fit.inputs = {{"hardware.price.model", "learning"},
                {"hardware.price.learning_rate", normal_value(rate, "", request.confidence)}};
  if (rate.interval.low < 0)
    fit.notes.emplace_back(
        "The data do not say whether the price falls: the interval of the learning rate has 0 in it, and a scenario takes what lies above 0.");
  if (rate.interval.high >= 0.5)
    fit.notes.emplace_back("A scenario takes learning rates below 0.5; the interval reaches beyond.");
  for (std::size_t i = 0; i < data.rows(); ++i) {
    const double fitted = line.at(volumes[i]);
    fit.points.push_back({data.line(i), {}, data.of(0)[i], data.of(1)[i], core::exp(fitted), prices[i] - fitted});
  }
  const auto [first, last] = std::minmax_element(data.of(0).begin(), data.of(0).end());
  for (const double x : ratio_places(*first, *last)) {
    const double at = core::log2(x);
    const study::Interval ends = line.prediction_at(at, request.confidence);
    fit.curve.push_back({{}, x, core::exp(line.at(at)), core::exp(ends.low), core::exp(ends.high)});
  }
  return fit;
}

Fit fit_cadence(const FitRequest& request, const FitSource& source) {
  FitData data(request, source.csv, source.file, {date_column("date", "the date of each release")});
  data.require_rows(4, "the regularity of releases shows in three intervals or more");
  data.throw_if_any();
  std::vector<std::size_t> order(data.rows());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return data.of(0)[a] < data.of(0)[b]; });
  std::vector<double> intervals;
  for (std::size_t i = 1; i < order.size(); ++i) {
    const double years = (data.of(0)[order[i]] - data.of(0)[order[i - 1]]) / kYearMilliseconds;
    if (!(years > 0))
      data.add(order[i], 0,
               {"there are two releases on this date", "the time between them is then 0", "Keep one of them."});
    intervals.push_back(years);
  }
  data.throw_if_any();
  const bool is_calendar = std::all_of(intervals.begin(), intervals.end(),
                                       [&](double each) { return each == intervals.front(); });
  study::GammaFit found;
  if (!is_calendar) found = study::fit_gamma(intervals, request.confidence);
  if (is_calendar || !found.has_maximum)
    data.add({"all intervals are nearly the same", "releases are then a calendar, without a law of chance",
              "Write regularity: fixed."});
  data.throw_if_any();
  Fit fit;
  fit.rows = data.rows();
  fit.x_name = data.name(0);
  fit.y_name = "interval";
  fit.method = "Maximum likelihood of a Gamma renewal process, with intervals of profile likelihood.";
  fit.scatter = 1 / std::sqrt(found.shape.value);
  fit.constants = {
      constant("cadence", "mean time between releases", "yr", found.mean),
      constant("regularity", "shape of the Gamma law: 1 is a Poisson process, large numbers are a calendar", "",
               found.shape)};
  // A scenario takes regularities from 1 on.
  study::Estimated regularity = found.shape;
  if (regularity.value < 1) {
    fit.notes.emplace_back(
        "Releases come in clusters: the regularity is below 1, which no scenario takes; it is 1 there.");
    regularity = {1, {1, 1}};
  }
  fit.inputs = {{source.has("hardware.cadence") ? "hardware.cadence" : "hardware.then.cadence",
                 lognormal_value(found.mean, "yr", request.confidence)},
                {source.has("hardware.cadence") ? "hardware.regularity" : "hardware.then.regularity",
                 lognormal_value(regularity, "", request.confidence)}};
  for (std::size_t i = 1; i < order.size(); ++i) {
    const std::size_t row = order[i];
    const double at = data.of(0)[row] / kYearMilliseconds;
    fit.points.push_back({data.line(row), time_of(at), at, intervals[i - 1], found.mean.value,
                          core::log(intervals[i - 1] / found.mean.value)});
  }
  const double tail = (1 - request.confidence) / 2;
  const double scale = found.mean.value / found.shape.value;
  for (const double x : {fit.points.front().x, fit.points.back().x})
    fit.curve.push_back({time_of(x), x, found.mean.value, core::gamma_quantile(tail, found.shape.value, scale),
                         core::gamma_quantile(1 - tail, found.shape.value, scale)});
  return fit;
}

}  // namespace fleetrace
