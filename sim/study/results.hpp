#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "sim/fleet/results/metrics.hpp"
#include "sim/study/spill_file.hpp"

namespace fleetrace::study {

/// Metrics by replication and strategy. Each metric that is kept takes 8 bytes a race: in memory, or in a temporary file where
/// that comes to more than kMostInMemory bytes. From there they are read in stretches, so that replications are best taken in
/// their order, and by one thread at a time.
class Results {
 public:
  static constexpr std::size_t kMostInMemory = std::size_t{64} << 20;

  /// Keeps all metrics of the library, and an objective of one's own where there is one.
  explicit Results(std::size_t strategies, bool has_own = false);
  /// Keeps these metrics alone.
  Results(std::size_t strategies, std::span<const fleet::Metric> kept);

  [[nodiscard]] std::size_t strategies() const { return strategies_; }
  [[nodiscard]] std::size_t replications() const { return done_.size(); }
  /// NaN for a metric that is not kept.
  [[nodiscard]] double get(std::size_t replication, std::size_t strategy, fleet::Metric metric) const {
    const std::size_t place = places_[fleet::place_of(metric)];
    return place == kNowhere ? kNothing : row(replication)[strategy * kept_ + place];
  }
  /// All metrics of one race.
  [[nodiscard]] fleet::Metrics at(std::size_t replication, std::size_t strategy) const;
  /// Stores the metrics of all strategies in one replication. Several threads may store at a time, each another replication.
  void set(std::size_t replication, std::span<const fleet::Metrics> row);
  /// Makes room for so many replications. Those that were run stay, but for those beyond the new number.
  void resize(std::size_t replications);
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

  [[nodiscard]] std::size_t width() const { return strategies_ * kept_; }
  /// The values of one replication.
  [[nodiscard]] const double* row(std::size_t replication) const {
    if (replication - first_ >= rows_) load(replication);
    return values_.data() + (replication - first_) * width();
  }
  /// Reads the stretch of the file that begins with that replication.
  void load(std::size_t replication) const;
  void spill();

  std::size_t strategies_;
  std::size_t kept_ = 0;  ///< how many metrics are kept
  std::array<std::size_t, std::tuple_size_v<fleet::Metrics>>
      places_;                       ///< place of each metric among those that are kept, or kNowhere
  std::unique_ptr<SpillFile> file_;  ///< values by replication, strategy and place; null in memory
  /// The same values of the replications [first_, first_ + rows_): of all of them in memory.
  mutable std::vector<double> values_;
  mutable std::size_t first_ = 0;
  mutable std::size_t rows_ = 0;
  std::vector<std::uint8_t> done_;  ///< by replication
};

}  // namespace fleetrace::study
