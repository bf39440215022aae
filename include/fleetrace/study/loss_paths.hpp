#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <vector>

#include "fleetrace/study/replications.hpp"

/// Loss over time in many replications, for bands around its median.
namespace fleetrace::study {

inline constexpr std::array<double, 5> kBandQuantiles = {0.05, 0.25, 0.5, 0.75, 0.95};

/// Quantiles of relative loss at dates of the series.
struct LossBands {
  std::size_t replications = 0;  ///< the first so many of the study; 0 where nothing was kept
  std::vector<core::Time> times;
  /// By strategy and date, at kBandQuantiles, linear between order statistics.
  std::vector<std::vector<std::array<double, 5>>> strategies;
};

/// Relative loss at kDates dates at most, evenly chosen from the series, in the first replications of a study. Memory is
/// bounded whatever the study's size: 8 bytes for each date, strategy and kept replication, of which there are at most
/// kMostReplications, and fewer where strategies are many.
class LossPaths {
 public:
  static constexpr std::size_t kDates = 49;
  static constexpr std::size_t kMostReplications = 1000;

  /// Room for what is kept of a study of at most so many replications.
  LossPaths(std::size_t strategies, std::size_t replications);

  /// How many replications are kept, from the first on.
  [[nodiscard]] std::size_t room() const { return kept_.size(); }
  [[nodiscard]] bool has(std::size_t replication) const { return kept_[replication] != 0; }
  /// A finished race; beyond the room it is left out. Strategies of a replication come in their order, each replication
  /// from one thread.
  void keep(std::size_t replication, std::size_t strategy, const fleet::Outcome& outcome);

  /// Over the first so many replications, as far as they are kept; all of these are there.
  [[nodiscard]] LossBands bands(std::size_t replications) const;

 private:
  [[nodiscard]] double* path(std::size_t replication, std::size_t strategy) {
    return losses_.data() + (replication * strategies_ + strategy) * kDates;
  }

  std::size_t strategies_;
  std::vector<double> losses_;  ///< by replication, strategy and date
  std::vector<std::uint8_t> kept_;
  std::vector<core::Time> times_;  ///< of the first replication, by date
};

/// Runs those of the first `count` replications that are not kept yet, because a journal had their measures alone. The same
/// for every number of jobs. Returns false where it was stopped.
bool complete(const Plan& plan, std::size_t count, int jobs, const std::atomic<bool>& stop, LossPaths& paths);

}  // namespace fleetrace::study
