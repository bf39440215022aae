// The recorder: what the program asks of the disk.
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "tests/trust/faults/faults.hpp"

namespace fleetrace::trust {
namespace {

int record_lock = 0;

void put(const char* text, std::size_t size) {
  while (size > 0) {
    const long done = syscall(SYS_write, plan().record, text, size);
    if (done <= 0) return;
    text += done;
    size -= static_cast<std::size_t>(done);
  }
}

/// The path behind a descriptor.
void path_of(int file, char (&path)[512]) {
  char link[40];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  const long size = syscall(SYS_readlink, link, path, sizeof path - 1);
  path[size > 0 ? size : 0] = 0;
}

}  // namespace

void path_at(int folder, const char* name, char (&path)[512]) {
  if (name[0] == '/') {
    std::snprintf(path, sizeof path, "%s", name);
    return;
  }
  char above[512] = {};
  if (folder == AT_FDCWD)
    (void)!getcwd(above, sizeof above);
  else
    path_of(folder, above);
  std::snprintf(path, sizeof path, "%.250s/%.250s", above, name);
}

void record(const char* name, const char* path, long offset, long result, int error, const void* bytes) {
  if (plan().record < 0) return;
  while (__atomic_exchange_n(&record_lock, 1, __ATOMIC_ACQUIRE) != 0) {
  }
  char line[1200];
  const int size = std::snprintf(line, sizeof line, "%s\t%s\t%ld\t%ld\t%d\t", name, path, offset, result, error);
  put(line, static_cast<std::size_t>(size));
  const auto* const from = static_cast<const unsigned char*>(bytes);
  for (long i = 0; from != nullptr && i < result;) {
    std::size_t filled = 0;
    for (; i < result && filled + 2 <= sizeof line; ++i, filled += 2) {
      line[filled] = "0123456789abcdef"[from[i] >> 4];
      line[filled + 1] = "0123456789abcdef"[from[i] & 15];
    }
    put(line, filled);
  }
  put("\n", 1);
  __atomic_store_n(&record_lock, 0, __ATOMIC_RELEASE);
}

long record_at(const char* name, int folder, const char* path, long offset, long result) {
  const int error = errno;
  if (plan().record >= 0) {
    char whole[512];
    path_at(folder, path, whole);
    record(name, whole, offset, result, result < 0 ? error : 0);
  }
  errno = error;
  return result;
}

long record_on(const char* name, int file, long offset, long result, const void* bytes) {
  const int error = errno;
  if (plan().record >= 0) {
    char path[512];
    path_of(file, path);
    record(name, path, offset, result, result < 0 ? error : 0, bytes);
  }
  errno = error;
  return result;
}

}  // namespace fleetrace::trust
