#include "sim/engine/buckets.hpp"

#include <boost/sort/pdqsort/pdqsort.hpp>

namespace fleetrace::engine {

void Buckets::reset(core::Time start, core::Time end) {
  close();
  for (std::size_t list = next_list(0); list < lists_.size(); list = next_list(list + 1))
    empty_list(list, [](std::uint64_t, std::uint64_t) {});
  start_ = start.milliseconds();
  end_ = end.milliseconds();
  const std::size_t lists = end_ > start_ ? list_of(end_ - start_ - 1, 1) + 1 : 0;
  lists_.resize(lists);
  full_.assign(lists / 64 + 1, 0);
  full_.push_back(~std::uint64_t{0});
  first_list_ = size_ = 0;
  if (room_ > 0) grow(room_);
}

// Each list has at most one chunk that is not full. One more chunk is needed while a list is emptied.
void Buckets::grow(std::size_t timers) {
  room_ = timers;
  open_.reserve(timers);
  late_.reserve(timers);
  const std::size_t chunks = std::min(timers, timers / Chunk::kKeys + lists_.size()) + 2;
  const std::size_t before = chunks_.size();
  if (chunks <= before) return;
  chunks_.resize(chunks);
  for (std::size_t chunk = chunks; chunk-- > before;)
    chunks_[chunk].next = std::exchange(free_, static_cast<std::uint32_t>(chunk));
}

std::uint64_t Buckets::with_kind(std::uint64_t key, unsigned kind) {
  return key >> kSlotBits << (kSlotBits + 1) | std::uint64_t{kind} << kSlotBits | static_cast<std::uint32_t>(key);
}

void Buckets::open() {
  const std::size_t bucket = next_list(first_list_) / 2;
  for (const unsigned kind : {0U, 1U}) {
    if ((full_[(2 * bucket + kind) / 64] >> (2 * bucket + kind) % 64 & 1) == 0) continue;
    empty_list(2 * bucket + kind, [&](std::uint64_t key, std::uint64_t) { open_.push_back(with_kind(key, kind)); });
  }
  boost::sort::pdqsort_branchless(open_.begin(), open_.end(), std::greater<>{});
  open_end_ = bucket + 1;
  first_list_ = 2 * open_end_;
}

void Buckets::close() {
  if (!open_.empty() || !late_.empty()) first_list_ = 2 * (open_end_ - 1);
  for (std::vector<std::uint64_t>* const keys : {&open_, &late_}) {
    for (const std::uint64_t key : *keys)
      put(2 * (open_end_ - 1) + (key >> kSlotBits & 1),
          key >> (kSlotBits + 1) << kSlotBits | static_cast<std::uint32_t>(key));
    keys->clear();
  }
  open_end_ = 0;
}

void Buckets::insert_early(std::int64_t time, unsigned kind, std::uint32_t slot) {
  const std::size_t list = list_of(time, kind);
  if (list / 2 + 1 == open_end_) {
    late_.push_back(with_kind(key_of(time, slot), kind));
    std::push_heap(late_.begin(), late_.end(), std::greater<>{});
    return;
  }
  close();
  first_list_ = std::min(first_list_, list);
  put(list, key_of(time, slot));
}

}  // namespace fleetrace::engine
