#include "sim/fleet/accounting/trajectory.hpp"

#include "tests/oracle/race.hpp"

namespace fleetrace::test {
namespace {

fleet::StrategySetup with_progress(const std::string& progress) {
  return cases_of("horizon: {start: 2026-01-01, length: 8 yr}\nprogress: " + progress +
                  "\ninitial_fleet: [{capacity: 1 FLOP/s}]\nstrategies: {a: {buy: none}}\n")[0];
}

}  // namespace

TEST_CASE("a trajectory is empty until capacity comes, and keeps what it has when capacity goes") {
  const fleet::StrategySetup one = with_progress("{model: none}");
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
  const fleet::StrategySetup one = with_progress("{model: none}");
  fleet::Trajectory trajectory;
  trajectory.reset(one.horizon, one.plant.progress);
  for (const double rate : {1.0, 2.0, 7.0}) trajectory.change(one.horizon.start + core::kYear, rate);
  trajectory.change(one.horizon.start + core::kYear * 2, 7);
  REQUIRE(trajectory.segments().size() == 2);
  CHECK(trajectory.effective_at(2.0) == 7 * kYearSeconds);
}

TEST_CASE("splitting a segment changes nothing") {
  const fleet::StrategySetup one = with_progress("{model: exponential, doubling: 8 months}");
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
  const fleet::StrategySetup disembodied = with_progress("{model: exponential, doubling: 1 yr}");
  const fleet::StrategySetup embodied = with_progress("{model: exponential, doubling: 1 yr, embodied: true}");
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

TEST_CASE("changes that come together count from when each of them came") {
  const fleet::StrategySetup one = with_progress("{model: none}");
  const core::Time start = one.horizon.start;
  fleet::Trajectory trajectory;
  trajectory.reset(one.horizon, one.plant.progress);
  trajectory.change(start, 10);
  // From day 1 to day 5: 3 more after 1 day, 1 fewer after 3 days.
  const double day = 86.4e6;
  trajectory.rate_moments(start + core::kDay, start + core::kDay * 5,
                          {2, 3 * day - 1 * 3 * day, 3 * day * day - 9 * day * day}, 12);
  CHECK(trajectory.segments().size() == 3);
  CHECK(trajectory.work_at(start + core::kDay) == 10 * 86'400.0);
  CHECK(trajectory.work_at(start + core::kDay * 5) == Approx((5 * 10 + 3 * 3 - 1 * 1) * 86'400.0).epsilon(1e-14));
  CHECK(trajectory.effective_at(start + core::kDay * 5) == Approx(58 * 86'400.0).epsilon(1e-12));
  CHECK(trajectory.rate_at(start + core::kDay * 3) == Approx(48 / 4.0).epsilon(1e-12));
  CHECK(trajectory.rate_at(start + core::kDay * 6) == 12);
  // All in one instant is a change.
  trajectory.rate_moments(start + core::kDay * 7, start + core::kDay * 7, {-2, 0, 0}, 10);
  CHECK(trajectory.rate_at(start + core::kDay * 8) == 10);
}

TEST_CASE("changes that come together are worth what progress makes of each") {
  const fleet::StrategySetup one = with_progress("{model: exponential, doubling: 4 months}");
  const core::Time start = one.horizon.start + core::kYear;
  fleet::Trajectory each;
  fleet::Trajectory together;
  for (fleet::Trajectory* const trajectory : {&each, &together}) {
    trajectory->reset(one.horizon, one.plant.progress);
    trajectory->change(start, 1'000);
  }
  core::Stream stream(5, 0, core::Purpose::study);
  core::Time at = start;
  double rate = 1'000;
  fleet::Trajectory::RateMoments rate_moments;
  for (int i = 0; i < 200; ++i) {
    at = at + core::Duration::from_milliseconds(1 + static_cast<std::int64_t>(stream.uniform() * 5e6));
    const double change = stream.uniform() < 0.5 ? -1 : 1;
    const auto late = static_cast<double>((at - start).milliseconds());
    each.change(at, rate += change);
    rate_moments.sum += change;
    rate_moments.first += change * late;
    rate_moments.second += change * late * late;
  }
  const core::Time end = at + core::kHour;
  together.rate_moments(start, end, rate_moments, rate);
  CHECK((end - start) > core::kDay * 5);
  CHECK(together.segments().size() == 3);
  // A changes by 3 % meanwhile, and the rate by 2 %: of their product, a parabola leaves some 1e-5.
  CHECK(together.effective_at(end) == Approx(each.effective_at(end)).epsilon(1e-7));
  CHECK(together.work_at(end) == Approx(each.work_at(end)).epsilon(1e-13));
  // Work does not jump where averaged changes end: a run that ends just before has not computed more than one that ends there.
  const core::Time before = end - core::Duration::from_milliseconds(1);
  CHECK(together.work_at(before) < together.work_at(end));
  CHECK(together.work_at(end) - together.work_at(before) == Approx(1e-3 * together.work_rate_at(before)).epsilon(1e-3));
  CHECK(together.work_rate_at(before) != together.rate_at(before));
  CHECK(together.effective_at(end + core::kYear) == Approx(each.effective_at(end + core::kYear)).epsilon(1e-8));
  CHECK(std::fabs(rate_moments.sum) > 2);
}

}  // namespace fleetrace::test
