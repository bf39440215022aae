#include "sim/output/folder/journal.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/crc.hpp>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/folder/atomic_file.hpp"

namespace fleetrace::output {
namespace {

constexpr std::string_view kMagic = "fleetrace journal 1\n";
constexpr std::chrono::milliseconds kBetweenSyncs{20};
constexpr std::size_t kPrefix = 8;  // length and checksum

void append(std::string& bytes, std::uint64_t value, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>((value >> (8 * i)) & 0xffU);
}

std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size; ++i) value |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
  return value;
}

std::uint32_t crc32c(std::string_view bytes) {
  boost::crc_optimal<32, 0x1EDC6F41, 0xFFFFFFFF, 0xFFFFFFFF, true, true> crc;
  crc.process_bytes(bytes.data(), bytes.size());
  return crc.checksum();
}

std::string record_of(std::uint32_t replication, std::span<const fleet::Metrics> row) {
  std::string payload;
  append(payload, replication, 8);
  for (const fleet::Metrics& measures : row) {
    for (const double value : measures) {
      std::uint64_t bits = 0;
      std::memcpy(&bits, &value, sizeof bits);
      append(payload, bits, 8);
    }
  }
  std::string record;
  append(record, payload.size(), 4);
  append(record, crc32c(payload), 4);
  return record + payload;
}

/// The bytes of a file that is open; an errno where they cannot be read.
int read_open(int file, std::string& bytes) {
  struct stat status {};
  if (::fstat(file, &status) != 0) return errno;
  if (!S_ISREG(status.st_mode)) return EINVAL;
  bytes.resize(static_cast<std::size_t>(status.st_size));
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t count = ::pread(file, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
    if (count == 0) bytes.resize(at);
    if (count < 0 && errno != EINTR) return errno;
    if (count > 0) at += static_cast<std::size_t>(count);
  }
  return 0;
}

}  // namespace

Journal::Journal(const ResultFolder& folder, std::string_view study, std::size_t strategies)
    : path_(core::printable(folder.path()) + '/' + kName),
      strategies_(strategies),
      file_(::openat(folder.descriptor(), kName, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0666)) {
  if (file_ < 0) refuse(errno);
  std::string header(kMagic);
  append(header, study.size(), 8);
  header += study;
  try {
    begin(header);
    if (::fsync(folder.descriptor()) != 0) refuse(errno);
  } catch (...) {
    ::close(file_);
    throw;
  }
}

Journal::~Journal() { ::close(file_); }

void Journal::refuse(int error) const {
  const std::string why = error == ENOSPC || error == EDQUOT ? "no space left on the disk"
                                                             : std::generic_category().message(error);
  throw FolderError(path_ + ": cannot be written: " + why +
                    ". What was finished before is kept: the same command goes on from there.");
}

std::size_t Journal::record_size() const { return kPrefix + 8 + 8 * fleet::kMetrics * strategies_; }

void Journal::begin(const std::string& header) {
  std::string bytes;
  if (const int error = read_open(file_, bytes); error != 0) refuse(error);
  // A header that was cut off is as good as none: nothing stands behind it.
  const bool is_new = bytes.size() < header.size() && header.compare(0, bytes.size(), bytes) == 0;
  if (!is_new && bytes.compare(0, header.size(), header) != 0)
    throw FolderError(path_ + ": is the journal of another study. Nothing was changed; name another folder.");
  std::size_t end = header.size();
  if (is_new) {
    if (::ftruncate(file_, 0) != 0) refuse(errno);
    if (::lseek(file_, 0, SEEK_SET) < 0) refuse(errno);
    if (const int error = write_all(file_, header); error != 0) refuse(error);
  } else {
    const std::size_t size = record_size();
    while (bytes.size() - end >= size) {
      const std::string_view record = std::string_view(bytes).substr(end, size);
      const bool whole = number_at(record, 0, 4) == size - kPrefix &&
                         number_at(record, 4, 4) == crc32c(record.substr(kPrefix));
      if (!whole) break;
      end += size;
    }
    found_ = bytes.substr(header.size(), end - header.size());
    if (::ftruncate(file_, static_cast<off_t>(end)) != 0) refuse(errno);
  }
  if (::lseek(file_, static_cast<off_t>(end), SEEK_SET) < 0) refuse(errno);
  if (::fdatasync(file_) != 0) refuse(errno);
}

void Journal::read_into(study::Results& results, std::size_t most) const {
  const std::size_t size = record_size();
  std::vector<fleet::Metrics> row(strategies_);
  for (std::size_t at = 0; at < found_.size(); at += size) {
    const std::size_t replication = number_at(found_, at + kPrefix, 8);
    if (replication >= most) continue;
    if (results.replications() <= replication) results.resize(replication + 1);
    std::size_t next = at + kPrefix + 8;
    for (fleet::Metrics& measures : row) {
      for (double& value : measures) {
        const std::uint64_t bits = number_at(found_, next, 8);
        std::memcpy(&value, &bits, sizeof value);
        next += 8;
      }
    }
    results.set(replication, row);
    results.set_done(replication);
  }
}

void Journal::add(std::uint32_t replication, std::span<const fleet::Metrics> row) {
  if (const int error = write_all(file_, record_of(replication, row)); error != 0) refuse(error);
  ++added_;
  if (std::chrono::steady_clock::now() - synced_ >= kBetweenSyncs) sync();
}

void Journal::sync() {
  if (::fdatasync(file_) != 0) refuse(errno);
  acknowledged_ = added_;
  synced_ = std::chrono::steady_clock::now();
}

}  // namespace fleetrace::output
