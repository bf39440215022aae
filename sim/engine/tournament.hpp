#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "sim/engine/huge_pages.hpp"

/// The mechanism under Calendar: a tournament tree with four children a node. Every slot is a leaf with a time; every inner
/// node names the first of its four children, so that the root names the first entry of all.
///
/// When a slot changes, the winner of each level on its path to the root is compared with the best of three siblings. Where
/// the siblings are depends on the slot alone, so the processor loads them and compares them with each other before it
/// knows the winner of the level below: only one comparison a level waits for that. Four siblings share one cache line. In
/// a large tournament the path of an entry that will win soon is prefetched.
namespace fleetrace::engine {

/// An entry: a slot with its time and order.
struct TimerEntry {
  std::int64_t time;    ///< [ms since 1970]
  std::uint64_t order;  ///< round, phase and sequence, packed as in order.hpp
  std::uint32_t slot;
};

[[nodiscard]] constexpr bool before(const TimerEntry& a, const TimerEntry& b) {
  return a.time < b.time || (a.time == b.time && a.order < b.order);
}

/// A set of entries whose first one is found at once. An entry keeps its slot from push to remove; orders are unique, so
/// which entry is first does not depend on the slots. Only grow allocates. Memory for each slot: 21 1/3 bytes, or 26 2/3
/// where the number of slots is not a power of four, and 4 for the list of free slots. Arguments are not checked.
class Tournament {
 public:
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;

  Tournament() = default;
  Tournament(const Tournament&) = default;
  Tournament& operator=(const Tournament&) = default;
  Tournament(Tournament&& other) noexcept { *this = std::move(other); }
  /// Leaves `other` empty and without slots.
  Tournament& operator=(Tournament&& other) noexcept;
  ~Tournament() = default;

  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t slots() const { return 4 * (groups_.size() - first_leaf_); }
  [[nodiscard]] bool has_free_slot() const { return stale_ != kNone || free_count_ > 0 || used_ < slots(); }

  /// The first entry. There must be one.
  [[nodiscard]] TimerEntry top() {
    settle();
    return {top_time_, order_of(top_slot_), top_slot_};
  }
  /// The first entry with the time of top() whose order is at least `order`, or nullopt. There must be a top. Takes time
  /// linear in the number of entries before it.
  [[nodiscard]] std::optional<TimerEntry> top_from(std::uint64_t order);

  /// Adds an entry and returns its slot: the stale one (see pop), else the one that was freed last. A slot must be free.
  std::uint32_t push(std::int64_t time, std::uint64_t order) {
    ++size_;
    if (stale_ != kNone) {
      const std::uint32_t slot = std::exchange(stale_, kNone);
      play<Until::root>(slot, time, order);
      return slot;
    }
    const std::uint32_t slot = free_count_ == 0 ? used_++ : free_[--free_count_];
    play<Until::settled>(slot, time, order);
    return slot;
  }
  /// Gives an entry a new time and order.
  void update(const TimerEntry& entry) { play<Until::settled>(entry.slot, entry.time, entry.order); }
  /// Removes the first entry. Its slot becomes stale: it is free, but the tree is not updated before the next query. Most
  /// often a new entry takes the slot over before that, which saves one of two updates.
  TimerEntry pop() {
    const TimerEntry first = top();
    --size_;
    stale_ = first.slot;
    return first;
  }
  /// The stale slot (see pop), or kNone.
  [[nodiscard]] std::uint32_t stale() const { return stale_; }
  /// Updates the tree for the stale slot, if there is one.
  void settle() {
    if (stale_ != kNone) vacate();
  }
  /// Removes the entry in a slot that is in use.
  void remove(std::uint32_t slot) {
    --size_;
    free_[free_count_++] = slot;
    play<Until::settled>(slot, kNever, kFree);
  }
  /// Takes the slot that was freed last out of use for good.
  void retire(std::uint32_t slot) {
    if (slot == stale_) vacate();
    --free_count_;
  }
  /// In a large tournament, a slot whose entry will soon be first and whose data the owner may prefetch; in a small one, any
  /// slot.
  [[nodiscard]] std::uint32_t soon() const { return soon_; }
  [[nodiscard]] bool is_large() const { return ahead_ != 0; }

  /// Makes room for `count` slots, a power of two that is at least 4 and more than there are. If it throws std::bad_alloc,
  /// nothing has changed.
  void grow(std::size_t count);

 private:
  /// Four siblings in one cache line. The children of those in group g are in the groups 4 g + 1 to 4 g + 4.
  struct alignas(64) Group {
    std::int64_t time[4] = {kNever, kNever, kNever, kNever};
    std::uint64_t place[4] = {kFree, kFree, kFree, kFree};  ///< order of a leaf; slot that has won an inner node
  };
  using Groups = std::vector<Group, HugePages<Group>>;

  /// Time and order of a free slot, which comes after all slots in use, whatever their times.
  static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
  static constexpr std::uint64_t kFree = std::numeric_limits<std::uint64_t>::max();
  /// Number of slots from which on a tournament is large: its tree does not stay in a usual second-level cache by itself.
  static constexpr std::size_t kLarge = std::size_t{1} << 15;
  /// In a large tournament, the paths of the winners of the 64 groups up to this one are prefetched: far enough ahead for
  /// the slowest memory, and few enough for the fastest cache.
  static constexpr std::size_t kLastAhead = 84;

  /// Marks a condition as unpredictable, so that the compiler makes a selection of it and not a branch.
  [[nodiscard]] static bool unpredictable(bool condition) {
    return static_cast<bool>(__builtin_expect_with_probability(static_cast<long>(condition), 1, 0.5));
  }

  [[nodiscard]] const Group* leaves() const { return groups_.data() + first_leaf_; }
  [[nodiscard]] std::uint64_t order_of(std::uint64_t slot) const { return leaves()[slot / 4].place[slot % 4]; }
  /// The order of the slot that has won a node; kFree for a node without slots under it.
  [[nodiscard]] std::uint64_t order_under(std::uint64_t place) const {
    return place == kNone ? kFree : order_of(place);
  }

  struct Winner {
    std::int64_t time;
    std::uint64_t slot;
  };
  /// The winner of a group in which `mine` is at `position`. `order(n)` is the order of sibling n, `slot(n)` its slot, and
  /// `mine_order()` the order of `mine`; orders are evaluated at equal times only.
  template <class Order, class Slot, class MineOrder>
  [[gnu::always_inline]] static Winner play_round(const Group& group, std::size_t position, Winner mine, Order order,
                                                  Slot slot, MineOrder mine_order) {
    std::size_t best = position ^ 1U;
    std::int64_t time = group.time[best];
    const auto meet = [&](std::size_t other) {
      const std::int64_t others = group.time[other];
      if (others == time) [[unlikely]] {
        if (order(other) < order(best)) best = other;
      } else {
        best = unpredictable(others < time) ? other : best;
        time = unpredictable(others < time) ? others : time;
      }
      asm("" : "+r"(best), "+r"(time));
    };
    meet(position ^ 2U);
    meet(position ^ 3U);
    std::uint64_t theirs = slot(best);
    asm("" : "+r"(theirs));
    if (time == mine.time) [[unlikely]] {
      if (order(best) < mine_order()) mine.slot = theirs;
    } else {
      mine.slot = unpredictable(time < mine.time) ? theirs : mine.slot;
      mine.time = unpredictable(time < mine.time) ? time : mine.time;
    }
    asm("" : "+r"(mine.slot), "+r"(mine.time));
    return mine;
  }

  enum class Until { root, settled };

  /// Sets the time and order of a slot and updates its path: to the root, if the slot had won all nodes of its path, else
  /// until another slot keeps a node, because then nothing changes from there on.
  template <Until until>
  void play(std::uint32_t slot, std::int64_t time, std::uint64_t order) {
    Group* const groups = groups_.data();
    std::size_t at = first_leaf_ + slot / 4;
    groups[at].time[slot % 4] = time;
    groups[at].place[slot % 4] = order;
    Winner winner = play_round(
        groups[at], slot % 4, {time, slot}, [&group = groups[at]](std::size_t n) { return group.place[n]; },
        [slot](std::size_t n) { return (slot & ~std::uint64_t{3}) | n; }, [order] { return order; });
    for (std::size_t stop = ahead_;; stop = 0) {
      while (at > stop) {
        const std::size_t position = (at - 1) % 4;
        at = (at - 1) / 4;
        Group& group = groups[at];
        if constexpr (until == Until::settled) {
          if (group.place[position] == winner.slot && winner.slot != slot) return;
        }
        group.time[position] = winner.time;
        group.place[position] = winner.slot;
        winner = play_round(
            group, position, winner, [this, &group](std::size_t n) { return order_under(group.place[n]); },
            [&group](std::size_t n) { return group.place[n]; }, [this, &winner] { return order_of(winner.slot); });
      }
      if (at == 0) break;
      fetch(static_cast<std::uint32_t>(winner.slot));
    }
    top_time_ = winner.time;
    top_slot_ = static_cast<std::uint32_t>(winner.slot);
  }

  /// Prefetches the lower end of a slot's path. It must be inlined, because a compiler drops calls of a function that it
  /// takes to have no effect.
  [[gnu::always_inline]] void fetch(std::uint32_t slot) {
    soon_ = slot;
    const Group* const groups = groups_.data();
    const std::size_t leaf = first_leaf_ + slot / 4;
    __builtin_prefetch(groups + leaf, 1);
    __builtin_prefetch(groups + (leaf - 1) / 4, 1);
    __builtin_prefetch(groups + ((leaf - 1) / 4 - 1) / 4, 1);
  }

  void vacate() {
    free_[free_count_++] = stale_;
    play<Until::root>(std::exchange(stale_, kNone), kNever, kFree);
  }

  Groups groups_;                   ///< the root's group first, then level by level, the leaves last
  std::size_t first_leaf_ = 0;      ///< index of the group of slots 0 to 3
  std::size_t ahead_ = 0;           ///< kLastAhead in a large tournament, else 0
  std::int64_t top_time_ = kNever;  ///< time of the first entry
  std::uint32_t top_slot_ = 0;      ///< slot of the first entry
  std::uint32_t soon_ = 0;
  std::uint32_t stale_ = kNone;      ///< free slot for which the tree is not updated yet and which is not in free_
  std::uint32_t used_ = 0;           ///< number of slots that were ever taken
  std::vector<std::uint32_t> free_;  ///< freed slots, the last one last; free_count_ of its elements are in use
  std::size_t free_count_ = 0;
  std::size_t size_ = 0;
};

}  // namespace fleetrace::engine
