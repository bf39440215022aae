#include "fleetrace/engine/tournament.hpp"

#include <algorithm>

namespace fleetrace::engine {

Tournament& Tournament::operator=(Tournament&& other) noexcept {
  times_ = std::move(other.times_);
  winners_ = std::move(other.winners_);
  orders_ = std::move(other.orders_);
  free_ = std::move(other.free_);
  size_ = std::exchange(other.size_, 0);
  free_count_ = std::exchange(other.free_count_, 0);
  used_ = std::exchange(other.used_, 0);
  stale_ = std::exchange(other.stale_, kNone);
  return *this;
}

void Tournament::grow(std::size_t count) {
  std::vector<std::int64_t> times(2 * count, kNever);
  std::vector<std::uint32_t> winners(count);
  std::vector<std::uint64_t> orders(count, kFree);
  std::vector<std::uint32_t> free(count);
  // From here on nothing can throw.
  if (stale_ != kNone) vacate();
  std::copy_n(times_.begin() + static_cast<std::ptrdiff_t>(slots()), slots(),
              times.begin() + static_cast<std::ptrdiff_t>(count));
  std::copy(orders_.begin(), orders_.end(), orders.begin());
  std::copy_n(free_.begin(), free_count_, free.begin());
  const auto entry_at = [&](std::size_t node) {
    const std::uint32_t slot = node < count ? winners[node] : static_cast<std::uint32_t>(node - count);
    return TimerEntry{times[node], orders[slot], slot};
  };
  for (std::size_t node = count - 1; node >= kRoot; --node) {
    const TimerEntry left = entry_at(2 * node);
    const TimerEntry right = entry_at(2 * node + 1);
    const TimerEntry& first = before(right, left) ? right : left;
    times[node] = first.time;
    winners[node] = first.slot;
  }
  times_ = std::move(times);
  winners_ = std::move(winners);
  orders_ = std::move(orders);
  free_ = std::move(free);
}

}  // namespace fleetrace::engine
