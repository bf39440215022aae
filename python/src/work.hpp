#pragma once

#include <atomic>
#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

#include "python/src/casters.hpp"

namespace fleetrace::python {

/// Long work beside the interpreter. It runs on a thread of its own without the interpreter's lock, while the caller waits,
/// shows progress and looks for Ctrl-C, upon which the work is asked to stop.
class Work {
 public:
  /// `progress` is None, or called as progress(done, total) on the thread of the caller, some ten times a second.
  explicit Work(py::object progress) : progress_(std::move(progress)) {}

  [[nodiscard]] std::stop_token token() const { return stop_.get_token(); }
  /// For the study: any thread may call it.
  [[nodiscard]] Progress reporter() {
    return [this](std::size_t done, std::size_t total) {
      total_.store(total, std::memory_order_relaxed);
      done_.store(done, std::memory_order_relaxed);
    };
  }

  /// What `task` returns or throws. After Ctrl-C the task ends as it does when it is stopped; where it throws Stopped, nothing is
  /// left and KeyboardInterrupt goes on in its place.
  template <class Task>
  auto run(Task task) -> decltype(task()) {
    std::optional<decltype(task())> result;
    wait_for([&] { result.emplace(task()); });
    return *std::move(result);
  }

  /// The Python exception that ended it where something is left all the same: KeyboardInterrupt, or what `progress` raised. Else
  /// None.
  [[nodiscard]] py::object interruption() const { return pending_ ? pending_->value() : py::none(); }

 private:
  void wait_for(const std::function<void()>& task);
  /// Looks for signals and shows progress; with the interpreter's lock.
  void look();

  py::object progress_;
  std::stop_source stop_;
  std::atomic<std::size_t> done_ = 0;
  std::atomic<std::size_t> total_ = 0;
  std::size_t shown_ = 0;
  std::optional<py::error_already_set> pending_;
};

}  // namespace fleetrace::python
