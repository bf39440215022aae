#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <vector>

#include "fleetrace/study/results.hpp"
#include "sim/study/replications.hpp"

/// Relative loss over time in many replications, for bands around its median.
namespace fleetrace::study {

/// Relative loss in the first replications of a study, at up to kDates dates that are evenly chosen from the series. A date of
/// a strategy in a replication takes 8 bytes. At most kMostReplications are kept, fewer where strategies are many, so that
/// memory is bounded whatever the study's size.
class LossPaths {
 public:
  static constexpr std::size_t kDates = fleet::kLossDates;
  static constexpr std::size_t kMostReplications = 1000;

  /// Makes room for a study of at most so many replications.
  LossPaths(std::size_t strategies, std::size_t replications);

  /// How many replications it keeps, from the first on.
  [[nodiscard]] std::size_t room() const { return kept_.size(); }
  [[nodiscard]] bool has(std::size_t replication) const { return kept_[replication] != 0; }
  /// Keeps a finished race, unless it is beyond the room. The strategies of a replication come in their order and from one
  /// thread; several replications may come at a time.
  void keep(std::size_t replication, std::size_t strategy, const fleet::Outcome& outcome);

  /// Bands over the first so many replications, as far as there is room. Every one of them must have been kept.
  [[nodiscard]] LossBands bands(std::size_t replications) const;

 private:
  [[nodiscard]] double* path(std::size_t replication, std::size_t strategy) {
    return losses_.data() + (replication * strategies_ + strategy) * kDates;
  }

  std::size_t strategies_;
  std::vector<double> losses_;      ///< losses by replication, strategy and date
  std::vector<std::uint8_t> kept_;  ///< whether all strategies are kept, by replication
  std::vector<core::Time> times_;   ///< dates, taken from the first replication
};

/// Runs those of the first `count` replications that are not kept yet, because a journal had their metrics alone. The result
/// is the same for every number of jobs. Returns false where it was stopped.
bool complete(const StudyDesign& design, std::size_t count, int jobs, const std::atomic<bool>& stop, LossPaths& paths);

}  // namespace fleetrace::study
