#include "sim/core/system/positioned_io.hpp"

#include <unistd.h>

#include <cerrno>

namespace fleetrace::core {
namespace {

/// Calls `move(done)`, which moves bytes from that one on, until `size` are through.
template <class Move>
Transfer transfer(std::size_t size, Move move) {
  Transfer result;
  while (result.size < size) {
    const ssize_t count = move(result.size);
    if (count > 0) {
      result.size += static_cast<std::size_t>(count);
    } else if (count == 0) {
      break;
    } else if (errno != EINTR) {
      result.error = errno;
      break;
    }
  }
  return result;
}

/// What no error ended and is not whole has come to the end of the file.
int error_of(const Transfer& done, std::size_t size) {
  if (done.error != 0) return done.error;
  return done.size == size ? 0 : EIO;
}

}  // namespace

Transfer read_at(int file, std::span<std::byte> bytes, off_t at) {
  return transfer(bytes.size(), [&](std::size_t done) {
    return ::pread(file, bytes.data() + done, bytes.size() - done, at + static_cast<off_t>(done));
  });
}

int read_all_at(int file, std::span<std::byte> bytes, off_t at) {
  return error_of(read_at(file, bytes, at), bytes.size());
}

int write_all_at(int file, std::span<const std::byte> bytes, off_t at) {
  const Transfer done = transfer(bytes.size(), [&](std::size_t written) {
    return ::pwrite(file, bytes.data() + written, bytes.size() - written, at + static_cast<off_t>(written));
  });
  return error_of(done, bytes.size());
}

}  // namespace fleetrace::core
