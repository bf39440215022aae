// The event calendar beside the heaps that one would otherwise take, all in one run, all in the same (time, sequence) order.
//
// Hold: with n events pending, take the first and schedule one at an exponential distance. Churn: the same, and each time
// one pending event is cancelled and scheduled anew and another one is moved, as when a fleet's failure clocks change.

#include <benchmark/benchmark.h>

#include <boost/heap/d_ary_heap.hpp>
#include <boost/heap/fibonacci_heap.hpp>
#include <boost/heap/pairing_heap.hpp>
#include <cstdint>
#include <queue>
#include <vector>

#include "bench/peers/workload.hpp"
#include "sim/engine/calendar.hpp"

namespace {

using fleetrace::core::Time;
using fleetrace::engine::Calendar;
using fleetrace::engine::EventId;
using fleetrace::engine::Phase;

struct Pending {
  std::int64_t time;
  std::uint64_t sequence;
  std::uint32_t payload;
};
struct Later {
  bool operator()(const Pending& a, const Pending& b) const {
    return a.time > b.time || (a.time == b.time && a.sequence > b.sequence);
  }
};

/// Our calendar.
class Ours {
 public:
  using Handle = EventId;
  Handle push(std::int64_t time, std::uint32_t payload) {
    return calendar_.schedule(Time::from_milliseconds(time), Phase{3}, payload);
  }
  Pending pop() {
    const auto event = calendar_.pop();
    return {event.time.milliseconds(), event.sequence, event.payload};
  }
  void cancel(Handle handle) { calendar_.cancel(handle); }
  void move(Handle handle, std::int64_t time, std::uint32_t) {
    calendar_.reschedule(handle, Time::from_milliseconds(time), Phase{3});
  }

 private:
  Calendar<std::uint32_t> calendar_;
};

/// A standard or Boost heap that cannot cancel.
template <class Heap>
class Plain {
 public:
  using Handle = int;
  Handle push(std::int64_t time, std::uint32_t payload) {
    heap_.push({time, sequence_++, payload});
    return 0;
  }
  Pending pop() {
    const Pending first = heap_.top();
    heap_.pop();
    return first;
  }

 private:
  Heap heap_;
  std::uint64_t sequence_ = 0;
};

/// A Boost heap that can.
template <class Heap>
class Mutable {
 public:
  using Handle = typename Heap::handle_type;
  Handle push(std::int64_t time, std::uint32_t payload) { return heap_.push({time, sequence_++, payload}); }
  Pending pop() {
    const Pending first = heap_.top();
    heap_.pop();
    return first;
  }
  void cancel(Handle handle) { heap_.erase(handle); }
  void move(Handle handle, std::int64_t time, std::uint32_t payload) {
    heap_.update(handle, {time, sequence_++, payload});
  }

 private:
  Heap heap_;
  std::uint64_t sequence_ = 0;
};

namespace heap = boost::heap;
using StdPriorityQueue = Plain<std::priority_queue<Pending, std::vector<Pending>, Later>>;
using BoostDAry = Plain<heap::d_ary_heap<Pending, heap::arity<4>, heap::compare<Later>>>;
using BoostDAryMutable = Mutable<heap::d_ary_heap<Pending, heap::arity<4>, heap::mutable_<true>, heap::compare<Later>>>;
using BoostPairing = Mutable<heap::pairing_heap<Pending, heap::compare<Later>>>;
using BoostFibonacci = Mutable<heap::fibonacci_heap<Pending, heap::compare<Later>>>;

template <class Queue>
void hold(benchmark::State& state) {
  const auto n = static_cast<std::uint32_t>(state.range(0));
  workload::Hold distances;
  Queue queue;
  for (std::uint32_t i = 0; i < n; ++i) queue.push(distances.distance(), i);
  std::uint64_t digest = 0;
  for (auto _ : state) {
    const Pending event = queue.pop();
    digest = digest * 31 + event.payload;
    queue.push(event.time + distances.distance(), event.payload);
  }
  benchmark::DoNotOptimize(digest);
  state.SetItemsProcessed(state.iterations());
}

template <class Queue>
void churn(benchmark::State& state) {
  const auto n = static_cast<std::uint32_t>(state.range(0));
  workload::Hold distances;
  workload::Random random;
  Queue queue;
  std::vector<typename Queue::Handle> handles;
  for (std::uint32_t i = 0; i < n; ++i) handles.push_back(queue.push(distances.distance(), i));
  std::uint64_t digest = 0;
  for (auto _ : state) {
    const Pending event = queue.pop();
    digest = digest * 31 + event.payload;
    handles[event.payload] = queue.push(event.time + distances.distance(), event.payload);
    const std::uint32_t replaced = random.below(n);
    queue.cancel(handles[replaced]);
    handles[replaced] = queue.push(event.time + distances.distance(), replaced);
    const std::uint32_t moved = random.below(n);
    queue.move(handles[moved], event.time + distances.distance(), moved);
  }
  benchmark::DoNotOptimize(digest);
  state.SetItemsProcessed(state.iterations());
}

void sizes(benchmark::internal::Benchmark* bench) { bench->Arg(1'000)->Arg(100'000)->Arg(1'000'000); }

BENCHMARK_TEMPLATE(hold, Ours)->Apply(sizes);
BENCHMARK_TEMPLATE(hold, StdPriorityQueue)->Apply(sizes);
BENCHMARK_TEMPLATE(hold, BoostDAry)->Apply(sizes);
BENCHMARK_TEMPLATE(hold, BoostDAryMutable)->Apply(sizes);
BENCHMARK_TEMPLATE(hold, BoostPairing)->Apply(sizes);
BENCHMARK_TEMPLATE(hold, BoostFibonacci)->Apply(sizes);

BENCHMARK_TEMPLATE(churn, Ours)->Apply(sizes);
BENCHMARK_TEMPLATE(churn, BoostDAryMutable)->Apply(sizes);
BENCHMARK_TEMPLATE(churn, BoostPairing)->Apply(sizes);
BENCHMARK_TEMPLATE(churn, BoostFibonacci)->Apply(sizes);

}  // namespace
