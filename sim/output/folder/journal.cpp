#include "sim/output/folder/journal.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <span>
#include <system_error>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/core/system/positioned_io.hpp"
#include "sim/output/folder/atomic_file.hpp"
#include "sim/output/folder/ranges.hpp"
#include "sim/output/folder/system_calls.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::output {
namespace {

constexpr std::chrono::milliseconds kBetweenSyncs{20};

bool holds(const std::vector<std::uint32_t>& ascending, std::uint32_t value) {
  return std::binary_search(ascending.begin(), ascending.end(), value);
}

}  // namespace

Journal::Journal(const ResultFolder& folder, const std::string& identity, std::size_t strategies, Use use)
    : path_(core::printable(folder.path()) + '/' + kName), format_(identity, strategies), use_(use) {
  const int access = use == Use::read ? O_RDONLY : O_RDWR | O_CREAT;
  file_ = open_at(folder.descriptor(), kName, access | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0666);
  if (file_ < 0) refuse(errno);
  try {
    open(folder);
  } catch (...) {
    ::close(file_);
    throw;
  }
}

Journal::~Journal() { ::close(file_); }

void Journal::refuse(int error) const {
  const std::string why = error == ENOSPC || error == EDQUOT ? "no space left on the disk"
                                                             : std::generic_category().message(error);
  throw FolderError(path_ + ": cannot be " + (use_ == Use::read ? "read: " : "written: ") + why +
                    ". What was finished before is kept: the same command goes on from there.");
}

void Journal::open(const ResultFolder& folder) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> keys;
  JournalScan scan;
  const int error = scan_journal(file_, format_, scan, [&keys](std::string_view record, std::uint64_t) {
    keys.emplace_back(JournalFormat::replication_of(record), JournalFormat::checksum_of(record));
  });
  if (error != 0) refuse(error);
  std::string beginning(std::min<std::uint64_t>(scan.size, format_.header().size()), '\0');
  const core::Transfer done = core::read_at(file_, std::as_writable_bytes(std::span(beginning)), 0);
  if (done.error != 0) refuse(done.error);
  beginning.resize(done.size);
  // A header that was cut off is as good as none: nothing stands behind it.
  const bool is_new = beginning.size() < format_.header().size() && format_.header().rfind(beginning, 0) == 0;
  if (!is_new && !scan.has_header && scan.records == 0) {
    const bool is_earlier = beginning.rfind(JournalFormat::kEarlier, 0) == 0;
    throw FolderError(path_ +
                      (is_earlier ? ": was left by an earlier version of fleetrace, which kept replications otherwise"
                                  : ": is the journal of another study") +
                      ". Nothing was changed; name another folder.");
  }
  const JournalDoubles doubles = doubles_of(std::move(keys));
  was_cut_off_ = scan.size > scan.end;
  tell(scan, doubles);
  if (use_ == Use::go_on) {
    if (is_new) {
      begin();
    } else if (!notes_.empty()) {
      clean(folder, doubles);
    } else if (was_cut_off_ && truncate_file(file_, static_cast<off_t>(scan.end)) != 0) {
      refuse(errno);
    }
    if (::lseek(file_, 0, SEEK_END) < 0 || sync_data(file_) != 0) refuse(errno);
    if (is_new && sync_file(folder.descriptor()) != 0) refuse(errno);
  }
}

void Journal::tell(const JournalScan& scan, const JournalDoubles& doubles) {
  found_ = scan.records;
  for (const std::uint32_t each : doubles.repeated) {
    // Of more than two, the rest are counted when the file was written anew.
    found_ -= holds(doubles.disagreed, each) ? 2U : 1U;
  }
  const auto bytes = [](std::uint64_t number) { return counted(static_cast<std::int64_t>(number), "byte", "bytes"); };
  if (scan.gaps > 0) {
    notes_.push_back(path_ + ": " + bytes(scan.gap_bytes) + " in " +
                     counted(static_cast<std::int64_t>(scan.gaps), "place", "places") +
                     " are damaged or of another study, and are skipped; " +
                     counted(static_cast<std::int64_t>(found_), "replication is", "replications are") + " kept.");
  }
  if (const std::size_t more = doubles.repeated.size() - doubles.disagreed.size(); more > 0)
    notes_.push_back(path_ + ": " +
                     counted(static_cast<std::int64_t>(more), "replication stands", "replications stand") +
                     " there more than once; one record of each counts.");
  if (!doubles.disagreed.empty())
    notes_.push_back(path_ + ": there are different results of the same replications, none of which counts: " +
                     ranges_text(doubles.disagreed) + '.');
}

void Journal::begin() {
  if (truncate_file(file_, 0) != 0 || ::lseek(file_, 0, SEEK_SET) < 0) refuse(errno);
  if (const int error = write_all(file_, format_.header()); error != 0) refuse(error);
}

void Journal::clean(const ResultFolder& folder, const JournalDoubles& doubles) {
  PendingFile anew(folder.descriptor(), kName);
  anew.write(format_.header());
  std::vector<std::uint32_t> written;
  found_ = 0;
  JournalScan scan;
  const int error = scan_journal(file_, format_, scan, [&](std::string_view record, std::uint64_t) {
    const std::uint32_t replication = JournalFormat::replication_of(record);
    if (holds(doubles.disagreed, replication)) return;
    if (holds(doubles.repeated, replication)) {
      if (std::find(written.begin(), written.end(), replication) != written.end()) return;
      written.push_back(replication);
    }
    anew.write(record);
    ++found_;
  });
  if (error != 0) refuse(error);
  if (anew.keep() != 0) refuse(anew.error());
  const int file = open_at(folder.descriptor(), kName, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
  if (file < 0) refuse(errno);
  ::close(file_);
  file_ = file;
}

void Journal::read(
    const std::function<void(std::uint32_t replication, std::span<const fleet::Metrics> row)>& take) const {
  std::vector<fleet::Metrics> row(format_.strategies());
  JournalScan scan;
  const int error = scan_journal(file_, format_, scan, [&](std::string_view record, std::uint64_t) {
    JournalFormat::read_row(record, row);
    take(JournalFormat::replication_of(record), row);
  });
  if (error != 0) refuse(error);
}

void Journal::read_into(study::Results& results, std::size_t most) const {
  std::size_t size = results.replications();
  read([&](std::uint32_t replication, std::span<const fleet::Metrics> row) {
    if (replication >= most) return;
    size = std::max(size, std::size_t{replication} + 1);
    // In larger and larger steps, since each may move all that is there.
    if (results.replications() < size) results.resize(std::min(most, size + size / 2 + 64));
    results.set(replication, row);
    results.set_done(replication);
  });
  results.resize(size);
}

void Journal::add(std::uint32_t replication, std::span<const fleet::Metrics> row) {
  if (const int error = write_all(file_, format_.record(replication, row)); error != 0) refuse(error);
  ++added_;
  if (std::chrono::steady_clock::now() - synced_ >= kBetweenSyncs) sync();
}

void Journal::sync() {
  if (acknowledged_ == added_) return;
  if (sync_data(file_) != 0) refuse(errno);
  acknowledged_ = added_;
  synced_ = std::chrono::steady_clock::now();
}

}  // namespace fleetrace::output
