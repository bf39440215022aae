#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

#include "fleetrace/core/time.hpp"
#include "sim/engine/huge_pages.hpp"

/// Timers by the bucket of time in which they are due: a calendar queue (Brown 1988, "Calendar queues: a fast O(1) priority
/// queue implementation for the simulation event set problem", CACM 31:1220) whose buckets divide a horizon.
///
/// skip_to() fires the timers of a bucket in any order, without comparing any two of them. first() and pop() give timers in
/// order; for that one bucket at a time is sorted.
namespace fleetrace::engine {

/// A timer is named by its slot, and a slot is set at most once at a time. The timer of a slot fires as kind 0 and kind 1
/// in turn. Within an instant kind 0 comes before kind 1, and lower slots before higher ones. Times are in ms since 1970.
///
/// Only reset and grow allocate. Memory: 8 bytes a timer, or up to 64 while there are fewer timers than buckets, and 16
/// bytes a bucket. Arguments are not checked.
class Buckets {
 public:
  /// The length of a bucket is 2^26 ms, or 18.6 h.
  static constexpr int kBits = 26;
  static constexpr std::int64_t kLength = std::int64_t{1} << kBits;

  /// A time later than the end of any horizon.
  static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max() / 2;

  struct Timer {
    std::int64_t time;
    unsigned kind;  ///< 0 or 1
    std::uint32_t slot;
  };

  /// Removes all timers and covers the time from `start` up to `end`. Keeps its memory.
  void reset(core::Time start, core::Time end);
  /// Makes room for the slots 0 to `timers` - 1.
  void grow(std::size_t timers);
  [[nodiscard]] std::size_t room() const { return room_; }

  [[nodiscard]] bool empty() const { return size_ == 0; }
  /// Index of the bucket of `time`, which is not before the start; and the time at which a bucket begins.
  [[nodiscard]] std::int64_t bucket_of(std::int64_t time) const { return (time - start_) >> kBits; }
  [[nodiscard]] std::int64_t begin_of(std::int64_t bucket) const { return start_ + (bucket << kBits); }

  /// Sets a timer that is not set, for a time that is not before the start. At the end or later it never fires.
  void set(const Timer& timer) {
    if (timer.time < end_) insert(timer.time - start_, timer.kind, timer.slot);
  }
  /// The timer that is due first. There must be one.
  [[nodiscard]] Timer first() {
    if (open_.empty() && late_.empty()) open();
    const std::uint64_t key = late_is_first() ? late_.front() : open_.back();
    return {begin_of(static_cast<std::int64_t>(open_end_) - 1) + static_cast<std::int64_t>(key >> (kSlotBits + 1)),
            static_cast<unsigned>(key >> kSlotBits & 1), static_cast<std::uint32_t>(key)};
  }
  Timer pop() {
    const Timer timer = first();
    if (late_is_first()) {
      std::pop_heap(late_.begin(), late_.end(), std::greater<>{});
      late_.pop_back();
    } else {
      open_.pop_back();
    }
    --size_;
    return timer;
  }
  /// After first() or pop(), a slot that is due soon, whose data the owner may prefetch; any slot where none is known.
  [[nodiscard]] std::uint32_t soon() const {
    constexpr std::size_t kAhead = 12;
    return open_.size() < kAhead ? 0 : static_cast<std::uint32_t>(open_[open_.size() - kAhead]);
  }

  /// Fires all timers before `until`, bucket by bucket, by calling `handler.fire<kind>(time, slot, next)`. The call
  /// returns when the timer is due next, as the other kind and no earlier; at the end or later for never. Within a
  /// bucket, all firings of one timer come before those of another. `next` is a slot that is likely to fire next, as
  /// the same kind, or `slot`.
  template <class Handler>
  void skip_to(std::int64_t until, Handler& handler) {
    close();
    const std::int64_t bound = std::min(until, end_) - start_;
    for (std::size_t list = next_list(first_list_); begin_of_list(list) < bound; list = next_list(list + 1)) {
      first_list_ = list & ~std::size_t{1};
      list % 2 == 0 ? fire_list<0>(list, bound, handler) : fire_list<1>(list, bound, handler);
    }
  }

 private:
  /// Up to seven timers of a list. A key is the time within the bucket and the slot. All chunks but the first are full.
  struct alignas(64) Chunk {
    static constexpr std::uint32_t kKeys = 7;
    std::uint64_t keys[kKeys];
    std::uint32_t next;  ///< next chunk of the list, or of the free chunks
  };
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;
  struct List {
    std::uint32_t head = kNone;  ///< first chunk of the list
    /// Timers in the first chunk; an empty list, which has no chunk to add to, counts as full.
    std::uint32_t count = Chunk::kKeys;
  };
  static constexpr int kSlotBits = 32;

  [[nodiscard]] static std::uint64_t key_of(std::int64_t time, std::uint32_t slot) {
    return (static_cast<std::uint64_t>(time) & (kLength - 1)) << kSlotBits | slot;
  }
  /// A key as it is in the open bucket, where both kinds are together: time, kind, slot.
  [[nodiscard]] static std::uint64_t with_kind(std::uint64_t key, unsigned kind);
  // Bucket b has the lists 2 b for kind 0 and 2 b + 1 for kind 1. All private functions count times from the start.
  [[nodiscard]] static std::size_t list_of(std::int64_t time, unsigned kind) {
    return 2 * static_cast<std::size_t>(time >> kBits) + kind;
  }
  [[nodiscard]] static std::int64_t begin_of_list(std::size_t list) {
    return static_cast<std::int64_t>(list / 2) << kBits;
  }

  /// The first list at or after `list` that is not empty, or an index beyond all lists if there is none.
  [[nodiscard]] std::size_t next_list(std::size_t list) const {
    std::size_t word = list / 64;
    std::uint64_t rest = full_[word] & ~std::uint64_t{0} << list % 64;
    while (rest == 0) rest = full_[++word];  // the last word is never 0
    return 64 * word + static_cast<std::size_t>(std::countr_zero(rest));
  }

  void insert(std::int64_t time, unsigned kind, std::uint32_t slot) {
    ++size_;
    const std::size_t list = list_of(time, kind);
    if (list / 2 < open_end_) return insert_early(time, kind, slot);
    first_list_ = std::min(first_list_, list);
    put(list, key_of(time, slot));
  }
  /// Inserts a timer that is due in the open bucket or before it.
  void insert_early(std::int64_t time, unsigned kind, std::uint32_t slot);

  /// Adds a key to a list, without a branch. Whether a chunk is full is unpredictable, and after a wrong guess the processor
  /// would have to wait for the random time on which the list depends.
  void put(std::size_t list, std::uint64_t key) {
    full_[list / 64] |= std::uint64_t{1} << list % 64;
    List& to = lists_[list];
    const bool is_full = to.count == Chunk::kKeys;
    const std::uint32_t at = select(is_full, free_, to.head);
    Chunk& chunk = chunks_[at];
    const std::uint32_t next = chunk.next;
    chunk.next = select(is_full, to.head, next);
    free_ = select(is_full, next, free_);
    const std::uint32_t count = select(is_full, 0, to.count);
    chunk.keys[count] = key;
    to = {at, count + 1};
  }
  /// condition ? yes : no, in a form that compilers do not turn into a branch.
  [[nodiscard]] static std::uint32_t select(bool condition, std::uint32_t yes, std::uint32_t no) {
    return no ^ ((yes ^ no) & (0U - static_cast<std::uint32_t>(condition)));
  }

  /// Empties a list and passes its keys one after the other to `take`, which may add keys to this list and others. The
  /// second argument of `take` is the next key, or the same key where there is none.
  template <class Take>
  void empty_list(std::size_t list, Take&& take) {
    full_[list / 64] &= ~(std::uint64_t{1} << list % 64);
    std::uint32_t count = lists_[list].count;
    for (std::uint32_t at = std::exchange(lists_[list], List{}).head; at != kNone; count = Chunk::kKeys) {
      for (std::uint32_t i = 0; i < count; ++i) take(chunks_[at].keys[i], chunks_[at].keys[i + 1 < count ? i + 1 : i]);
      const std::uint32_t next = chunks_[at].next;
      chunks_[at].next = free_;
      free_ = at;
      at = next;
    }
  }

  template <unsigned kind, class Handler>
  void fire_list(std::size_t list, std::int64_t bound, Handler& handler) {
    const std::int64_t begin = begin_of_list(list);
    const std::int64_t limit = std::min(begin + kLength, bound);
    const auto fire = [&]<unsigned which>(std::int64_t time, std::uint32_t slot, std::uint32_t next) {
      return handler.template fire<which>(start_ + time, slot, next) - start_;
    };
    empty_list(list, [&](std::uint64_t key, std::uint64_t next_key) {
      const auto slot = static_cast<std::uint32_t>(key);
      std::int64_t time = begin + static_cast<std::int64_t>(key >> kSlotBits);
      if (time >= limit) return put(list, key);
      time = fire.template operator()<kind>(time, slot, static_cast<std::uint32_t>(next_key));
      unsigned to_come = 1 - kind;
      while (time < limit) {
        time = to_come == 0 ? fire.template operator()<0>(time, slot, slot)
                            : fire.template operator()<1>(time, slot, slot);
        to_come = 1 - to_come;
      }
      if (time < end_ - start_) return put(list_of(time, to_come), key_of(time, slot));
      --size_;
    });
  }

  [[nodiscard]] bool late_is_first() const { return !late_.empty() && (open_.empty() || late_.front() < open_.back()); }
  /// Opens the first bucket with timers: moves them to open_ and sorts them.
  void open();
  /// Moves the timers of the open bucket back to its lists.
  void close();

  std::int64_t start_ = 0;
  std::int64_t end_ = 0;
  /// One bit for each list: whether it has timers. A last word is never 0.
  std::vector<std::uint64_t> full_ = {~std::uint64_t{0}};
  std::vector<List> lists_;
  std::vector<Chunk, HugePages<Chunk>> chunks_;
  std::uint32_t free_ = kNone;  ///< first of the free chunks
  std::size_t first_list_ = 0;  ///< no list before this one has timers
  std::size_t size_ = 0;
  std::size_t room_ = 0;
  /// Keys of the open bucket (time, kind, slot), sorted so that the first timer is last. The lists of this bucket and of
  /// those before it are empty.
  std::vector<std::uint64_t> open_;
  std::vector<std::uint64_t> late_;  ///< keys that were set in the open bucket since it was sorted, as a heap
  std::size_t open_end_ = 0;         ///< index of the bucket after the open one; 0 where none is open
};

}  // namespace fleetrace::engine
