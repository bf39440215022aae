#include "sim/fleet/sites/site.hpp"

#include <catch2/catch.hpp>
#include <limits>

namespace {

using namespace fleetrace;

const core::Time kStart = *core::parse_iso8601("2026-01-01");
constexpr double kUnlimited = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("what a site costs to build is paid for each part when it opens, and nothing for power without a limit") {
  fleet::Site site;
  site.base = {10e3, kUnlimited, kUnlimited, kUnlimited};
  site.cost_per_watt = 2;
  const core::Time opens = kStart + core::kYear;
  const core::Time shrinks = kStart + core::kYear * 2;
  const core::Time grows = kStart + core::kYear * 3;
  site.additions.push_back({opens, opens, {5e3, 0, 0, 0}, 3});
  site.additions.push_back({shrinks, shrinks, {-8e3, 0, 0, 0}, 3});
  site.additions.push_back({grows, grows, {9e3, 0, 0, 0}, 4});
  CHECK(site.facility_cost(kStart) == core::Money::from_usd(20e3));
  CHECK(site.facility_cost(opens - core::kMillisecond) == core::Money::from_usd(20e3));
  CHECK(site.facility_cost(opens) == core::Money::from_usd(35e3));
  CHECK(site.facility_cost(shrinks) == core::Money::from_usd(35e3));
  // 16 kW are 1 kW more than there ever were.
  CHECK(site.facility_cost(grows) == core::Money::from_usd(39e3));
  // In equal parts over ten years, each from when it opened: 20 x 6/10 + 15 x 7/10 + 4 x 9/10 thousand USD.
  site.facility_life = 10;
  CHECK(site.facility_residual(kStart, kStart + core::kYear * 4) == Approx(26.1e3).epsilon(1e-12));
  // A part that opens on the day itself is not built yet.
  CHECK(site.facility_residual(kStart, opens) == Approx(18e3).epsilon(1e-12));
  site.facility_life = 0;
  CHECK(site.facility_residual(kStart, opens) == 0);
  CHECK(site.shrinks());

  fleet::Site endless;
  endless.base = {kUnlimited, kUnlimited, kUnlimited, kUnlimited};
  endless.cost_per_watt = 2;
  CHECK(endless.facility_cost(grows) == core::Money{});
  CHECK_FALSE(endless.shrinks());
}

TEST_CASE("electricity of a site costs what each tariff says while it holds") {
  fleet::Site site;
  site.electricity = 0.1;
  const auto at = [](int hours) { return kStart + core::kHour * hours; };
  site.tariffs.push_back({at(10), 0.2, {}});
  site.tariffs.push_back({at(20), {}, 0.5});  // of emissions alone
  site.tariffs.push_back({at(30), 0.05, {}});
  CHECK(site.usd_per_kilowatt(at(0), at(5)) == Approx(0.5).epsilon(1e-14));
  CHECK(site.usd_per_kilowatt(at(0), at(10)) == Approx(1).epsilon(1e-14));
  CHECK(site.usd_per_kilowatt(at(0), at(40)) == Approx(1 + 4 + 0.5).epsilon(1e-14));
  CHECK(site.usd_per_kilowatt(at(15), at(25)) == Approx(2).epsilon(1e-14));
  CHECK(site.usd_per_kilowatt(at(30), at(32)) == Approx(0.1).epsilon(1e-14));
  CHECK(site.usd_per_kilowatt(at(15), at(15)) == 0);
  CHECK(site.cheapest_electricity() == 0.05);
  CHECK(site.has_energy_costs());
  fleet::Site free;
  CHECK_FALSE(free.has_energy_costs());
  free.tariffs.push_back({at(10), {}, 0.5});
  CHECK_FALSE(free.has_energy_costs());
  free.tariffs.push_back({at(20), 0.2, {}});
  CHECK(free.has_energy_costs());
}

TEST_CASE("a site draws its fixed power by what is open, at the price of the hour") {
  fleet::Site site;
  site.electricity = 0.1;
  site.pue = 1.5;
  site.fixed_overhead = 1;
  site.base = {15e3, kUnlimited, kUnlimited, kUnlimited};
  const auto at = [](int hours) { return kStart + core::kHour * hours; };
  site.additions.push_back({at(10), at(10), {15e3, 0, 0, 0}, 0});
  site.additions.push_back({at(20), at(20), {30e3, 0, 0, 0}, 0});
  // Half of the IT power of 10 kW and of 20 kW: 5 kW for ten hours, then 10 kW for ten hours.
  CHECK(site.fixed_energy_usd(at(0), at(10)) == Approx(5).epsilon(1e-9));
  CHECK(site.fixed_energy_usd(at(0), at(20)) == Approx(15).epsilon(1e-9));
  CHECK(site.fixed_energy_usd(at(10), at(20)) == Approx(10).epsilon(1e-9));
  CHECK(site.fixed_energy_usd(at(5), at(15)) == Approx(7.5).epsilon(1e-9));
}

TEST_CASE("a contract of power holds for its share of a month") {
  fleet::PowerContract contract;
  const auto at = [](int hours) { return kStart + core::kHour * hours; };
  contract.from = at(10);
  contract.until = at(20);
  CHECK(contract.share_of(at(0), at(10)) == 0);
  CHECK(contract.share_of(at(0), at(20)) == 0.5);
  CHECK(contract.share_of(at(12), at(17)) == 1);
  CHECK(contract.share_of(at(15), at(25)) == 0.5);
  CHECK(contract.share_of(at(20), at(30)) == 0);
}

TEST_CASE("what fits is the least of what opens: grid power, distribution, cooling and racks") {
  fleet::Site site;
  site.pue = 1.25;
  site.redundancy = 2;
  site.accelerators_per_rack = 4;
  site.base = {250e3, 90e3, 80e3, 10};
  const core::Time opens = kStart + core::kYear;
  site.additions.push_back({opens, opens, {125e3, 40e3, 15e3, 5}, 0});
  const fleet::SiteCapacity first = site.capacity_at(kStart);
  CHECK(first.it_power_milliwatt == 80'000'000);
  CHECK(first.power_by == fleet::Constraint::cooling);
  CHECK(first.accelerators == 40);
  const fleet::SiteCapacity then = site.capacity_at(opens);
  CHECK(then.it_power_milliwatt == 95'000'000);
  CHECK(then.accelerators == 60);
  site.base.cooling = 200e3;
  CHECK(site.capacity_at(kStart).it_power_milliwatt == 90'000'000);
  CHECK(site.capacity_at(kStart).power_by == fleet::Constraint::power);
  CHECK(site.capacity_at(opens).it_power_milliwatt == 130'000'000);
  site.base.distribution = 200e3;
  CHECK(site.capacity_at(kStart).it_power_milliwatt == 100'000'000);
  CHECK(site.capacity_at(opens).it_power_milliwatt == 150'000'000);
  // A strategy counts on what is announced for then, and on nothing that is late.
  site.additions[0].announced = kStart + core::kDay;
  CHECK(site.counted_on(kStart, kStart + core::kDay).it_power_milliwatt == 150'000'000);
  CHECK(site.counted_on(kStart, kStart).it_power_milliwatt == 100'000'000);
  CHECK(site.counted_on(kStart + core::kDay, kStart + core::kDay * 2).it_power_milliwatt == 100'000'000);
  site.additions[0].announces = fleet::SiteResources{25e3, 0, 0, 0};
  CHECK(site.counted_on(kStart, kStart + core::kDay).it_power_milliwatt == 110'000'000);
}
