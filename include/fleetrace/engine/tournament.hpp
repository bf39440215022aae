#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

/// The mechanism under Calendar: a tournament tree. Every slot is a leaf with a time; every inner node holds the lesser time
/// of its two children and the slot that it comes from, so that the root names what is next.
///
/// A slot that changes plays its way up against one other node a round. Where those stand depends on the slot alone, so the
/// processor asks memory for all of them at once, and what waits for the round below is a single comparison.
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
/// Nothing but grow allocates. 32 bytes a slot. Arguments are not checked.
class Tournament {
 public:
  Tournament() = default;
  Tournament(const Tournament&) = default;
  Tournament& operator=(const Tournament&) = default;
  Tournament(Tournament&& other) noexcept { *this = std::move(other); }
  /// Leaves `other` empty and without slots.
  Tournament& operator=(Tournament&& other) noexcept;
  ~Tournament() = default;

  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t slots() const { return orders_.size(); }
  [[nodiscard]] bool has_free_slot() const { return used_ < slots() || free_count_ > 0; }

  /// The entry that comes first. There must be one.
  [[nodiscard]] TimerEntry top() {
    if (stale_ != kNone) vacate();
    return {times_[kRoot], orders_[winners_[kRoot]], winners_[kRoot]};
  }
  /// The entry of a slot that is in use.
  [[nodiscard]] TimerEntry at(std::uint32_t slot) const { return {times_[slots() + slot], orders_[slot], slot}; }

  /// Takes a free slot, of which there must be one: the one that was freed last, if any.
  std::uint32_t push(std::int64_t time, std::uint64_t order) {
    const std::uint32_t slot = free_count_ == 0 ? used_++ : free_[--free_count_];
    ++size_;
    if (slot == stale_) {
      stale_ = kNone;
      play<Until::root>(slot, time, order);
    } else {
      play<Until::settled>(slot, time, order);
    }
    return slot;
  }
  /// Gives an entry a new place.
  void update(const TimerEntry& entry) { play<Until::settled>(entry.slot, entry.time, entry.order); }
  /// Frees the slot. The first one keeps its place until somebody asks for the next: most often a new entry takes the slot
  /// over before, and its way up is the only one.
  void remove(std::uint32_t slot) {
    free_[free_count_++] = slot;
    --size_;
    if (stale_ == kNone && slot == winners_[kRoot]) {
      stale_ = slot;
    } else {
      play<Until::settled>(slot, kNever, kFree);
    }
  }
  /// Takes the slot that was freed last out of use.
  void retire_last_freed() { --free_count_; }

  /// Makes room for `count` slots, a power of two, at least 2 and more than there are. Throws std::bad_alloc and changes
  /// nothing.
  void grow(std::size_t count);

 private:
  static constexpr std::size_t kRoot = 1;  ///< node n has the children 2 n and 2 n + 1
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;
  /// A free slot comes after everything that is in use, whatever its time.
  static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
  static constexpr std::uint64_t kFree = std::numeric_limits<std::uint64_t>::max();

  /// A condition that no predictor can guess: the compiler is to select, not to jump.
  [[nodiscard]] static bool unpredictable(bool condition) {
    return static_cast<bool>(__builtin_expect_with_probability(static_cast<long>(condition), 1, 0.5));
  }

  enum class Until { root, settled };

  /// Sets a slot and plays it up: to the root, as the slot that held every node on the way has to, or until somebody else
  /// keeps a node, whose time is then what it was, as is everything above.
  template <Until until>
  void play(std::uint32_t slot, std::int64_t time, std::uint64_t order) {
    std::int64_t* const times = times_.data();
    std::uint32_t* const winners = winners_.data();
    std::uint64_t* const orders = orders_.data();
    orders[slot] = order;
    std::size_t node = slots() + slot;
    times[node] = time;
    std::uint32_t winner = slot;
    std::uint32_t rival = slot ^ 1U;
    do {
      const std::int64_t other = times[node ^ 1U];
      bool loses = other < time;
      if (other == time) [[unlikely]]
        loses = orders[rival] < orders[winner];
      time = unpredictable(loses) ? other : time;
      winner = unpredictable(loses) ? rival : winner;
      node /= 2;
      if constexpr (until == Until::settled) {
        if (winners[node] == winner && winner != slot) return;
      }
      winners[node] = winner;
      times[node] = time;
      rival = winners[node ^ 1U];
    } while (node != kRoot);
  }
  void vacate() { play<Until::root>(std::exchange(stale_, kNone), kNever, kFree); }

  std::vector<std::int64_t> times_;     ///< by node: from 1 on the inner ones, then the slots
  std::vector<std::uint32_t> winners_;  ///< by inner node
  std::vector<std::uint64_t> orders_;   ///< by slot
  std::vector<std::uint32_t> free_;     ///< slots that were freed, the last one last; as long as there are slots
  std::size_t size_ = 0;
  std::size_t free_count_ = 0;
  std::uint32_t used_ = 0;       ///< slots that were ever taken
  std::uint32_t stale_ = kNone;  ///< a free slot that still has the place of the entry that left it
};

}  // namespace fleetrace::engine
