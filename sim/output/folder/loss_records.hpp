#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <vector>

#include "sim/output/folder/shard_folder.hpp"
#include "sim/study/compare/loss_paths.hpp"

/// Losses over time of the first replications of a comparison, in the journals of its parts: else merging would race them again.
/// Those of replication 0 are left out, since merging asks it for their dates.
namespace fleetrace::output {

/// Keeps losses of races as they end until their replication goes to the journal.
class LossRecorder {
 public:
  /// `replications` is the number of the whole study.
  LossRecorder(std::size_t strategies, std::size_t replications);

  /// How many of the first replications are to be observed.
  [[nodiscard]] std::size_t room() const { return room_; }
  /// Whether the journal has what is to be observed of a replication.
  [[nodiscard]] bool is_written(const ShardFolder& folder, std::size_t replication) const;
  /// Notes a finished race. Several threads may call it.
  void keep(std::size_t replication, std::size_t strategy, const fleet::Outcome& outcome);
  /// Adds what was noted of a replication to the journal, where something was.
  void write(ShardFolder& folder, std::size_t replication);

 private:
  std::size_t strategies_;
  std::size_t room_;
  std::mutex mutex_;
  std::map<std::size_t, std::vector<fleet::Metrics>> rows_;  ///< by replication: by stretch of dates and strategy
};

/// Gives the losses that stand in journals to those who draw bands of them.
class LossReader {
 public:
  LossReader(study::LossPaths& paths, std::size_t strategies) : paths_(paths), strategies_(strategies) {}

  /// Takes one record, in any order.
  void take(std::uint32_t extra, std::span<const fleet::Metrics> row);

 private:
  struct Found {
    std::size_t records = 0;
    std::vector<fleet::Metrics> rows;
  };

  study::LossPaths& paths_;
  std::size_t strategies_;
  std::map<std::size_t, Found> found_;  ///< by replication, those that are not whole yet
};

}  // namespace fleetrace::output
