#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/fleet/results/metrics.hpp"

/// The bytes of a journal; private to the output floor.
namespace fleetrace::output {

/// A header names the study; records {mark, replication, CRC-32C, length, metrics} follow, all little-endian and of one size. The
/// mark is made of the study's identity, and the checksum is salted with it: no record of another study passes for one of this.
/// Wherever bytes are damaged, missing or too many, reading goes on at the next mark: a damaged record costs itself alone.
class JournalFormat {
 public:
  /// The name of the file in its folder.
  static constexpr const char* kName = "replications.journal";
  /// The header of every journal of this layout begins with it, that of an earlier one with kEarlier.
  static constexpr std::string_view kMagic = "fleetrace journal 2\n";
  static constexpr std::string_view kEarlier = "fleetrace journal 1\n";

  /// `identity` is that of the study: a SHA-256 in hexadecimal (identity_of()).
  JournalFormat(std::string identity, std::size_t strategies);

  [[nodiscard]] std::size_t strategies() const { return strategies_; }
  [[nodiscard]] const std::string& header() const { return header_; }
  [[nodiscard]] std::size_t record_size() const;
  [[nodiscard]] std::string record(std::uint32_t replication, std::span<const fleet::Metrics> row) const;

  /// Whether `bytes` begin with a whole record of this study.
  [[nodiscard]] bool is_record(std::string_view bytes) const;
  /// Where the first mark of a record stands; npos where there is none.
  [[nodiscard]] std::size_t find_mark(std::string_view bytes) const { return bytes.find(mark_); }
  /// What a whole record says.
  [[nodiscard]] static std::uint32_t replication_of(std::string_view record);
  [[nodiscard]] static std::uint32_t checksum_of(std::string_view record);
  static void read_row(std::string_view record, std::span<fleet::Metrics> row);

 private:
  [[nodiscard]] std::uint32_t checksum(std::string_view record) const;

  std::string identity_;
  std::size_t strategies_;
  std::string header_;
  std::string mark_;
};

/// What there is in the file of a journal.
struct JournalScan {
  bool has_header = false;  ///< Whether it begins with the header of this study.
  std::size_t records = 0;  ///< Whole records of this study.
  std::size_t gaps = 0;     ///< Stretches of other bytes that more follows than the rest of a record that was cut off.
  std::uint64_t gap_bytes = 0;  ///< The bytes in them.
  std::uint64_t end = 0;        ///< Where the last whole record ends, or the header.
  std::uint64_t size = 0;       ///< The file's size.
};
/// Calls `take` with each whole record and where it stands, in the order of the file, of which it holds one piece at a time in memory.
/// Returns 0, or the errno of what went wrong.
[[nodiscard]] int scan_journal(int file, const JournalFormat& format, JournalScan& scan,
                               const std::function<void(std::string_view record, std::uint64_t at)>& take);

/// Whether the folder has a journal whose header is that of the study.
[[nodiscard]] bool is_journal_of(int folder, const std::string& identity);
/// Whether the folder has a journal of the study with so many records, all of them whole and of different items, and nothing else.
[[nodiscard]] bool is_whole_journal(int folder, const std::string& identity, std::size_t records);

/// Replications of a journal that is not as it should be.
struct JournalDoubles {
  std::vector<std::uint32_t> repeated;   ///< there more than once, ascending
  std::vector<std::uint32_t> disagreed;  ///< of those, the ones whose records differ; nobody knows which is right
};
/// `keys` hold replication and checksum of every record.
[[nodiscard]] JournalDoubles doubles_of(std::vector<std::pair<std::uint32_t, std::uint32_t>> keys);

}  // namespace fleetrace::output
