#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>

#include "sim/output/folder/folder.hpp"
#include "sim/output/folder/journal_format.hpp"
#include "sim/study/replications.hpp"

/// The finished replications of a study on disk, so that a study that was killed goes on where it was.
namespace fleetrace::output {

/// A file that only grows (JournalFormat). Only one process writes at a time, since the folder is locked.
///
/// What is no whole record of the study, such as one that was cut off, is skipped, and its replication is run again. A replication
/// that stands there twice counts once, and not at all where the two differ. A journal in which there is such a thing is written
/// anew without it when it is opened to be continued.
class Journal {
 public:
  static constexpr const char* kName = JournalFormat::kName;
  enum class Use { go_on, read };

  /// Opens the journal of the folder, or begins one. `identity` is that of the study. Throws FolderError where the file cannot be
  /// used, or is of another study.
  Journal(const ResultFolder& folder, const std::string& identity, std::size_t strategies, Use use = Use::go_on);
  Journal(const Journal&) = delete;
  Journal(Journal&&) = delete;
  Journal& operator=(const Journal&) = delete;
  Journal& operator=(Journal&&) = delete;
  ~Journal();

  /// How many replications the file held when it was opened.
  [[nodiscard]] std::size_t found() const { return found_; }
  /// Whether there was nothing to skip.
  [[nodiscard]] bool was_whole() const { return notes_.empty() && !was_cut_off_; }
  /// What was skipped, a sentence each; a last record that was cut off is the usual end of a study that was killed, and not told.
  [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }
  /// Calls `take` with each replication that the file held, in the order of the file. Throws FolderError where it cannot be read.
  void read(const std::function<void(std::uint32_t replication, std::span<const fleet::Metrics> row)>& take) const;
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
  void open(const ResultFolder& folder);
  void begin();
  /// Writes the journal anew with the first record of each replication, and none of those that `doubles` says disagree.
  void clean(const ResultFolder& folder, const JournalDoubles& doubles);
  void tell(const JournalScan& scan, const JournalDoubles& doubles);

  std::string path_;  ///< The file's path, for messages.
  JournalFormat format_;
  Use use_;
  int file_ = -1;
  std::size_t found_ = 0;
  bool was_cut_off_ = false;
  std::vector<std::string> notes_;
  std::size_t added_ = 0;
  std::size_t acknowledged_ = 0;
  std::chrono::steady_clock::time_point synced_ = std::chrono::steady_clock::now();
};

}  // namespace fleetrace::output
