// What is said about a scenario that is wrong, or that may not mean what it says: all of it, in one round.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "sim/core/schema/read_log.hpp"
#include "sim/reader/load.hpp"
#include "sim/scenario/resolve/resolve.hpp"

namespace fleetrace {
namespace {

/// A scenario with more lines; a section of the same name takes the place of the one here.
std::string scenario_with(const std::string& more) {
  std::string text = "fleetrace: 1\nname: x\nhorizon: {start: 2026-01-01, length: 4 yr}\n";
  for (const std::string line : {"hardware: {model: catalog, accelerators: [H100]}", "operations: {mfu: 0.4}",
                                 "initial_fleet: [{accelerator: H100, count: 1000, installed: 2025-01-01}]",
                                 "strategies: {a: {buy: once, budget: 1e7 USD, at: 1 yr}}"}) {
    const std::string key = line.substr(0, line.find(':') + 1);
    if (('\n' + more).find('\n' + key) == std::string::npos) text += line + '\n';
  }
  return text + more + '\n';
}

std::vector<core::Diagnostic> errors(const std::string& text) {
  try {
    (void)reader::load_bytes(text, "x.yaml");
    return {};
  } catch (const core::InputError& error) {
    return error.diagnostics();
  }
}

bool has(const std::vector<core::Diagnostic>& found, const std::string& path, const std::string& text = "") {
  return std::any_of(found.begin(), found.end(), [&](const core::Diagnostic& each) {
    return each.path == path && core::to_string(each).find(text) != std::string::npos;
  });
}

std::vector<core::Diagnostic> warnings(const std::string& more) {
  return reader::load_bytes(scenario_with(more), "x.yaml").warnings;
}

}  // namespace

TEST_CASE("what does not go together is found beside what cannot be read", "[findings]") {
  // A value, a name and an order of phases.
  const auto found = errors(scenario_with(
      "sites: {near: {power: 40 MW, pue: 130 %}, far: {grid: [{from: 2027-01-01, power: 9 MW}, {from: 2026-06-01, power: 8 MW}]}}\n"
      "colour: red"));
  CHECK(has(found, "sites.near.pue", "130 %"));
  CHECK(has(found, "colour"));
  CHECK(has(found, "sites.far.grid.1.from"));
  // What depends on a value that could not be read is not said: is 3 monhts shorter than a transit of a month?
  const auto unknown = errors(scenario_with("supply: {lead_time: 3 monhts, transit: 1 months}"));
  CHECK((unknown.size() == 1 && has(unknown, "supply.lead_time")));
  // What is wrong whatever it is, is said: nothing of a fleet can be installed after the start.
  const auto both = errors(scenario_with(
      "supply: {lead_time: 3 monhts}\ninitial_fleet: [{accelerator: H100, count: 1000, installed: 2027-01-01}]"));
  CHECK((has(both, "supply.lead_time") && has(both, "initial_fleet.0.installed")));
  // Wrong models, strategies, kinds and missing keys all leave the rest to be checked.
  for (const std::string wrong : {"hardware: {model: catalogue}", "progress: {model: exponentail}", "operations: [1]",
                                  "loss: {kapa: 0.1}", "strategies: {a: {buy: never, budget: 1e7 USD}}",
                                  "horizon: {length: 4 yr}", "hardware: {model: catalog, accelerators: 3}"}) {
    const auto all = errors(scenario_with(wrong + "\nsupply: {lead_time: 1 months, transit: 2 months}"));
    INFO(wrong);
    CHECK(has(all, "supply.transit"));
    CHECK(all.size() == 2);
  }
}

TEST_CASE("cases are checked in the same round as their base", "[findings]") {
  const auto found = errors(
      scenario_with("finance: {discount_rate: high}\ncases: {odd: {set: [\"strategies.b.at=1 yr\"]}, "
                    "fine: {set: [\"operations.mfu=0.5\"]}}"));
  CHECK(found.size() == 2);
  CHECK(has(found, "finance.discount_rate"));
  CHECK(std::any_of(found.begin(), found.end(), [](const auto& each) { return each.path.rfind("cases.odd", 0) == 0; }));
}

TEST_CASE("names and values before the end of the syntax are told with it", "[findings]") {
  const auto found = errors(
      "fleetrace: 1\nname: x\nhorizon: {start: 2026-01-01, length: 8 years}\ncolour: red\n"
      "strategies: {a: {buy: once, budget: 1e7 USD}\nloss: {kappa: 0.1}\n");
  CHECK(has(found, "horizon.length", "Did you mean \"8 yr\"?"));
  CHECK(has(found, "colour"));
  CHECK(found.size() == 3);
}

TEST_CASE("a law is checked over all that it can be drawn as", "[findings]") {
  const auto once_at = [](const std::string& law) {
    return errors(scenario_with("strategies: {a: {buy: once, budget: 1e7 USD, at: " + law + "}}"));
  };
  CHECK(has(once_at("{uniform: {low: 1 yr, high: 6 yr}}"), "strategies.a.at", "it can be drawn as 6 yr, where"));
  CHECK(has(once_at("{triangular: {low: 1 yr, mode: 2 yr, high: 6 yr}}"), "strategies.a.at", "6 yr"));
  CHECK(has(once_at("{choice: {values: [1 yr, 5 yr, 2 yr]}}"), "strategies.a.at", "5 yr"));
  CHECK(has(once_at("{choice: {values: [1 yr, 5 yr, 2 yr], weights: [1, 1e-6, 1]}}"), "strategies.a.at", "5 yr"));
  CHECK(has(once_at("{empirical: {values: [1 yr, 9 yr, 2 yr]}}"), "strategies.a.at", "9 yr"));
  CHECK(has(once_at("{lognormal: {median: 1 yr, sigma: 0.5}}"), "strategies.a.at"));
  CHECK(once_at("{lognormal: {median: 1 yr, sigma: 0.2}}").empty());
  CHECK(once_at("{choice: {values: [1 yr, 5 yr, 2 yr], weights: [1, 0, 1]}}").empty());
  CHECK(once_at("{uniform: {low: 1 yr, high: 4 yr}}").empty());
  // Each by itself is fine with the other's median, 9 and 4.5 months.
  const auto both = errors(
      scenario_with("supply: {lead_time: {uniform: {low: 6 months, high: 12 months}}, "
                    "transit: {uniform: {low: 1 months, high: 8 months}}}"));
  REQUIRE(both.size() == 1);
  CHECK(core::to_string(both[0]).find("6 months") != std::string::npos);
  CHECK(core::to_string(both[0]).find("8 months") != std::string::npos);
  // Where inputs are too many for all corners, each two are looked at.
  std::string sites = "sites: {";
  for (int i = 0; i < 7; ++i)
    sites += (i > 0 ? ", s" : "s") + std::to_string(i) + ": {power: {uniform: {low: 1 MW, high: 9 MW}}}";
  CHECK(errors(scenario_with(sites + "}\nsupply: {lead_time: {uniform: {low: 6 months, high: 12 months}}, "
                                     "transit: {uniform: {low: 1 months, high: 8 months}}}"))
            .size() == 1);
  // What a strategy has for itself.
  CHECK(has(errors(scenario_with(
                "strategies: {a: {buy: none, with: {supply: {lead_time: 6 months, transit: {uniform: {low: 1 months, "
                "high: 8 months}}}}}}")),
            "strategies.a.with.supply.transit"));
}

TEST_CASE("no scenario that is shipped is warned about", "[findings]") {
  for (const std::string_view name : reader::scenario_names()) {
    INFO(name);
    std::string all;
    for (const core::Diagnostic& each : reader::load(std::string(name)).warnings) all += core::to_string(each) + '\n';
    CHECK(all.empty());
  }
}

TEST_CASE("slips are warned about with their size", "[findings]") {
  CHECK(warnings("").empty());
  CHECK(has(warnings("finance: {discount_rate: 9}"), "finance.discount_rate", "900 %"));
  CHECK(warnings("finance: {discount_rate: 0.09}").empty());
  CHECK(has(warnings("operations: {mfu: 0.85}"), "operations.mfu", "warning: "));
  CHECK(has(warnings("sites: {hall: {power: 30 kW, pue: 1.2, electricity: 7 USD/kWh}}"), "sites.hall.electricity",
            "7 times"));
  // 25 kW for 1,000 x 1,275 W is 2 %.
  CHECK(has(warnings("sites: {hall: {power: 30 kW, pue: 1.2}}"), "sites.hall.power",
            "it takes 2 % of the initial fleet"));
  CHECK(warnings("sites: {hall: {power: 3 MW, pue: 1.2}}").empty());
  CHECK(has(warnings("supply: {lead_time: 4.2 yr}"), "supply.lead_time", "not shorter than the horizon"));
  CHECK(has(warnings("supply: {lead_time: 3.5 yr}"), "strategies.a", "100 % of what it buys never arrives"));
  CHECK(warnings("supply: {lead_time: 2.5 yr}").empty());
}

TEST_CASE("what nothing reads is warned about", "[findings]") {
  const std::string links = "site_links: {bandwidth: 1 GB/s, latency: 10 s}";
  CHECK(has(warnings("operations: {mfu: 0.4, throughput: {model: constant, " + links + "}}"),
            "operations.throughput.site_links", "model: constant does not read it here"));
  CHECK(warnings("operations: {mfu: 0.4, throughput: {model: communication, " + links + "}}").empty());
  const std::string network = "network: {model: fat_tree, ports: 64, oversubscription: 4}";
  CHECK(has(warnings("operations: {mfu: 0.4, throughput: {model: power_law, at: 1000, " + network + "}}"),
            "operations.throughput.network.oversubscription"));
  CHECK(warnings("operations: {mfu: 0.4, throughput: {model: communication, " + network + "}}").empty());
}

TEST_CASE("what has no effect beside the rest is warned about, and what has is not", "[findings]") {
  const std::string lives =
      "operations: {mfu: 0.4, failures: {law: weibull, shape: 0.7, mtbf: 30000 h, repair_law: lognormal, ";
  // Expected failures of batches of all ages depend on means alone.
  CHECK(has(warnings(lives + "fidelity: expected}}"), "operations.failures.shape"));
  CHECK(has(warnings(lives + "fidelity: expected}}"), "operations.failures.repair_law"));
  CHECK(warnings(lives + "fidelity: device}}").empty());
  CHECK(warnings(lives + "fidelity: expected, start: fresh}}").empty());
  CHECK(has(warnings("strategies: {a: {buy: none, choose: newest}}"), "strategies.a.choose"));
  CHECK(warnings("strategies: {a: {buy: once, budget: 1e7 USD, at: 1 yr, choose: newest}}").empty());
  CHECK(has(warnings("sites: {hall: {power: 3 MW, accelerators_per_rack: 32}}"), "sites.hall.accelerators_per_rack"));
  CHECK(warnings("sites: {hall: {power: 3 MW, racks: 100, accelerators_per_rack: 32}}").empty());
  CHECK(has(warnings("sites: {hall: {power: 3 MW, fixed_overhead: 0.3}}"), "sites.hall.fixed_overhead"));
  CHECK(warnings("sites: {hall: {power: 3 MW, pue: 1.2, fixed_overhead: 0.3}}").empty());
  CHECK(has(warnings("rental: {term: 6 months}"), "rental", "no strategy rents"));
  CHECK(warnings("rental: {term: 6 months}\nstrategies: {a: {buy: once, budget: 1e7 USD, at: 1 yr, rented: 0.5}}")
            .empty());
}

TEST_CASE("a log notes what is read while it lives, of copies, too", "[findings]") {
  const scenario::Scenario scenario = reader::load_bytes(scenario_with("finance: {discount_rate: 0.1}"), "x.yaml");
  const core::Spec& finance = *scenario.root().section("finance");
  const core::Parameter& rate = *finance.entry->find("discount_rate");
  const core::Value& value = finance.values[static_cast<std::size_t>(&rate - finance.entry->parameters.data())];
  core::ReadLog log;
  CHECK_FALSE(log.has(rate, value));
  const core::Spec copy = finance;
  {
    core::ReadLog inner;
    (void)copy.number("discount_rate");
    CHECK(inner.has(rate, value));
  }
  CHECK_FALSE(log.has(rate, value));
  (void)copy.number("discount_rate");
  CHECK(log.has(rate, value));
}

TEST_CASE("the end of the horizon can be named, and moves with it", "[findings]") {
  const std::string text = scenario_with(
      "sites: {hall: {power: 9 MW, electricity: 0.07 USD/kWh, tariffs: [{from: horizon.end, electricity: 0.5 USD/kWh}]}}");
  const auto from = [](const scenario::Scenario& scenario) {
    return scenario::resolve(scenario).front().plant.sites.front().tariffs.front().from;
  };
  CHECK(core::to_date(from(reader::load_bytes(text, "x.yaml"))) == "2030-01-01");
  CHECK(core::to_date(from(reader::load_bytes(
            text, "x.yaml", {{"horizon.length", "1461 days"}, {"horizon.start", "2028-01-01"}}))) == "2032-01-01");
  scenario::Scenario changed = reader::load_bytes(text, "x.yaml");
  scenario::set(changed, "horizon.length", "2922 days");
  CHECK(core::to_date(from(changed)) == "2034-01-01");
}

}  // namespace fleetrace
