// Replaces operator new for the whole test program, to count allocations; no other file of it may do so.

#include <catch2/catch.hpp>
#include <cstdlib>
#include <new>

#include "allocations.hpp"
#include "sim/engine/simulation.hpp"
#include "tests/unit/engine_names.hpp"

namespace {
std::size_t allocations = 0;
}

void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size);
}
void* operator new(std::size_t size) {
  if (void* const memory = operator new(size, std::nothrow)) return memory;
  throw std::bad_alloc();
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  ++allocations;
  const std::size_t unit = static_cast<std::size_t>(alignment);
  if (void* const memory = std::aligned_alloc(unit, (size + unit - 1) / unit * unit)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

std::size_t allocations_so_far() { return allocations; }

namespace fleetrace::test {
namespace {

/// A hundred clocks that tick, cancel and move each other.
std::uint64_t tick_a_hundred_clocks(Calendar<std::uint32_t>& calendar, EventId (&clocks)[100]) {
  for (std::uint32_t i = 0; i < 100; ++i) clocks[i] = calendar.schedule(Time::from_milliseconds(i), Phase{1}, i);
  const auto tick = [&](const Event<std::uint32_t>& event) {
    const std::uint32_t i = event.payload;
    const Time next = Time::from_milliseconds(event.time.milliseconds() + 50 + i);
    clocks[i] = calendar.schedule(next, Phase{1}, i);
    const std::uint32_t other = (i * 7 + 3) % 100;
    if (calendar.cancel(clocks[other])) clocks[other] = calendar.schedule(next, Phase{0}, other);
    calendar.reschedule(clocks[(i + 1) % 100], next, Phase{2});
  };
  return run(calendar, {.end = Time::from_milliseconds(1'000'000), .events = 20'000}, tick).events;
}

TEST_CASE("nothing allocates once as many events were pending as ever will be") {
  Calendar<std::uint32_t> calendar;
  EventId clocks[100];
  const std::size_t at_first = allocations;
  const std::uint64_t warm_up = tick_a_hundred_clocks(calendar, clocks);
  const std::size_t warm = allocations;
  calendar.clear();
  const std::uint64_t again = tick_a_hundred_clocks(calendar, clocks);
  const std::size_t after = allocations;
  CHECK(warm > at_first);
  CHECK(after == warm);
  CHECK(warm_up == 20'000);
  CHECK(again == warm_up);
}

TEST_CASE("a calendar with room made beforehand, or copied onto another, does not allocate") {
  Calendar<std::uint32_t> calendar;
  calendar.reserve(200);
  EventId clocks[100];
  const std::size_t reserved = allocations;
  tick_a_hundred_clocks(calendar, clocks);
  const std::size_t after = allocations;
  CHECK(after == reserved);

  Calendar<std::uint32_t> copy = calendar;
  const std::size_t copied = allocations;
  copy = calendar;
  copy.clear();
  tick_a_hundred_clocks(copy, clocks);
  const std::size_t ran = allocations;
  CHECK(ran == copied);
}

}  // namespace
}  // namespace fleetrace::test
