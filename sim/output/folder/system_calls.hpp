#pragma once

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>

/// System calls that a signal may interrupt, called again where one does: a handler that does not end the process must not make a
/// study fail. Each returns what the call returns.
namespace fleetrace::output {

template <class Call>
[[nodiscard]] auto uninterrupted(Call call) {
  for (;;) {
    const auto result = call();
    if (result >= 0 || errno != EINTR) return result;
  }
}

[[nodiscard]] inline int open_at(int folder, const char* name, int flags, mode_t mode = 0666) {
  return uninterrupted([&] { return ::openat(folder, name, flags, mode); });
}
[[nodiscard]] inline int sync_file(int file) {
  return uninterrupted([&] { return ::fsync(file); });
}
[[nodiscard]] inline int sync_data(int file) {
  return uninterrupted([&] { return ::fdatasync(file); });
}
[[nodiscard]] inline int truncate_file(int file, off_t size) {
  return uninterrupted([&] { return ::ftruncate(file, size); });
}
/// An interrupted close has closed: on Linux the descriptor is free whatever it returns.
[[nodiscard]] inline int close_file(int file) { return ::close(file) == 0 || errno == EINTR ? 0 : -1; }

}  // namespace fleetrace::output
