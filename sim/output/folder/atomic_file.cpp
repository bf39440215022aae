#include "sim/output/folder/atomic_file.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>

namespace fleetrace::output {
namespace {

int write_and_close(int file, std::string_view bytes) {
  int error = write_all(file, bytes);
  if (error == 0 && ::fsync(file) != 0) error = errno;
  // Some file systems tell only now that the disk is full.
  if (::close(file) != 0 && error == 0) error = errno;
  return error;
}

/// A file that did not exist before; its name is left in `name`.
int create_beside(int folder, std::string& name) {
  static constexpr int kMostTries = 100;
  const std::string base = '.' + name + '.' + std::to_string(::getpid()) + '-';
  for (int i = 0; i < kMostTries; ++i) {
    name = base + std::to_string(i) + ".tmp";
    const int file = ::openat(folder, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (file >= 0 || errno != EEXIST) return file;
  }
  return -1;
}

/// Gives a file that was written without error its name; removes it where that, or `error` before, went wrong.
int rename_synced(int folder, const std::string& temporary, const std::string& name, int error) {
  if (error == 0 && ::renameat(folder, temporary.c_str(), folder, name.c_str()) != 0) error = errno;
  if (error != 0) {
    ::unlinkat(folder, temporary.c_str(), 0);
    return error;
  }
  return ::fsync(folder) == 0 ? 0 : errno;
}

}  // namespace

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

int write_atomically(int folder, const std::string& name, std::string_view bytes) {
  std::string temporary = name;
  const int file = create_beside(folder, temporary);
  if (file < 0) return errno;
  return rename_synced(folder, temporary, name, write_and_close(file, bytes));
}

int replace_atomically(int folder, const std::string& name, const std::function<void(const std::string&)>& make) {
  std::string temporary = name;
  const int file = create_beside(folder, temporary);
  if (file < 0) return errno;
  int error = 0;
  try {
    make(temporary);
  } catch (...) {
    ::close(file);
    ::unlinkat(folder, temporary.c_str(), 0);
    throw;
  }
  if (::fsync(file) != 0) error = errno;
  if (::close(file) != 0 && error == 0) error = errno;
  return rename_synced(folder, temporary, name, error);
}

bool is_temporary(std::string_view file, std::string_view name) {
  constexpr std::string_view kEnding = ".tmp";
  const std::string beginning = '.' + std::string(name) + '.';
  return file.size() > beginning.size() + kEnding.size() && file.substr(0, beginning.size()) == beginning &&
         file.substr(file.size() - kEnding.size()) == kEnding;
}

int read_whole(int folder, const std::string& name, std::string& bytes, std::int64_t most) {
  const int file = ::openat(folder, name.c_str(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
  if (file < 0) return errno;
  struct stat status {};
  int error = ::fstat(file, &status) == 0 ? 0 : errno;
  if (error == 0 && (!S_ISREG(status.st_mode) || status.st_size > most)) error = EINVAL;
  std::array<char, 65'536> buffer = {};
  for (bool more = error == 0; more;) {
    const ssize_t count = ::read(file, buffer.data(), buffer.size());
    if (count > 0) bytes.append(buffer.data(), static_cast<std::size_t>(count));
    if (count < 0 && errno != EINTR) error = errno;
    more = count > 0 || (count < 0 && errno == EINTR);
  }
  ::close(file);
  return error;
}

}  // namespace fleetrace::output
