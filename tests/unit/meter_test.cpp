#include "fleetrace/fleet/meter.hpp"

#include <catch2/catch.hpp>

namespace fleetrace::test {
namespace {

fleet::Case half_used() {
  fleet::Case one;
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
  const fleet::Case one = half_used();
  fleet::Meter meter;
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

TEST_CASE("asking does not change a meter, and a copy goes its own way") {
  const fleet::Case one = half_used();
  fleet::Meter meter;
  meter.reset(one);
  meter.change(accelerators(100, 10), 5, one.horizon.start);
  fleet::Meter copy = meter;
  copy.change(accelerators(100, 10), 5, one.horizon.start + core::kHour);
  CHECK(meter.totals_at(one.horizon.end).peak_flop == 500 * 4 * core::kYear.seconds());
  CHECK(meter.totals_at(one.horizon.start + core::kHour).peak_flop == 500 * 3'600);
  CHECK(copy.rates().accelerators == 10);
  CHECK(meter.rates().accelerators == 5);
}

TEST_CASE("when the last unit leaves nothing is left of it, not even a rounding error") {
  const fleet::Case one = half_used();
  fleet::Meter meter;
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
