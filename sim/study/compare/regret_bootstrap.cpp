#include <algorithm>
#include <cmath>

#include "sim/core/numeric/special.hpp"
#include "sim/core/random/random.hpp"
#include "sim/study/compare/regret_intervals.hpp"
#include "sim/study/statistics.hpp"

namespace fleetrace::study {
namespace {

constexpr std::size_t kResamples = 1000;

/// Mean and CVaR of a sample of regrets.
struct Figures {
  double mean = 0;
  double cvar95 = 0;
};

/// The regrets of a strategy, the largest first, ready to be resampled.
class Sample {
 public:
  explicit Sample(const std::vector<double>& regrets) : regrets_(regrets.size()), sums_(1, 0) {
    for (std::size_t i = 0; i < regrets.size(); ++i) regrets_[i] = {regrets[i], i};
    std::stable_sort(regrets_.begin(), regrets_.end(),
                     [](const Regret& a, const Regret& b) { return a.value > b.value; });
    for (const Regret& each : regrets_) sums_.push_back(sums_.back() + each.value);
  }

  [[nodiscard]] std::size_t size() const { return regrets_.size(); }

  /// Of a resample, in which the regret of each place stands so many times.
  [[nodiscard]] Figures figures(const std::vector<std::uint32_t>& times) const {
    double sum = 0;
    for (const Regret& each : regrets_) sum += times[each.place] * each.value;
    const double tail = kWorstRegrets * static_cast<double>(size());
    double left = tail;
    double top = 0;
    for (auto each = regrets_.begin(); each != regrets_.end() && left > 0; ++each) {
      const double share = std::min(left, static_cast<double>(times[each->place]));
      top += share * each->value;
      left -= share;
    }
    return {sum / static_cast<double>(size()), top / tail};
  }

  /// Of the sample without its regret of that rank.
  [[nodiscard]] Figures without(std::size_t rank) const {
    const auto left = static_cast<double>(size() - 1);
    const double tail = kWorstRegrets * left;
    const auto whole = static_cast<std::size_t>(tail);
    const double part = tail - static_cast<double>(whole);
    const double above = rank < whole ? sums_[whole + 1] - regrets_[rank].value : sums_[whole];
    const std::size_t edge = rank <= whole ? whole + 1 : whole;
    const double at_edge = edge < size() ? regrets_[edge].value : 0;
    return {(sums_.back() - regrets_[rank].value) / left, (above + part * at_edge) / tail};
  }

 private:
  struct Regret {
    double value = 0;
    std::size_t place = 0;  ///< in the order of replications
  };

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

RegretIntervals resampled_intervals(const std::vector<double>& regrets, std::uint32_t seed, double confidence) {
  const Sample sample(regrets);
  std::vector<double> means;
  std::vector<double> tails;
  std::vector<std::uint32_t> times(sample.size());
  for (std::size_t b = 0; b < kResamples; ++b) {
    core::Stream stream(seed, static_cast<std::uint32_t>(b), core::Purpose::study,
                        core::Entity::named("bootstrap over replications"));
    std::fill(times.begin(), times.end(), 0);
    for (std::size_t i = 0; i < sample.size(); ++i) ++times[(stream.next_u64() >> 32) * sample.size() >> 32];
    const Figures figures = sample.figures(times);
    means.push_back(figures.mean);
    tails.push_back(figures.cvar95);
  }
  const Figures found = sample.figures(std::vector<std::uint32_t>(sample.size(), 1));
  return {bca(std::move(means), found.mean, acceleration(sample, &Figures::mean), confidence),
          bca(std::move(tails), found.cvar95, acceleration(sample, &Figures::cvar95), confidence)};
}

}  // namespace fleetrace::study
