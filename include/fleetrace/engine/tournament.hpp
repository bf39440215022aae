#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "fleetrace/engine/huge_pages.hpp"

/// The mechanism under Calendar: a tournament of fours. Every slot is a leaf with a time; every inner node holds the first of
/// its four children, so that the root names what is next.
///
/// A slot that changes plays its way up against the best of three others a round. Where those stand depends on the slot
/// alone, so the processor compares them among themselves, and asks memory for all of them, before it knows who comes up:
/// what waits for the round below is a single comparison. Four siblings share one line of the cache. In a large tournament
/// the way of whoever will win soon is fetched while others still win.
namespace fleetrace::engine {

/// A slot with its place in the order.
struct TimerEntry {
  std::int64_t time;    ///< [ms since 1970]
  std::uint64_t order;  ///< see order.hpp
  std::uint32_t slot;
};

[[nodiscard]] constexpr bool before(const TimerEntry& a, const TimerEntry& b) {
  return a.time < b.time || (a.time == b.time && a.order < b.order);
}

/// Entries hold their slot from push to remove; orders are unique, so which entry is first does not depend on the slots.
/// Nothing but grow allocates. 21 1/3 bytes a slot, where their number is no power of four 26 2/3, and 4 for the list of free
/// ones. Arguments are not checked.
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

  /// The entry that comes first. There must be one.
  [[nodiscard]] TimerEntry top() {
    settle();
    return {top_time_, order_of(top_slot_), top_slot_};
  }
  /// Of the entries at the time of the first, the first one whose order is at least `order`. There must be a first. Takes time
  /// linear in the number of entries before it.
  [[nodiscard]] std::optional<TimerEntry> top_from(std::uint64_t order);

  /// Takes a free slot, of which there must be one: the one that still has its place, else the one that was freed last.
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
  /// Gives an entry a new place.
  void update(const TimerEntry& entry) { play<Until::settled>(entry.slot, entry.time, entry.order); }
  /// Takes the first entry out. Its slot is free but keeps the place until somebody asks for the next: most often a new entry
  /// takes the slot over before, and its way up is the only one.
  TimerEntry pop() {
    const TimerEntry first = top();
    --size_;
    stale_ = first.slot;
    return first;
  }
  /// The free slot that still has the place of the entry that left it, or kNone.
  [[nodiscard]] std::uint32_t stale() const { return stale_; }
  /// Gives that place up.
  void settle() {
    if (stale_ != kNone) vacate();
  }
  /// Frees a slot that is in use.
  void remove(std::uint32_t slot) {
    --size_;
    free_[free_count_++] = slot;
    play<Until::settled>(slot, kNever, kFree);
  }
  /// Takes a slot that was freed just now out of use.
  void retire(std::uint32_t slot) {
    if (slot == stale_) vacate();
    --free_count_;
  }
  /// In a large tournament, a slot that will come first soon after the last push, and of which the owner may fetch what it
  /// knows; any slot elsewhere.
  [[nodiscard]] std::uint32_t soon() const { return soon_; }
  [[nodiscard]] bool is_large() const { return ahead_ != 0; }

  /// Makes room for `count` slots, a power of two, at least 4 and more than there are. Throws std::bad_alloc and changes
  /// nothing.
  void grow(std::size_t count);

 private:
  /// Four siblings in one line of the cache; those of group g have their children in the groups 4 g + 1 to 4 g + 4.
  struct alignas(64) Group {
    std::int64_t time[4] = {kNever, kNever, kNever, kNever};
    std::uint64_t place[4] = {kFree, kFree, kFree,
                              kFree};  ///< of a leaf its order, of an inner node the slot that won it
  };
  using Groups = std::vector<Group, HugePages<Group>>;

  /// A free slot comes after everything that is in use, whatever its time.
  static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
  static constexpr std::uint64_t kFree = std::numeric_limits<std::uint64_t>::max();
  /// From so many slots on the tree does not stay in a usual second-level cache by itself.
  static constexpr std::size_t kLarge = std::size_t{1} << 15;
  /// There the winners of the 64 groups up to this one have their way fetched: far enough ahead for the slowest memory, and
  /// little enough for the fastest cache.
  static constexpr std::size_t kLastAhead = 84;

  /// A condition that no predictor can guess: the compiler is to select, not to jump.
  [[nodiscard]] static bool unpredictable(bool condition) {
    return static_cast<bool>(__builtin_expect_with_probability(static_cast<long>(condition), 1, 0.5));
  }

  [[nodiscard]] const Group* leaves() const { return groups_.data() + first_leaf_; }
  [[nodiscard]] std::uint64_t order_of(std::uint64_t slot) const { return leaves()[slot / 4].place[slot % 4]; }
  /// The same for a node, which may have no slot under it.
  [[nodiscard]] std::uint64_t order_under(std::uint64_t place) const {
    return place == kNone ? kFree : order_of(place);
  }

  struct Winner {
    std::int64_t time;
    std::uint64_t slot;
  };
  /// One round: `mine` stands at `position` of the group and plays against the other three. `order(n)` is the order of
  /// sibling n, `slot(n)` what it stands for, `mine_order()` that of the challenger; orders are asked for at equal times only.
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

  /// Sets a slot and plays it up: to the root, as the slot that held every node on the way has to, or until somebody else
  /// keeps a node, whose time is then what it was, as is everything above.
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

  /// Asks memory for the lower end of a slot's way up. Inline by force: a compiler that takes it for a function without
  /// effect leaves the call out.
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

  Groups groups_;                   ///< the root's first, then level by level; those of the slots last
  std::size_t first_leaf_ = 0;      ///< the group of slots 0 to 3
  std::size_t ahead_ = 0;           ///< kLastAhead in a large tournament
  std::int64_t top_time_ = kNever;  ///< who won at the root
  std::uint32_t top_slot_ = 0;      ///< the same
  std::uint32_t soon_ = 0;
  std::uint32_t stale_ = kNone;      ///< a free slot, in no list, that still has the place of the entry that left it
  std::uint32_t used_ = 0;           ///< slots that were ever taken
  std::vector<std::uint32_t> free_;  ///< slots that were freed, the last one last; as long as there are slots
  std::size_t free_count_ = 0;
  std::size_t size_ = 0;
};

}  // namespace fleetrace::engine
