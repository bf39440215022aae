#include "sim/engine/tournament.hpp"

#include <algorithm>
#include <array>

namespace fleetrace::engine {

Tournament& Tournament::operator=(Tournament&& other) noexcept {
  groups_ = std::move(other.groups_);
  free_ = std::move(other.free_);
  first_leaf_ = std::exchange(other.first_leaf_, 0);
  ahead_ = std::exchange(other.ahead_, 0);
  top_time_ = std::exchange(other.top_time_, kNever);
  top_slot_ = std::exchange(other.top_slot_, 0);
  soon_ = std::exchange(other.soon_, 0);
  stale_ = std::exchange(other.stale_, kNone);
  used_ = std::exchange(other.used_, 0);
  free_count_ = std::exchange(other.free_count_, 0);
  size_ = std::exchange(other.size_, 0);
  return *this;
}

std::optional<TimerEntry> Tournament::top_from(std::uint64_t order) {
  const std::int64_t time = top().time;
  std::optional<TimerEntry> first;
  // No entry has an earlier time, so the entry sought has won all nodes of its path below those that entries of too low an
  // order have won: only below the latter the search goes on. At most three groups wait on each of 16 levels.
  std::array<std::size_t, 64> groups{0};
  for (std::size_t left = 1; left > 0;) {
    const std::size_t group = groups[--left];
    const bool is_leaf = group >= first_leaf_;
    for (std::size_t n = 0; n < 4; ++n) {
      if (groups_[group].time[n] != time) continue;
      const std::uint64_t slot = is_leaf ? 4 * (group - first_leaf_) + n : groups_[group].place[n];
      const std::uint64_t found = order_under(slot);
      if (found == kFree) continue;
      if (found >= order) {
        if (!first || found < first->order) first = TimerEntry{time, found, static_cast<std::uint32_t>(slot)};
      } else if (!is_leaf) {
        groups[left++] = 4 * group + 1 + n;
      }
    }
  }
  return first;
}

void Tournament::grow(std::size_t count) {
  // All levels above the leaves are complete, even where the leaves fill only half of theirs.
  std::size_t first_leaf = 0;
  for (std::size_t level = 1; level < count / 4; level *= 4) first_leaf += level;
  Groups groups(first_leaf + count / 4);
  std::vector<std::uint32_t> free(count);
  // From here on nothing can throw.
  settle();
  std::copy(groups_.begin() + static_cast<std::ptrdiff_t>(first_leaf_), groups_.end(),
            groups.begin() + static_cast<std::ptrdiff_t>(first_leaf));
  std::copy_n(free_.begin(), free_count_, free.begin());
  groups_ = std::move(groups);
  free_ = std::move(free);
  first_leaf_ = first_leaf;
  ahead_ = count < kLarge ? 0 : kLastAhead;
  for (std::size_t group = 0; group < first_leaf_; ++group) std::fill_n(groups_[group].place, 4, kNone);
  for (std::size_t group = groups_.size(); group-- > 0;) {
    const auto entry = [this, group](std::size_t n) {
      const std::uint64_t slot = group < first_leaf_ ? groups_[group].place[n] : 4 * (group - first_leaf_) + n;
      return TimerEntry{groups_[group].time[n], group < first_leaf_ ? order_under(slot) : order_of(slot),
                        static_cast<std::uint32_t>(slot)};
    };
    TimerEntry first = entry(0);
    for (std::size_t n = 1; n < 4; ++n) {
      if (before(entry(n), first)) first = entry(n);
    }
    if (group == 0) {
      top_time_ = first.time;
      top_slot_ = first.slot;
    } else {
      groups_[(group - 1) / 4].time[(group - 1) % 4] = first.time;
      groups_[(group - 1) / 4].place[(group - 1) % 4] = first.slot;
    }
  }
}

}  // namespace fleetrace::engine
