#include "sim/study/parallel.hpp"

#include <algorithm>
#include <exception>
#include <limits>

#include "sim/fleet/stopping.hpp"
#include "sim/study/thread_pool.hpp"

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

std::size_t worker_count(int jobs) { return jobs == 0 ? core_count() : static_cast<std::size_t>(std::max(1, jobs)); }

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
  if (threads == 1) {
    work(0);
    return items.finish();
  }
  // The pool synchronises its threads by means that a checker of races does not see. Two flags show it that what is here was made
  // before the threads begin, and that their work is done before the results are read.
  struct Shared {
    const decltype(work)& of_worker;
    std::atomic<bool> is_made = false;
    std::atomic<std::size_t> ended = 0;
  } shared{work};
  const auto part = [](void* given, std::size_t worker) {
    Shared& all = *static_cast<Shared*>(given);
    (void)all.is_made.load(std::memory_order_acquire);
    all.of_worker(worker);
    all.ended.fetch_add(1, std::memory_order_acq_rel);
  };
  shared.is_made.store(true, std::memory_order_release);
  on_threads(threads, std::min(threads, count), part, &shared);
  (void)shared.ended.load(std::memory_order_acquire);
  return items.finish();
}

}  // namespace fleetrace::study
