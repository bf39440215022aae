#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "sim/output/folder/journal_format.hpp"
#include "sim/study/shard.hpp"

/// The records of a journal in any order; private to the output floor.
namespace fleetrace::output {

/// Reads one record at a time, so that memory holds eight bytes a record.
class JournalIndex {
 public:
  /// Of the journal in the folder that `folder` is open on; `path` names the folder in messages. `identity` is that of the study, a
  /// record has the metrics of so many strategies, and the items are those of a part of the study, or of the whole. Throws
  /// FolderError where it cannot be read.
  JournalIndex(int folder, const std::string& path, const std::string& identity, std::size_t strategies,
               study::Shard part = {});
  JournalIndex(const JournalIndex&) = delete;
  JournalIndex(JournalIndex&& other) noexcept;
  JournalIndex& operator=(const JournalIndex&) = delete;
  JournalIndex& operator=(JournalIndex&&) = delete;
  ~JournalIndex();

  /// Whether there is a record of the item, and no other one that differs.
  [[nodiscard]] bool has(std::size_t item) const;
  /// The metrics of an item that it has; they are valid until the next call. Throws FolderError where they cannot be read any more.
  [[nodiscard]] std::span<const fleet::Metrics> read(std::size_t item) const {
    return row_at(places_[item / part_.of]);
  }
  /// Calls `take` with what stands there beside the items, by number.
  void read_extras(const std::function<void(std::uint32_t number, std::span<const fleet::Metrics> row)>& take) const;

 private:
  void note(std::string_view record, std::uint64_t at);
  [[nodiscard]] std::span<const fleet::Metrics> row_at(std::uint64_t at) const;
  [[nodiscard]] int read_at(std::uint64_t at) const;
  [[noreturn]] void refuse(int error) const;

  std::string path_;
  JournalFormat format_;
  study::Shard part_;
  int file_;
  std::vector<std::uint64_t> places_;  ///< by place in the part: where the record stands, or one of two marks
  std::map<std::uint32_t, std::uint64_t> extras_;  ///< where each stands, by number
  mutable std::string record_;
  mutable std::vector<fleet::Metrics> row_;
};

}  // namespace fleetrace::output
