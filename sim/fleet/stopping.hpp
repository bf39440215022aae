#pragma once

#include <atomic>
#include <exception>

/// Ends races that are under way, however long they are.
namespace fleetrace::fleet {

/// Thrown by simulate() where its race was stopped.
class RaceStopped : public std::exception {
 public:
  [[nodiscard]] const char* what() const noexcept override { return "the race was stopped"; }
};

/// As long as it lives, every race of this thread looks at `stop` before each event, and ends with RaceStopped once it is set.
class StopScope {
 public:
  /// `stop` must outlive it.
  explicit StopScope(const std::atomic<bool>& stop);
  StopScope(const StopScope&) = delete;
  StopScope(StopScope&&) = delete;
  StopScope& operator=(const StopScope&) = delete;
  StopScope& operator=(StopScope&&) = delete;
  ~StopScope();

 private:
  const std::atomic<bool>* before_;
};

/// What the races of this thread look at; outside of every StopScope it is never set.
[[nodiscard]] const std::atomic<bool>& race_stop();

}  // namespace fleetrace::fleet
