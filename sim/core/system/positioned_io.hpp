#pragma once

#include <sys/types.h>

#include <cstddef>
#include <span>

/// Reading and writing at a place of a file. What a signal interrupts, or what moves only a part of the bytes, goes on.
namespace fleetrace::core {

struct Transfer {
  std::size_t size = 0;  ///< bytes moved
  int error = 0;         ///< errno of what ended it early; 0 where nothing did, and at the end of a file
};

/// Reads from `at` on, until `bytes` is full or the file ends.
[[nodiscard]] Transfer read_at(int file, std::span<std::byte> bytes, off_t at);
/// Reads from `at` on until `bytes` is full. Returns 0 or errno; EIO where the file ends before.
[[nodiscard]] int read_all_at(int file, std::span<std::byte> bytes, off_t at);
/// Writes all bytes from `at` on. Returns 0 or errno.
[[nodiscard]] int write_all_at(int file, std::span<const std::byte> bytes, off_t at);

}  // namespace fleetrace::core
