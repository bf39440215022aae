#include "sim/study/compare/loss_paths.hpp"

#include <algorithm>

#include "sim/study/statistics.hpp"

namespace fleetrace::study {
namespace {

/// How many replications are kept: what fits into 8 MB, but enough of them for a band however many strategies there are.
std::size_t room_for(std::size_t strategies, std::size_t replications) {
  static constexpr std::size_t kMostPaths = 20'000;
  static constexpr std::size_t kLeast = 50;
  const std::size_t affordable = kMostPaths / std::max<std::size_t>(strategies, 1);
  return std::min(replications, std::clamp(affordable, kLeast, LossPaths::kMostReplications));
}

}  // namespace

LossPaths::LossPaths(std::size_t strategies, std::size_t replications)
    : strategies_(strategies),
      losses_(room_for(strategies, replications) * strategies * kDates),
      kept_(room_for(strategies, replications)),
      times_(kDates) {}

void LossPaths::keep(std::size_t replication, std::size_t strategy, const fleet::Outcome& outcome) {
  if (replication >= room()) return;
  double* const losses = path(replication, strategy);
  const std::vector<fleet::Sample>& series = outcome.series;
  for (std::size_t date = 0; date < kDates; ++date) {
    const fleet::Sample& sample = series[date * (series.size() - 1) / (kDates - 1)];
    losses[date] = sample.relative_loss;
    if (replication == 0 && strategy == 0) times_[date] = sample.time;
  }
  if (strategy + 1 == strategies_) kept_[replication] = 1;
}

LossBands LossPaths::bands(std::size_t replications) const {
  LossBands bands;
  bands.replications = std::min(replications, room());
  if (bands.replications == 0) return bands;
  bands.strategies.resize(strategies_);
  std::vector<double> sample(bands.replications);
  for (std::size_t date = 0; date < kDates; ++date) {
    // A series of fewer than kDates samples has the same sample at several dates.
    if (date > 0 && times_[date] == times_[date - 1]) continue;
    bands.times.push_back(times_[date]);
    for (std::size_t strategy = 0; strategy < strategies_; ++strategy) {
      for (std::size_t i = 0; i < sample.size(); ++i) sample[i] = losses_[(i * strategies_ + strategy) * kDates + date];
      std::sort(sample.begin(), sample.end());
      std::array<double, 5> at = {};
      for (std::size_t k = 0; k < at.size(); ++k) at[k] = quantile(sample, kBandQuantiles[k]);
      bands.strategies[strategy].push_back(at);
    }
  }
  return bands;
}

bool complete(const StudyDesign& design, std::size_t count, int jobs, const std::atomic<bool>& stop, LossPaths& paths) {
  return observe_missing(
      design, std::min(count, paths.room()), jobs, stop, [&paths](std::size_t i) { return paths.has(i); },
      [&paths](auto replication, auto strategy, const fleet::StrategySetup&, const fleet::Outcome& outcome) {
        paths.keep(replication, strategy, outcome);
      });
}

}  // namespace fleetrace::study
