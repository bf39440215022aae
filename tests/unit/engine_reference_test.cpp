// The calendar against an ordered multimap, which keeps equal keys in the order of insertion and so needs no sequence
// numbers: a model that shares no code with what it checks.

#include <catch2/catch.hpp>
#include <cstdint>
#include <limits>
#include <map>
#include <stdexcept>
#include <tuple>
#include <vector>

#include "sim/engine/simulation.hpp"
#include "tests/unit/engine_names.hpp"

namespace fleetrace::test {
namespace {

constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();

class SplitMix {
 public:
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
  }
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>((next() >> 32) * n >> 32); }

 private:
  std::uint64_t state_ = 20'260'101;
};

/// Runs the calendar and the model side by side on random work and counts every difference.
class Duel {
 public:
  /// `events` random events from `start` on, about half of `tracked` of them pending at a time.
  void play(std::int64_t start, std::size_t tracked, std::int64_t events) {
    calendar_.clear(Time::from_milliseconds(start));
    model_.clear();
    for (Tracked& entry : tracked_) entry.alive = false;  // their ids stay, as stale ones
    tracked_.resize(tracked);
    now_ = start;
    phase_ = 0;
    round_ = 0;
    repeatable_ = false;
    const std::int64_t until = handled_ + events;
    for (std::size_t i = 0; i < tracked / 2; ++i) act();
    while (handled_ < until) {
      if (model_.empty()) {
        if (now_ == kMax) return;
        // Begin after whatever is being closed.
        schedule(tracked_[random_.below(static_cast<std::uint32_t>(tracked_.size()))], now_ + 1, 0);
      }
      end_ = random_.below(20) == 0 ? kMax : later(now_, random_.below(50));
      const auto result = run(calendar_, {Time::from_milliseconds(end_), 1'000},
                              [this](const Event<std::uint64_t>& event) { handle(event); });
      expect(calendar_.size() == model_.size());
      if (result.reason == fleetrace::engine::StopReason::event_limit) continue;
      expect(model_.empty() || std::get<0>(model_.begin()->first) >= end_);
      expect(model_.count(Key{end_, kLast, 15}) == 0);
      if (end_ == kMax) return;
    }
  }

  std::uint64_t operations = 0;
  std::uint64_t differences = 0;
  std::uint64_t ties = 0;
  std::uint64_t in_later_rounds = 0;
  std::uint64_t final_samples = 0;
  std::uint64_t repeats = 0;
  std::uint64_t at_the_ends = 0;

 private:
  using Key = std::tuple<std::int64_t, std::uint64_t, int>;  // time, round, phase
  using Model = std::multimap<Key, std::uint64_t>;
  static constexpr std::uint64_t kLast = std::numeric_limits<std::uint64_t>::max();

  struct Tracked {
    EventId id;
    Model::iterator where;
    bool alive = false;
  };

  static std::int64_t later(std::int64_t time, std::uint32_t delta) {
    return time > kMax - delta ? kMax : time + delta;
  }

  void expect(bool same) { differences += same ? 0 : 1; }

  Key key(std::int64_t time, int phase) const {
    if (phase == 15) return {time, kLast, 15};
    if (time > now_) return {time, 0, phase};
    return {time, phase < phase_ ? round_ + 1 : round_, phase};
  }

  void schedule(Tracked& entry, std::int64_t time, int phase) {
    const std::uint64_t payload = next_payload_++ << 16 | static_cast<std::uint64_t>(&entry - tracked_.data());
    entry.id = calendar_.schedule(Time::from_milliseconds(time), Phase(phase), payload);
    entry.where = model_.emplace(key(time, phase), payload);
    entry.alive = true;
    repeatable_ = false;
    ++operations;
  }

  /// Lets the event that is being handled happen once more, which works until anything else is scheduled.
  void repeat(Tracked& entry, std::uint64_t payload) {
    const int phase = phase_ == 15 ? 15 : static_cast<int>(random_.below(16));
    const std::int64_t time = later(now_, random_.below(4) * random_.below(8));
    const bool repeated = calendar_.repeat(entry.id, Time::from_milliseconds(time), Phase(phase));
    expect(repeated == repeatable_);
    repeatable_ = false;
    if (!repeated) return;
    entry.where = model_.emplace(key(time, phase), payload);
    entry.alive = true;
    ++operations;
    ++repeats;
  }

  /// Cancels, moves or schedules one random event.
  void act() {
    Tracked& entry = tracked_[random_.below(static_cast<std::uint32_t>(tracked_.size()))];
    int phase = static_cast<int>(random_.below(16));
    std::int64_t time = random_.below(200) == 0 ? kMax : later(now_, random_.below(4) * random_.below(8));
    if (phase_ == 15 && phase < 15 && time == now_) phase = 15;  // the instant is being closed
    if (!entry.alive) {
      expect(!calendar_.pending(entry.id));
      if (random_.below(4) == 0) expect(!calendar_.cancel(entry.id));
      if (random_.below(4) == 0) expect(!calendar_.reschedule(entry.id, Time::from_milliseconds(time), Phase(phase)));
      schedule(entry, time, phase);
      return;
    }
    expect(calendar_.pending(entry.id));
    ++operations;
    if (random_.below(2) == 0) {
      expect(calendar_.cancel(entry.id));
      model_.erase(entry.where);
      entry.alive = false;
    } else {
      expect(calendar_.reschedule(entry.id, Time::from_milliseconds(time), Phase(phase)));
      const std::uint64_t payload = entry.where->second;
      model_.erase(entry.where);
      entry.where = model_.emplace(key(time, phase), payload);
    }
  }

  void handle(const Event<std::uint64_t>& event) {
    ++handled_;
    ++operations;
    auto expected = model_.begin();
    if (expected != model_.end() && std::get<0>(expected->first) == end_) {
      expected = model_.lower_bound(Key{end_, kLast, 15});
      ++final_samples;
      repeatable_ = false;
    } else {
      repeatable_ = true;
    }
    if (expected == model_.end()) throw std::runtime_error("the calendar has more events than the model");
    const auto [time, round, phase] = expected->first;
    expect(event.payload == expected->second && event.time.milliseconds() == time && event.phase == Phase(phase));
    expect(phase == 15 || event.round == round);
    if (event.payload != expected->second) throw std::runtime_error("the calendar and the model went apart");
    if (round > 0 && phase < 15) ++in_later_rounds;
    if (time == kMin || time == kMax) ++at_the_ends;
    if (time == now_) ++ties;
    model_.erase(expected);
    Tracked& entry = tracked_[event.payload & 0xFFFF];
    entry.alive = false;
    now_ = time;
    round_ = round;
    phase_ = phase;
    expect(event.id == entry.id);
    const std::uint32_t when = random_.below(10);
    for (std::uint32_t n = random_.below(5); n > 0; --n) {
      if (when == n && !entry.alive) repeat(entry, event.payload);
      act();
    }
    if (when == 0 && !entry.alive) repeat(entry, event.payload);
  }

  Calendar<std::uint64_t> calendar_;
  Model model_;
  std::vector<Tracked> tracked_;
  SplitMix random_;
  std::uint64_t next_payload_ = 0;
  std::int64_t handled_ = 0;
  std::int64_t now_ = 0;
  std::int64_t end_ = 0;
  std::uint64_t round_ = 0;
  int phase_ = 0;
  bool repeatable_ = false;
};

TEST_CASE("ten million random operations go as in an ordered multimap") {
  Duel duel;
  const std::vector<std::int64_t> starts = {kMin, 0, kMax - 300, -1'000, kMax - 5};
  const std::vector<std::size_t> tracked = {3, 40, 700, 20'000};
  for (std::size_t i = 0; duel.operations < 10'000'000; ++i) {
    duel.play(starts[i % starts.size()], tracked[i / starts.size() % tracked.size()], 30'000);
  }
  duel.play(0, 65'536, 3'000);  // large enough for what is fetched ahead
  CHECK(duel.differences == 0);
  // The comparison is worth something only where the order is not obvious.
  CHECK(duel.ties > 1'000'000);
  CHECK(duel.in_later_rounds > 100'000);
  CHECK(duel.final_samples > 1'000);
  CHECK(duel.repeats > 100'000);
  CHECK(duel.at_the_ends > 10'000);
}

}  // namespace
}  // namespace fleetrace::test
