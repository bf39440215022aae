#include "sim/fleet/events/scheduler.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <string_view>

namespace {

using namespace fleetrace;
using fleet::EventKind;

const core::Time kStart = *core::parse_iso8601("2026-01-01");

fleet::EventScheduler year_of_events() {
  fleet::EventScheduler events;
  events.reset({kStart, kStart + core::kYear, core::kMonth});
  return events;
}

}  // namespace

TEST_CASE("the table of events has a name, a phase and a handler for each kind, in the order of phases") {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < fleet::kEventKinds; ++i) {
    const fleet::EventType& type = fleet::kEventTypes[i];
    CHECK(names.insert(type.name).second);
    CHECK(type.handle != nullptr);
    if (i > 0) CHECK(type.phase >= fleet::kEventTypes[i - 1].phase);
  }
  CHECK(fleet::to_string(EventKind::booking) == "booking");
  CHECK(fleet::to_string(EventKind::sample) == "sample");
  CHECK(fleet::info(EventKind::sample).phase == engine::Phase::closing);
  // Failures and repairs alone leave others pending.
  for (const EventKind kind : {EventKind::failure, EventKind::repair, EventKind::turnover})
    CHECK(fleet::info(kind).failures == fleet::FailuresFirst::kept);
  CHECK(fleet::info(EventKind::outage).failures == fleet::FailuresFirst::applied);
}

TEST_CASE("nothing is planned at the end of the horizon or beyond it") {
  fleet::EventScheduler events = year_of_events();
  CHECK(
      events.pending(events.schedule(kStart + core::kYear - core::Duration::from_milliseconds(1), EventKind::review)));
  CHECK_FALSE(events.pending(events.schedule(kStart + core::kYear, EventKind::review)));
  CHECK_FALSE(events.pending(events.schedule_after(1e300, EventKind::review)));
  CHECK(events.calendar().size() == 1);
  fleet::EventScheduler empty = year_of_events();
  CHECK(empty.next_time() == kStart + core::kYear);
}

TEST_CASE("events of one instant come in the order of phases, whatever was planned first") {
  fleet::EventScheduler events = year_of_events();
  events.schedule(kStart, EventKind::review);
  events.schedule(kStart, EventKind::delivery, 7, 100);
  events.schedule(kStart, EventKind::booking);
  CHECK(events.calendar().pop().payload.kind == EventKind::booking);
  const fleet::Event delivery = events.calendar().pop();
  CHECK(delivery.payload.kind == EventKind::delivery);
  CHECK(delivery.payload.index == 7);
  CHECK(delivery.payload.count == 100);
  CHECK(events.calendar().pop().payload.kind == EventKind::review);
}

TEST_CASE("an event is moved where it is pending, planned where it is not, and cancelled where it comes too late") {
  fleet::EventScheduler events = year_of_events();
  engine::EventId failure;
  events.reschedule_after(failure, 1000.4, EventKind::failure, 3, 1);
  REQUIRE(events.pending(failure));
  CHECK(events.next_time() == kStart + core::Duration::from_milliseconds(1000));
  events.reschedule_after(failure, 10, EventKind::failure, 3, 1);
  CHECK(events.calendar().size() == 1);
  CHECK(events.next_time() == kStart + core::Duration::from_milliseconds(10));
  events.reschedule_after(failure, 1e15, EventKind::failure, 3, 1);
  CHECK_FALSE(events.pending(failure));
}
