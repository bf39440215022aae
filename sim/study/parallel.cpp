#include "sim/study/parallel.hpp"

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <exception>
#include <limits>

#include "sim/fleet/stopping.hpp"

namespace fleetrace::study {
namespace {

/// Hands out items in ascending order until there are none left, the loop is stopped or an item has failed.
class Items {
 public:
  Items(std::size_t count, const std::atomic<bool>& stop) : count_(count), stop_(stop) {}

  [[nodiscard]] std::optional<std::size_t> claim() {
    if (stop_ || has_failed_ || was_broken_off_) return std::nullopt;
    const std::size_t item = next_.fetch_add(1, std::memory_order_relaxed);
    if (item >= count_) return std::nullopt;
    return item;
  }

  /// Notes a failure. All smaller items are claimed already and run to their end, so that the smallest failure is the same for
  /// every number of threads.
  void fail(std::size_t item, std::exception_ptr failure) {
    const std::lock_guard lock(mutex_);
    has_failed_ = true;
    if (item >= first_failed_) return;
    first_failed_ = item;
    failure_ = std::move(failure);
  }

  /// Notes that an item was stopped while it ran.
  void break_off() { was_broken_off_ = true; }

  /// Returns whether all items were run, or throws again what the smallest of the failed ones threw.
  [[nodiscard]] bool finish() {
    if (failure_) std::rethrow_exception(failure_);
    return next_ >= count_ && !was_broken_off_;
  }

 private:
  std::size_t count_;
  const std::atomic<bool>& stop_;
  std::atomic<std::size_t> next_ = 0;
  std::atomic<bool> has_failed_ = false;
  std::atomic<bool> was_broken_off_ = false;
  std::mutex mutex_;
  std::size_t first_failed_ = std::numeric_limits<std::size_t>::max();
  std::exception_ptr failure_;
};

}  // namespace

std::size_t worker_count(int jobs) {
  return static_cast<std::size_t>(std::max(1, jobs == 0 ? tbb::this_task_arena::max_concurrency() : jobs));
}

bool run_items(std::size_t count, int jobs, const std::atomic<bool>& stop,
               const std::function<void(std::size_t worker, std::size_t item)>& body) {
  Items items(count, stop);
  const auto work = [&](std::size_t worker) {
    const fleet::StopScope races(stop);
    while (const std::optional<std::size_t> item = items.claim()) {
      try {
        body(worker, *item);
      } catch (const fleet::RaceStopped&) {
        items.break_off();
      } catch (...) {
        items.fail(*item, std::current_exception());
      }
    }
  };
  const std::size_t threads = worker_count(jobs);
  const tbb::global_control as_many_as_asked(tbb::global_control::max_allowed_parallelism, threads);
  // The pool synchronises its threads with means of its own, which a checker of races does not see. This counter shows it that
  // the work of all threads is done before the results are read.
  std::atomic<std::size_t> ended = 0;
  tbb::task_arena arena(static_cast<int>(threads));
  arena.execute([&] {
    tbb::parallel_for(
        std::size_t{0}, std::min(threads, count),
        [&](std::size_t worker) {
          work(worker);
          ended.fetch_add(1, std::memory_order_acq_rel);
        },
        tbb::simple_partitioner());
  });
  (void)ended.load(std::memory_order_acquire);
  return items.finish();
}

}  // namespace fleetrace::study
