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
#include "fleetrace/engine/huge_pages.hpp"

/// Timers by the bucket of time in which they ring: a calendar queue (Brown 1988, "Calendar queues: a fast O(1) priority
/// queue implementation for the simulation event set problem", CACM 31:1220) with a bucket for every stretch of a horizon.
///
/// Who may handle the timers of a bucket in any order sweeps through them, and nobody is compared with anybody. Who needs
/// them in order gets them so: one bucket at a time is sorted.
namespace fleetrace::engine {

/// Timers are numbered by their slot, and each is set once at most. Each rings as one of two kinds in turn: those of kind 0
/// come before those of kind 1 in an instant, and lower slots before higher ones. Times are milliseconds since 1970.
///
/// Nothing but reset and grow allocates. 8 bytes a timer and, as long as there are fewer of them than buckets, up to 64; 16 a
/// bucket.
/// Arguments are not checked.
class Buckets {
 public:
  /// A bucket is 2^26 ms long, 18.6 h.
  static constexpr int kBits = 26;
  static constexpr std::int64_t kLength = std::int64_t{1} << kBits;

  /// Later than any end.
  static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max() / 2;

  struct Timer {
    std::int64_t time;
    unsigned kind;  ///< 0 or 1
    std::uint32_t slot;
  };

  /// Forgets all timers and covers the time from `start` up to `end`. Memory is kept.
  void reset(core::Time start, core::Time end);
  /// Makes room for the slots below `timers`.
  void grow(std::size_t timers);
  [[nodiscard]] std::size_t room() const { return room_; }

  [[nodiscard]] bool empty() const { return size_ == 0; }
  /// The bucket of a time from the start on, counted from 0, and when a bucket begins.
  [[nodiscard]] std::int64_t bucket_of(std::int64_t time) const { return (time - start_) >> kBits; }
  [[nodiscard]] std::int64_t begin_of(std::int64_t bucket) const { return start_ + (bucket << kBits); }

  /// Sets a timer that is not set, to no earlier than the start; from the end on it never rings.
  void set(const Timer& timer) {
    if (timer.time < end_) insert(timer.time - start_, timer.kind, timer.slot);
  }
  /// The one that rings first. There must be one.
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
  /// After first() or pop(), a slot that rings soon, of which the owner may fetch what it knows; any slot where none does.
  [[nodiscard]] std::uint32_t soon() const {
    constexpr std::size_t kAhead = 12;
    return open_.size() < kAhead ? 0 : static_cast<std::uint32_t>(open_[open_.size() - kAhead]);
  }

  /// Has all timers before `until` ring, bucket by bucket. `ring.fire<kind>(time, slot, next)` says when the timer rings next,
  /// as the other kind and no earlier; at the end or later for never. Within a bucket each timer is followed to its end, one
  /// after the other. `next` is another one of that kind, likely to come after it, or the same for none.
  template <class Ring>
  void sweep(std::int64_t until, Ring& ring) {
    close();
    const std::int64_t bound = std::min(until, end_) - start_;
    for (std::size_t list = next_list(first_list_); begin_of_list(list) < bound; list = next_list(list + 1)) {
      first_list_ = list & ~std::size_t{1};
      list % 2 == 0 ? sweep_list<0>(list, bound, ring) : sweep_list<1>(list, bound, ring);
    }
  }

 private:
  /// Seven timers of a list, each as its time within the bucket and its slot. All chunks of a list but its first are full.
  struct alignas(64) Chunk {
    static constexpr std::uint32_t kKeys = 7;
    std::uint64_t keys[kKeys];
    std::uint32_t next;  ///< of the list, or of those that are free
  };
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;
  struct List {
    std::uint32_t head = kNone;          ///< its first chunk
    std::uint32_t count = Chunk::kKeys;  ///< of its first chunk's timers; where it has none that takes no more, either
  };
  static constexpr int kSlotBits = 32;

  [[nodiscard]] static std::uint64_t key_of(std::int64_t time, std::uint32_t slot) {
    return (static_cast<std::uint64_t>(time) & (kLength - 1)) << kSlotBits | slot;
  }
  /// A key as the open bucket has it, where both kinds stand together: time, kind, slot.
  [[nodiscard]] static std::uint64_t with_kind(std::uint64_t key, unsigned kind);
  // Bucket b has the lists 2 b for kind 0 and 2 b + 1 for kind 1. Times below are from the start.
  [[nodiscard]] static std::size_t list_of(std::int64_t time, unsigned kind) {
    return 2 * (static_cast<std::size_t>(time) >> kBits) + kind;
  }
  [[nodiscard]] static std::int64_t begin_of_list(std::size_t list) {
    return static_cast<std::int64_t>(list / 2) << kBits;
  }

  /// The first list from this one on that is not empty, else one beyond all.
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
  /// The same no later than in the bucket that is open.
  void insert_early(std::int64_t time, unsigned kind, std::uint32_t slot);

  /// Without a jump: which lists are empty nobody can guess, and the processor would wait for the time to be drawn.
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
  /// Written so that no compiler makes a jump of it.
  [[nodiscard]] static std::uint32_t select(bool condition, std::uint32_t yes, std::uint32_t no) {
    return no ^ ((yes ^ no) & (0U - static_cast<std::uint32_t>(condition)));
  }

  /// Takes a list out whole and hands its keys one after the other to `take`, which may put them and others in; each with
  /// the one after it, or itself.
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

  template <unsigned kind, class Ring>
  void sweep_list(std::size_t list, std::int64_t bound, Ring& ring) {
    const std::int64_t begin = begin_of_list(list);
    const std::int64_t limit = std::min(begin + kLength, bound);
    const auto fire = [&]<unsigned which>(std::int64_t time, std::uint32_t slot, std::uint32_t next) {
      return ring.template fire<which>(start_ + time, slot, next) - start_;
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
  /// Sorts the first bucket that has any.
  void open();
  /// Makes lists of it again.
  void close();

  std::int64_t start_ = 0;
  std::int64_t end_ = 0;
  std::vector<std::uint64_t> full_ = {~std::uint64_t{0}};  ///< a bit for each list, whether it has any; one word more
  std::vector<List> lists_;
  std::vector<Chunk, HugePages<Chunk>> chunks_;
  std::uint32_t free_ = kNone;  ///< the first chunk of those that are free
  std::size_t first_list_ = 0;  ///< all lists before it are empty
  std::size_t size_ = 0;
  std::size_t room_ = 0;
  /// One bucket, each timer as time within it, kind, slot, the first one last. No list of it, nor one before, has any.
  std::vector<std::uint64_t> open_;
  std::vector<std::uint64_t> late_;  ///< what was set in it since, as a heap
  std::size_t open_end_ = 0;         ///< the bucket after it; 0 where none is open
};

}  // namespace fleetrace::engine
