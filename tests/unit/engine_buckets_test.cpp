// Buckets against an ordered set: a model that shares no code with what it checks.

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <tuple>
#include <vector>

#include "sim/engine/buckets.hpp"

namespace {

using fleetrace::core::Time;
using fleetrace::engine::Buckets;

using Rung = std::tuple<std::int64_t, unsigned, std::uint32_t>;  // time, kind, slot: the order that is promised

constexpr std::int64_t kStart = -5'000'000'000;
constexpr std::int64_t kEnd = kStart + 300 * Buckets::kLength + 12'345;

std::uint64_t mixed(std::uint64_t z) {
  z = (z + 0x9e3779b97f4a7c15U) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31);
}

/// How long a timer waits when it rings at `time`: often less than a bucket, at times nothing or for ever.
std::int64_t wait(std::int64_t time, unsigned kind, std::uint32_t slot) {
  const std::uint64_t random = mixed(static_cast<std::uint64_t>(time) ^ mixed(2 * std::uint64_t{slot} + kind));
  switch (random % 16) {
    case 0: return kind == 0 ? 1 : 0;
    case 1: return Buckets::kLength;
    case 2: return kEnd;
    case 3:
    case 4:
    case 5: return static_cast<std::int64_t>(random >> 8) % Buckets::kLength / 10;
    default: return static_cast<std::int64_t>((random >> 8) % std::uint64_t{60 * Buckets::kLength});
  }
}

struct Recorder {
  std::vector<Rung> rung;
  template <unsigned kind>
  std::int64_t fire(std::int64_t time, std::uint32_t slot, std::uint32_t /*next*/) {
    rung.emplace_back(time, kind, slot);
    return time + wait(time, kind, slot);
  }
};

/// What rings before `until`, in order.
std::vector<Rung> ring_in_order(std::set<Rung>& pending, std::int64_t until) {
  std::vector<Rung> rung;
  while (!pending.empty() && std::get<0>(*pending.begin()) < until) {
    const auto [time, kind, slot] = rung.emplace_back(*pending.begin());
    pending.erase(pending.begin());
    if (const std::int64_t next = time + wait(time, kind, slot); next < kEnd) pending.emplace(next, 1 - kind, slot);
  }
  return rung;
}

Buckets of_size(std::size_t timers) {
  Buckets buckets;
  buckets.reset(Time::from_milliseconds(kStart), Time::from_milliseconds(kEnd));
  buckets.grow(timers);
  return buckets;
}

}  // namespace

TEST_CASE("timers of buckets ring in order one by one, and bucket by bucket when they are swept up", "[buckets]") {
  for (const std::uint32_t timers : {1U, 7U, 8U, 300U, 5'000U}) {
    Buckets buckets = of_size(timers);
    for (int replication = 0; replication < 2; ++replication) {
      CAPTURE(timers, replication);
      std::set<Rung> pending;
      std::uint32_t set = 0;
      std::int64_t now = kStart;
      const auto set_some = [&](std::uint32_t until) {
        for (; set < until; ++set) {
          const std::int64_t at = now + static_cast<std::int64_t>(mixed(set) % (40 * Buckets::kLength)) / (set % 3 + 1);
          buckets.set({at, set % 2, set});
          if (at < kEnd) pending.emplace(at, set % 2, set);
        }
      };
      set_some((timers + 1) / 2);
      std::uint64_t wrong = 0;
      std::size_t swept = 0;
      for (std::uint64_t turn = 1; !pending.empty(); ++turn) {
        if (turn == 5) set_some(timers);
        REQUIRE_FALSE(buckets.empty());
        const Buckets::Timer first = buckets.first();
        if (Rung(first.time, first.kind, first.slot) != *pending.begin()) ++wrong;
        if (mixed(turn) % 3 != 0) {
          // A few one by one.
          for (std::uint64_t i = mixed(turn) % 20; i > 0 && !pending.empty(); --i) {
            const Buckets::Timer timer = buckets.pop();
            const Rung expected = *pending.begin();
            if (Rung(timer.time, timer.kind, timer.slot) != expected) ++wrong;
            ring_in_order(pending, timer.time);  // nothing
            pending.erase(pending.begin());
            now = timer.time;
            const std::int64_t next = timer.time + wait(timer.time, timer.kind, timer.slot);
            buckets.set({next, 1 - timer.kind, timer.slot});
            if (next < kEnd) pending.emplace(next, 1 - timer.kind, timer.slot);
          }
          continue;
        }
        const std::int64_t until = first.time + 1 + static_cast<std::int64_t>(mixed(~turn) % (9 * Buckets::kLength));
        Recorder recorder;
        buckets.skip_to(until, recorder);
        std::vector<Rung> expected = ring_in_order(pending, until);
        now = std::max(now, std::min(until, kEnd - 1));
        swept += recorder.rung.size();
        const auto by_bucket = [&buckets](const Rung& a, const Rung& b) {
          return buckets.bucket_of(std::get<0>(a)) < buckets.bucket_of(std::get<0>(b));
        };
        if (!std::is_sorted(recorder.rung.begin(), recorder.rung.end(), by_bucket)) ++wrong;
        // Each timer by itself in order, too.
        const auto by_slot = [](const Rung& a, const Rung& b) { return std::get<2>(a) < std::get<2>(b); };
        std::stable_sort(recorder.rung.begin(), recorder.rung.end(), by_slot);
        std::stable_sort(expected.begin(), expected.end(), by_slot);
        if (recorder.rung != expected) ++wrong;
      }
      CHECK(buckets.empty());
      CHECK(wrong == 0);
      if (timers >= 300) CHECK(swept > timers);
      buckets.reset(Time::from_milliseconds(kStart), Time::from_milliseconds(kEnd));
    }
  }
}

TEST_CASE("buckets that are reset half way hold nothing, and have all their room again", "[buckets]") {
  Buckets buckets = of_size(1'000);
  for (int round = 0; round < 50; ++round) {
    for (std::uint32_t slot = 0; slot < 1'000; ++slot)
      buckets.set({kStart + static_cast<std::int64_t>(mixed(slot + static_cast<std::uint32_t>(round)) %
                                                      (200 * Buckets::kLength)),
                   slot % 2, slot});
    if (round % 2 == 0) static_cast<void>(buckets.first());
    const std::int64_t days = round % 3 == 0 ? 400 : 0;
    buckets.reset(Time::from_milliseconds(kStart), Time::from_milliseconds(kEnd + days * 86'400'000));
    CHECK(buckets.empty());
    CHECK(buckets.room() == 1'000);
  }
}
