#include <catch2/catch.hpp>
#include <stdexcept>
#include <string>

#include "sim/engine/simulation.hpp"
#include "tests/unit/engine_names.hpp"

namespace fleetrace::test {
namespace {

/// a at 1, b at 2, c at 10, closing events y at 2 and z at 10, d at 11.
Calendar<char> example() {
  Calendar<char> calendar;
  calendar.schedule(at(10), Phase::closing, 'z');
  calendar.schedule(at(2), Phase::closing, 'y');
  calendar.schedule(at(1), Phase{0}, 'a');
  calendar.schedule(at(2), Phase{0}, 'b');
  calendar.schedule(at(10), Phase{0}, 'c');
  calendar.schedule(at(11), Phase{0}, 'd');
  return calendar;
}

struct Recorder {
  std::string& seen;
  void operator()(const Event<char>& event) { seen += event.payload; }
};

TEST_CASE("the horizon excludes its end, except for the final samples") {
  Calendar<char> calendar = example();
  std::string seen;
  const RunResult result = run(calendar, {.end = at(10)}, Recorder{seen});
  CHECK(seen == "abyz");
  CHECK(result.reason == StopReason::horizon);
  CHECK(result.events == 4);
  CHECK(result.end == at(10));
  CHECK(calendar.size() == 2);
}

TEST_CASE("a later horizon takes up what the earlier one left") {
  Calendar<char> calendar = example();
  std::string seen;
  run(calendar, {.end = at(10)}, Recorder{seen});
  run(calendar, {.end = at(11)}, Recorder{seen});
  CHECK(seen == "abyzc");
  const RunResult result = run(calendar, {}, Recorder{seen});
  CHECK(seen == "abyzcd");
  CHECK(result.reason == StopReason::exhausted);
  CHECK(result.end == at(11));
}

TEST_CASE("a run whose horizon is already reached handles nothing") {
  Calendar<char> calendar = example();
  std::string seen;
  const RunResult result = run(calendar, {.end = at(0)}, Recorder{seen});
  CHECK(seen.empty());
  CHECK(result.reason == StopReason::horizon);
  CHECK(result.events == 0);
  CHECK(result.end == at(0));
}

TEST_CASE("a run cannot end before it begins") {
  Calendar<char> calendar(at(5));
  std::string seen;
  CHECK_THROWS_WITH(
      run(calendar, {.end = at(4)}, Recorder{seen}),
      "a run cannot end at 1970-01-01T00:00:00.004Z, before the current instant 1970-01-01T00:00:00.005Z");
}

TEST_CASE("an empty calendar ends the run where the last event was") {
  Calendar<char> calendar(at(5));
  std::string seen;
  RunResult result = run(calendar, {.end = at(10)}, Recorder{seen});
  CHECK(result.reason == StopReason::exhausted);
  CHECK(result.end == at(5));
  calendar.schedule(at(7), Phase{0}, 'a');
  result = run(calendar, {.end = at(10)}, Recorder{seen});
  CHECK(result.reason == StopReason::exhausted);
  CHECK(result.end == at(7));
}

TEST_CASE("final samples are the horizon, even when nothing is left behind them") {
  Calendar<char> calendar;
  calendar.schedule(at(10), Phase::closing, 'z');
  std::string seen;
  const RunResult result = run(calendar, {.end = at(10)}, Recorder{seen});
  CHECK(seen == "z");
  CHECK(result.reason == StopReason::horizon);
}

TEST_CASE("the end of time is a horizon") {
  Calendar<char> calendar;
  calendar.schedule(Time::earliest(), Phase{0}, 'a');
  calendar.schedule(Time::latest(), Phase{0}, 'b');
  calendar.schedule(Time::latest(), Phase::closing, 'z');
  std::string seen;
  const RunResult result = run(calendar, {}, Recorder{seen});
  CHECK(seen == "az");
  CHECK(result.reason == StopReason::horizon);
  CHECK(result.end == Time::latest());
}

TEST_CASE("the handler can stop the run, also among the final samples") {
  Calendar<char> calendar = example();
  std::string seen;
  const auto stop_at_b_and_z = [&seen](const Event<char>& event) {
    seen += event.payload;
    return event.payload == 'b' || event.payload == 'z' ? Flow::stop : Flow::proceed;
  };
  RunResult result = run(calendar, {.end = at(10)}, stop_at_b_and_z);
  CHECK(seen == "ab");
  CHECK(result.reason == StopReason::stopped);
  CHECK(result.events == 2);
  CHECK(result.end == at(2));
  result = run(calendar, {.end = at(10)}, stop_at_b_and_z);
  CHECK(seen == "abyz");
  CHECK(result.reason == StopReason::stopped);
  CHECK(result.end == at(10));
}

TEST_CASE("the event limit stops a run only where another event was due") {
  std::string seen;
  Calendar<char> calendar = example();
  RunResult result = run(calendar, {.end = at(10), .events = 3}, Recorder{seen});
  CHECK(seen == "aby");
  CHECK(result.reason == StopReason::event_limit);
  CHECK(result.events == 3);
  CHECK(result.end == at(2));
  result = run(calendar, {.end = at(10), .events = 1}, Recorder{seen});
  CHECK(seen == "abyz");
  CHECK(result.reason == StopReason::horizon);

  Calendar<char> short_one;
  short_one.schedule(at(1), Phase{0}, 'a');
  CHECK(run(short_one, {.events = 1}, Recorder{seen}).reason == StopReason::exhausted);
  CHECK(run(short_one, {.events = 0}, Recorder{seen}).reason == StopReason::exhausted);
}

TEST_CASE("handlers schedule, cancel and reschedule") {
  Calendar<char> calendar(at(0));
  calendar.schedule(at(1), Phase{5}, 'a');
  const EventId doomed = calendar.schedule(at(1), Phase{6}, 'x');
  const EventId moved = calendar.schedule(at(9), Phase{0}, 'm');
  std::string seen;
  run(calendar, {.end = at(10)}, [&](const Event<char>& event) {
    seen += event.payload;
    if (event.payload != 'a') return;
    CHECK_FALSE(calendar.pending(event.id));
    CHECK(calendar.cancel(doomed));
    CHECK(calendar.reschedule(moved, event.time, Phase{4}));  // the next round
    calendar.schedule(event.time, Phase{7}, 'b');
    calendar.schedule(event.time, Phase::closing, 'z');
  });
  CHECK(seen == "abmz");
}

TEST_CASE("an observer sees each event just before its handler") {
  Calendar<char> calendar = example();
  std::string seen;
  run(
      calendar, {.end = at(3)}, [&seen](const Event<char>& event) { seen += event.payload; },
      [&seen](const Event<char>&) { seen += '.'; });
  CHECK(seen == ".a.b.y");
}

TEST_CASE("what a handler throws passes through and its event is gone") {
  Calendar<char> calendar = example();
  const auto fail = [](const Event<char>&) { throw std::runtime_error("broken"); };
  CHECK_THROWS_WITH(run(calendar, {.end = at(10)}, fail), "broken");
  CHECK(calendar.size() == 5);
  std::string seen;
  run(calendar, {.end = at(10)}, Recorder{seen});
  CHECK(seen == "byz");
}

TEST_CASE("a run from a copy made half way ends like the original") {
  Calendar<char> calendar = example();
  std::string original, replay;
  run(calendar, {.end = at(10), .events = 2}, Recorder{original});
  Calendar<char> copy = calendar;
  replay = original;
  run(calendar, {.end = at(10)}, Recorder{original});
  run(copy, {.end = at(10)}, Recorder{replay});
  CHECK(original == replay);
}

TEST_CASE("stop reasons have names") {
  CHECK(to_string(StopReason::horizon) == "horizon");
  CHECK(to_string(StopReason::exhausted) == "exhausted");
  CHECK(to_string(StopReason::stopped) == "stopped");
  CHECK(to_string(StopReason::event_limit) == "event limit");
}

}  // namespace
}  // namespace fleetrace::test
