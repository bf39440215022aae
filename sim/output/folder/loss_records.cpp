#include "sim/output/folder/loss_records.hpp"

#include <algorithm>

namespace fleetrace::output {
namespace {

using study::LossPaths;

/// A record has as many numbers of a strategy as there are metrics, so that the dates take several.
constexpr std::size_t kStretches = (LossPaths::kDates + fleet::kMetrics - 1) / fleet::kMetrics;

}  // namespace

LossRecorder::LossRecorder(std::size_t strategies, std::size_t replications)
    : strategies_(strategies), room_(LossPaths(strategies, replications).room()) {}

bool LossRecorder::is_written(const ShardFolder& folder, std::size_t replication) const {
  if (replication == 0 || replication >= room_) return true;
  for (std::size_t i = 0; i < kStretches; ++i) {
    if (!folder.has_extra(replication * kStretches + i)) return false;
  }
  return true;
}

void LossRecorder::keep(std::size_t replication, std::size_t strategy, const fleet::Outcome& outcome) {
  if (replication == 0 || replication >= room_) return;
  const std::lock_guard lock(mutex_);
  std::vector<fleet::Metrics>& rows = rows_[replication];
  rows.resize(kStretches * strategies_);
  const std::vector<fleet::Sample>& series = outcome.series;
  for (std::size_t date = 0; date < LossPaths::kDates; ++date) {
    rows[date / fleet::kMetrics * strategies_ + strategy][date % fleet::kMetrics] =
        series[date * (series.size() - 1) / (LossPaths::kDates - 1)].relative_loss;
  }
}

void LossRecorder::write(ShardFolder& folder, std::size_t replication) {
  std::vector<fleet::Metrics> rows;
  {
    const std::lock_guard lock(mutex_);
    const auto found = rows_.find(replication);
    if (found == rows_.end()) return;
    rows = std::move(found->second);
    rows_.erase(found);
  }
  for (std::size_t i = 0; i < kStretches; ++i)
    folder.add_extra(replication * kStretches + i, std::span(rows).subspan(i * strategies_, strategies_));
}

void LossReader::take(std::uint32_t extra, std::span<const fleet::Metrics> row) {
  const std::size_t replication = extra / kStretches;
  if (replication >= paths_.room()) return;
  Found& found = found_[replication];
  found.rows.resize(kStretches * strategies_);
  std::copy(row.begin(), row.end(), found.rows.begin() + static_cast<std::ptrdiff_t>(extra % kStretches * strategies_));
  if (++found.records < kStretches) return;
  fleet::Outcome outcome;
  outcome.series.resize(LossPaths::kDates);
  for (std::size_t strategy = 0; strategy < strategies_; ++strategy) {
    for (std::size_t date = 0; date < LossPaths::kDates; ++date)
      outcome.series[date]
          .relative_loss = found.rows[date / fleet::kMetrics * strategies_ + strategy][date % fleet::kMetrics];
    paths_.keep(replication, strategy, outcome);
  }
  found_.erase(replication);
}

}  // namespace fleetrace::output
