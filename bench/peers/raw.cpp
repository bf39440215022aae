// Bare structures at the work of `hold`: no handlers, no cancelling, no checks, the same total order (time, then sequence). What
// an engine can hope for.
//
// usage: peer_raw heap|tournament hold PENDING EVENTS

#include <bit>
#include <cstddef>
#include <limits>
#include <queue>

#include "workload.hpp"

namespace {

struct Pending {
  std::int64_t time;
  std::uint64_t sequence;
  std::uint32_t event;
};
bool before(const Pending& a, const Pending& b) {
  return a.time < b.time || (a.time == b.time && a.sequence < b.sequence);
}

/// std::priority_queue.
class Heap {
 public:
  explicit Heap(std::size_t) {}
  void put(const Pending& pending) { heap_.push(pending); }
  [[nodiscard]] Pending first() const { return heap_.top(); }
  void replace_first(const Pending& pending) {
    heap_.pop();
    heap_.push(pending);
  }

 private:
  struct Later {
    bool operator()(const Pending& a, const Pending& b) const { return before(b, a); }
  };
  std::priority_queue<Pending, std::vector<Pending>, Later> heap_;
};

/// A binary tournament with a leaf for each event.
class Tournament {
 public:
  explicit Tournament(std::size_t size)
      : leaves_(std::bit_ceil(size)),
        times_(2 * leaves_, std::numeric_limits<std::int64_t>::max()),
        winners_(2 * leaves_),
        sequences_(leaves_) {
    for (std::size_t i = 0; i < leaves_; ++i) winners_[leaves_ + i] = static_cast<std::uint32_t>(i);
  }
  void put(const Pending& pending) {
    std::size_t node = leaves_ + pending.event;
    std::int64_t time = times_[node] = pending.time;
    std::uint32_t winner = pending.event;
    sequences_[winner] = pending.sequence;
    for (; node > 1; node /= 2) {
      const std::int64_t other = times_[node ^ 1U];
      const std::uint32_t rival = winners_[node ^ 1U];
      bool loses = other < time;
      if (other == time) [[unlikely]]
        loses = sequences_[rival] < sequences_[winner];
      winner = loses ? rival : winner;
      time = loses ? other : time;
      winners_[node / 2] = winner;
      times_[node / 2] = time;
    }
  }
  [[nodiscard]] Pending first() const { return {times_[1], sequences_[winners_[1]], winners_[1]}; }
  void replace_first(const Pending& pending) { put(pending); }

 private:
  std::size_t leaves_;
  std::vector<std::int64_t> times_;
  std::vector<std::uint32_t> winners_;
  std::vector<std::uint64_t> sequences_;
};

template <class Queue>
void run_hold(const workload::Task& task) {
  workload::Hold work;
  Queue queue(static_cast<std::size_t>(task.size));
  std::uint64_t sequence = 0;
  for (std::uint32_t i = 0; i < task.size; ++i) queue.put({work.distance(), sequence++, i});
  const double begun = workload::cpu_seconds();
  for (std::int64_t i = 0; i < task.count; ++i) {
    const Pending first = queue.first();
    work.happened(first.event);
    queue.replace_first({first.time + work.distance(), sequence++, first.event});
  }
  workload::report(workload::cpu_seconds() - begun, static_cast<std::uint64_t>(task.count), work.digest());
}

}  // namespace

int main(int argc, char** argv) {
  const bool is_heap = argc > 1 && std::strcmp(argv[1], "heap") == 0;
  const workload::Task task = workload::task(argc - 1, argv + 1);
  if (is_heap) {
    run_hold<Heap>(task);
  } else {
    run_hold<Tournament>(task);
  }
}
