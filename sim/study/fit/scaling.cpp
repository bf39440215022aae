#include "sim/study/fit/scaling.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "sim/core/numeric/math.hpp"
#include "sim/core/random/random.hpp"
#include "sim/study/fit/least_squares.hpp"
#include "sim/study/parallel.hpp"

namespace fleetrace::study {
namespace {

constexpr double kHuber = 1e-3;
constexpr std::size_t kStarts = 9;

/// The number whose square is twice Huber's loss of a residual, with its sign, so that least squares minimise it.
double huber_root(double residual) {
  const double size = std::fabs(residual);
  if (size <= kHuber) return residual;
  return std::copysign(std::sqrt(kHuber * (2 * size - kHuber)), residual);
}

/// The logarithms of runs, which every step of a search needs.
struct LogRuns {
  std::vector<double> parameters;
  std::vector<double> tokens;
  std::vector<double> loss;

  explicit LogRuns(const std::vector<TrainedModel>& runs) {
    for (const TrainedModel& run : runs) {
      parameters.push_back(core::log(run.parameters));
      tokens.push_back(core::log(run.tokens));
      loss.push_back(core::log(run.loss));
    }
  }
  [[nodiscard]] std::size_t size() const { return loss.size(); }
};

double log_loss(std::span<const double> c, double log_parameters, double log_tokens) {
  return core::log(core::exp(c[0]) + core::exp(c[1] - c[3] * log_parameters) + core::exp(c[2] - c[4] * log_tokens));
}

Residuals chinchilla_residuals(const LogRuns& runs) {
  return [&runs](std::span<const double> c, std::span<double> out) {
    for (std::size_t i = 0; i < runs.size(); ++i)
      out[i] = huber_root(log_loss(c, runs.parameters[i], runs.tokens[i]) - runs.loss[i]);
  };
}

struct Start {
  double sum = 0;
  std::vector<double> constants;
};

/// Where to begin: at each pair of exponents E, A and B by linear least squares of L over the observed loss. Those with constants
/// below 0 are left out.
std::vector<Start> starts_of(const LogRuns& runs) {
  const auto n = static_cast<Eigen::Index>(runs.size());
  std::vector<Start> starts;
  double alpha = 0;
  for (int i = 0; i < 10; ++i) {
    alpha += 0.1;
    double beta = 0;
    for (int j = 0; j < 10; ++j) {
      beta += 0.1;
      Eigen::MatrixXd terms(n, 3);
      for (Eigen::Index k = 0; k < n; ++k) {
        const auto row = static_cast<std::size_t>(k);
        terms(k, 0) = core::exp(-runs.loss[row]);
        terms(k, 1) = core::exp(-alpha * (runs.parameters[row] - runs.parameters[0]) - runs.loss[row]);
        terms(k, 2) = core::exp(-beta * (runs.tokens[row] - runs.tokens[0]) - runs.loss[row]);
      }
      const Eigen::VectorXd ones = Eigen::VectorXd::Ones(n);
      const Eigen::VectorXd found = terms.colPivHouseholderQr().solve(ones);
      if (!(found.minCoeff() > 0)) continue;
      starts.push_back({(terms * found - ones).squaredNorm(),
                        {core::log(found[0]), core::log(found[1]) + alpha * runs.parameters[0],
                         core::log(found[2]) + beta * runs.tokens[0], alpha, beta}});
    }
  }
  std::stable_sort(starts.begin(), starts.end(), [](const Start& a, const Start& b) { return a.sum < b.sum; });
  if (starts.size() > kStarts) starts.resize(kStarts);
  if (starts.empty()) starts.push_back({0, {0, 5, 5, 0.3, 0.3}});
  return starts;
}

LeastSquares best_of(const LogRuns& runs, const std::vector<Start>& starts) {
  const Residuals residuals = chinchilla_residuals(runs);
  std::optional<LeastSquares> best;
  for (const Start& start : starts) {
    LeastSquares found = least_squares(residuals, runs.size(), start.constants);
    if (!best || found.sum < best->sum) best = std::move(found);
  }
  return *best;
}

std::vector<TrainedModel> resampled(const std::vector<TrainedModel>& runs, const Resampling& resampling,
                                    std::size_t index) {
  core::Stream stream(resampling.seed, static_cast<std::uint32_t>(index), core::Purpose::study,
                      core::Entity::named("fit"));
  std::vector<TrainedModel> sample;
  sample.reserve(runs.size());
  const auto n = static_cast<double>(runs.size());
  for (std::size_t i = 0; i < runs.size(); ++i) sample.push_back(runs[static_cast<std::size_t>(stream.uniform() * n)]);
  return sample;
}

/// Fits every resample by `refit`, and sums up how the constants vary. False where it was stopped.
template <std::size_t n, class Refit>
bool add_errors(JointFit<n>& fit, const std::vector<TrainedModel>& runs, const Resampling& resampling,
                const std::atomic<bool>& stop, const Refit& refit) {
  std::vector<std::array<double, n>> all(resampling.count);
  const bool is_done = run_items(resampling.count, resampling.jobs, stop, [&](std::size_t, std::size_t item) {
    all[item] = refit(resampled(runs, resampling, item));
  });
  if (!is_done) return false;
  const auto count = static_cast<double>(all.size());
  std::array<double, n> mean = {};
  for (const auto& each : all) {
    for (std::size_t i = 0; i < n; ++i) mean[i] += each[i] / count;
  }
  std::array<double, n* n> covariance = {};
  for (const auto& each : all) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j)
        covariance[i * n + j] += (each[i] - mean[i]) * (each[j] - mean[j]) / (count - 1);
    }
  }
  for (std::size_t i = 0; i < n; ++i) fit.error[i] = std::sqrt(covariance[i * n + i]);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const double scale = fit.error[i] * fit.error[j];
      fit.correlation[i * n + j] = i == j ? 1 : scale > 0 ? covariance[i * n + j] / scale : 0;
    }
  }
  return true;
}

/// ln RD and ln RN of runs that repeat their data, given the law of fresh data.
LeastSquares repeated_constants(const std::vector<TrainedModel>& runs, const models::Chinchilla& fresh,
                                std::vector<double> start) {
  const Residuals residuals = [&](std::span<const double> c, std::span<double> out) {
    const models::RepeatedData law{fresh, core::exp(c[0]), core::exp(c[1])};
    for (std::size_t i = 0; i < runs.size(); ++i)
      out[i] = huber_root(core::log(law.loss(runs[i].parameters, runs[i].tokens, runs[i].unique) / runs[i].loss));
  };
  return least_squares(residuals, runs.size(), std::move(start));
}

std::vector<TrainedModel> fresh_runs(const std::vector<TrainedModel>& runs, bool is_fresh) {
  std::vector<TrainedModel> some;
  std::copy_if(runs.begin(), runs.end(), std::back_inserter(some),
               [&](const TrainedModel& each) { return (each.unique >= each.tokens) == is_fresh; });
  return some;
}

template <std::size_t n>
std::array<double, n> array_of(const std::vector<double>& values) {
  std::array<double, n> all = {};
  std::copy_n(values.begin(), n, all.begin());
  return all;
}

}  // namespace

models::Chinchilla chinchilla_of(const std::array<double, 5>& c) {
  return {core::exp(c[0]), core::exp(c[1]), core::exp(c[2]), c[3], c[4]};
}

std::optional<JointFit<5>> fit_chinchilla(const std::vector<TrainedModel>& runs, const Resampling& resampling,
                                          const std::atomic<bool>& stop) {
  const LogRuns logs(runs);
  const LeastSquares best = best_of(logs, starts_of(logs));
  JointFit<5> fit;
  fit.value = array_of<5>(best.constants);
  fit.objective = best.sum / 2;
  fit.converged = best.converged;
  const bool is_done = add_errors(fit, runs, resampling, stop, [&](const std::vector<TrainedModel>& sample) {
    return array_of<5>(best_of(LogRuns(sample), {{0, best.constants}}).constants);
  });
  return is_done ? std::optional(fit) : std::nullopt;
}

std::optional<JointFit<7>> fit_repeated(const std::vector<TrainedModel>& runs, const Resampling& resampling,
                                        const std::atomic<bool>& stop) {
  const auto both = [](const std::vector<TrainedModel>& all, const std::vector<Start>& starts,
                       const std::vector<double>& decays) {
    LeastSquares fit = best_of(LogRuns(fresh_runs(all, true)), starts);
    const LeastSquares rest = repeated_constants(fresh_runs(all, false), chinchilla_of(array_of<5>(fit.constants)),
                                                 decays);
    fit.constants.insert(fit.constants.end(), rest.constants.begin(), rest.constants.end());
    fit.sum += rest.sum;
    fit.converged = fit.converged && rest.converged;
    return fit;
  };
  const LeastSquares best = both(runs, starts_of(LogRuns(fresh_runs(runs, true))), {core::log(10), core::log(10)});
  JointFit<7> fit;
  fit.value = array_of<7>(best.constants);
  fit.objective = best.sum / 2;
  fit.converged = best.converged;
  const std::vector<double> law(best.constants.begin(), best.constants.begin() + 5);
  const std::vector<double> decays(best.constants.begin() + 5, best.constants.end());
  const bool is_done = add_errors(fit, runs, resampling, stop, [&](const std::vector<TrainedModel>& sample) {
    // A resample may hold too few runs of one kind to say anything; the whole fit then stands for it.
    if (fresh_runs(sample, true).size() < 6 || fresh_runs(sample, false).size() < 3) return fit.value;
    return array_of<7>(both(sample, {{0, law}}, decays).constants);
  });
  return is_done ? std::optional(fit) : std::nullopt;
}

}  // namespace fleetrace::study
