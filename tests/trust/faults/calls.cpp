// System calls: the N-th of a name fails, and all are handed to the recorder.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstring>

#include "tests/trust/faults/faults.hpp"

namespace {

using fleetrace::trust::path_at;
using fleetrace::trust::Plan;
using fleetrace::trust::plan;
using fleetrace::trust::record;
using fleetrace::trust::record_at;
using fleetrace::trust::record_on;

unsigned long calls = 0;

/// Whether this call is the one that fails.
bool call_fails(const char* name) {
  const Plan& now = plan();
  if (now.which_call.first == 0 || std::strcmp(name, now.call) != 0) return false;
  return now.which_call.is(__atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED));
}

long refuse() {
  errno = plan().error;
  return -1;
}

int open_at(int folder, const char* path, int flags, mode_t mode) {
  const long result = call_fails("open") ? refuse() : syscall(SYS_openat, folder, path, flags, mode);
  return static_cast<int>(record_at("open", folder, path, flags, result));
}

/// The mode behind the flags, where there is one.
mode_t mode_in(int flags, std::va_list list) { return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(list, mode_t) : 0; }

/// What a call that fails moves of so many bytes.
std::size_t half(std::size_t size) { return size < 2 ? size : size / 2; }

int sync_file(int file, long number) {
  const long result = call_fails("fsync") ? refuse() : syscall(number, file);
  return static_cast<int>(record_on("fsync", file, 0, result));
}

int rename_at(int from_folder, const char* from, int to_folder, const char* to) {
  char path[512] = {};
  if (plan().record >= 0) path_at(from_folder, from, path);
  const long result = call_fails("rename") ? refuse() : syscall(SYS_renameat, from_folder, from, to_folder, to);
  const int error = errno;
  if (plan().record >= 0) {
    char there[512];
    char both[1100];
    path_at(to_folder, to, there);
    std::snprintf(both, sizeof both, "%s\v%s", path, there);
    record("rename", both, 0, result, result < 0 ? error : 0);
  }
  errno = error;
  return static_cast<int>(result);
}

int make_folder(int folder, const char* path, mode_t mode) {
  const long result = call_fails("mkdir") ? refuse() : syscall(SYS_mkdirat, folder, path, mode);
  return static_cast<int>(record_at("mkdir", folder, path, 0, result));
}

int remove_at(int folder, const char* path, int flags) {
  const long result = call_fails("unlink") ? refuse() : syscall(SYS_unlinkat, folder, path, flags);
  return static_cast<int>(record_at("unlink", folder, path, flags, result));
}

}  // namespace

FLEETRACE_SEEN int open(const char* path, int flags, ...) {
  std::va_list list;
  va_start(list, flags);
  const mode_t mode = mode_in(flags, list);
  va_end(list);
  return open_at(AT_FDCWD, path, flags, mode);
}
FLEETRACE_SEEN int open64(const char* path, int flags, ...) {
  std::va_list list;
  va_start(list, flags);
  const mode_t mode = mode_in(flags, list);
  va_end(list);
  return open_at(AT_FDCWD, path, flags, mode);
}
FLEETRACE_SEEN int openat(int folder, const char* path, int flags, ...) {
  std::va_list list;
  va_start(list, flags);
  const mode_t mode = mode_in(flags, list);
  va_end(list);
  return open_at(folder, path, flags, mode);
}
FLEETRACE_SEEN int openat64(int folder, const char* path, int flags, ...) {
  std::va_list list;
  va_start(list, flags);
  const mode_t mode = mode_in(flags, list);
  va_end(list);
  return open_at(folder, path, flags, mode);
}

FLEETRACE_SEEN ssize_t read(int file, void* bytes, std::size_t size) {
  const bool fails = call_fails("read");
  if (fails && plan().error != 0) return record_on("read", file, 0, refuse());
  return record_on("read", file, 0, syscall(SYS_read, file, bytes, fails ? half(size) : size));
}
FLEETRACE_SEEN ssize_t pread(int file, void* bytes, std::size_t size, off_t offset) {
  const bool fails = call_fails("read");
  if (fails && plan().error != 0) return record_on("read", file, offset, refuse());
  return record_on("read", file, offset, syscall(SYS_pread64, file, bytes, fails ? half(size) : size, offset));
}
FLEETRACE_SEEN ssize_t pread64(int file, void* bytes, std::size_t size, off_t offset) {
  return pread(file, bytes, size, offset);
}

FLEETRACE_SEEN ssize_t write(int file, const void* bytes, std::size_t size) {
  const bool fails = call_fails("write");
  long offset = 0;
  if (plan().record >= 0) offset = syscall(SYS_lseek, file, 0, SEEK_CUR);
  if (fails && plan().error != 0) return record_on("write", file, offset, refuse());
  return record_on("write", file, offset, syscall(SYS_write, file, bytes, fails ? half(size) : size), bytes);
}
FLEETRACE_SEEN ssize_t pwrite(int file, const void* bytes, std::size_t size, off_t offset) {
  const bool fails = call_fails("write");
  if (fails && plan().error != 0) return record_on("write", file, offset, refuse());
  return record_on("write", file, offset, syscall(SYS_pwrite64, file, bytes, fails ? half(size) : size, offset), bytes);
}
FLEETRACE_SEEN ssize_t pwrite64(int file, const void* bytes, std::size_t size, off_t offset) {
  return pwrite(file, bytes, size, offset);
}

FLEETRACE_SEEN int fsync(int file) { return sync_file(file, SYS_fsync); }
FLEETRACE_SEEN int fdatasync(int file) { return sync_file(file, SYS_fdatasync); }

FLEETRACE_SEEN int rename(const char* from, const char* to) { return rename_at(AT_FDCWD, from, AT_FDCWD, to); }
FLEETRACE_SEEN int renameat(int from_folder, const char* from, int to_folder, const char* to) {
  return rename_at(from_folder, from, to_folder, to);
}
FLEETRACE_SEEN int mkdir(const char* path, mode_t mode) { return make_folder(AT_FDCWD, path, mode); }
FLEETRACE_SEEN int mkdirat(int folder, const char* path, mode_t mode) { return make_folder(folder, path, mode); }
FLEETRACE_SEEN int unlink(const char* path) { return remove_at(AT_FDCWD, path, 0); }
FLEETRACE_SEEN int rmdir(const char* path) { return remove_at(AT_FDCWD, path, AT_REMOVEDIR); }
FLEETRACE_SEEN int unlinkat(int folder, const char* path, int flags) { return remove_at(folder, path, flags); }
FLEETRACE_SEEN int ftruncate(int file, off_t size) {
  const long result = call_fails("truncate") ? refuse() : syscall(SYS_ftruncate, file, size);
  return static_cast<int>(record_on("truncate", file, size, result));
}
FLEETRACE_SEEN int ftruncate64(int file, off_t size) { return ftruncate(file, size); }

/// The descriptor is closed whatever is said: so it is on Linux.
FLEETRACE_SEEN int close(int file) {
  const bool fails = call_fails("close");
  record_on("close", file, 0, 0);
  const long result = syscall(SYS_close, file);
  return static_cast<int>(fails ? refuse() : result);
}
