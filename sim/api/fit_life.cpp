#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "fleetrace/core/quantity.hpp"
#include "sim/api/fit_data.hpp"
#include "sim/api/fit_inputs.hpp"
#include "sim/api/fit_models.hpp"
#include "sim/core/numeric/math.hpp"
#include "sim/study/fit/lives.hpp"

namespace fleetrace {
namespace {

using core::Dimension;
using study::WatchedLives;

core::Parameter flag_column(std::string_view name, std::string_view summary) {
  core::Parameter column = optional_column(positive_column(name, summary));
  column.shape = core::Shape::flag;
  column.range = {};
  return column;
}

core::Parameter with_zero(core::Parameter column) {
  column.range = core::at_least(0);
  return column;
}

core::Parameter age_column(std::string_view name, std::string_view summary) {
  return positive_column(name, summary, Dimension::duration);
}

/// Whether the first line names the columns of a life table.
bool is_life_table(std::string_view csv) {
  const std::string_view header = csv.substr(0, csv.find('\n'));
  return header.find("deaths") != std::string_view::npos;
}

/// Rows of single lives, or of several that are alike: age, failed, entered, count.
std::vector<WatchedLives> single_lives(FitData& data) {
  std::vector<WatchedLives> lives;
  for (std::size_t i = 0; i < data.rows(); ++i) {
    const auto cell = [&](std::size_t column, double otherwise) {
      return data.has(column) && !std::isnan(data.of(column)[i]) ? data.of(column)[i] : otherwise;
    };
    const double count = cell(3, 1);
    WatchedLives row;
    row.from = cell(2, 0) / kYearMilliseconds;
    row.to = data.of(0)[i] / kYearMilliseconds;
    row.deaths = cell(1, 1) > 0 ? count : 0;
    row.time = count * (row.to - row.from);
    if (!(row.from < row.to)) data.add(i, 2, {"the watch begins at or after the age", "then nothing was watched", {}});
    lives.push_back(row);
  }
  return lives;
}

/// Rows of a life table: from, to, exposure, deaths.
std::vector<WatchedLives> table_lives(FitData& data) {
  std::vector<WatchedLives> lives;
  for (std::size_t i = 0; i < data.rows(); ++i) {
    WatchedLives row{data.of(0)[i] / kYearMilliseconds, data.of(1)[i] / kYearMilliseconds, data.of(3)[i],
                     data.of(2)[i] / kYearMilliseconds, true};
    if (!(row.from < row.to))
      data.add(i, 1, {"it is not above the age at which the row begins", "a row spans some time", {}});
    lives.push_back(row);
  }
  return lives;
}

/// The share that survives each age at which the data have deaths, by Kaplan and Meier's estimate, or by that of a table.
/// That of single lives falls in steps, of which it is the middle.
void add_points(Fit& fit, const FitData& data, const std::vector<WatchedLives>& lives,
                double (*survival)(const void*, double), const void* law) {
  std::vector<std::size_t> order(lives.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return lives[a].to < lives[b].to; });
  std::vector<std::size_t> entries = order;
  std::stable_sort(entries.begin(), entries.end(),
                   [&](std::size_t a, std::size_t b) { return lives[a].from < lives[b].from; });
  const auto units = [&](std::size_t row) { return lives[row].time / (lives[row].to - lives[row].from); };
  double share = 1;
  double at_risk = 0;
  std::size_t entered = 0;
  for (std::size_t i = 0; i < order.size();) {
    const double age = lives[order[i]].to;
    for (; entered < entries.size() && lives[entries[entered]].from < age; ++entered)
      at_risk += units(entries[entered]);
    double deaths = 0;
    double leaving = 0;
    double hazard = 0;
    std::size_t last = i;
    for (; i < order.size() && lives[order[i]].to == age; ++i) {
      const WatchedLives& each = lives[order[i]];
      deaths += each.deaths;
      leaving += units(order[i]);
      if (each.is_table && each.time > 0) hazard += each.deaths / each.time * (each.to - each.from);
      last = order[i];
    }
    const bool is_table = lives[last].is_table;
    const double before = share;
    share *= is_table ? core::exp(-hazard) : 1 - deaths / at_risk;
    at_risk -= leaving;
    if (deaths == 0 && !is_table) continue;
    const double fitted = survival(law, age);
    // A smooth law passes through the middle of the estimate's steps: below their tops and above their feet.
    const double observed = is_table ? share : (before + share) / 2;
    fit.points.push_back({data.line(last), {}, age, observed, fitted, observed - fitted});
  }
}

template <class Survival>
void add_curve(Fit& fit, const FitData& data, const std::vector<WatchedLives>& lives, const Survival& survival) {
  add_points(
      fit, data, lives, [](const void* law, double age) { return (*static_cast<const Survival*>(law))(age); },
      &survival);
  double last = 0;
  for (const WatchedLives& each : lives) last = std::max(last, each.to);
  for (const double age : places(0, last)) fit.curve.push_back({{}, age, survival(age), {}, {}});
}

void add_exponential(Fit& fit, const FitRequest& request, const FitData& data, const std::vector<WatchedLives>& lives,
                     double deaths, double time) {
  const study::Estimated rate = study::failure_rate(deaths, time, request.confidence);
  const study::Estimated mtbf{1 / rate.value, {1 / rate.interval.high, 1 / rate.interval.low}};
  fit.method = "Failures over time at risk, with the exact interval of a Poisson mean.";
  fit.constants.push_back(constant("rate", "failures of one accelerator a year", "/yr", rate));
  fit.constants.push_back(constant("mtbf", "mean time between failures", "yr", mtbf));
  fit.inputs = {{"operations.failures.law", "exponential"},
                {"operations.failures.mtbf", lognormal_value(mtbf, "yr", request.confidence)}};
  add_curve(fit, data, lives, [&](double age) { return core::exp(-rate.value * age); });
}

void add_weibull(Fit& fit, const FitRequest& request, FitData& data, const std::vector<WatchedLives>& lives) {
  double first = 0;
  bool is_spread = false;
  for (const WatchedLives& each : lives) {
    if (each.deaths == 0) continue;
    if (first == 0) first = each.to;
    is_spread = is_spread || each.to != first;
  }
  if (!is_spread) {
    data.add(
        {"all failures have the same age", "the shape of a Weibull law is then not known", "Try --law exponential."});
    data.throw_if_any();
  }
  const study::WeibullFit found = study::fit_weibull(lives, request.confidence);
  if (!found.has_maximum) {
    data.add({"the likeliest shape lies beyond 0.05 to 50", "the data are not of a Weibull law", "Try --law stepped."});
    data.throw_if_any();
  }
  fit.method = "Maximum likelihood, with intervals of profile likelihood.";
  fit.constants.push_back(constant("shape", "below 1 the hazard falls with age, above 1 it rises", "", found.shape));
  fit.constants.push_back(constant("mtbf", "mean life: scale Gamma(1 + 1/shape)", "yr", found.mean));
  fit.constants.push_back(constant("scale", "age at which 1/e survive", "yr", found.scale));
  const std::vector<std::string> paths = {"operations.failures.shape", "operations.failures.mtbf"};
  fit.inputs = {{"operations.failures.law", "weibull"},
                {paths[0], lognormal_value(found.shape, "", request.confidence)},
                {paths[1], lognormal_value(found.mean, "yr", request.confidence)}};
  for (FitInput& each : correlations(paths, {1, found.correlation, found.correlation, 1}))
    fit.inputs.push_back(std::move(each));
  add_curve(fit, data, lives, [&](double age) {
    return age > 0 ? core::exp(-core::pow(age / found.scale.value, found.shape.value)) : 1;
  });
}

/// Ages at which a stepped hazard changes where nobody says them: those of a table's rows, or whole years.
std::vector<double> default_edges(const std::vector<WatchedLives>& lives) {
  std::vector<double> edges = {0};
  double last = 0;
  for (const WatchedLives& each : lives) last = std::max(last, each.to);
  if (lives.front().is_table) {
    for (const WatchedLives& each : lives) edges.push_back(each.from);
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    return edges;
  }
  while (edges.back() + 1 < last) edges.push_back(edges.back() + 1);
  return edges;
}

/// A step's rate as a distribution; where nothing failed it lies between 0 and the interval's end, and is likeliest 0.
std::string rate_value(const study::HazardStep& step, double mass) {
  if (step.deaths > 0) return lognormal_value(step.rate, "/yr", mass);
  return "{triangular: {low: 0 /yr, mode: 0 /yr, high: " + quantity(step.rate.interval.high, "/yr") + "}}";
}

void add_steps(Fit& fit, const FitRequest& request, FitData& data, const std::vector<WatchedLives>& lives) {
  const std::vector<double> edges = request.steps.empty() ? default_edges(lives) : request.steps;
  std::vector<study::HazardStep> steps = study::fit_steps(lives, edges, request.confidence);
  for (const WatchedLives& each : lives) {
    const auto crossed = std::find_if(edges.begin(), edges.end(),
                                      [&](double edge) { return edge > each.from && edge < each.to; });
    if (!each.is_table || crossed == edges.end()) continue;
    data.add({"the step at " + core::format_real(*crossed) + " yr lies within a row of the table",
              "nobody knows how many of its deaths came before", "Choose ages at which rows begin."});
    break;
  }
  while (!steps.empty() && steps.back().deaths == 0) {
    if (steps.size() > 1 && steps.back().time == 0) {
      fit.notes.push_back("The step from " + core::format_real(steps.back().from) +
                          " yr is left out, since nothing was watched beyond: the rate before it holds from then on.");
      steps.pop_back();
      continue;
    }
    data.add({"nothing failed after " + core::format_real(steps.back().from) + " yr",
              "the last rate holds for ever, and a life would never end", "Let an earlier step be the last: --steps."});
    break;
  }
  for (const study::HazardStep& step : steps) {
    if (step.time > 0) continue;
    data.add({"nothing was watched from " + core::format_real(step.from) + " to " + core::format_real(step.to) + " yr",
              "its rate is then not known", "Leave that step out: --steps."});
  }
  data.throw_if_any();
  fit.method = "Failures over time at risk in each step of age, with exact intervals of a Poisson mean.";
  std::string list;
  for (const study::HazardStep& step : steps) {
    const std::string from = core::format_real(step.from);
    fit.constants.push_back(constant("rate_from_" + from,
                                     "failures of one accelerator a year from the age of " + from + " yr on: " +
                                         core::format_real(step.deaths) + " in " + quantity(step.time, "device-years"),
                                     "/yr", step.rate));
    list += (list.empty() ? "" : ", ") + ("{from: " + from + " yr, rate: ") + rate_value(step, request.confidence) +
            '}';
  }
  fit.inputs = {{"operations.failures.law", "stepped"}, {"operations.failures.hazard", '[' + list + ']'}};
  add_curve(fit, data, lives, [&](double age) {
    double hazard = 0;
    for (const study::HazardStep& step : steps)
      hazard += step.rate.value * std::max(0.0, std::min(age, &step == &steps.back() ? age : step.to) - step.from);
    return core::exp(-hazard);
  });
}

}  // namespace

Fit fit_life(const FitRequest& request, const FitSource& source) {
  const bool is_table = is_life_table(source.csv);
  if (is_table && (!request.x.empty() || !request.y.empty()))
    throw std::invalid_argument("a life table has the columns from, to, exposure and deaths, whose names are fixed");
  for (std::size_t i = 0; i < request.steps.size(); ++i) {
    const bool is_fine = i == 0 ? request.steps[0] == 0 : request.steps[i] > request.steps[i - 1];
    if (!is_fine) throw std::invalid_argument("steps are ages that ascend from 0");
  }
  if (!request.steps.empty() && request.law != "stepped")
    throw std::invalid_argument("steps are of the law stepped alone");
  FitData data(request, source.csv, source.file,
               is_table ? std::vector<core::Parameter>{with_zero(age_column("from", "age at which the row begins")),
                                                       age_column("to", "age at which it ends"),
                                                       age_column("exposure", "time that all of them went through"),
                                                       with_zero(positive_column("deaths", "how many failed"))}
                        : std::vector<core::Parameter>{
                              age_column("age", "age at which the watch of it ended"),
                              flag_column("failed", "whether it ended by a failure; all did where it is left out"),
                              with_zero(optional_column(age_column("entered", "age at which the watch began"))),
                              optional_column(positive_column("count", "how many lives the row stands for"))});
  const std::vector<WatchedLives> lives = is_table ? table_lives(data) : single_lives(data);
  data.throw_if_any();
  double deaths = 0;
  double time = 0;
  for (const WatchedLives& each : lives) {
    deaths += each.deaths;
    time += each.time;
  }
  if (deaths == 0) {
    data.add({"nothing failed", "a rate of failures is then not known, but for its upper end",
              "At " + core::format_real(request.confidence) + " confidence it is at most " +
                  quantity(-core::log(1 - request.confidence) / time, "/yr") + '.'});
    data.throw_if_any();
  }
  Fit fit;
  fit.rows = data.rows();
  fit.x_name = is_table ? data.name(1) : data.name(0);
  fit.y_name = "survival";
  fit.is_log = false;
  if (request.law == "weibull") {
    add_weibull(fit, request, data, lives);
  } else if (request.law == "stepped") {
    add_steps(fit, request, data, lives);
  } else {
    add_exponential(fit, request, data, lives, deaths, time);
  }
  fit.notes.push_back(core::format_real(deaths) + (deaths == 1 ? " failure in " : " failures in ") +
                      quantity(time, "device-years") + '.');
  return fit;
}

}  // namespace fleetrace
