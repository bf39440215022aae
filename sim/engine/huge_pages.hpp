#pragma once

#include <cstddef>

/// Memory for arrays that are accessed at random. Where the operating system offers huge pages, arrays of megabytes are
/// placed on them, so that the processor translates a few page addresses instead of thousands. Elsewhere, and for small
/// arrays, it is ordinary memory.
namespace fleetrace::engine {

namespace detail {
[[nodiscard]] void* allocate_pages(std::size_t bytes, std::size_t alignment);
void release_pages(void* memory, std::size_t bytes, std::size_t alignment) noexcept;
}  // namespace detail

/// An allocator for std::vector. Throws std::bad_alloc like the standard one.
template <class T>
struct HugePages {
  using value_type = T;
  HugePages() = default;
  template <class Other>
  explicit HugePages(const HugePages<Other>&) {}
  [[nodiscard]] T* allocate(std::size_t count) {
    return static_cast<T*>(detail::allocate_pages(count * sizeof(T), alignof(T)));
  }
  void deallocate(T* memory, std::size_t count) noexcept {
    detail::release_pages(memory, count * sizeof(T), alignof(T));
  }
  bool operator==(const HugePages&) const = default;
};

}  // namespace fleetrace::engine
