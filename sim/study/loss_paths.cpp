#include "fleetrace/study/loss_paths.hpp"

#include <algorithm>

#include "fleetrace/study/statistics.hpp"

namespace fleetrace::study {
namespace {

/// 8 MB of losses at most, and replications enough for a band however many strategies there are.
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
    // A short series has fewer dates.
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

bool complete(const Plan& plan, std::size_t count, int jobs, const std::atomic<bool>& stop, LossPaths& paths) {
  std::vector<std::uint32_t> missing;
  for (std::size_t i = 0; i < std::min(count, paths.room()); ++i) {
    if (!paths.has(i)) missing.push_back(static_cast<std::uint32_t>(i));
  }
  return parallel_replications(plan, missing.size(), jobs, stop, [&](Replicator& worker, std::size_t i) {
    std::vector<fleet::Measures> row(plan.strategies.size());
    worker.observe = [&paths](auto replication, auto strategy, const fleet::Case&, const fleet::Outcome& outcome) {
      paths.keep(replication, strategy, outcome);
    };
    worker.run(missing[i], row);
  });
}

}  // namespace fleetrace::study
