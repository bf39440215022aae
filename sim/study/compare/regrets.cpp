#include "sim/study/compare/regrets.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

#include "sim/core/numeric/special.hpp"
#include "sim/core/random/random.hpp"
#include "sim/study/statistics.hpp"

namespace fleetrace::study {
namespace {

constexpr double kTail = 0.05;
constexpr std::size_t kResamples = 1000;
constexpr std::size_t kLeastResamples = 200;
constexpr std::size_t kMostDraws = 20'000'000;  ///< fewer resamples of many replications, which need fewer

/// Mean and CVaR of a sample of regrets, the largest first, each of which counts a number of times.
struct Figures {
  double mean = 0;
  double cvar95 = 0;
};

/// The regrets of a strategy, ready to be resampled.
class Sample {
 public:
  explicit Sample(std::vector<Regret> regrets) : regrets_(std::move(regrets)) {
    std::stable_sort(regrets_.begin(), regrets_.end(),
                     [](const Regret& a, const Regret& b) { return a.value > b.value; });
    sums_.assign(1, 0);
    for (const Regret& each : regrets_) sums_.push_back(sums_.back() + each.value);
  }

  [[nodiscard]] std::size_t size() const { return regrets_.size(); }
  [[nodiscard]] bool varies() const { return size() > 0 && regrets_.front().value != regrets_.back().value; }

  /// Of a resample, in which each replication stands so many times; no numbers where none of its regrets do.
  [[nodiscard]] Figures figures(const std::vector<std::uint32_t>& times) const {
    std::uint64_t count = 0;
    double sum = 0;
    for (const Regret& each : regrets_) {
      count += times[each.replication];
      sum += times[each.replication] * each.value;
    }
    const double tail = kTail * static_cast<double>(count);
    double left = tail;
    double top = 0;
    for (auto each = regrets_.begin(); each != regrets_.end() && left > 0; ++each) {
      const double share = std::min(left, static_cast<double>(times[each->replication]));
      top += share * each->value;
      left -= share;
    }
    return {sum / static_cast<double>(count), top / tail};
  }

  /// Of the sample without its regret of that rank.
  [[nodiscard]] Figures without(std::size_t rank) const {
    const auto left = static_cast<double>(size() - 1);
    const double tail = kTail * left;
    const auto whole = static_cast<std::size_t>(tail);
    const double part = tail - static_cast<double>(whole);
    const double above = rank < whole ? sums_[whole + 1] - regrets_[rank].value : sums_[whole];
    const std::size_t edge = rank <= whole ? whole + 1 : whole;
    const double at_edge = edge < size() ? regrets_[edge].value : 0;
    return {(sums_.back() - regrets_[rank].value) / left, (above + part * at_edge) / tail};
  }

 private:
  std::vector<Regret> regrets_;
  std::vector<double> sums_;  ///< of the largest so many
};

/// How skewed the estimate is, from the sample without one value at a time.
double acceleration(const Sample& sample, double Figures::*figure) {
  double mean = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) mean += sample.without(i).*figure;
  mean /= static_cast<double>(sample.size());
  double squares = 0;
  double cubes = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const double off = mean - sample.without(i).*figure;
    squares += off * off;
    cubes += off * off * off;
  }
  return squares == 0 ? 0 : cubes / (6 * squares * std::sqrt(squares));
}

/// Bias-corrected and accelerated.
Interval bca(std::vector<double> resampled, double estimate, double acceleration, double confidence) {
  std::sort(resampled.begin(), resampled.end());
  const auto [first, last] = std::equal_range(resampled.begin(), resampled.end(), estimate);
  const auto n = static_cast<double>(resampled.size());
  const double below = (static_cast<double>(first - resampled.begin()) +
                        static_cast<double>(last - resampled.begin())) /
                       2;
  const double bias = core::inverse_normal_cdf(std::clamp(below / n, 0.5 / n, 1 - 0.5 / n));
  const auto end = [&](double p) {
    const double z = bias + core::inverse_normal_cdf(p);
    const double corrected = bias + z / std::max(1e-3, 1 - acceleration * z);
    return quantile(resampled, core::normal_cdf(corrected));
  };
  return {end((1 - confidence) / 2), end(1 - (1 - confidence) / 2)};
}

}  // namespace

double best_choice(const Samples& samples, const std::vector<StrategyStanding>& standings, std::size_t replication) {
  double best = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < standings.size(); ++i) {
    if (!standings[i].is_bound && samples.has_value(i, replication))
      best = std::min(best, samples.loss(i, replication));
  }
  return best;
}

std::vector<Regret> regrets_of(const Samples& samples, const std::vector<StrategyStanding>& standings,
                               std::size_t strategy) {
  std::vector<Regret> regrets;
  for (std::size_t r = 0; r < samples.replications(); ++r) {
    const double best = best_choice(samples, standings, r);
    if (samples.counts(strategy, r) && std::isfinite(best))
      regrets.push_back({r, samples.above(samples.loss(strategy, r), best)});
  }
  return regrets;
}

std::vector<RegretIntervals> bootstrap(const std::vector<std::vector<Regret>>& samples, std::size_t replications,
                                       std::uint32_t seed, double confidence) {
  const std::vector<Sample> all(samples.begin(), samples.end());
  const std::size_t resamples = std::clamp(kMostDraws / std::max<std::size_t>(replications, 1), kLeastResamples,
                                           kResamples);
  std::vector<std::vector<double>> means(all.size());
  std::vector<std::vector<double>> tails(all.size());
  std::vector<std::uint32_t> times(replications);
  for (std::size_t b = 0; b < resamples; ++b) {
    core::Stream stream(seed, static_cast<std::uint32_t>(b), core::Purpose::study,
                        core::Entity::named("bootstrap over replications"));
    std::fill(times.begin(), times.end(), 0);
    for (std::size_t i = 0; i < replications; ++i) ++times[(stream.next_u64() >> 32) * replications >> 32];
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Figures figures = all[i].figures(times);
      if (!std::isfinite(figures.mean)) continue;
      means[i].push_back(figures.mean);
      tails[i].push_back(figures.cvar95);
    }
  }
  const std::vector<std::uint32_t> once(replications, 1);
  std::vector<RegretIntervals> intervals(all.size(), {Interval::unknown(), Interval::unknown()});
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].size() < 2) continue;
    const Figures found = all[i].figures(once);
    if (!all[i].varies()) {
      intervals[i] = {{found.mean, found.mean}, {found.cvar95, found.cvar95}};
      continue;
    }
    intervals[i].mean = bca(std::move(means[i]), found.mean, acceleration(all[i], &Figures::mean), confidence);
    intervals[i].cvar95 = bca(std::move(tails[i]), found.cvar95, acceleration(all[i], &Figures::cvar95), confidence);
  }
  return intervals;
}

void bootstrap_regrets(const Results& results, std::uint32_t seed, bool has_chance, Comparison& comparison) {
  std::vector<StrategyStanding>& all = comparison.strategies;
  if (!has_chance) {
    for (StrategyStanding& each : all) {
      if (each.regret_replications == 0) continue;
      each.regret_mean_interval = {each.regret_mean, each.regret_mean};
      each.regret_cvar95_interval = {each.regret_cvar95, each.regret_cvar95};
    }
    return;
  }
  const Samples samples(results, comparison.objective);
  std::vector<std::vector<Regret>> regrets;
  for (std::size_t i = 0; i < all.size(); ++i) regrets.push_back(regrets_of(samples, all, i));
  const std::vector<RegretIntervals> intervals = bootstrap(regrets, samples.replications(), seed,
                                                           comparison.confidence);
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].regret_mean_interval = intervals[i].mean;
    all[i].regret_cvar95_interval = intervals[i].cvar95;
  }
}

}  // namespace fleetrace::study
