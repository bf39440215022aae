#include <catch2/catch.hpp>

#include "sim/fleet/accounting/compute_meter.hpp"

namespace fleetrace::test {
namespace {

fleet::StrategySetup half_used() {
  fleet::StrategySetup one;
  one.horizon.start = core::Time::from_milliseconds(0);
  one.horizon.end = one.horizon.start + core::kYear * 4;
  one.plant.sites.resize(1);
  one.plant.operations.mfu = 0.5;
  one.plant.operations.failures.availability = 0.9;
  return one;
}

fleet::Cohort accelerators(double peak, double power) {
  fleet::Cohort cohort;
  cohort.type = 0;
  cohort.size = 1'000;
  cohort.peak = peak;
  cohort.work_rate = peak * 0.45;
  cohort.average_power = power;
  cohort.cost_usd = 7;
  return cohort;
}

}  // namespace

TEST_CASE("a meter integrates what is in service and for how long") {
  const fleet::StrategySetup one = half_used();
  fleet::ComputeMeter meter;
  meter.reset(one);
  const auto after = [&](int hours) { return one.horizon.start + core::kHour * hours; };
  meter.change(accelerators(100, 10), 5, after(0));
  meter.change(accelerators(300, 20), 2, after(1));
  meter.change(accelerators(100, 10), -4, after(3));
  const fleet::Totals totals = meter.totals_at(after(4));
  CHECK(totals.unit_seconds == 3'600 * (5 + 7 + 7 + 3));
  CHECK(totals.accelerator_seconds == totals.unit_seconds);
  CHECK(totals.peak_flop == 3'600.0 * (500 + 1'100 + 1'100 + 700));
  CHECK(totals.useful_flop == Approx(totals.peak_flop * 0.45).epsilon(1e-15));
  CHECK(totals.it_joule == Approx(3'600 * 0.9 * (50 + 90 + 90 + 50)).epsilon(1e-15));
  CHECK(meter.rates().peak == 700);
  CHECK(meter.rates().work == Approx(315).epsilon(1e-15));
  CHECK(meter.rates().cost_usd == 21);
  CHECK(meter.rates().accelerators == 3);
}

TEST_CASE("accelerators with an MFU of their own are useful at it, whatever else is there") {
  const fleet::StrategySetup one = half_used();
  fleet::ComputeMeter meter;
  meter.reset(one);
  const auto after = [&](int hours) { return one.horizon.start + core::kHour * hours; };
  fleet::Cohort better = accelerators(100, 10);
  better.relative_mfu = 1.4;
  meter.change(better, 5, after(0));
  meter.change(accelerators(300, 20), 2, after(1));
  const fleet::Totals totals = meter.totals_at(after(3));
  CHECK(totals.peak_flop == 3'600.0 * (3 * 500 + 2 * 600));
  CHECK(totals.useful_flop == Approx(3'600 * 0.45 * (3 * 500 * 1.4 + 2 * 600)).epsilon(1e-15));
}

TEST_CASE("where nothing that draws power is left, none is drawn, whatever else is there") {
  const fleet::StrategySetup one = half_used();
  const fleet::Cohort rented = accelerators(100, 0);
  const fleet::Cohort own = accelerators(100, 1458.3000000000002);
  fleet::ComputeMeter meter;
  meter.reset(one);
  meter.change(rented, 7, one.horizon.start);
  for (const std::int64_t count : {2'157, 3'275, 4'301, 4'955}) meter.change(own, count, one.horizon.start);
  CHECK(meter.average_power(0) > 0);
  for (const std::int64_t count : {4'335, 4'009, 4'301, 2'043}) meter.change(own, -count, one.horizon.start);
  CHECK(meter.average_power(0) == 0);
  CHECK(meter.rates().accelerators == 7);
}

TEST_CASE("changes that were spread over the time before come to what each by itself does") {
  const fleet::StrategySetup one = half_used();
  const fleet::Cohort cohort = accelerators(100, 10);
  const auto after = [&](int hours) { return one.horizon.start + core::kHour * hours; };
  fleet::ComputeMeter each;
  fleet::ComputeMeter together;
  for (fleet::ComputeMeter* const meter : {&each, &together}) {
    meter->reset(one);
    meter->change(cohort, 10, after(0));
  }
  // Two fail after 1 and 3 hours, one is back after 4; one of those that failed was a spare.
  each.change(cohort, {0, -1, -1, -1}, after(1));
  each.change(cohort, {0, -1, 0, 0}, after(3));
  each.change(cohort, {0, 1, 1, 1}, after(4));
  together.change(cohort, {0, -1, 0, 0, 0, 3'600.0 * (-5 - 3 + 2), 3'600.0 * (-5 + 2)}, after(6));
  const fleet::Totals a = each.totals_at(after(7));
  const fleet::Totals b = together.totals_at(after(7));
  CHECK(a.useful_flop == Approx(3'600 * 100 * 0.45 * (10 * 7 - 3)).epsilon(1e-14));
  CHECK(b.useful_flop == Approx(a.useful_flop).epsilon(1e-14));
  CHECK(b.it_joule == Approx(a.it_joule).epsilon(1e-14));
  CHECK(b.working_flop == Approx(a.working_flop).epsilon(1e-14));
  CHECK(b.uninterrupted_flop == Approx(a.uninterrupted_flop).epsilon(1e-14));
  CHECK(b.working_accelerator_seconds == Approx(a.working_accelerator_seconds).epsilon(1e-14));
  CHECK(b.unit_seconds == a.unit_seconds);
  CHECK(together.average_power(0) == each.average_power(0));
}

TEST_CASE("what is open counts by the shares that hold, like what is closed") {
  const fleet::StrategySetup one = half_used();
  const auto after = [&](int hours) { return one.horizon.start + core::kHour * hours; };
  fleet::ComputeMeter meter;
  meter.reset(one);
  meter.change(accelerators(100, 10), 8, after(0));
  meter.set_shares({0.9, 0.8, 0.5, 1}, after(0));
  meter.set_shares({0.95, 0.8, 0.75, 0.25}, after(2));
  const fleet::Totals open = meter.totals_at(after(6));
  CHECK(open.working_flop == 3'600 * 800 * (2 + 0.25 * 4));
  CHECK(open.uninterrupted_flop == Approx(3'600 * 800 * (0.4 * 2 + 0.6 * 0.25 * 4)).epsilon(1e-15));
  CHECK(open.working_accelerator_seconds == Approx(3'600 * 8 * (0.5 * 2 + 0.75 * 0.25 * 4)).epsilon(1e-15));
  meter.set_shares({}, after(6));
  const fleet::Totals closed = meter.totals_at(after(6));
  CHECK(closed.working_flop == open.working_flop);
  CHECK(closed.uninterrupted_flop == open.uninterrupted_flop);
  CHECK(closed.useful_flop == open.useful_flop);
  CHECK(closed.working_accelerator_seconds == open.working_accelerator_seconds);
}

TEST_CASE("asking does not change a meter, and a copy goes its own way") {
  const fleet::StrategySetup one = half_used();
  fleet::ComputeMeter meter;
  meter.reset(one);
  meter.change(accelerators(100, 10), 5, one.horizon.start);
  fleet::ComputeMeter copy = meter;
  copy.change(accelerators(100, 10), 5, one.horizon.start + core::kHour);
  CHECK(meter.totals_at(one.horizon.end).peak_flop == 500 * 4 * core::kYear.seconds());
  CHECK(meter.totals_at(one.horizon.start + core::kHour).peak_flop == 500 * 3'600);
  CHECK(copy.rates().accelerators == 10);
  CHECK(meter.rates().accelerators == 5);
}

TEST_CASE("when the last unit leaves nothing is left of it, not even a rounding error") {
  const fleet::StrategySetup one = half_used();
  fleet::ComputeMeter meter;
  meter.reset(one);
  meter.change(accelerators(0.1, 0.3), 3, one.horizon.start);
  meter.change(accelerators(1e17, 1e9), 1, one.horizon.start + core::kHour);
  meter.change(accelerators(0.1, 0.3), -3, one.horizon.start + core::kHour * 2);
  meter.change(accelerators(1e17, 1e9), -1, one.horizon.start + core::kHour * 3);
  CHECK(meter.rates().peak == 0);
  CHECK(meter.rates().work == 0);
  CHECK(meter.rates().average_power == 0);
}

}  // namespace fleetrace::test
