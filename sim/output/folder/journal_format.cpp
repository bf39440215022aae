#include "sim/output/folder/journal_format.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <boost/crc.hpp>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <span>
#include <utility>

#include "sim/core/system/positioned_io.hpp"
#include "sim/output/folder/system_calls.hpp"

namespace fleetrace::output {
namespace {

constexpr std::size_t kMarkSize = 8;
constexpr std::size_t kReplicationAt = kMarkSize;
constexpr std::size_t kChecksumAt = kReplicationAt + 8;
constexpr std::size_t kLengthAt = kChecksumAt + 4;
constexpr std::size_t kPrefix = kLengthAt + 4;
constexpr std::size_t kPiece = std::size_t{1} << 20;

void append(std::string& bytes, std::uint64_t value, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>((value >> (8 * i)) & 0xffU);
}

std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size; ++i) value |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
  return value;
}

/// The first 64 bits of a hexadecimal hash.
std::string mark_of(const std::string& identity) {
  std::uint64_t bits = 0;
  std::from_chars(identity.data(), identity.data() + std::min<std::size_t>(identity.size(), 2 * kMarkSize), bits, 16);
  std::string mark;
  append(mark, bits, kMarkSize);
  return mark;
}

/// The file as a window that moves over it.
class Window {
 public:
  explicit Window(int file) : file_(file) {}

  /// The bytes from `from` on, at least `most` of them where the file has so many. They are valid until the next call.
  std::string_view at(std::uint64_t from, std::size_t most) {
    if (from >= begin_ && from + most <= begin_ + bytes_.size()) return rest(from);
    if (from >= begin_ && is_last_) return from <= begin_ + bytes_.size() ? rest(from) : std::string_view{};
    begin_ = from;
    bytes_.resize(std::max(kPiece, 2 * most));
    const core::Transfer done = core::read_at(file_, std::as_writable_bytes(std::span(bytes_)),
                                              static_cast<off_t>(from));
    if (done.error != 0) error_ = done.error;
    is_last_ = done.size < bytes_.size();
    bytes_.resize(done.size);
    return bytes_;
  }
  [[nodiscard]] int error() const { return error_; }

 private:
  [[nodiscard]] std::string_view rest(std::uint64_t from) const {
    return std::string_view(bytes_).substr(static_cast<std::size_t>(from - begin_));
  }

  int file_;
  std::uint64_t begin_ = 0;
  std::string bytes_;
  bool is_last_ = false;
  int error_ = 0;
};

}  // namespace

JournalFormat::JournalFormat(std::string identity, std::size_t strategies)
    : identity_(std::move(identity)),
      strategies_(strategies),
      header_(std::string(kMagic) + identity_ + '\n'),
      mark_(mark_of(identity_)) {}

std::size_t JournalFormat::record_size() const { return kPrefix + 8 * fleet::kMetrics * strategies_; }

std::uint32_t JournalFormat::checksum(std::string_view record) const {
  boost::crc_optimal<32, 0x1EDC6F41, 0xFFFFFFFF, 0xFFFFFFFF, true, true> crc;
  crc.process_bytes(identity_.data(), identity_.size());
  crc.process_bytes(record.data() + kReplicationAt, kChecksumAt - kReplicationAt);
  crc.process_bytes(record.data() + kLengthAt, record.size() - kLengthAt);
  return crc.checksum();
}

std::string JournalFormat::record(std::uint32_t replication, std::span<const fleet::Metrics> row) const {
  std::string record = mark_;
  record.reserve(record_size());
  append(record, replication, kChecksumAt - kReplicationAt);
  append(record, 0, kLengthAt - kChecksumAt);
  append(record, record_size() - kPrefix, kPrefix - kLengthAt);
  for (const fleet::Metrics& measures : row) {
    for (const double value : std::span(measures).first(fleet::kMetrics)) {
      std::uint64_t bits = 0;
      std::memcpy(&bits, &value, sizeof bits);
      append(record, bits, sizeof bits);
    }
  }
  std::string sum;
  append(sum, checksum(record), kLengthAt - kChecksumAt);
  return record.replace(kChecksumAt, sum.size(), sum);
}

bool JournalFormat::is_record(std::string_view bytes) const {
  const std::size_t size = record_size();
  if (bytes.size() < size || bytes.substr(0, kMarkSize) != mark_) return false;
  if (number_at(bytes, kReplicationAt + 4, 4) != 0 || number_at(bytes, kLengthAt, 4) != size - kPrefix) return false;
  return number_at(bytes, kChecksumAt, 4) == checksum(bytes.substr(0, size));
}

std::uint32_t JournalFormat::replication_of(std::string_view record) {
  return static_cast<std::uint32_t>(number_at(record, kReplicationAt, 4));
}

std::uint32_t JournalFormat::checksum_of(std::string_view record) {
  return static_cast<std::uint32_t>(number_at(record, kChecksumAt, 4));
}

void JournalFormat::read_row(std::string_view record, std::span<fleet::Metrics> row) {
  std::size_t next = kPrefix;
  for (fleet::Metrics& measures : row) {
    for (double& value : std::span(measures).first(fleet::kMetrics)) {
      const std::uint64_t bits = number_at(record, next, sizeof bits);
      std::memcpy(&value, &bits, sizeof value);
      next += sizeof bits;
    }
  }
}

int scan_journal(int file, const JournalFormat& format, JournalScan& scan,
                 const std::function<void(std::string_view record, std::uint64_t at)>& take) {
  struct stat status {};
  if (::fstat(file, &status) != 0) return errno;
  if (!S_ISREG(status.st_mode)) return EINVAL;
  scan.size = static_cast<std::uint64_t>(status.st_size);
  const std::size_t size = format.record_size();
  const std::size_t header = format.header().size();
  Window window(file);
  scan.has_header = window.at(0, header).substr(0, header) == format.header();
  scan.end = scan.has_header ? header : 0;
  for (std::uint64_t at = scan.end; at < scan.size && window.error() == 0;) {
    const std::string_view bytes = window.at(at, size);
    if (bytes.size() < size) break;
    if (!format.is_record(bytes)) {
      const std::size_t mark = format.find_mark(bytes.substr(1));
      // A mark may stand across the end of what is at hand.
      at += mark != std::string_view::npos ? mark + 1 : bytes.size() - (kMarkSize - 1);
      continue;
    }
    take(bytes.substr(0, size), at);
    ++scan.records;
    if (at > scan.end) {
      ++scan.gaps;
      scan.gap_bytes += at - scan.end;
    }
    at += size;
    scan.end = at;
  }
  if (scan.size >= scan.end + size) {
    ++scan.gaps;
    scan.gap_bytes += scan.size - scan.end;
  }
  return window.error();
}

bool is_journal_of(int folder, const std::string& identity) {
  const int file = open_at(folder, JournalFormat::kName, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return false;
  const std::string header = JournalFormat(identity, 0).header();
  const bool is_of = Window(file).at(0, header.size()).substr(0, header.size()) == header;
  ::close(file);
  return is_of;
}

bool is_whole_journal(int folder, const std::string& identity, std::size_t records) {
  const int file = open_at(folder, JournalFormat::kName, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return false;
  struct stat status {};
  const std::size_t header = JournalFormat(identity, 0).header().size();
  bool is_whole = ::fstat(file, &status) == 0 && static_cast<std::size_t>(status.st_size) >= header;
  if (is_whole) {
    // All records are of one size, which says of how many strategies they are.
    const std::size_t size = records == 0 ? 0 : (static_cast<std::size_t>(status.st_size) - header) / records;
    const JournalFormat format(identity, size < kPrefix ? 0 : (size - kPrefix) / (8 * fleet::kMetrics));
    std::vector<std::pair<std::uint32_t, std::uint32_t>> keys;
    JournalScan scan;
    const int error = scan_journal(file, format, scan, [&keys](std::string_view record, std::uint64_t) {
      keys.emplace_back(JournalFormat::replication_of(record), JournalFormat::checksum_of(record));
    });
    is_whole = error == 0 && scan.has_header && scan.records == records && scan.end == scan.size && scan.gaps == 0 &&
               doubles_of(std::move(keys)).repeated.empty();
  }
  ::close(file);
  return is_whole;
}

JournalDoubles doubles_of(std::vector<std::pair<std::uint32_t, std::uint32_t>> keys) {
  std::sort(keys.begin(), keys.end());
  JournalDoubles doubles;
  const auto note = [](std::vector<std::uint32_t>& list, std::uint32_t replication) {
    if (list.empty() || list.back() != replication) list.push_back(replication);
  };
  for (std::size_t i = 1; i < keys.size(); ++i) {
    if (keys[i].first != keys[i - 1].first) continue;
    note(doubles.repeated, keys[i].first);
    if (keys[i].second != keys[i - 1].second) note(doubles.disagreed, keys[i].first);
  }
  return doubles;
}

}  // namespace fleetrace::output
