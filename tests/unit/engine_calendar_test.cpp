#include <catch2/catch.hpp>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "sim/engine/calendar.hpp"
#include "tests/unit/engine_names.hpp"

namespace fleetrace::test {
namespace {

std::string drain(Calendar<char>& calendar) {
  std::string order;
  while (!calendar.empty()) order += calendar.pop().payload;
  return order;
}

TEST_CASE("events leave by time, then phase, then the order of scheduling") {
  Calendar<char> calendar;
  calendar.schedule(at(20), Phase{1}, 'f');
  calendar.schedule(at(10), Phase{3}, 'c');
  calendar.schedule(at(10), Phase::closing, 'e');
  calendar.schedule(at(10), Phase{3}, 'd');
  calendar.schedule(at(-5), Phase{14}, 'a');
  calendar.schedule(at(10), Phase{0}, 'b');
  CHECK(calendar.size() == 6);
  CHECK(calendar.next_time() == at(-5));
  CHECK(drain(calendar) == "abcdef");
  CHECK(calendar.now() == at(20));
}

TEST_CASE("a popped event says where it stood") {
  Calendar<char> calendar;
  const EventId id = calendar.schedule(at(7), Phase{2}, 'x');
  calendar.schedule(at(7), Phase::closing, 'y');
  const Event<char> x = calendar.pop();
  CHECK(x.time == at(7));
  CHECK(x.round == 0);
  CHECK(x.phase == Phase{2});
  CHECK(x.sequence == 0);
  CHECK(x.id == id);
  CHECK(x.payload == 'x');
  const Event<char> y = calendar.pop();
  CHECK(y.round == kClosingRound);
  CHECK(y.phase == Phase::closing);
  CHECK(y.sequence == 1);
}

TEST_CASE("an earlier phase of the current instant waits for the next round, a later one does not") {
  Calendar<char> calendar;
  calendar.schedule(at(1), Phase{5}, 'a');
  calendar.schedule(at(1), Phase{9}, 'd');
  calendar.schedule(at(1), Phase::closing, 'z');
  CHECK(calendar.pop().payload == 'a');
  calendar.schedule(at(1), Phase{4}, 'e');  // round 1
  calendar.schedule(at(1), Phase{5}, 'b');  // this round, this phase
  calendar.schedule(at(1), Phase{6}, 'c');  // this round
  CHECK(calendar.pop().payload == 'b');
  CHECK(calendar.pop().payload == 'c');
  CHECK(calendar.pop().payload == 'd');
  const Event<char> e = calendar.pop();
  CHECK(e.payload == 'e');
  CHECK(e.round == 1);
  calendar.schedule(at(1), Phase{3}, 'g');  // round 2
  calendar.schedule(at(1), Phase{9}, 'f');  // round 1
  CHECK(calendar.pop().round == 1);
  const Event<char> g = calendar.pop();
  CHECK(g.payload == 'g');
  CHECK(g.round == 2);
  CHECK(calendar.pop().payload == 'z');
}

TEST_CASE("rounds begin anew at the next instant") {
  Calendar<char> calendar;
  calendar.schedule(at(1), Phase{5}, 'a');
  calendar.pop();
  calendar.schedule(at(1), Phase{4}, 'b');
  CHECK(calendar.pop().round == 1);
  calendar.schedule(at(2), Phase{0}, 'c');
  CHECK(calendar.pop().round == 0);
}

TEST_CASE("the closing phase follows work that came up later in the instant") {
  Calendar<char> calendar;
  calendar.schedule(at(1), Phase::closing, 'z');
  calendar.schedule(at(1), Phase{8}, 'a');
  calendar.pop();
  calendar.schedule(at(1), Phase{0}, 'b');
  CHECK(drain(calendar) == "bz");
}

TEST_CASE("while an instant is being closed only closing events and later instants can be scheduled") {
  Calendar<char> calendar;
  calendar.schedule(at(1), Phase::closing, 'a');
  calendar.pop();
  CHECK_THROWS_AS(calendar.schedule(at(1), Phase{14}, 'x'), std::logic_error);
  calendar.schedule(at(2), Phase{0}, 'c');
  calendar.schedule(at(1), Phase::closing, 'b');
  CHECK(drain(calendar) == "bc");
}

TEST_CASE("contract violations throw and change nothing") {
  Calendar<char> calendar(at(5));
  CHECK_THROWS_AS(calendar.pop(), std::logic_error);
  CHECK_THROWS_AS(calendar.next_time(), std::logic_error);
  CHECK_THROWS_WITH(calendar.schedule(at(4), Phase{0}, 'x'),
                    "an event cannot be scheduled for 1970-01-01T00:00:00.004Z, before the current instant "
                    "1970-01-01T00:00:00.005Z");
  CHECK_THROWS_WITH(calendar.schedule(at(5), Phase{16}, 'x'), "there is no phase 16: phases are 0 to 15");
  const EventId id = calendar.schedule(at(6), Phase{0}, 'a');
  CHECK_THROWS_AS(calendar.reschedule(id, at(4), Phase{0}), std::logic_error);
  CHECK(calendar.size() == 1);
  CHECK(calendar.pending(id));
  CHECK(calendar.pop().sequence == 0);
}

TEST_CASE("cancelled events do not happen, and only once") {
  Calendar<char> calendar;
  const EventId a = calendar.schedule(at(1), Phase{0}, 'a');
  const EventId b = calendar.schedule(at(2), Phase{0}, 'b');
  CHECK(calendar.cancel(a));
  CHECK_FALSE(calendar.cancel(a));
  CHECK_FALSE(calendar.pending(a));
  CHECK(calendar.pending(b));
  CHECK(drain(calendar) == "b");
  CHECK_FALSE(calendar.cancel(b));
  CHECK_FALSE(calendar.reschedule(b, at(3), Phase{0}));
  CHECK_FALSE(calendar.pending(EventId{}));
}

TEST_CASE("a rescheduled event keeps its id and payload and queues up anew") {
  Calendar<char> calendar;
  const EventId a = calendar.schedule(at(1), Phase{0}, 'a');
  calendar.schedule(at(1), Phase{0}, 'b');
  const EventId c = calendar.schedule(at(9), Phase{0}, 'c');
  CHECK(calendar.reschedule(a, at(1), Phase{0}));  // same place: now behind b
  CHECK(calendar.reschedule(c, at(0), Phase{0}));
  CHECK(calendar.pending(a));
  CHECK(drain(calendar) == "cba");
}

TEST_CASE("an id that outlived its event does not touch the event that took its slot") {
  Calendar<char> calendar;
  const EventId first = calendar.schedule(at(1), Phase{0}, 'a');
  calendar.pop();
  const EventId second = calendar.schedule(at(2), Phase{0}, 'b');
  REQUIRE(first.slot == second.slot);
  CHECK_FALSE(calendar.pending(first));
  CHECK_FALSE(calendar.cancel(first));
  CHECK_FALSE(calendar.reschedule(first, at(9), Phase{0}));
  CHECK(drain(calendar) == "b");

  const EventId third = calendar.schedule(at(3), Phase{0}, 'c');
  calendar.clear();
  CHECK_FALSE(calendar.pending(third));
  const EventId fourth = calendar.schedule(at(3), Phase{0}, 'd');
  CHECK(third != fourth);
  CHECK_FALSE(calendar.cancel(third));
}

TEST_CASE("a timer that ticks on keeps its id and its payload and queues up anew") {
  Calendar<char> calendar;
  const EventId tick = calendar.schedule(at(1), Phase{2}, 't');
  calendar.schedule(at(5), Phase{2}, 'a');
  CHECK_FALSE(calendar.repeat(tick, at(2), Phase{2}));  // it is pending
  CHECK(calendar.pop().id == tick);
  CHECK_FALSE(calendar.repeat(EventId{tick.slot, tick.generation + 2}, at(5), Phase{2}));
  CHECK_THROWS_AS(calendar.repeat(tick, at(0), Phase{2}), std::logic_error);
  CHECK(calendar.repeat(tick, at(5), Phase{2}));
  CHECK(calendar.pending(tick));
  CHECK_FALSE(calendar.repeat(tick, at(6), Phase{2}));
  CHECK(calendar.size() == 2);
  CHECK(calendar.pop().payload == 'a');
  const auto again = calendar.pop();
  CHECK(again.payload == 't');
  CHECK(again.id == tick);
  CHECK(again.sequence == 2);
  CHECK(calendar.repeat(tick, at(7), Phase{2}));
  CHECK(calendar.cancel(tick));
  CHECK_FALSE(calendar.repeat(tick, at(8), Phase{2}));
  CHECK(calendar.empty());
}

TEST_CASE("only the event that was popped last can be repeated, and only until something else is asked or scheduled") {
  Calendar<char> calendar;
  const auto popped = [&calendar] {
    calendar.clear();
    const EventId id = calendar.schedule(at(1), Phase{0}, 'a');
    calendar.schedule(at(2), Phase{0}, 'b');
    calendar.pop();
    return id;
  };
  EventId id = popped();
  calendar.schedule(at(3), Phase{0}, 'c');
  CHECK_FALSE(calendar.repeat(id, at(4), Phase{0}));
  CHECK(drain(calendar) == "bc");

  id = popped();
  CHECK(calendar.next_time() == at(2));
  CHECK_FALSE(calendar.repeat(id, at(4), Phase{0}));
  CHECK(drain(calendar) == "b");

  id = popped();
  Calendar<char> copy = calendar;
  calendar.clear();
  CHECK_FALSE(calendar.repeat(id, at(4), Phase{0}));
  CHECK(copy.repeat(id, at(4), Phase{0}));
  CHECK(drain(copy) == "ba");

  id = calendar.schedule(at(1), Phase::closing, 'z');
  calendar.pop_closing(at(1));
  CHECK_FALSE(calendar.repeat(id, at(4), Phase{0}));
}

TEST_CASE("both ends of time are times like any other") {
  Calendar<char> calendar;
  calendar.schedule(Time::latest(), Phase::closing, 'f');
  calendar.schedule(Time::latest(), Phase{3}, 'e');
  calendar.schedule(at(0), Phase{0}, 'd');
  calendar.schedule(at(-1), Phase{0}, 'c');
  calendar.schedule(Time::earliest(), Phase{9}, 'b');
  calendar.schedule(Time::earliest(), Phase{0}, 'a');
  CHECK(calendar.next_time() == Time::earliest());
  CHECK(drain(calendar) == "abcdef");
  CHECK(calendar.now() == Time::latest());
  CHECK_THROWS_AS(calendar.schedule(Time::earliest(), Phase{0}, 'x'), std::logic_error);
}

TEST_CASE("the end of time sorts before what is free, however many slots there are") {
  for (int pending = 1; pending < 70; ++pending) {
    Calendar<int> calendar;
    std::vector<EventId> ids;
    ids.reserve(2 * static_cast<std::size_t>(pending));
    for (int i = 0; i < 2 * pending; ++i) ids.push_back(calendar.schedule(Time::latest(), Phase{1}, i));
    for (std::size_t i = 0; i < ids.size(); i += 2) calendar.cancel(ids[i]);
    for (int i = 1; i < 2 * pending; i += 2) CHECK(calendar.pop().payload == i);
    CHECK(calendar.empty());
  }
}

TEST_CASE("time passes without an event, up to the next one") {
  Calendar<char> calendar(at(0));
  calendar.schedule(at(10), Phase{3}, 'b');
  calendar.advance(at(7));
  CHECK(calendar.now() == at(7));
  CHECK_THROWS_AS(calendar.schedule(at(6), Phase{3}, 'x'), std::logic_error);
  CHECK_THROWS_AS(calendar.advance(at(6)), std::logic_error);
  calendar.schedule(at(7), Phase{0}, 'a');
  CHECK_THROWS_AS(calendar.advance(at(8)), std::logic_error);
  CHECK(calendar.now() == at(7));
  CHECK(drain(calendar) == "ab");
}

TEST_CASE("an instant that does not end is reported") {
  Calendar<char> calendar;
  calendar.schedule(at(1), Phase{1}, 'a');
  std::uint32_t rounds = 0;
  const auto on_and_on = [&] {
    for (int i = 0; i < 1'000'000; ++i) {
      const auto event = calendar.pop();
      rounds = event.round;
      calendar.schedule(event.time, event.phase == Phase{0} ? Phase{1} : Phase{0}, event.payload);
    }
  };
  CHECK_THROWS_AS(on_and_on(), EndlessInstant);
  CHECK(rounds == kClosingRound - 1);
}

TEST_CASE("closing events can be taken ahead of ordinary ones of their instant") {
  Calendar<char> calendar;
  calendar.schedule(at(5), Phase{0}, 'd');
  calendar.schedule(at(5), Phase::closing, 'b');
  calendar.schedule(at(6), Phase::closing, 'e');
  calendar.schedule(at(5), Phase::closing, 'c');
  const EventId a = calendar.schedule(at(4), Phase{0}, 'a');
  CHECK_FALSE(calendar.has_closing(at(5)));  // something is pending before
  CHECK_FALSE(calendar.pop_closing(at(5)));
  calendar.cancel(a);
  CHECK(calendar.pop_closing(at(5))->payload == 'b');
  CHECK(calendar.now() == at(5));
  CHECK(calendar.pop_closing(at(5))->payload == 'c');
  CHECK_FALSE(calendar.pop_closing(at(5)));
  CHECK(drain(calendar) == "de");
}

TEST_CASE("a cleared calendar starts over") {
  Calendar<char> calendar;
  calendar.schedule(at(3), Phase{4}, 'a');
  calendar.pop();
  calendar.schedule(at(4), Phase{4}, 'b');
  calendar.clear(at(2));
  CHECK(calendar.empty());
  CHECK(calendar.now() == at(2));
  calendar.schedule(at(2), Phase{0}, 'c');
  const auto event = calendar.pop();
  CHECK(event.payload == 'c');
  CHECK(event.round == 0);
  CHECK(event.sequence == 0);
}

TEST_CASE("a copy replays identically and independently") {
  Calendar<int> calendar;
  std::vector<EventId> ids;
  ids.reserve(1'000);
  for (int i = 0; i < 1'000; ++i) ids.push_back(calendar.schedule(at(i * 7919 % 101), Phase(i % 15), i));
  for (int i = 0; i < 300; ++i) calendar.pop();
  Calendar<int> copy = calendar;

  const auto replay = [&ids](Calendar<int>& subject) {
    std::vector<int> order;
    for (int i = 0; !subject.empty(); ++i) {
      const auto event = subject.pop();
      order.push_back(event.payload);
      if (i % 3 == 0) subject.cancel(ids[static_cast<std::size_t>(i * 31 % 1'000)]);
      if (i % 2 == 0 && i < 500) subject.schedule(event.time, Phase(i % 15), 10'000 + i);
    }
    return order;
  };
  const std::vector<int> first = replay(calendar);
  CHECK(copy.size() == 700);
  CHECK(replay(copy) == first);
}

TEST_CASE("a calendar that was moved from is empty and can be used again") {
  Calendar<char> calendar;
  calendar.schedule(at(1), Phase{0}, 'a');
  calendar.schedule(at(2), Phase{0}, 'b');
  Calendar<char> heir = std::move(calendar);
  calendar.clear();  // NOLINT(bugprone-use-after-move): this is what is tested
  CHECK(calendar.empty());
  calendar.schedule(at(0), Phase{0}, 'c');
  CHECK(drain(calendar) == "c");
  CHECK(drain(heir) == "ab");
}

}  // namespace
}  // namespace fleetrace::test
