#include "sim/fleet/sites/sites.hpp"

#include <catch2/catch.hpp>

#include "sim/fleet/sites/available_capacity.hpp"
#include "sim/fleet/sites/energy_reserve.hpp"

namespace {

using namespace fleetrace;
using fleet::Constraint;

const core::Time kStart = *core::parse_iso8601("2026-01-01");
constexpr double kUnlimited = std::numeric_limits<double>::infinity();

/// 10 kW from the start on and 5 kW more after a year; room for 12 accelerators.
fleet::StrategySetup one_site() {
  fleet::StrategySetup setup;
  setup.horizon = {kStart, kStart + core::kYear * 4, core::kMonth};
  fleet::Site site;
  site.name = "main";
  site.electricity = 0.1;
  site.accelerators_per_rack = 4;
  site.base = {10e3, kUnlimited, kUnlimited, 3};
  site.cost_per_watt = 2;
  site.additions.push_back({kStart + core::kYear, kStart + core::kYear, {5e3, 0, 0, 0}, 3});
  setup.plant.sites.push_back(site);
  setup.plant.market.types.emplace_back();  // that of all cohorts here, whose life is asked for
  setup.strategy.sites = {0};
  return setup;
}

fleet::Cohort kilowatts(std::int64_t waiting) {
  fleet::Cohort cohort;
  cohort.type = 0;
  cohort.size = waiting;
  cohort.nameplate_milliwatt = 1'000'000;
  cohort.count(fleet::State::waiting_for_power) = waiting;
  return cohort;
}

/// Sites with what they work with: no World.
struct Bench {
  explicit Bench(const fleet::StrategySetup& setup) : of(setup) {
    events.reset(setup.horizon);
    meter.reset(setup);
    inventory.reset();
    sites.reset(setup, events);
    for (std::uint32_t i = 0; i < sites.size(); ++i) paid += sites.update(i, meter, kStart);
  }
  const fleet::StrategySetup& of;
  fleet::EventScheduler events;
  fleet::ComputeMeter meter;
  fleet::Inventory inventory;
  fleet::Sites sites;
  core::Money paid;
};

}  // namespace

TEST_CASE("a site takes no more than its power and its space") {
  const fleet::StrategySetup setup = one_site();
  Bench bench(setup);
  fleet::Sites& sites = bench.sites;
  CHECK(bench.paid == core::Money::from_usd(20e3));
  sites.enqueue(0, kilowatts(4));
  CHECK(sites.room(0, kilowatts(4), 4) == 4);
  sites.count_installed(kilowatts(4), 4, 0, kStart);
  CHECK(sites.room(0, kilowatts(9), 9) == 6);
  CHECK(sites.may_take_any());
  sites.count_installed(kilowatts(9), 6, 0, kStart);
  CHECK_FALSE(sites.may_take_any());
  CHECK(sites.room(0, kilowatts(1), 1) == 0);
  CHECK(sites.shortage(kilowatts(3), false) == fleet::BindingConstraint{Constraint::power});
  CHECK(sites.powered_milliwatt() == 10'000'000);
  CHECK(sites.within_limits());
  // The phase that opens a year later is paid then; power is no longer what lacks.
  const fleet::Event opening = bench.events.calendar().pop();
  CHECK(opening.payload.kind == fleet::EventKind::site_change);
  CHECK(sites.update(0, bench.meter, opening.time) == core::Money::from_usd(15e3));
  CHECK(sites.may_take_any());
  CHECK(sites.room(0, kilowatts(3), 3) == 2);
  sites.count_installed(kilowatts(3), 2, 0, opening.time);
  CHECK(sites.shortage(kilowatts(1), false) == fleet::BindingConstraint{Constraint::space});
  CHECK(sites.peak_site_watts() == 12e3);
  sites.count_installed(kilowatts(3), 100, 0, opening.time);
  CHECK_FALSE(sites.within_limits());
}

TEST_CASE("peaks are of what stood for any time, whatever changed it") {
  fleet::StrategySetup setup = one_site();
  setup.plant.sites[0].pue = 1.5;
  setup.plant.sites[0].fixed_overhead = 1;
  Bench bench(setup);
  fleet::Sites& sites = bench.sites;
  // 10 kW / 1.5 of IT power fit, whose overhead of half as much is drawn from the start on; a phase brings more of both.
  const double before = setup.plant.sites[0].fixed_watts(sites[0].limits);
  CHECK(before == Approx(10e3 / 3).epsilon(1e-6));
  CHECK(sites.peak_site_watts() == before);
  sites.count_installed(kilowatts(4), 4, 0, kStart);
  CHECK(sites.peak_site_watts() == 4e3 + before);
  const core::Time opens = bench.events.calendar().pop().time;
  (void)sites.update(0, bench.meter, opens);
  const double after = setup.plant.sites[0].fixed_watts(sites[0].limits);
  CHECK(after > before);
  CHECK(sites.nameplate_site_watts() == 4e3 + after);
  CHECK(sites.peak_site_watts() == 4e3 + after);
  // What takes the place of something else in the same instant does not stand there twice.
  const core::Time later = opens + core::kDay;
  sites.count_installed(kilowatts(3), 3, 0, later);
  sites.count_installed(kilowatts(4), -4, 0, later);
  CHECK(sites.peak_powered_milliwatt() == 4'000'000);
  CHECK(sites[0].peak_powered_milliwatt() == 4'000'000);
  CHECK(sites.peak_site_watts() == 4e3 + after);
  sites.count_installed(kilowatts(3), 2, 0, later + core::kDay);
  CHECK(sites.peak_powered_milliwatt() == 5'000'000);
  CHECK(sites.nameplate_site_watts() == 5e3 + after);
}

TEST_CASE("capacity may find room where every place is taken, whatever waits behind it") {
  fleet::StrategySetup setup = one_site();
  setup.plant.sites[0].base.power = 100e3;
  Bench bench(setup);
  bench.sites.count_installed(kilowatts(12), 12, 0, kStart);
  bench.sites.enqueue(1, kilowatts(3));
  CHECK_FALSE(bench.sites.may_take_any());
  fleet::Cohort capacity = kilowatts(1);
  capacity.type = fleet::Cohort::kCapacity;
  bench.sites.enqueue(2, capacity);
  bench.sites.enqueue(3, kilowatts(3));
  CHECK(bench.sites.may_take_any());
}

TEST_CASE("what several sites have room for adds up, and one without limits has room for all") {
  fleet::AvailableCapacity room;
  CHECK(room.units(1'000) == fleet::kNoLimit);
  CHECK(room.milliwatt_at_one_site() == fleet::kNoLimit);
  room.at = {{5'500, 9}, {7'000, 3}};
  CHECK(room.units(1'000) == 8);  // 5 by power and 3 by space
  CHECK(room.units(0) == 12);
  CHECK(room.milliwatt_at_one_site() == 7'000);
  CHECK(room.binding(1'000).constraint == Constraint::power);
  CHECK(room.binding(100).constraint == Constraint::space);
  CHECK(room.binding(0).constraint == Constraint::space);
  room.at = {{5'500, fleet::kNoLimit}, {fleet::kNoLimit, fleet::kNoLimit}};
  CHECK(room.units(1'000) == fleet::kNoLimit);
  std::swap(room.at[0], room.at[1]);
  CHECK(room.units(1'000) == fleet::kNoLimit);
  CHECK(room.milliwatt_at_one_site() == fleet::kNoLimit);
}

TEST_CASE("an installation is planned once an instant, and only where anything waits") {
  const fleet::StrategySetup setup = one_site();
  Bench bench(setup);
  const std::size_t planned = bench.events.calendar().size();
  bench.sites.request_installation(bench.events);
  CHECK(bench.events.calendar().size() == planned);
  bench.sites.enqueue(0, kilowatts(1));
  bench.sites.request_installation(bench.events);
  bench.sites.request_installation(bench.events);
  CHECK(bench.events.calendar().size() == planned + 1);
  CHECK(bench.events.calendar().pop().payload.kind == fleet::EventKind::installation);
  bench.sites.begin_installation();
  bench.sites.dequeue_if([](std::uint32_t index) { return index == 0; });
  bench.sites.request_installation(bench.events);
  CHECK(bench.events.calendar().size() == planned);
}

TEST_CASE("energy is billed by what the meter has seen, and its price is that of the tariff of the day") {
  fleet::StrategySetup setup = one_site();
  setup.plant.sites[0].tariffs.push_back({kStart + core::kYear, 0.3, {}});
  Bench bench(setup);
  fleet::Cohort cohort = kilowatts(10);
  cohort.average_power = 500;
  bench.meter.change(cohort, 10, kStart);
  const double yearly = 5 * core::kYear.hours();  // kWh
  CHECK(bench.sites.energy_kwh(0, bench.meter, kStart + core::kYear) == Approx(yearly).epsilon(1e-12));
  (void)bench.sites.update(0, bench.meter, kStart + core::kYear);
  CHECK(bench.sites.energy_usd(bench.meter, kStart + core::kYear * 2) == Approx(0.4 * yearly).epsilon(1e-12));
}

TEST_CASE("a kW is reserved for at the tariffs of the hours in which it may be drawn") {
  fleet::StrategySetup setup = one_site();
  fleet::Site& site = setup.plant.sites[0];
  site.pue = 1.25;
  const core::Time end = setup.horizon.end;
  const double year = core::kYear.hours();
  const auto dearest = [&](core::Time from, core::Duration life) {
    return fleet::dearest_kilowatt(setup.plant, setup.strategy.sites, from, end, life);
  };
  const core::Duration unlimited = core::Duration::unlimited();
  CHECK(dearest(kStart + core::kYear, unlimited) == Approx(1.25 * 3 * year * 0.1).epsilon(1e-12));
  // 5 USD/kWh after the horizon are nobody's; 0.3 in its last year are paid for that year.
  site.tariffs = {{kStart + core::kYear * 3, 0.3, {}}, {end + core::kYear, 5.0, {}}};
  CHECK(site.usd_per_kilowatt(kStart, end) == Approx((3 * 0.1 + 0.3) * year).epsilon(1e-12));
  CHECK(site.usd_per_kilowatt(kStart + core::kYear * 3, end) == Approx(0.3 * year).epsilon(1e-12));
  CHECK(dearest(kStart, unlimited) == Approx(1.25 * 0.6 * year).epsilon(1e-12));
  // A life of a year may begin late, where the last year is the dearest.
  CHECK(dearest(kStart, core::kYear) == Approx(1.25 * 0.3 * year).epsilon(1e-12));
  CHECK(dearest(end, core::kYear) == 0);
  // And no later beginning costs more: checked a month apart.
  site.tariffs = {{kStart + core::kMonth * 10, 0.7, {}}, {kStart + core::kMonth * 17, 0.2, {}}};
  const core::Duration life = core::kMonth * 9;
  const double most = dearest(kStart, life);
  double seen = 0;
  for (std::int64_t month = 0; month < 48; ++month) {
    const core::Time from = kStart + core::kMonth * month;
    seen = std::max(seen, 1.25 * site.usd_per_kilowatt(from, std::min(end, from + life)));
  }
  CHECK(most == Approx(seen).epsilon(1e-12));
}

TEST_CASE("overhead that is drawn whatever the load is reserved for as it grows and as its tariff moves") {
  fleet::StrategySetup setup = one_site();
  fleet::Site& site = setup.plant.sites[0];
  site.pue = 1.5;
  site.fixed_overhead = 1;
  site.tariffs = {{kStart + core::kYear * 2, 0.2, {}}};
  // 10 kW of the grid carry 6.667 kW of IT and 3.333 kW of overhead; after a year it is half as much again.
  const double first = 10.0 / 1.5 * 0.5;
  const double year = core::kYear.hours();
  CHECK(site.fixed_energy_usd(kStart, setup.horizon.end) ==
        Approx(first * year * (0.1 + 1.5 * 0.1 + 1.5 * 2 * 0.2)).epsilon(1e-6));
}

TEST_CASE("power that a PUE, redundancy or cooling leaves holds what it stands for") {
  fleet::Site site;
  site.pue = 1.1;
  CHECK(site.capacity({140.25e3, kUnlimited, kUnlimited, kUnlimited}).it_power_milliwatt == 127'500'000);
  CHECK(site.capacity({kUnlimited, kUnlimited, 32.76 * 1e6, kUnlimited}).it_power_milliwatt == 32'760'000'000);
  CHECK(site.capacity({kUnlimited, 0.3 * 3 * 1e6, kUnlimited, kUnlimited}).it_power_milliwatt == 900'000'000);
  site.redundancy = 1.2;
  CHECK(site.capacity({168.3e3, kUnlimited, kUnlimited, kUnlimited}).it_power_milliwatt == 127'500'000);
  site.accelerators_per_rack = 0.1;
  CHECK(site.capacity({kUnlimited, kUnlimited, kUnlimited, 30 * (1 - 1e-15)}).accelerators == 3);
}

namespace {

/// What an order of the bench's first day finds when it arrives after `lead`.
struct Forecast {
  explicit Forecast(fleet::StrategySetup& of) : setup(of), bench(of) { retirements.reset(); }
  std::uint32_t add(const fleet::Cohort& cohort, fleet::State state) {
    const std::uint32_t index = bench.inventory.add(cohort, state, kStart);
    if (state == fleet::State::waiting_for_power) bench.sites.enqueue(index, cohort);
    return index;
  }
  void install(std::uint32_t index, std::int64_t count, std::uint32_t site) {
    bench.inventory.move(index, fleet::State::waiting_for_power, fleet::State::in_service, count, 1, site, kStart);
    bench.sites.count_installed(bench.inventory[index], count, site, kStart);
  }
  const fleet::AvailableCapacity& after(core::Duration lead, std::uint32_t site = fleet::kAnySite) {
    setup.plant.supply.lead_time.mean = lead;
    return forecast.on_arrival({setup, bench.sites, bench.inventory, retirements, kStart}, site);
  }
  std::int64_t units_after(core::Duration lead, std::uint32_t site = fleet::kAnySite) {
    return after(lead, site).units(1'000'000);
  }
  fleet::StrategySetup& setup;
  Bench bench;
  fleet::Retirements retirements;
  fleet::CapacityForecast forecast;
};

fleet::Cohort ordered(std::int64_t count, core::Time when, std::int64_t milliwatt = 1'000'000) {
  fleet::Cohort cohort = kilowatts(0);
  cohort.size = count;
  cohort.ordered = when;
  cohort.nameplate_milliwatt = milliwatt;
  return cohort;
}

}  // namespace

TEST_CASE("an order counts on what is open or announced, less what stays and what is on its way") {
  fleet::StrategySetup setup = one_site();
  Forecast forecast(setup);
  CHECK(forecast.units_after({}) == 10);
  CHECK(forecast.units_after(core::kYear) == 12);  // 15 kW, but room for 12
  fleet::Cohort five = kilowatts(5);
  five.count(fleet::State::waiting_for_power) = 0;
  forecast.install(forecast.add(five, fleet::State::waiting_for_power), 4, 0);
  CHECK(forecast.units_after({}) == 5);
  // What retires by then frees its power and its place.
  forecast.retirements.add({kStart + core::kYear * 2, 4'000'000, 4, 0, 0, {}});
  CHECK(forecast.units_after(core::kYear) == 7);
  CHECK(forecast.units_after(core::kYear * 2) == 11);
  forecast.retirements.pass();
  CHECK(forecast.units_after(core::kYear * 2) == 7);
  CHECK(forecast.retirements.consistent());
  // A burn-in is part of the time until an order arrives.
  setup.plant.supply.burn_in = core::kMonth * 6;
  CHECK(forecast.units_after(core::kMonth * 3) == 5);
  CHECK(forecast.units_after(core::kMonth * 6) == 7);
}

TEST_CASE("what is on its way takes room once, at its own power, on the site where it will stand") {
  fleet::StrategySetup setup = one_site();
  setup.plant.sites[0].base.racks = kUnlimited;
  setup.plant.sites[0].additions.clear();
  setup.plant.sites.push_back(setup.plant.sites[0]);
  setup.strategy.sites = {0, 1};
  Forecast forecast(setup);
  // 7 of 1 kW may stand on the second site alone; 4 of 3 kW fill the first with 9 kW, and the fourth fits the rest of the other.
  fleet::Cohort own = ordered(7, kStart - core::kYear);
  own.site = 1;
  forecast.add(own, fleet::State::ordered);
  CHECK(forecast.units_after(core::kYear, 0) == 10);
  CHECK(forecast.units_after(core::kYear, 1) == 3);
  forecast.add(ordered(4, kStart, 3'000'000), fleet::State::ordered);
  CHECK(forecast.units_after(core::kYear) == 1);
  CHECK(forecast.units_after(core::kYear, 0) == 1);
  CHECK(forecast.units_after(core::kYear, 1) == 0);
  CHECK(forecast.after(core::kYear).milliwatt_at_one_site() == 1'000'000);
  // One more of 3 kW fits nowhere, and takes no room from who fits.
  forecast.add(ordered(1, kStart, 3'000'000), fleet::State::ordered);
  CHECK(forecast.units_after(core::kYear) == 1);
}

TEST_CASE("an order foresees where what is on its way will stand, by when sites open and what retires") {
  fleet::StrategySetup setup = one_site();
  setup.plant.sites[0].base = {0, kUnlimited, kUnlimited, kUnlimited};
  setup.plant.sites[0].additions.front().adds = {10e3, 0, 0, 0};  // after a year
  setup.plant.sites.push_back(setup.plant.sites[0]);
  setup.plant.sites[1].base.power = 8e3;
  setup.plant.sites[1].additions.clear();
  setup.strategy.sites = {0, 1};
  Forecast forecast(setup);
  // A block of 8 kW that comes before the first site opens takes the second; had it come later, the first.
  fleet::Cohort block = ordered(1, kStart - core::kMonth * 6, 8'000'000);
  forecast.add(block, fleet::State::ordered);
  CHECK(forecast.after(core::kYear).milliwatt_at_one_site() == 10'000'000);
  CHECK(forecast.after(core::kYear * 2).milliwatt_at_one_site() == 8'000'000);
  // What lives for three months only is gone when an order of today comes.
  setup.plant.operations.lifetime = core::kMonth * 3;
  CHECK(forecast.after(core::kYear * 2).units(1'000'000) == 18);
  CHECK(forecast.after(core::kMonth * 6).units(1'000'000) == 8);
  setup.plant.operations.lifetime = core::kYear;
  CHECK(forecast.after(core::kMonth * 6).units(1'000'000) == 0);
}
