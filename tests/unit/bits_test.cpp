#include "tests/unit/bits.hpp"

#include <catch2/catch.hpp>
#include <limits>

#include "sim/fleet/results/outcome.hpp"

namespace fleetrace::test {
namespace {

struct Inner {
  double number = 0;
  bool flag = false;
};

struct Probe {
  core::Time time;
  core::Money money;
  double number = 0;
  std::optional<double> maybe;
  std::string name;
  std::array<std::int64_t, 3> counts = {};
  std::vector<Inner> list;
  Inner inner;
};
static_assert(field_count<Inner>() == 2);
static_assert(field_count<Probe>() == 8);

template <class Change>
bool is_seen(const Change& change) {
  Probe changed;
  change(changed);
  return Bits(changed) != Bits(Probe{});
}

}  // namespace

TEST_CASE("bits of an aggregate are those of all of its fields") {
  CHECK(Bits(Probe{}) == Bits(Probe{}));
  CHECK(is_seen([](Probe& probe) { probe.time = core::Time::from_milliseconds(1); }));
  CHECK(is_seen([](Probe& probe) { probe.money = core::Money::from_micros(1); }));
  CHECK(is_seen([](Probe& probe) { probe.number = std::numeric_limits<double>::denorm_min(); }));
  CHECK(is_seen([](Probe& probe) { probe.maybe = 0; }));
  CHECK(is_seen([](Probe& probe) { probe.name = "x"; }));
  CHECK(is_seen([](Probe& probe) { probe.counts[2] = 1; }));
  CHECK(is_seen([](Probe& probe) { probe.list.emplace_back(); }));
  CHECK(is_seen([](Probe& probe) { probe.inner.flag = true; }));
}

TEST_CASE("bits tell zeros apart, and NaN has the bits of itself") {
  CHECK(Bits(-0.0) != Bits(0.0));
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(Bits(nan) == Bits(nan));
}

TEST_CASE("bits of a list end where the list does") {
  const std::vector<std::vector<int>> left = {{1}, {2, 3}};
  const std::vector<std::vector<int>> right = {{1, 2}, {3}};
  CHECK(Bits(left) != Bits(right));
}

TEST_CASE("bits of an outcome reach down to the fields of its cohorts") {
  fleet::Outcome outcome;
  outcome.cohorts.emplace_back();
  const Bits before(outcome);
  CHECK(Bits(outcome) == before);
  outcome.cohorts.front().working_seconds = 1;
  CHECK(Bits(outcome) != before);
}

}  // namespace fleetrace::test
