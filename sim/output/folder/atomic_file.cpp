#include "sim/output/folder/atomic_file.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <limits>
#include <utility>

#include "sim/output/folder/system_calls.hpp"
#include "sim/reader/sha256.hpp"

namespace fleetrace::output {
namespace {

/// Calls `take` with piece after piece of a regular file.
template <class Take>
int read_pieces(int folder, const std::string& name, std::int64_t most, const Take& take) {
  const int file = open_at(folder, name.c_str(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
  if (file < 0) return errno;
  struct stat status {};
  int error = ::fstat(file, &status) == 0 ? 0 : errno;
  if (error == 0 && !S_ISREG(status.st_mode)) error = EINVAL;
  if (error == 0 && status.st_size > most) error = EFBIG;
  std::array<char, 65'536> buffer = {};
  for (bool more = error == 0; more;) {
    const ssize_t count = ::read(file, buffer.data(), buffer.size());
    if (count > 0) take(std::string_view(buffer.data(), static_cast<std::size_t>(count)));
    if (count < 0 && errno != EINTR) error = errno;
    more = count > 0 || (count < 0 && errno == EINTR);
  }
  ::close(file);
  return error;
}

/// The files that are being written, for a handler of signals, which may neither wait nor allocate.
struct Place {
  std::atomic<int> folder = -1;  ///< the descriptor of the folder; kFree or kBusy where there is no file
  std::array<char, 256> name = {};
};
constexpr int kFree = -1;
constexpr int kBusy = -2;
std::array<Place, 4> places;

/// Notes a file; places.size() where there is no place left, so that whoever opens the folder next removes it.
std::size_t note_pending(int folder, const std::string& name) {
  if (name.size() >= Place{}.name.size()) return places.size();
  for (std::size_t i = 0; i < places.size(); ++i) {
    int free = kFree;
    if (!places[i].folder.compare_exchange_strong(free, kBusy)) continue;
    std::copy_n(name.c_str(), name.size() + 1, places[i].name.begin());
    places[i].folder = folder;
    return i;
  }
  return places.size();
}

void forget_pending(std::size_t place) {
  if (place < places.size()) places[place].folder = kFree;
}

/// A file that did not exist before; its name is left in `name`, and where it is noted in `place`. It is noted before it is made: a
/// signal that comes meanwhile ends the process as soon as it is there.
int create_beside(int folder, std::string& name, std::size_t& place) {
  static constexpr int kMostTries = 100;
  const std::string base = '.' + name + '.' + std::to_string(::getpid()) + '-';
  for (int i = 0; i < kMostTries; ++i) {
    name = base + std::to_string(i) + ".tmp";
    place = note_pending(folder, name);
    const int file = open_at(folder, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (file >= 0) return file;
    const int error = errno;
    forget_pending(std::exchange(place, places.size()));
    errno = error;
    if (error != EEXIST) return file;
  }
  return -1;
}

}  // namespace

void remove_pending_files() noexcept {
  for (const Place& place : places) {
    if (const int folder = place.folder; folder >= 0) ::unlinkat(folder, place.name.data(), 0);
  }
}

int write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file, bytes.data(), bytes.size());
    if (count >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      // A pipe or a terminal may have been made non-blocking by whoever shares it.
      pollfd wait{file, POLLOUT, 0};
      if (::poll(&wait, 1, -1) < 0 && errno != EINTR) return errno;
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

PendingFile::PendingFile(int folder, std::string name)
    : folder_(folder),
      name_(std::move(name)),
      temporary_(name_),
      place_(places.size()),
      file_(create_beside(folder, temporary_, place_)) {
  note(file_ >= 0);
}

PendingFile::~PendingFile() {
  if (file_ >= 0) {
    ::close(file_);
    ::unlinkat(folder_, temporary_.c_str(), 0);
  }
  forget_pending(place_);
}

void PendingFile::note(bool worked) {
  if (!worked && error_ == 0) error_ = errno;
}

void PendingFile::write(std::string_view bytes) {
  if (error_ == 0) error_ = write_all(file_, bytes);
}

int PendingFile::keep() {
  if (error_ != 0) return error_;
  note(sync_file(file_) == 0);
  // Some file systems tell only now that the disk is full.
  note(close_file(std::exchange(file_, -1)) == 0);
  if (error_ == 0) note(::renameat(folder_, temporary_.c_str(), folder_, name_.c_str()) == 0);
  if (error_ != 0) {
    ::unlinkat(folder_, temporary_.c_str(), 0);
    return error_;
  }
  note(sync_file(folder_) == 0);
  return error_;
}

int write_atomically(int folder, const std::string& name, std::string_view bytes) {
  PendingFile file(folder, name);
  file.write(bytes);
  return file.keep();
}

bool is_temporary(std::string_view file, std::string_view name) {
  constexpr std::string_view kEnding = ".tmp";
  const std::string beginning = '.' + std::string(name) + '.';
  return file.size() > beginning.size() + kEnding.size() && file.substr(0, beginning.size()) == beginning &&
         file.substr(file.size() - kEnding.size()) == kEnding;
}

int read_whole(int folder, const std::string& name, std::string& bytes, std::int64_t most) {
  return read_pieces(folder, name, most, [&bytes](std::string_view piece) { bytes += piece; });
}

int digest_of(int folder, const std::string& name, std::string& digest) {
  reader::Sha256 hash;
  const int error = read_pieces(folder, name, std::numeric_limits<std::int64_t>::max(),
                                [&hash](std::string_view piece) { hash.add(piece); });
  digest = hash.text();
  return error;
}

}  // namespace fleetrace::output
