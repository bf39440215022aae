#include "tests/oracle/race.hpp"

// Sites by hand: H100 of 1 275 W nameplate and 956.25 W on average.
namespace fleetrace::test {
namespace {

using fleet::State;

constexpr double kAverage = 956.25;
const std::string kHead =
    "horizon: {start: 2026-01-01, length: 4 yr, sample_every: 1 yr}\noperations: {mfu: 0.4}\n"
    "loss: {reference: 1e24 FLOP}\n";

std::string fleet_of(int count) {
  return "initial_fleet: [{accelerator: H100, count: " + std::to_string(count) + ", installed: 2025-01-01}]\n";
}

std::int64_t count(const fleet::Sample& sample, State state) {
  return sample.accelerators[static_cast<std::size_t>(state)];
}

double hours(const char* from, const char* to) {
  return (core::parse_iso8601(to).value() - core::parse_iso8601(from).value()).hours();
}

}  // namespace

TEST_CASE("grid phases let in what waits, and facility cost is paid when they open", "[sites]") {
  // 1 MW / 1.25 = 800 kW: 627 of 1 275 W; 2 MW: 1 254, so all 1 000.
  const std::string site =
      "sites: {main: {pue: 1.25, electricity: 0.1 USD/kWh, facility_cost: 10 USD/W, "
      "grid: [{from: 2026-01-01, power: 1 MW}, {from: 2027-07-01, power: 2 MW}]";
  const std::string rest = "}}\n" + fleet_of(1000);
  const Race run = race(kHead + site + rest +
                        "strategies: {s: {buy: none}, late: {buy: none, with: {sites: {main: "
                        "{grid_delay: 1 yr}}}}}\n");
  const fleet::Outcome& on_time = run["s"];
  CHECK(count(on_time.series[0], State::in_service) == 627);
  CHECK(count(on_time.series[1], State::waiting_for_power) == 373);
  CHECK(count(on_time.series[2], State::in_service) == 1000);
  const double early = hours("2026-01-01", "2027-07-01");
  const double all = hours("2026-01-01", "2030-01-01");
  CHECK(on_time.final.idle_accelerator_years == Approx(373 * early / 8766).epsilon(1e-12));
  const double kwh = (627 * early + 1000 * (all - early)) * kAverage / 1e3 * 1.25;
  CHECK(on_time.final.energy_kwh == Approx(kwh).epsilon(1e-12));
  CHECK(on_time.final.energy_cost.usd() == Approx(kwh * 0.1).epsilon(1e-9));
  CHECK(on_time.final.facility == core::Money::from_usd(16e6));
  CHECK(on_time.series[1].facility == core::Money::from_usd(8e6));
  CHECK(on_time.final.spend() == on_time.final.facility + on_time.final.energy_cost);
  CHECK(on_time.final.peak_site_power == 1000 * 1275 * 1.25);
  REQUIRE(on_time.sites.size() == 1);
  CHECK(on_time.sites[0].it_power == 1.6e6);
  CHECK(on_time.sites[0].accelerators == 1000);

  // The delay holds for the first phase, too.
  const fleet::Outcome& late = run["late"];
  CHECK(count(late.series[0], State::in_service) == 0);
  CHECK(count(late.series[1], State::in_service) == 627);
  CHECK(late.final.idle_accelerator_years == Approx(1000 + 373 * early / 8766).epsilon(1e-12));
}

TEST_CASE("the tightest of power, cooling, redundancy and racks holds", "[sites]") {
  const auto installed = [](const std::string& site) {
    const Race run = race(kHead + "sites: {main: {" + site + "}}\n" + fleet_of(1000) +
                          "strategies: {s: {buy: none}}\n");
    const fleet::BindingConstraint binding = run.outcomes[0].bindings.front().binding;
    return std::pair{count(run.outcomes[0].series[0], State::in_service), binding.constraint};
  };
  using fleet::Constraint;
  using Result = std::pair<std::int64_t, Constraint>;
  CHECK(installed("power: 1 MW, cooling: 0.5 MW") == Result{392, Constraint::cooling});
  CHECK(installed("power: 1 MW, cooling: 2 MW") == Result{784, Constraint::power});
  CHECK(installed("power: 1 MW, redundancy: 2") == Result{392, Constraint::power});
  CHECK(installed("power: 1 MW, redundancy: 2, pue: 1.25") == Result{313, Constraint::power});
  CHECK(installed("power: 1 MW, racks: 10, accelerators_per_rack: 32") == Result{320, Constraint::space});
  CHECK(installed("power: 1 MW, racks: 10, accelerators_per_rack: 72") == Result{720, Constraint::space});
  CHECK(installed("power: 1 MW, racks: 11, accelerators_per_rack: 72") == Result{784, Constraint::power});
  CHECK(installed("pue: 1.2") == Result{1000, Constraint::none});
}

TEST_CASE("sites fill in their order, and each has its own price over time", "[sites]") {
  // 400 places near, then far; the far price rises in the middle of a month.
  const std::string sites =
      "sites: {near: {racks: 50, accelerators_per_rack: 8, pue: 1.2, electricity: 0.1 USD/kWh, "
      "carbon: {intensity: 0.5 kg/kWh, embodied: 0 kg}},\n"
      "  far: {pue: 1.1, electricity: 0.03 USD/kWh, carbon: {intensity: 0.2 kg/kWh}, tariffs: "
      "[{from: 2027-01-17, electricity: 0.05 USD/kWh}, {from: 2028-03-05, intensity: 0.1 kg/kWh, "
      "electricity: 0.04 USD/kWh}]}}\n";
  const Race run = race(kHead + sites + fleet_of(600) + "strategies: {s: {buy: none}}\n");
  const fleet::Outcome& outcome = run["s"];
  REQUIRE(outcome.sites.size() == 2);
  CHECK(outcome.sites[0].accelerators == 400);
  CHECK(outcome.sites[1].accelerators == 200);
  const double all = hours("2026-01-01", "2030-01-01");
  const double near_kwh = 400 * kAverage / 1e3 * 1.2 * all;
  const double far_kw = 200 * kAverage / 1e3 * 1.1;
  const double first = far_kw * hours("2026-01-01", "2027-01-17");
  const double second = far_kw * hours("2027-01-17", "2028-03-05");
  const double third = far_kw * hours("2028-03-05", "2030-01-01");
  CHECK(outcome.sites[0].energy_kwh == Approx(near_kwh).epsilon(1e-12));
  CHECK(outcome.sites[1].energy_kwh == Approx(first + second + third).epsilon(1e-12));
  CHECK(outcome.sites[1].energy_usd == Approx(first * 0.03 + second * 0.05 + third * 0.04).epsilon(1e-12));
  CHECK(outcome.final.energy_cost.usd() ==
        Approx(near_kwh * 0.1 + first * 0.03 + second * 0.05 + third * 0.04).epsilon(1e-9));
  CHECK(*outcome.final.finance.operational_kg ==
        Approx(near_kwh * 0.5 + (first + second) * 0.2 + third * 0.1).epsilon(1e-12));
  CHECK(outcome.final.peak_site_power == Approx(400 * 1275 * 1.2 + 200 * 1275 * 1.1).epsilon(1e-15));
}

TEST_CASE("strategies and initial cohorts say where they stand", "[sites]") {
  const std::string sites = "sites: {a: {power: 127500 W}, b: {power: 127500 W}, c: {power: 255 kW}}\n";
  const std::string hardware = "hardware: {model: catalog, accelerators: [H100], price_decline: 0 /yr}\n";
  const std::string initial =
      "initial_fleet: [{accelerator: H100, count: 130, installed: 2025-01-01, site: b}, "
      "{accelerator: H100, count: 30, installed: 2025-06-01}]\n";
  const Race run = race(kHead + sites + hardware + initial +
                        "strategies: {all: {buy: front_loaded, budget: 1e8 USD}, last: {buy: front_loaded, budget: 1e8 "
                        "USD, sites: [c, a]}, signed: {buy: front_loaded, budget: 1e8 USD, sites: [c], power_limits: "
                        "installation}}\n");
  // b holds 100 of its 130; the other 30 stand on a; who waits for b does not keep others out of a and c.
  const auto where = [&](const char* name) {
    std::vector<std::int64_t> found;
    for (const fleet::SiteResult& each : run[name].sites) found.push_back(each.accelerators);
    return found;
  };
  const auto waiting = [&](const char* name) { return count(run[name].series.back(), State::waiting_for_power); };
  // An order counts on all that is free, 70 + 200: the 30 wait for b alone.
  CHECK(where("all") == std::vector<std::int64_t>{100, 100, 200});
  CHECK(where("last") == std::vector<std::int64_t>{100, 100, 200});
  CHECK(waiting("all") == 30);
  CHECK(where("signed") == std::vector<std::int64_t>{30, 100, 200});
  CHECK(waiting("signed") > 30);
}

TEST_CASE("overhead that does not fall with the load", "[sites]") {
  // PUE 1.5 at 1 MW of IT, 40 % of the overhead fixed: 0.2 MW always, and 0.3 W for each W of load.
  const std::string site = "sites: {main: {power: 1.5 MW, pue: 1.5, fixed_overhead: 0.4, electricity: 0.1 USD/kWh}}\n";
  const Race run = race(kHead + site + fleet_of(100) + "strategies: {s: {buy: none}}\n");
  const double all = hours("2026-01-01", "2030-01-01");
  const double kwh = (100 * kAverage * 1.3 / 1e3 + 200) * all;
  CHECK(run["s"].final.energy_kwh == Approx(kwh).epsilon(1e-12));
  CHECK(run["s"].final.energy_cost.usd() == Approx(kwh * 0.1).epsilon(1e-9));
  CHECK(run["s"].series[1].average_site_power == Approx(100 * kAverage * 1.3 + 200e3).epsilon(1e-12));
  CHECK(run["s"].final.peak_site_power == Approx(100 * 1275 * 1.3 + 200e3).epsilon(1e-12));
}

TEST_CASE("a project brings power when its critical path ends", "[sites]") {
  const std::string site =
      "sites: {main: {power: 127500 W, projects: {hall: {power: 1 MW, facility_cost: 12 USD/W, start: 2026-03-01, "
      "tasks: {permit: {duration: 100 days}, grid: {duration: 500 days, after: [permit]}, shell: {duration: 300 days, "
      "after: [permit]}, tests: {duration: 31 days, after: [grid, shell]}}}}}}\n";
  const Race run = race(kHead + site + fleet_of(200) + "strategies: {s: {buy: none}}\n");
  const core::Time opens = core::parse_iso8601("2026-03-01").value() + core::kDay * 631;
  const fleet::Project& project = run.cases[0].plant.sites[0].projects[0];
  CHECK(project.opens == opens);
  CHECK(project.path.tasks[2].slack == core::kDay * 200);
  CHECK(run["s"].final.idle_accelerator_years ==
        Approx(100 * (opens - run.cases[0].horizon.start).years()).epsilon(1e-12));
  CHECK(run["s"].final.facility == core::Money::from_usd(12e6));
}

TEST_CASE("strategies count on what is announced until it is late", "[sites]") {
  const auto yaml = [](const std::string& keys) {
    return kHead + "hardware: {model: catalog, accelerators: [H100], price_decline: 0 /yr}\n" +
           "supply: {lead_time: 6 months}\nsites: {main: {power: 127500 W, grid: [{from: 2027-01-01, power: 255 kW}]" +
           keys + "}}\nstrategies: {s: {buy: incremental, every: 3 months, budget: 1e9 USD}}\n";
  };
  // Lead time 0.5 yr: the review at 0.5 yr is the first whose order arrives at 2027-01-01T06:00, after the phase.
  const Race on_time = race(yaml(""));
  const fleet::Outcome& planned = on_time["s"];
  REQUIRE(planned.cohorts.size() >= 2);
  CHECK(planned.cohorts[0].size == 100);
  CHECK(planned.cohorts[1].ordered == on_time.cases[0].horizon.start + core::kMonth * 6);
  CHECK(planned.cohorts[1].size == 100);
  CHECK(planned.final.idle_accelerator_years == 0);
  // Two years late: the order of the plan waits for it; nothing more is ordered.
  const Race late = race(yaml(", grid_delay: 2 yr"));
  CHECK(late["s"].cohorts.size() == 2);
  CHECK(late["s"].final.idle_accelerator_years == Approx(200 - 100 * 6 / 8766.0).epsilon(1e-9));
  CHECK(late["s"].final.accelerators[static_cast<std::size_t>(State::in_service)] == 200);
}

TEST_CASE("a budget that covers all sets the halls aside first", "[sites]") {
  const std::string rest =
      "hardware: {model: trend, price_performance: 1e10 FLOP/s/USD}\noperations: {}\n"
      "sites: {main: {power: 1 MW, facility_cost: 10 USD/W}}\n";
  const Race run = race("horizon: {start: 2026-01-01, length: 4 yr}\nloss: {reference: 1e24 FLOP}\n" + rest +
                        "strategies: {all: {buy: front_loaded, budget: 25e6 USD, budget_covers: all}, beside: {buy: "
                        "front_loaded, budget: 25e6 USD}}\n");
  CHECK(run["all"].final.capex == core::Money::from_usd(15e6));
  CHECK(run["all"].final.spend() == core::Money::from_usd(25e6));
  CHECK(run["all"].final.unspent == core::Money{});
  CHECK(run["beside"].final.capex == core::Money::from_usd(25e6));
  CHECK(run["beside"].final.spend() == core::Money::from_usd(35e6));
}

namespace {

/// Site a has room for 100 H100, site b for 200.
Race at_two_sites(const std::string& supply, const std::string& strategies, const std::string& accelerators = "[H100]",
                  const std::string& operations = "{mfu: 0.4}") {
  return race(
      "horizon: {start: 2024-01-01, length: 4 yr, sample_every: 1 yr}\nloss: {reference: 1e24 FLOP}\n"
      "hardware: {model: catalog, accelerators: " +
      accelerators + "}\noperations: " + operations + "\nsites: {a: {power: 127.5 kW}, b: {power: 255 kW}}\nsupply: {" +
      supply + "}\nstrategies: " + strategies + "\n");
}

std::int64_t installed(const fleet::Outcome& outcome, std::size_t site) { return outcome.sites[site].accelerators; }

}  // namespace

TEST_CASE("an order for a site is installed there and nowhere else", "[sites]") {
  const std::string orders =
      "orders: [{at: 2024-01-01, accelerator: H100, count: 150, site: b}, {at: 2025-01-01, accelerator: H100, count: "
      "100, site: b}, {at: 2026-01-01, accelerator: H100, count: 30}]}";
  const Race run = at_two_sites(
      "", "{known: {buy: orders, " + orders + ", blind: {buy: orders, power_limits: installation, " + orders + "}");
  // Of the second order 50 find room on b; the third goes to a, the first site with room.
  CHECK(installed(run["known"], 0) == 30);
  CHECK(installed(run["known"], 1) == 200);
  CHECK(run["known"].cohorts.at(1).size == 50);
  CHECK(run["known"].final.idle_accelerator_years == 0);
  CHECK(run["known"].constraint_counts[static_cast<std::size_t>(fleet::Constraint::power)] == 1);
  // All are ordered: 50 wait for b while a stands empty, and the third order does not wait behind them.
  CHECK(installed(run["blind"], 0) == 30);
  CHECK(installed(run["blind"], 1) == 200);
  CHECK(count(run["blind"].series.back(), State::waiting_for_power) == 50);
  CHECK(run["blind"].final.idle_accelerator_years ==
        Approx(50 * hours("2025-01-01", "2028-01-01") / 8766).epsilon(1e-12));
  // When the first 150 retire, those that waited take their place.
  const Race mortal = at_two_sites("", "{s: {buy: orders, power_limits: installation, " + orders + "}", "[H100]",
                                   "{mfu: 0.4, lifetime: 2 yr, hand_down: {age: 1 yr}}");
  CHECK(mortal["s"].final.idle_accelerator_years ==
        Approx(50 * (2 - hours("2024-01-01", "2025-01-01") / 8766)).epsilon(1e-9));
  CHECK(installed(mortal["s"], 0) == 30);
  CHECK(installed(mortal["s"], 1) == 50);
}

TEST_CASE("what is allotted to a site can be spent there alone", "[sites]") {
  const auto buyer = [](const std::string& rest) { return "{s: {buy: front_loaded, budget: 1e9 USD" + rest + "}}"; };
  const auto& supply = fleet::Constraint::supply;
  const auto& power = fleet::Constraint::power;
  const auto obstacle = [](const Race& run, fleet::Constraint what) {
    return run["s"].constraint_counts[static_cast<std::size_t>(what)];
  };
  // b has 40 of its own, spent first; the 20 for any site then go to the first one.
  const std::string some = "allocations: [{accelerator: H100, count: 20}, {accelerator: H100, count: 40, site: b}]";
  const Race both = at_two_sites(some, buyer(""));
  CHECK(installed(both["s"], 0) == 20);
  CHECK(installed(both["s"], 1) == 40);
  CHECK(obstacle(both, supply) == 1);
  // Of one order what b's own leave open comes from those for any site, and not all of them.
  const Race fifty = at_two_sites(some, "{s: {buy: orders, orders: [{at: 2024-01-01, accelerator: H100, count: 50}]}}");
  CHECK(installed(fifty["s"], 0) == 10);
  CHECK(installed(fifty["s"], 1) == 40);
  // Who uses a alone has no use for what is allotted to b.
  const Race one = at_two_sites(some, buyer(", sites: [a]"));
  CHECK(installed(one["s"], 0) == 20);
  CHECK(one["s"].cohorts.size() == 1);
  // Of 150 for a, 100 fit; more power there is what would help, though b is empty.
  const std::string many =
      "allocations: [{accelerator: H100, count: 150, site: a}, {accelerator: H100, count: 30, "
      "site: b}]";
  const Race full = at_two_sites(many, buyer(""));
  CHECK(installed(full["s"], 0) == 100);
  CHECK(installed(full["s"], 1) == 30);
  CHECK(obstacle(full, power) == 1);
  CHECK(obstacle(full, supply) == 0);
  const fleet::ConstraintSpell& last = full["s"].bindings.back();
  CHECK((last.binding == fleet::BindingConstraint{power, 0}));
  // The next best fills what is left of b rather than letting it stand empty.
  const Race next = at_two_sites("allocations: [{accelerator: B200, count: 1000, site: a}]",
                                 "{s: {buy: once, at: 2 yr, choose: newest, budget: 1e9 USD}}", "[H100, B200]");
  const models::AcceleratorType& b200 = *next.cases[0].plant.market.find("B200");
  const auto fitting = static_cast<std::int64_t>(127'500 / b200.nameplate_power);
  REQUIRE(next["s"].cohorts.size() == 2);
  CHECK(next["s"].cohorts[0].size == fitting);
  CHECK(next["s"].cohorts[1].size ==
        200 + static_cast<std::int64_t>((127'500 - b200.nameplate_power * static_cast<double>(fitting)) / 1275));
  // An order for b takes what is allotted to b, then to none, and nothing of what is allotted to a.
  const Race stated = at_two_sites(
      "allocations: [{accelerator: H100, count: 20}, {accelerator: H100, count: 40, site: b}, {accelerator: H100, "
      "count: 90, site: a}]",
      "{s: {buy: orders, orders: [{at: 2024-01-01, accelerator: H100, count: 100, site: b}, {at: 2024-02-01, "
      "accelerator: H100, count: 70}]}}");
  CHECK(installed(stated["s"], 0) == 70);
  CHECK(installed(stated["s"], 1) == 60);
  CHECK(obstacle(stated, supply) == 1);
}

TEST_CASE("what replaces a cancelled order for a site goes there, too", "[sites]") {
  const Race run = at_two_sites(
      "lead_time: 1 yr, cancel: {fee: 0.05}",
      "{s: {buy: orders, orders: [{at: 2024-06-01, accelerator: H100, count: 100, site: b}]}}", "[H100, B200]");
  const models::AcceleratorType& b200 = *run.cases[0].plant.market.find("B200");
  REQUIRE(b200.released > *core::parse_iso8601("2024-06-01"));
  REQUIRE(b200.released < *core::parse_iso8601("2025-06-01"));
  CHECK(run["s"].final.cancellations->accelerators == 100);
  CHECK(installed(run["s"], 0) == 0);
  CHECK(installed(run["s"], 1) == run["s"].cohorts.back().size);
  CHECK(installed(run["s"], 1) > 0);
}

TEST_CASE("what the run has no use for is counted apart, site by site", "[sites]") {
  const auto linked = [](const std::string& bandwidth) {
    return race(
        "horizon: {start: 2026-01-01, length: 2 yr}\noperations: {mfu: 0.4, throughput: {model: communication, "
        "bandwidth: 50 GB/s, site_links: {bandwidth: " +
        bandwidth +
        "}}}\nsites: {small: {power: 255 kW}, big: {power: 1275 kW}, last: {power: 255 kW}}\n"
        "loss: {reference: 1e24 FLOP}\n" +
        fleet_of(1400) + "strategies: {s: {buy: none}}\n");
  };
  const Race slow = linked("1 GB/s");
  const models::ThroughputLaw& law = slow.cases[0].plant.operations.throughput;
  const double peak = 989.4e12;
  const double seconds = 2 * kYearSeconds;
  const auto alone = [&](double count) { return count * peak * 0.4 * law.efficiency({count, peak}) * seconds; };
  REQUIRE(law.efficiency({1000, peak}) < 1);
  const std::vector<fleet::SiteResult>& sites = slow["s"].sites;
  CHECK(*sites[0].unjoined_flop == Approx(alone(200)).epsilon(1e-12));
  CHECK(*sites[1].unjoined_flop == 0);
  CHECK(*sites[2].unjoined_flop == Approx(alone(200)).epsilon(1e-12));
  // None of it is in the one run.
  CHECK(slow["s"].final.physical_flop == Approx(alone(1000)).epsilon(1e-12));
  // Where links are no obstacle all train as one, and nothing is apart.
  const Race together = linked("unlimited");
  for (const fleet::SiteResult& each : together["s"].sites) CHECK(*each.unjoined_flop == 0);
}

}  // namespace fleetrace::test
