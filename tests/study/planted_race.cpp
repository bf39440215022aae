// A study whose threads race on purpose: ThreadSanitizer must say so, or its silence about other studies is worth nothing.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>

#include "sim/study/parallel.hpp"

int main() {
  const std::atomic<bool> go_on = false;
  std::atomic<int> present = 0;
  std::size_t unguarded = 0;
  const auto late = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  const bool all = fleetrace::study::run_items(2, 2, go_on, [&](std::size_t, std::size_t) {
    // Both wait for each other, by what orders nothing.
    present.fetch_add(1, std::memory_order_relaxed);
    while (present.load(std::memory_order_relaxed) < 2 && std::chrono::steady_clock::now() < late)
      std::this_thread::yield();
    ++unguarded;
  });
  std::printf("%zu of 2\n", unguarded);
  return all && present == 2 ? 0 : 1;
}
