// libFuzzer harness of the journal: the input changes a journal of one study, in which one of another stands, or is a journal itself.
// What is read is whole records, which follow each other in the file, and a journal that is whole has no gap.
#include <fcntl.h>
#include <unistd.h>

#include <array>

#include "sim/output/folder/journal_format.hpp"
#include "tests/hostile/fuzz.hpp"

namespace {

using namespace fleetrace;
using fuzz::require;

constexpr std::size_t kStrategies = 2;
constexpr std::uint32_t kRecords = 6;

output::JournalFormat format_of(char digit) { return {std::string(64, digit), kStrategies}; }

std::string whole_journal(const output::JournalFormat& format) {
  std::string bytes = format.header();
  std::array<fleet::Metrics, kStrategies> row{};
  for (std::uint32_t i = 0; i < kRecords; ++i) {
    row[0].fill(i + 0.5);
    bytes += format.record(i, row);
  }
  return bytes;
}

/// Four bytes a change: what, where (two), and a byte.
std::string changed(std::string bytes, std::string_view changes) {
  for (std::size_t i = 0; i + 4 <= changes.size() && !bytes.empty(); i += 4) {
    const auto byte = [&](std::size_t k) { return std::size_t{static_cast<unsigned char>(changes[i + k])}; };
    const std::size_t at = (byte(1) << 8 | byte(2)) % bytes.size();
    switch (byte(0) % 5) {
      case 0: bytes[at] = changes[i + 3]; break;
      case 1: bytes.erase(at, byte(3)); break;
      case 2: bytes.insert(at, byte(3), '\0'); break;
      case 3: bytes.insert(at, bytes.substr(at, byte(3))); break;
      default: bytes.resize(at);
    }
  }
  return bytes;
}

/// A folder for the journal, removed at the end.
class Folder {
 public:
  Folder() {
    require(::mkdtemp(path_) != nullptr);
    descriptor_ = ::open(path_, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    require(descriptor_ >= 0);
  }
  Folder(const Folder&) = delete;
  Folder(Folder&&) = delete;
  Folder& operator=(const Folder&) = delete;
  Folder& operator=(Folder&&) = delete;
  ~Folder() {
    ::unlinkat(descriptor_, output::JournalFormat::kName, 0);
    ::close(descriptor_);
    ::rmdir(path_);
  }

  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  char path_[32] = "/tmp/fleetrace-fuzz-XXXXXX";
  int descriptor_ = -1;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static const output::JournalFormat format = format_of('a');
  static const std::string journals = whole_journal(format) +
                                      whole_journal(format_of('b')).substr(format.header().size());
  const std::string_view rest = fuzz::text_of(data + 1, size - 1);
  const std::string bytes = data[0] % 2 == 0 ? changed(journals, rest) : std::string(rest);
  static const Folder folder;
  const int file = ::openat(folder.descriptor(), output::JournalFormat::kName, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC,
                            0600);
  require(file >= 0 && ::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  output::JournalScan scan;
  std::size_t records = 0;
  std::uint64_t from = 0;
  std::array<fleet::Metrics, kStrategies> row{};
  std::vector<std::pair<std::uint32_t, std::uint32_t>> keys;
  const int error = output::scan_journal(file, format, scan, [&](std::string_view record, std::uint64_t at) {
    ++records;
    require(format.is_record(record) && record.size() == format.record_size());
    require(at >= from && bytes.compare(at, record.size(), record) == 0);
    from = at + record.size();
    output::JournalFormat::read_row(record, row);
    keys.emplace_back(output::JournalFormat::replication_of(record), output::JournalFormat::checksum_of(record));
  });
  ::close(file);
  require(error == 0 && scan.records == records && scan.size == bytes.size() && scan.end <= scan.size);
  require(scan.records * format.record_size() + scan.gap_bytes <= scan.size);
  const output::JournalDoubles doubles = output::doubles_of(std::move(keys));
  require(doubles.disagreed.size() <= doubles.repeated.size());
  const std::string identity(64, 'a');
  require(output::is_journal_of(folder.descriptor(), identity) == scan.has_header);
  const bool is_whole = output::is_whole_journal(folder.descriptor(), identity, records);
  require(!is_whole || records == 0 || (scan.gaps == 0 && doubles.repeated.empty()));
  return 0;
}
