#include "fleetrace/fleet/trajectory.hpp"

#include "tests/oracle/race.hpp"

namespace fleetrace::test {
namespace {

fleet::Case with_progress(const std::string& progress) {
  return cases_of("horizon: {start: 2026-01-01, length: 8 yr}\nprogress: " + progress +
                  "\ninitial_fleet: [{capacity: 1 FLOP/s}]\nstrategies: {a: {buy: none}}\n")[0];
}

}  // namespace

TEST_CASE("a trajectory is empty until capacity comes, and keeps what it has when capacity goes") {
  const fleet::Case one = with_progress("{model: none}");
  fleet::Trajectory trajectory;
  trajectory.reset(one.horizon, one.plant.progress);
  CHECK(trajectory.effective_at(8.0) == 0);
  trajectory.change(one.horizon.start + core::kYear * 2, 5);
  trajectory.change(one.horizon.start + core::kYear * 3, 0);
  CHECK(trajectory.effective_at(2.0) == 0);
  CHECK(trajectory.effective_at(2.5) == 2.5 * kYearSeconds);
  CHECK(trajectory.effective_at(3.0) == 5 * kYearSeconds);
  CHECK(trajectory.effective_at(7.0) == 5 * kYearSeconds);
  CHECK(trajectory.rate_at(one.horizon.start + core::kYear * 2) == 5);
  CHECK(trajectory.rate_at(one.horizon.start + core::kYear * 2 - core::kMillisecond) == 0);
  CHECK(trajectory.rate_at(one.horizon.start + core::kYear * 3) == 0);
}

TEST_CASE("changes of one instant are one segment, and a change to the same rate is none") {
  const fleet::Case one = with_progress("{model: none}");
  fleet::Trajectory trajectory;
  trajectory.reset(one.horizon, one.plant.progress);
  for (const double rate : {1.0, 2.0, 7.0}) trajectory.change(one.horizon.start + core::kYear, rate);
  trajectory.change(one.horizon.start + core::kYear * 2, 7);
  REQUIRE(trajectory.segments().size() == 2);
  CHECK(trajectory.effective_at(2.0) == 7 * kYearSeconds);
}

TEST_CASE("splitting a segment changes nothing") {
  const fleet::Case one = with_progress("{model: exponential, doubling: 8 months}");
  fleet::Trajectory whole;
  fleet::Trajectory split;
  whole.reset(one.horizon, one.plant.progress);
  split.reset(one.horizon, one.plant.progress);
  whole.change(one.horizon.start, 3);
  for (int month = 0; month < 96; ++month)
    split.change(one.horizon.start + core::kMonth * month, 3 + 1e-15 * (month % 2));
  CHECK(split.effective_at(8.0) == Approx(whole.effective_at(8.0)).epsilon(1e-14));
  CHECK(split.work_at(8.0) == Approx(whole.work_at(8.0)).epsilon(1e-14));
}

TEST_CASE("disembodied progress multiplies what is in service, embodied progress does not") {
  const fleet::Case disembodied = with_progress("{model: exponential, doubling: 1 yr}");
  const fleet::Case embodied = with_progress("{model: exponential, doubling: 1 yr, embodied: true}");
  fleet::Trajectory trajectory;
  trajectory.reset(disembodied.horizon, disembodied.plant.progress);
  trajectory.change(disembodied.horizon.start, 1);
  CHECK(trajectory.effective_at(3.0) == Approx(7 / kLn2 * kYearSeconds).epsilon(1e-14));
  CHECK(trajectory.multiplier(3.0) == Approx(8).epsilon(1e-15));
  trajectory.reset(embodied.horizon, embodied.plant.progress);
  trajectory.change(embodied.horizon.start, 1);
  CHECK(trajectory.effective_at(3.0) == 3 * kYearSeconds);
  CHECK(trajectory.multiplier(3.0) == 1);
}

}  // namespace fleetrace::test
