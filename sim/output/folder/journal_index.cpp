#include "sim/output/folder/journal_index.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <span>
#include <system_error>
#include <utility>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/core/system/positioned_io.hpp"
#include "sim/output/folder/folder.hpp"
#include "sim/output/folder/shard_folder.hpp"
#include "sim/output/folder/system_calls.hpp"

namespace fleetrace::output {
namespace {

// No record stands at either place: a header comes first.
constexpr std::uint64_t kNone = 0;
constexpr std::uint64_t kDisagreed = 1;

}  // namespace

JournalIndex::JournalIndex(int folder, const std::string& path, const std::string& identity, std::size_t strategies,
                           study::Shard part)
    : path_(core::printable(path) + '/' + JournalFormat::kName),
      format_(identity, strategies),
      part_(part),
      file_(open_at(folder, JournalFormat::kName, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)),
      record_(format_.record_size(), '\0'),
      row_(strategies) {
  if (file_ < 0) refuse(errno);
  JournalScan scan;
  const int error = scan_journal(file_, format_, scan,
                                 [this](std::string_view record, std::uint64_t at) { note(record, at); });
  if (error == 0) return;
  ::close(file_);
  refuse(error);
}

JournalIndex::JournalIndex(JournalIndex&& other) noexcept
    : path_(std::move(other.path_)),
      format_(std::move(other.format_)),
      part_(other.part_),
      file_(std::exchange(other.file_, -1)),
      places_(std::move(other.places_)),
      extras_(std::move(other.extras_)),
      record_(std::move(other.record_)),
      row_(std::move(other.row_)) {}

JournalIndex::~JournalIndex() {
  if (file_ >= 0) ::close(file_);
}

void JournalIndex::refuse(int error) const {
  throw FolderError(path_ + ": cannot be read: " + std::generic_category().message(error) + '.');
}

void JournalIndex::note(std::string_view record, std::uint64_t at) {
  const std::size_t item = JournalFormat::replication_of(record);
  if (item >= kFirstExtra) {
    extras_.try_emplace(static_cast<std::uint32_t>(item - kFirstExtra), at);
    return;
  }
  if (!part_.has(item)) return;
  const std::size_t place = item / part_.of;
  if (places_.size() <= place) places_.resize(place + 1, kNone);
  if (places_[place] == kDisagreed) return;
  if (places_[place] == kNone) {
    places_[place] = at;
  } else if (read_at(places_[place]) != 0 || record_ != record) {
    places_[place] = kDisagreed;
  }
}

bool JournalIndex::has(std::size_t item) const {
  const std::size_t place = item / part_.of;
  return part_.has(item) && place < places_.size() && places_[place] != kNone && places_[place] != kDisagreed;
}

int JournalIndex::read_at(std::uint64_t at) const {
  return core::read_all_at(file_, std::as_writable_bytes(std::span(record_)), static_cast<off_t>(at));
}

void JournalIndex::read_extras(
    const std::function<void(std::uint32_t number, std::span<const fleet::Metrics> row)>& take) const {
  for (const auto& [number, at] : extras_) take(number, row_at(at));
}

std::span<const fleet::Metrics> JournalIndex::row_at(std::uint64_t at) const {
  if (const int error = read_at(at); error != 0) refuse(error);
  if (!format_.is_record(record_)) refuse(EIO);
  JournalFormat::read_row(record_, row_);
  return row_;
}

}  // namespace fleetrace::output
