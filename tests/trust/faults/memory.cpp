// Memory: the N-th allocation fails.
#include <execinfo.h>
#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "tests/trust/faults/faults.hpp"

extern "C" {
// The allocator of the C library, by the names that nothing replaces.
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
}

namespace {

using fleetrace::trust::Plan;
using fleetrace::trust::plan;

unsigned long allocations = 0;

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
