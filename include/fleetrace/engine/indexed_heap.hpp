#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

/// The mechanism under Calendar: a 4-ary min-heap in one flat vector, with a table that says where each slot's entry is, so
/// that any entry can be removed or moved in logarithmic time.
namespace fleetrace::engine {

/// Keys are unique (the sequence number sees to that), so the order in which entries leave does not depend on the heap.
struct HeapEntry {
  std::int64_t time;    ///< [ms since 1970]
  std::uint64_t order;  ///< see order.hpp
  std::uint32_t slot;
};
static_assert(sizeof(HeapEntry) == 24);

/// Comparing the two halves as one 128-bit number takes two instructions and no branch.
[[nodiscard]] constexpr bool before(const HeapEntry& a, const HeapEntry& b) {
  __extension__ using Wide = __int128;
  return (static_cast<Wide>(a.time) << 64 | a.order) < (static_cast<Wide>(b.time) << 64 | b.order);
}

/// An entry holds its slot from push to remove; free slots are kept in the entries behind the heap, so that nothing
/// allocates while no more entries are pending than ever before. 28 bytes a slot. Arguments are not checked.
class IndexedHeap {
 public:
  IndexedHeap() = default;
  IndexedHeap(const IndexedHeap&) = default;
  IndexedHeap& operator=(const IndexedHeap&) = default;
  IndexedHeap(IndexedHeap&& other) noexcept { *this = std::move(other); }
  /// Leaves `other` empty.
  IndexedHeap& operator=(IndexedHeap&& other) noexcept {
    entries_ = std::move(other.entries_);
    positions_ = std::move(other.positions_);
    size_ = std::exchange(other.size_, 0);
    return *this;
  }
  ~IndexedHeap() = default;

  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] const HeapEntry& top() const { return entries_.front(); }
  /// Every pending entry, in no useful order.
  [[nodiscard]] std::span<const HeapEntry> entries() const { return {entries_.data(), size_}; }

  [[nodiscard]] bool has_free_slot() const { return size_ < entries_.size(); }
  /// Adds a free slot, numbered by how many there were.
  void add_slot() {
    entries_.push_back({0, 0, static_cast<std::uint32_t>(positions_.size())});
    positions_.push_back(0);
  }
  void reserve(std::size_t slots) {
    entries_.reserve(slots);
    positions_.reserve(slots);
  }

  /// Takes a free slot, of which there must be one.
  std::uint32_t push(std::int64_t time, std::uint64_t order) {
    const std::uint32_t slot = entries_[size_].slot;
    sift_up(size_++, {time, order, slot});
    return slot;
  }
  /// Frees the slot.
  void remove(std::uint32_t slot) {
    const std::size_t hole = positions_[slot];
    const HeapEntry last = entries_[--size_];
    entries_[size_].slot = slot;
    if (hole != size_) settle(hole, last);
  }
  /// Takes the slot that was freed last out of use.
  void retire_last_freed() {
    entries_[size_] = entries_.back();
    entries_.pop_back();
  }
  /// Gives the entry of `entry.slot` a new key.
  void update(const HeapEntry& entry) { settle(positions_[entry.slot], entry); }

 private:
  static constexpr std::size_t kArity = 4;

  void place(std::size_t position, const HeapEntry& entry) {
    entries_[position] = entry;
    positions_[entry.slot] = static_cast<std::uint32_t>(position);
  }

  void settle(std::size_t hole, const HeapEntry& entry) {
    if (hole > 0 && before(entry, entries_[(hole - 1) / kArity])) {
      sift_up(hole, entry);
    } else {
      sift_down(hole, entry);
    }
  }

  void sift_up(std::size_t hole, const HeapEntry entry) {
    while (hole > 0) {
      const std::size_t parent = (hole - 1) / kArity;
      if (!before(entry, entries_[parent])) break;
      place(hole, entries_[parent]);
      hole = parent;
    }
    place(hole, entry);
  }

  /// Once the heap outgrows the caches, this waits for memory; so the children of all four siblings are asked for while
  /// the least of the siblings is still being found. (Not in a function of its own: g++ takes one for useless.)
  void sift_down(std::size_t hole, const HeapEntry entry) {
    const bool outgrown = size_ > 16'384;
    for (std::size_t child = kArity * hole + 1; child < size_; child = kArity * hole + 1) {
      const std::size_t grandchild = kArity * child + 1;
      if (outgrown && grandchild + kArity * kArity <= size_) {
        const auto* const line = reinterpret_cast<const char*>(&entries_[grandchild]);
        for (std::size_t i = 0; i < kArity * kArity * sizeof(HeapEntry); i += 64) __builtin_prefetch(line + i);
      }
      const std::size_t least = least_of_siblings(child);
      if (!before(entries_[least], entry)) break;
      place(hole, entries_[least]);
      hole = least;
    }
    place(hole, entry);
  }

  /// The least of the up to four siblings that begin at `first`. A full family is a tournament without branches: which
  /// sibling wins cannot be predicted, and a wrong guess costs more than all the comparisons.
  [[nodiscard]] std::size_t least_of_siblings(std::size_t first) const {
    const HeapEntry* const entry = entries_.data();
    if (first + kArity <= size_) {
      const std::size_t left = first + static_cast<std::size_t>(before(entry[first + 1], entry[first]));
      const std::size_t right = first + 2 + static_cast<std::size_t>(before(entry[first + 3], entry[first + 2]));
      return before(entry[right], entry[left]) ? right : left;
    }
    std::size_t least = first;
    for (std::size_t i = first + 1; i < size_; ++i) least = before(entry[i], entry[least]) ? i : least;
    return least;
  }

  std::vector<HeapEntry> entries_;        ///< the heap, then the free slots
  std::vector<std::uint32_t> positions_;  ///< of pending entries, by slot
  std::size_t size_ = 0;
};

}  // namespace fleetrace::engine
