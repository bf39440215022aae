#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "fleetrace/study.hpp"
#include "sim/api/fit_data.hpp"
#include "sim/api/fit_inputs.hpp"
#include "sim/api/fit_models.hpp"
#include "sim/api/settings.hpp"
#include "sim/core/numeric/math.hpp"
#include "sim/core/numeric/special.hpp"
#include "sim/study/fit/least_squares.hpp"
#include "sim/study/fit/scaling.hpp"

namespace fleetrace {
namespace {

constexpr const char* kWhyAll = "nothing then says how the loss depends on it";

/// Columns: parameters, tokens, loss, unique_tokens, compute.
constexpr std::size_t kParameters = 0;
constexpr std::size_t kTokens = 1;
constexpr std::size_t kLoss = 2;
constexpr std::size_t kUnique = 3;
constexpr std::size_t kCompute = 4;

std::vector<core::Parameter> run_columns(bool has_split) {
  const core::Parameter parameters = positive_column("parameters", "parameters of the model");
  return {has_split ? parameters : optional_column(parameters),
          optional_column(positive_column("tokens", "tokens that it was trained on")),
          positive_column("loss", "its loss in nats per token"),
          optional_column(
              positive_column("unique_tokens", "tokens that were not repeated; all of them where it is left out")),
          optional_column(positive_column("compute", "training compute", core::Dimension::compute))};
}

double cell(const FitData& data, std::size_t column, std::size_t row) {
  return data.has(column) ? data.of(column)[row] : std::nan("");
}

/// Runs with parameters and tokens; tokens are those of the compute, C = 6 N D, where they are not stated.
std::vector<study::TrainedModel> trained_models(FitData& data) {
  std::vector<study::TrainedModel> runs;
  if (!data.has(kTokens) && !data.has(kCompute)) {
    data.add({"there is neither a column \"tokens\" nor one \"compute_flop\"",
              "how long a model was trained is then not known",
              {}});
    data.throw_if_any();
  }
  for (std::size_t i = 0; i < data.rows(); ++i) {
    study::TrainedModel run;
    run.parameters = data.of(kParameters)[i];
    run.tokens = cell(data, kTokens, i);
    if (std::isnan(run.tokens)) run.tokens = cell(data, kCompute, i) / (6 * run.parameters);
    if (std::isnan(run.tokens))
      data.add(i, kLoss, {"the run has neither tokens nor compute", "how long it was trained is then not known", {}});
    run.loss = data.of(kLoss)[i];
    const double unique = cell(data, kUnique, i);
    run.unique = std::isnan(unique) ? run.tokens : std::min(unique, run.tokens);
    runs.push_back(run);
  }
  return runs;
}

/// What no law of parameters and tokens can be fitted to.
void require_two_dimensions(FitData& data, const std::vector<study::TrainedModel>& runs) {
  if (runs.size() < 2) return;
  data.require_spread(kParameters, kWhyAll);
  data.require_spread(kLoss, "then nothing depends on anything");
  const auto is_spread = [&](const auto& of) {
    return std::any_of(runs.begin(), runs.end(),
                       [&](const auto& run) { return std::fabs(of(run) / of(runs.front()) - 1) > 1e-6; });
  };
  if (!is_spread([](const auto& run) { return run.tokens; }))
    data.add({"all runs have the same tokens", kWhyAll, "Add runs on more or fewer of them."});
  if (!is_spread([](const auto& run) { return run.tokens / run.parameters; })) {
    data.add({"all runs have the same tokens per parameter",
              "what more parameters bring cannot be told from what more tokens bring",
              "Add runs with another ratio, or fit kaplan."});
  }
}

/// An interval of so many standard errors.
study::Estimated spread_around(double value, double error, double confidence) {
  const double half = core::inverse_normal_cdf(0.5 + confidence / 2) * error;
  return {value, {value - half, value + half}};
}

study::Estimated exponential(const study::Estimated& log) {
  return {core::exp(log.value), {core::exp(log.interval.low), core::exp(log.interval.high)}};
}

struct LawConstant {
  const char* name;
  const char* key;
  const char* meaning;
  bool is_log;
};
constexpr LawConstant kLawConstants[] = {
    {"E", "loss.floor", "loss that no compute removes [nats/token]", true},
    {"A", "loss.parameter_scale", "scale of the term of parameters", true},
    {"B", "loss.token_scale", "scale of the term of tokens", true},
    {"alpha", "loss.alpha", "exponent of parameters", false},
    {"beta", "loss.beta", "exponent of tokens", false},
    {"RD", "loss.data_decay", "epochs after the first that are worth anything", true},
    {"RN", "loss.parameter_decay", "the same of parameters beyond those that the data can use", true},
};

template <std::size_t n>
void add_joint(Fit& fit, const study::JointFit<n>& found, const FitRequest& request) {
  std::vector<std::string> paths;
  for (std::size_t i = 0; i < n; ++i) {
    const LawConstant& each = kLawConstants[i];
    const study::Estimated plain = spread_around(found.value[i], found.error[i], request.confidence);
    const study::Estimated shown = each.is_log ? exponential(plain) : plain;
    fit.constants.push_back(constant(each.name, each.meaning, "", shown));
    fit.inputs.push_back({each.key, each.is_log ? lognormal_value(shown, "", request.confidence)
                                                : normal_value(shown, "", request.confidence)});
    paths.emplace_back(each.key);
  }
  for (FitInput& each : correlations(paths, {found.correlation.begin(), found.correlation.end()}))
    fit.inputs.push_back(std::move(each));
  fit.notes.emplace_back("The constants vary together: keep study.correlations with them.");
}

void check_resamples(const FitRequest& request) {
  if (request.resamples < 20 || request.resamples > 100'000)
    throw std::invalid_argument("resamples are from 20 to 100000");
}

template <class Loss>
void add_run_points(Fit& fit, const FitData& data, const std::vector<study::TrainedModel>& runs, const Loss& loss,
                    const models::Chinchilla& law) {
  double first = 0;
  double last = 0;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const double compute = 6 * runs[i].parameters * runs[i].tokens;
    const double fitted = loss(runs[i]);
    fit.points.push_back({data.line(i), {}, compute, runs[i].loss, fitted, core::log(runs[i].loss / fitted)});
    first = i == 0 ? compute : std::min(first, compute);
    last = std::max(last, compute);
  }
  double squares = 0;
  for (const FitPoint& each : fit.points) squares += each.residual * each.residual;
  fit.scatter = std::sqrt(squares / static_cast<double>(fit.points.size()));
  for (const double flop : ratio_places(first, last)) fit.curve.push_back({{}, flop, law.frontier(flop).loss, {}, {}});
}

std::string huber_method(const FitRequest& request) {
  return "The least sum of Huber's losses (delta 0.001) of ln loss, by Levenberg and Marquardt; intervals are normal, with the errors of " +
         std::to_string(request.resamples) + " resamples of the runs.";
}

Fit begin_fit(const FitData& data) {
  Fit fit;
  fit.rows = data.rows();
  fit.x_name = "compute_flop";
  fit.y_name = data.name(kLoss);
  return fit;
}

}  // namespace

Fit fit_kaplan(const FitRequest& request, const FitSource& source) {
  FitData data(request, source.csv, source.file, run_columns(false));
  const bool has_split = data.has(kParameters) && data.has(kTokens);
  if (!data.has(kCompute) && !has_split)
    data.add({"there is no compute", "a column compute_flop, or parameters and tokens, are needed", {}});
  data.require_rows(3, "a line through two points leaves no scatter");
  data.throw_if_any();
  std::vector<double> compute;
  std::vector<double> logs;
  std::vector<double> losses;
  for (std::size_t i = 0; i < data.rows(); ++i) {
    double flop = cell(data, kCompute, i);
    if (std::isnan(flop) && has_split) flop = 6 * data.of(kParameters)[i] * data.of(kTokens)[i];
    if (std::isnan(flop)) data.add(i, kLoss, {"the run has no compute", "neither by itself nor as 6 N D", {}});
    compute.push_back(flop);
    logs.push_back(core::log(flop));
    losses.push_back(core::log(data.of(kLoss)[i]));
  }
  data.throw_if_any();
  const auto [first, last] = std::minmax_element(compute.begin(), compute.end());
  if (*first == *last) data.add({"all runs have the same compute", kWhyAll, {}});
  data.throw_if_any();
  const study::Line line = study::fit_line(logs, losses);
  if (!(line.slope < 0)) data.add({"loss does not fall with compute", "the law has an exponent above 0", {}});
  data.throw_if_any();
  const double alpha = -line.slope;
  const study::Interval slope = line.slope_interval(request.confidence);
  const study::Estimated exponent{alpha, {-slope.high, -slope.low}};
  // ln Cc = center + intercept/alpha, whose error follows from those of the two, which are independent.
  const double off = line.intercept / alpha;
  const double of_slope = line.slope_error() * off / alpha;
  const double of_level = line.error_at(line.center) / alpha;
  const double error = std::sqrt(of_slope * of_slope + of_level * of_level);
  const double t = (exponent.interval.high - alpha) / line.slope_error();
  const study::Estimated log_scale{line.center + off, {line.center + off - t * error, line.center + off + t * error}};
  const study::Estimated scale = exponential(log_scale);
  Fit fit = begin_fit(data);
  fit.method = "Least squares of ln loss by ln compute, with Student's intervals.";
  fit.scatter = line.scatter;
  fit.constants = {constant("exponent", "L = (Cc/C)^exponent", "", exponent),
                   constant("scale", "Cc: compute at which the law gives a loss of 1 nat per token", "FLOP", scale)};
  const std::vector<std::string> paths = {"loss.exponent", "loss.scale"};
  fit.inputs = {{"loss.model", "kaplan"},
                {paths[0], lognormal_value(exponent, "", request.confidence)},
                {paths[1], lognormal_value(scale, "FLOP", request.confidence)}};
  const double r = error > 0 ? -(of_slope / error) * (off > 0 ? 1 : -1) : 0;
  for (FitInput& each : correlations(paths, {1, r, r, 1})) fit.inputs.push_back(std::move(each));
  fit.notes.emplace_back("The law has no floor; the runs are taken to be the best of their compute.");
  for (std::size_t i = 0; i < data.rows(); ++i) {
    const double fitted = line.at(logs[i]);
    fit.points.push_back({data.line(i), {}, compute[i], data.of(kLoss)[i], core::exp(fitted), losses[i] - fitted});
  }
  for (const double flop : ratio_places(*first, *last)) {
    const double at = core::log(flop);
    const study::Interval ends = line.prediction_at(at, request.confidence);
    fit.curve.push_back({{}, flop, core::exp(line.at(at)), core::exp(ends.low), core::exp(ends.high)});
  }
  return fit;
}

Fit fit_chinchilla(const FitRequest& request, const FitSource& source) {
  check_resamples(request);
  FitData data(request, source.csv, source.file, run_columns(true));
  data.require_rows(8, "the law has five constants");
  const std::vector<study::TrainedModel> runs = trained_models(data);
  require_two_dimensions(data, runs);
  data.throw_if_any();
  const StopFlag stop(request.stop);
  const auto found = study::fit_chinchilla(runs, {request.resamples, request.seed, request.jobs}, stop.flag());
  if (!found) throw Stopped("the fit was stopped");
  const models::Chinchilla law = study::chinchilla_of(found->value);
  Fit fit = begin_fit(data);
  fit.method = huber_method(request);
  fit.inputs = {{"loss.model", "chinchilla"}};
  add_joint(fit, *found, request);
  fit.constants.push_back({"a",
                           "exponent of compute in the best number of parameters: beta/(alpha + beta)",
                           "",
                           law.beta / (law.alpha + law.beta),
                           {},
                           {}});
  if (std::any_of(runs.begin(), runs.end(), [](const auto& each) { return each.unique < each.tokens; }))
    fit.notes.emplace_back("Some runs repeat their data, which this law does not know: fit data_limited.");
  add_run_points(
      fit, data, runs, [&](const auto& run) { return law.loss(run.parameters, run.tokens); }, law);
  return fit;
}

Fit fit_data_limited(const FitRequest& request, const FitSource& source) {
  check_resamples(request);
  FitData data(request, source.csv, source.file, run_columns(true));
  const std::vector<study::TrainedModel> runs = trained_models(data);
  const auto repeated = static_cast<std::size_t>(
      std::count_if(runs.begin(), runs.end(), [](const auto& each) { return each.unique < each.tokens; }));
  if (!data.has(kUnique))
    data.add({"there is no column \"unique_tokens\"", "it says which runs repeat their data",
              "Fit chinchilla where none does."});
  if (data.has(kUnique) && repeated < 3)
    data.add({std::to_string(repeated) + " runs repeat their data where at least 3 are needed",
              "the law has two constants of repetition",
              {}});
  if (data.has(kUnique) && runs.size() - repeated < 8)
    data.add({std::to_string(runs.size() - repeated) + " runs are on fresh data where at least 8 are needed",
              "the law has five constants of fresh data",
              {}});
  require_two_dimensions(data, runs);
  data.throw_if_any();
  const StopFlag stop(request.stop);
  const auto found = study::fit_repeated(runs, {request.resamples, request.seed, request.jobs}, stop.flag());
  if (!found) throw Stopped("the fit was stopped");
  std::array<double, 5> fresh = {};
  std::copy_n(found->value.begin(), fresh.size(), fresh.begin());
  const models::RepeatedData law{study::chinchilla_of(fresh), core::exp(found->value[5]), core::exp(found->value[6])};
  Fit fit = begin_fit(data);
  fit.method = huber_method(request);
  fit.inputs = {{"loss.model", "data_limited"}};
  add_joint(fit, *found, request);
  add_run_points(
      fit, data, runs, [&](const auto& run) { return law.loss(run.parameters, run.tokens, run.unique); }, law.fit);
  return fit;
}

}  // namespace fleetrace
