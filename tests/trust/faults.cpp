// Preloaded into the program by the tests of this folder (LD_PRELOAD): allocations and system calls fail where they are told to, and
// what is asked of the system is written down. The environment says what:
//
//   TRUST_ALLOCATION=N      the N-th allocation fails; N+ means all from the N-th on
//   TRUST_CALL=NAME:N:HOW   the N-th call NAME (or its family: open is openat, too) fails with errno HOW, or, with `short`, moves
//                           half of the bytes; N+ as above
//   TRUST_COUNT=FILE        how many allocations there were is written there at the end
//   TRUST_RECORD=FILE       a line a call: name, file, offset, result, errno, bytes in hexadecimal
//   TRUST_TRACE=1           where an allocation fails, the calls that led there go to standard error
#include <execinfo.h>
#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

extern "C" {
// The allocator of the C library, by the names that nothing replaces.
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
}

namespace {

/// "12" or "12+"; 0 where nothing is to fail.
struct Which {
  unsigned long first = 0;
  bool onwards = false;

  bool is(unsigned long number) const { return first != 0 && (onwards ? number >= first : number == first); }
};

Which read_which(const char* text) {
  char* end = nullptr;
  Which which;
  which.first = std::strtoul(text, &end, 10);
  which.onwards = *end == '+';
  return which;
}

struct Plan {
  Which allocation;
  char call[16] = {};
  Which which_call;
  int error = 0;  ///< 0 for `short`
  int record = -1;
  bool trace = false;
};

struct Name {
  const char* name;
  int error;
};
constexpr Name kErrors[] = {{"EIO", EIO},       {"ENOSPC", ENOSPC}, {"EINTR", EINTR},   {"EACCES", EACCES},
                            {"EMFILE", EMFILE}, {"EROFS", EROFS},   {"EDQUOT", EDQUOT}, {"ENOMEM", ENOMEM}};

/// NAME:N:HOW
void read_call(const char* text, Plan& plan) {
  const char* const colon = std::strchr(text, ':');
  if (colon == nullptr || colon - text >= static_cast<long>(sizeof plan.call)) std::abort();
  std::memcpy(plan.call, text, static_cast<std::size_t>(colon - text));
  plan.which_call = read_which(colon + 1);
  const char* const how = std::strchr(colon + 1, ':');
  if (how == nullptr) std::abort();
  for (const Name& each : kErrors) {
    if (std::strcmp(each.name, how + 1) == 0) plan.error = each.error;
  }
  if (plan.error == 0 && std::strcmp(how + 1, "short") != 0) std::abort();
}

/// Nothing here may allocate, since allocations ask for the plan.
const Plan& plan() {
  static Plan made;
  static int state = 0;  // 0 unread, 1 being read, 2 read; the first call comes before there are threads
  if (state == 0) {
    state = 1;
    if (const char* const text = std::getenv("TRUST_ALLOCATION")) made.allocation = read_which(text);
    if (const char* const text = std::getenv("TRUST_CALL")) read_call(text, made);
    if (const char* const text = std::getenv("TRUST_RECORD")) {
      const long file = syscall(SYS_openat, AT_FDCWD, text, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
      made.record = static_cast<int>(syscall(SYS_fcntl, file, F_DUPFD_CLOEXEC, 900));
      syscall(SYS_close, file);
    }
    made.trace = std::getenv("TRUST_TRACE") != nullptr;
    state = 2;
  }
  return made;
}

unsigned long allocations = 0;
unsigned long calls = 0;

/// Where the code of a library lies.
struct Code {
  std::uintptr_t begin = 0;
  std::uintptr_t end = 0;
};

int find_spreadsheets(dl_phdr_info* library, std::size_t /*size*/, void* found) {
  if (std::strstr(library->dlpi_name, "libxlsxwriter") == nullptr) return 0;
  for (int i = 0; i < library->dlpi_phnum; ++i) {
    const auto& part = library->dlpi_phdr[i];
    if (part.p_type != PT_LOAD || (part.p_flags & PF_X) == 0) continue;
    auto* const code = static_cast<Code*>(found);
    code->begin = library->dlpi_addr + part.p_vaddr;
    code->end = code->begin + part.p_memsz;
  }
  return 1;
}

/// Whether libxlsxwriter asks. It ends the process where it finds no memory, so the program sees to it beforehand that there is
/// some: that request fails here, and not those that come of it.
bool is_for_spreadsheets() {
  static Code code;
  if (code.end == 0) dl_iterate_phdr(find_spreadsheets, &code);
  void* frames[24];
  const int count = backtrace(frames, 24);
  for (int i = 0; i < count; ++i) {
    const auto at = reinterpret_cast<std::uintptr_t>(frames[i]);
    if (at >= code.begin && at < code.end) return true;
  }
  return false;
}

bool allocation_fails() {
  const unsigned long number = __atomic_add_fetch(&allocations, 1, __ATOMIC_RELAXED);
  const Plan& now = plan();
  if (!now.allocation.is(number)) return false;
  thread_local bool is_asking = false;  // looking at who asks may take memory
  if (is_asking) return false;
  is_asking = true;
  const bool is_exempt = is_for_spreadsheets();
  is_asking = false;
  if (is_exempt) return false;
  static bool is_traced = false;
  if (now.trace && !is_traced) {
    is_traced = true;
    void* frames[40];
    backtrace_symbols_fd(frames, backtrace(frames, 40), STDERR_FILENO);
  }
  errno = ENOMEM;
  return true;
}

/// Whether this call is the one that fails.
bool call_fails(const char* name) {
  const Plan& now = plan();
  if (now.which_call.first == 0 || std::strcmp(name, now.call) != 0) return false;
  return now.which_call.is(__atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED));
}

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

/// A path as it was given, below the folder that a descriptor is open on.
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

void record(const char* name, const char* path, long offset, long result, int error, const void* bytes = nullptr) {
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

long refuse() {
  errno = plan().error;
  return -1;
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

long record_on(const char* name, int file, long offset, long result, const void* bytes = nullptr) {
  const int error = errno;
  if (plan().record >= 0) {
    char path[512];
    path_of(file, path);
    record(name, path, offset, result, result < 0 ? error : 0, bytes);
  }
  errno = error;
  return result;
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

struct AtTheEnd {
  ~AtTheEnd() {
    const char* const path = std::getenv("TRUST_COUNT");
    if (path == nullptr) return;
    char text[32];
    const int size = std::snprintf(text, sizeof text, "%lu\n", allocations);
    const long file = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    (void)!syscall(SYS_write, file, text, size);
    syscall(SYS_close, file);
  }
};
const AtTheEnd at_the_end;

}  // namespace

#define FLEETRACE_SEEN extern "C" __attribute__((visibility("default")))

FLEETRACE_SEEN void* malloc(std::size_t size) { return allocation_fails() ? nullptr : __libc_malloc(size); }
FLEETRACE_SEEN void* calloc(std::size_t count, std::size_t size) {
  return allocation_fails() ? nullptr : __libc_calloc(count, size);
}
FLEETRACE_SEEN void* realloc(void* old, std::size_t size) {
  return allocation_fails() ? nullptr : __libc_realloc(old, size);
}
FLEETRACE_SEEN void* memalign(std::size_t alignment, std::size_t size) {
  return allocation_fails() ? nullptr : __libc_memalign(alignment, size);
}
FLEETRACE_SEEN void* aligned_alloc(std::size_t alignment, std::size_t size) {
  return allocation_fails() ? nullptr : __libc_memalign(alignment, size);
}
FLEETRACE_SEEN int posix_memalign(void** made, std::size_t alignment, std::size_t size) {
  void* const found = allocation_fails() ? nullptr : __libc_memalign(alignment, size);
  if (found == nullptr) return ENOMEM;
  *made = found;
  return 0;
}

FLEETRACE_SEEN void* mmap(void* at, std::size_t size, int protection, int flags, int file, off_t offset) {
  if ((flags & MAP_ANONYMOUS) != 0 && allocation_fails()) return MAP_FAILED;
  return reinterpret_cast<void*>(syscall(SYS_mmap, at, size, protection, flags, file, offset));
}

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
