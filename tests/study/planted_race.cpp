// A study whose threads race on purpose: ThreadSanitizer must say so, or its silence about other studies is worth nothing.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>

#include "sim/study/parallel.hpp"

namespace {

// Waits by what orders nothing, so that what follows still races with what went before.
template <typename Done>
void wait_unordered(const Done& done) {
  const auto late = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!done() && std::chrono::steady_clock::now() < late) std::this_thread::yield();
}

}  // namespace

int main() {
  const std::atomic<bool> go_on = false;
  std::atomic<int> present = 0;
  std::atomic<int> counted = 0;
  std::size_t unguarded = 0;
  const bool all = fleetrace::study::run_items(2, 2, go_on, [&](std::size_t, std::size_t item) {
    // Both items are under way, so each has a thread of its own.
    present.fetch_add(1, std::memory_order_relaxed);
    wait_unordered([&] { return present.load(std::memory_order_relaxed) == 2; });
    // ThreadSanitizer may miss two accesses at the very same instant. These come one after the other.
    if (item == 1) wait_unordered([&] { return counted.load(std::memory_order_relaxed) == 1; });
    ++unguarded;
    counted.fetch_add(1, std::memory_order_relaxed);
  });
  std::printf("%zu of 2\n", unguarded);
  return all && present == 2 ? 0 : 1;
}
