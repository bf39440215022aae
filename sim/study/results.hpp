#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "sim/fleet/results/metrics.hpp"

namespace fleetrace::study {

/// Metrics by replication and strategy. Each metric that is kept takes 8 bytes a race.
class Results {
 public:
  /// Keeps all metrics.
  explicit Results(std::size_t strategies);
  /// Keeps these metrics alone.
  Results(std::size_t strategies, std::span<const fleet::Metric> kept);

  [[nodiscard]] std::size_t strategies() const { return strategies_; }
  [[nodiscard]] std::size_t replications() const { return done_.size(); }
  /// NaN for a metric that is not kept.
  [[nodiscard]] double get(std::size_t replication, std::size_t strategy, fleet::Metric metric) const {
    const std::size_t place = places_[static_cast<std::size_t>(metric)];
    return place == kNowhere ? kNothing : values_[(replication * strategies_ + strategy) * kept_ + place];
  }
  /// All metrics of one race.
  [[nodiscard]] fleet::Metrics at(std::size_t replication, std::size_t strategy) const;
  /// Stores the metrics of all strategies in one replication. Several threads may store at a time, each another replication.
  void set(std::size_t replication, std::span<const fleet::Metrics> row);
  /// Makes room for so many replications. Those that were run stay, but for those beyond the new number.
  void resize(std::size_t replications) {
    values_.resize(replications * strategies_ * kept_);
    done_.resize(replications);
  }
  /// Whether replication i was run.
  [[nodiscard]] bool has(std::size_t i) const { return i < done_.size() && done_[i] != 0; }
  void set_done(std::size_t i) { done_[i] = 1; }
  /// How many replications were run.
  [[nodiscard]] std::size_t done() const;

  /// One metric of one strategy, by replication.
  [[nodiscard]] std::vector<double> sample(std::size_t strategy, fleet::Metric metric) const;

 private:
  static constexpr std::size_t kNowhere = std::numeric_limits<std::size_t>::max();
  static constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

  std::size_t strategies_;
  std::size_t kept_ = 0;                             ///< how many metrics are kept
  std::array<std::size_t, fleet::kMetrics> places_;  ///< place of each metric among those that are kept, or kNowhere
  std::vector<double> values_;                       ///< values by replication, strategy and place
  std::vector<std::uint8_t> done_;                   ///< by replication
};

}  // namespace fleetrace::study
