#include "sim/engine/huge_pages.hpp"

#include <new>

#if __has_include(<sys/mman.h>)
#include <sys/mman.h>
#endif

namespace fleetrace::engine::detail {

namespace {
constexpr std::size_t kPage = std::size_t{1}
                              << 21;  // size of a huge page on common processors; a wrong size does no harm
constexpr std::size_t alignment_of(std::size_t bytes, std::size_t alignment) {
  return bytes < kPage || alignment > kPage ? alignment : kPage;
}
}  // namespace

void* allocate_pages(std::size_t bytes, std::size_t alignment) {
  void* const memory = ::operator new (bytes, std::align_val_t{alignment_of(bytes, alignment)});
#ifdef MADV_HUGEPAGE
  // Advises whole huge pages only, so that no more memory is resident than was asked for. A refusal changes only the speed.
  if (bytes >= kPage) static_cast<void>(::madvise(memory, bytes / kPage * kPage, MADV_HUGEPAGE));
#endif
  return memory;
}

void release_pages(void* memory, std::size_t bytes, std::size_t alignment) noexcept {
  ::operator delete (memory, std::align_val_t{alignment_of(bytes, alignment)});
}

}  // namespace fleetrace::engine::detail
