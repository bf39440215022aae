#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

/// Loops whose items are independent of each other, on several threads, with the same result for every number of threads.
namespace fleetrace::study {

/// How many workers `jobs` asks for; 0 jobs stand for one worker on every core that the process may use.
[[nodiscard]] std::size_t worker_count(int jobs);

/// Calls `body(worker, item)` for each item in [0, count), on worker_count(jobs) threads at most. `worker` counts from 0 and
/// names the caller: no two calls of the same worker run at the same time.
///
/// Items are claimed in ascending order, so those that were run are always the first ones, but for some that were under way when the
/// loop was stopped. A body writes only to what belongs
/// to its worker or to its item, and the items themselves are free to run in any order.
///
/// Returns whether every item was run: once `stop` is set, no further item is claimed, and the races of those under way end with
/// fleet::RaceStopped, whereupon they were not run. An exception ends the loop likewise
/// and is thrown again from here; of several, that of the smallest item, whatever the number of threads.
bool run_items(std::size_t count, int jobs, const std::atomic<bool>& stop,
               const std::function<void(std::size_t worker, std::size_t item)>& body);

/// The same with workers that have a state of their own, for memory that is to be used again: `body(state, item)`, where
/// `state` is what `make_worker()` returned on the first item of that worker. A worker without items is not made. No memory
/// is allocated for an item beyond what the body asks for.
template <class MakeWorker, class Body>
bool parallel_loop(std::size_t count, int jobs, const std::atomic<bool>& stop, const MakeWorker& make_worker,
                   const Body& body) {
  using Worker = std::invoke_result_t<const MakeWorker&>;
  std::vector<std::optional<Worker>> workers(worker_count(jobs));
  return run_items(count, jobs, stop, [&](std::size_t worker, std::size_t item) {
    std::optional<Worker>& state = workers[worker];
    if (!state) state.emplace(make_worker());
    body(*state, item);
  });
}

/// Counts items that are done, for a progress report: any thread may call add(), and reports come one at a time.
class DoneCounter {
 public:
  using Report = std::function<void(std::size_t done)>;

  /// `report` may be empty.
  explicit DoneCounter(Report report) : report_(std::move(report)) {}

  void add() {
    const std::lock_guard lock(mutex_);
    ++done_;
    if (report_) report_(done_);
  }

 private:
  Report report_;
  std::mutex mutex_;
  std::size_t done_ = 0;
};

}  // namespace fleetrace::study
