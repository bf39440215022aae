#include "python/src/work.hpp"

#include <chrono>

namespace fleetrace::python {
namespace {

constexpr std::chrono::milliseconds kBetweenLooks{50};

}  // namespace

void Work::wait_for(const std::function<void()>& task) {
  std::mutex mutex;
  std::condition_variable ended;
  bool is_done = false;
  std::exception_ptr error;
  {
    const py::gil_scoped_release released;
    std::thread worker([&] {
      // The thread has one state in the interpreter, which holds the models of Python that it races, and gives up the lock.
      const py::gil_scoped_acquire acquired;
      const py::gil_scoped_release without_lock;
      try {
        task();
      } catch (...) {
        error = std::current_exception();
      }
      const std::lock_guard lock(mutex);
      is_done = true;
      ended.notify_one();
    });
    std::unique_lock lock(mutex);
    while (!ended.wait_for(lock, kBetweenLooks, [&] { return is_done; })) {
      lock.unlock();
      {
        const py::gil_scoped_acquire acquired;
        look();
      }
      lock.lock();
    }
    lock.unlock();
    worker.join();
  }
  if (!pending_) look();
  if (!error) return;
  if (!pending_) std::rethrow_exception(error);
  try {
    std::rethrow_exception(error);
  } catch (const Stopped&) {
    throw std::move(*pending_);
  }
}

void Work::look() {
  if (pending_) return;
  try {
    if (PyErr_CheckSignals() != 0) throw py::error_already_set();
    const std::size_t done = done_.load(std::memory_order_relaxed);
    if (progress_.is_none() || done == shown_) return;
    shown_ = done;
    progress_(done, total_.load(std::memory_order_relaxed));
  } catch (py::error_already_set& raised) {
    pending_.emplace(std::move(raised));
    stop_.request_stop();
  }
}

}  // namespace fleetrace::python
