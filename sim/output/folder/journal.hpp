#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "sim/output/folder/folder.hpp"
#include "sim/study/replications.hpp"

/// The finished replications of a study on disk, so that a study that was killed goes on where it was.
namespace fleetrace::output {

/// A file that only grows. It begins with a header that names the study; records {length, CRC-32C, replication, metrics} follow,
/// all little-endian. A record that is cut off or damaged ends the file: its replication and those behind it are run again. Only
/// one process writes at a time, since the folder is locked.
class Journal {
 public:
  static constexpr const char* kName = "replications.journal";

  /// Opens the journal of the folder, or begins one. `study` says everything on which a replication's metrics depend. Throws
  /// FolderError where the file cannot be used, or is of another study.
  Journal(const ResultFolder& folder, std::string_view study, std::size_t strategies);
  Journal(const Journal&) = delete;
  Journal(Journal&&) = delete;
  Journal& operator=(const Journal&) = delete;
  Journal& operator=(Journal&&) = delete;
  ~Journal();

  /// Puts the replications of the file into the results, which grow as needed to at most `most` replications.
  void read_into(study::Results& results, std::size_t most) const;

  /// Adds a replication. At least every 20 ms it makes sure that everything that was added is on the disk. Throws FolderError where
  /// that fails, such as for lack of space; what was acknowledged before stays.
  void add(std::uint32_t replication, std::span<const fleet::Metrics> row);
  /// Makes sure that everything that was added is on the disk.
  void sync();
  /// How many of the added replications are known to be on the disk.
  [[nodiscard]] std::size_t acknowledged() const { return acknowledged_; }

 private:
  [[noreturn]] void refuse(int error) const;
  void begin(const std::string& header);
  [[nodiscard]] std::size_t record_size() const;

  std::string path_;  ///< The file's path, for messages.
  std::size_t strategies_;
  int file_ = -1;
  std::string found_;  ///< The whole records of the file, without its header.
  std::size_t added_ = 0;
  std::size_t acknowledged_ = 0;
  std::chrono::steady_clock::time_point synced_ = std::chrono::steady_clock::now();
};

}  // namespace fleetrace::output
