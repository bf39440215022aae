#include "sim/fleet/early_retirement.hpp"

#include <catch2/catch.hpp>

#include "fleetrace/fleetrace.hpp"
#include "spec_of.hpp"

namespace {

using namespace fleetrace;
using fleet::InitialCohort;
using test::date;

InitialCohort cohort(std::size_t type, std::int64_t count, const char* installed, std::uint32_t site) {
  return {type, count, 0, date(installed), site};
}

/// Two dates and two sites of type 0, one entry of type 1, and capacity, whose type says nothing.
std::vector<InitialCohort> fleet_of_five() {
  std::vector<InitialCohort> initial{cohort(0, 10, "2024-01-01", 0), cohort(0, 20, "2025-01-01", 0),
                                     cohort(1, 30, "2024-01-01", 0), cohort(0, 40, "2024-01-01", 1)};
  InitialCohort capacity;
  capacity.capacity = 1e18;
  capacity.count = 50;
  capacity.installed = date("2024-01-01");
  capacity.site = 0;
  initial.push_back(capacity);
  return initial;
}

/// The units of each cohort, those that leave with a minus.
std::vector<std::int64_t> units(const std::vector<InitialCohort>& initial) {
  std::vector<std::int64_t> counts;
  for (const InitialCohort& each : initial)
    counts.push_back(each.taken_out == core::Time::latest() ? each.count : -each.count);
  return counts;
}

using Units = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("early retirement takes what is meant in the order of the list, and parts a cohort of which it takes some") {
  std::vector<InitialCohort> initial = fleet_of_five();
  const core::Time at = date("2027-01-01");
  CHECK(take_out({0, {}, fleet::kAnySite}, 25, at, initial) == 0);
  CHECK(units(initial) == Units{-10, -15, 5, 30, 40, 50});
  CHECK(initial[0].taken_out == at);
  CHECK(initial[1].taken_out == at);
  CHECK(initial[2].type == 0);
  CHECK(initial[2].installed == date("2025-01-01"));
  CHECK(initial[2].site == 0);
  CHECK(initial[1].installed == date("2025-01-01"));
}

TEST_CASE("early retirement takes a whole cohort without leaving an empty one") {
  std::vector<InitialCohort> initial = fleet_of_five();
  CHECK(take_out({0, {}, fleet::kAnySite}, 10, date("2027-01-01"), initial) == 0);
  CHECK(units(initial) == Units{-10, 20, 30, 40, 50});
  CHECK(take_out({0, {}, fleet::kAnySite}, 0, date("2027-01-01"), initial) == 0);
  CHECK(units(initial) == Units{-10, 20, 30, 40, 50});
}

TEST_CASE("early retirement takes nothing but the type, the date and the site that are meant") {
  const core::Time at = date("2027-01-01");
  std::vector<InitialCohort> by_type = fleet_of_five();
  CHECK(take_out({1, {}, fleet::kAnySite}, 100, at, by_type) == 70);
  CHECK(units(by_type) == Units{10, 20, -30, 40, 50});
  std::vector<InitialCohort> by_date = fleet_of_five();
  CHECK(take_out({0, date("2024-01-01"), fleet::kAnySite}, 100, at, by_date) == 50);
  CHECK(units(by_date) == Units{-10, 20, 30, -40, 50});
  std::vector<InitialCohort> by_site = fleet_of_five();
  CHECK(take_out({0, {}, 1}, 100, at, by_site) == 60);
  CHECK(units(by_site) == Units{10, 20, 30, -40, 50});
  std::vector<InitialCohort> by_both = fleet_of_five();
  CHECK(take_out({0, date("2025-01-01"), 1}, 100, at, by_both) == 100);
  CHECK(units(by_both) == Units{10, 20, 30, 40, 50});
}

TEST_CASE("early retirement does not take again what is to leave already") {
  std::vector<InitialCohort> initial = fleet_of_five();
  CHECK(take_out({0, {}, 0}, 5, date("2027-01-01"), initial) == 0);
  CHECK(take_out({0, {}, 0}, 100, date("2028-01-01"), initial) == 75);
  CHECK(units(initial) == Units{-5, -5, -20, 30, 40, 50});
  CHECK(initial[0].taken_out == date("2027-01-01"));
  CHECK(initial[1].taken_out == date("2028-01-01"));
}

TEST_CASE("early retirement by a strategy sells what is in service and what waits for power alike") {
  register_purchase({.name = "own_regret",
                     .summary = "Buys everything at the start, and sells it all a year later.",
                     .review = [](const ModelParameters&, const Observation& seen) {
                       if (seen.now == seen.start)
                         return Decision{.released = seen.budget, .next_review = seen.now + core::kYear};
                       return Decision{.released = seen.budget, .retire_ordered_by = seen.start};
                     }});
  // 1 MW holds 1,000 of the 3,000 accelerators at 1,000 USD. The initial fleet, which is worth as much as 100 of them and takes no
  // power, is sold, too.
  const RunResult run = fleetrace::run(
      load("fleetrace: 1\nname: regret\nhorizon: {start: 2026-01-01, length: 3 yr}\n"
           "accelerators:\n  X: {released: 2025-06-01, bf16: 1 PFLOP/s, server_power: 1 kW, price: 1 kUSD, "
           "server_overhead: 1, interconnect_share: 0}\n"
           "hardware: {model: catalog, accelerators: [X], price_decline: 0 /yr}\n"
           "initial_fleet: [{capacity: 1e17 FLOP/s}]\nsites: {main: {power: 1 MW, pue: 1}}\n"
           "operations: {mfu: 0.4, resale: {haircut: 0, proceeds: owner, life: 1000 yr}}\n"
           "strategies:\n  all: {buy: own_regret, budget: 3e6 USD, power_limits: installation}\n"));
  const fleet::Summary& final = run["all"].final;
  CHECK(final.capex == core::Money::from_usd(3e6));
  // What was in service for one of a thousand years has lost a thousandth.
  CHECK(final.finance.resale.usd() == Approx(3.1e6 - 1100));
  CHECK(final.peak_site_power == Approx(1e6));
}
