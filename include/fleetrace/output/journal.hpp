#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "fleetrace/output/folder.hpp"
#include "fleetrace/study/replications.hpp"

/// A study's finished replications on disk, so that a study goes on where it was killed.
namespace fleetrace::output {

/// A file that only grows: a header that names the study, then records {length, CRC-32C, replication, measures}, little-endian.
/// A record that is cut off or damaged ends the file: it and what follows are run again. One process writes at a time: the
/// folder is locked.
class Journal {
 public:
  static constexpr const char* kName = "replications.journal";

  /// Opens the journal of the folder or begins one. `study` says everything that a replication's measures depend on. Throws
  /// FolderError where the file cannot be used or is of another study.
  Journal(const ResultFolder& folder, std::string_view study, std::size_t strategies);
  Journal(const Journal&) = delete;
  Journal(Journal&&) = delete;
  Journal& operator=(const Journal&) = delete;
  Journal& operator=(Journal&&) = delete;
  ~Journal();

  /// Puts what the file holds into the results, which grow as needed to at most `most` replications.
  void read_into(study::Results& results, std::size_t most) const;

  /// Adds a replication and, at least every 20 ms, sees that all that was added is on the disk. Throws FolderError where that
  /// fails (no space): what was acknowledged before stays.
  void add(std::uint32_t replication, std::span<const fleet::Measures> row);
  /// Sees that everything is on the disk.
  void sync();
  /// How many added replications are known to be on the disk.
  [[nodiscard]] std::size_t acknowledged() const { return acknowledged_; }

 private:
  [[noreturn]] void refuse(int error) const;
  void begin(const std::string& header);
  [[nodiscard]] std::size_t record_size() const;

  std::string path_;  ///< for messages
  std::size_t strategies_;
  int file_ = -1;
  std::string found_;  ///< whole records, without the header
  std::size_t added_ = 0;
  std::size_t acknowledged_ = 0;
  std::chrono::steady_clock::time_point synced_ = std::chrono::steady_clock::now();
};

}  // namespace fleetrace::output
