#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "fleetrace/core/quantity.hpp"
#include "sim/fleet/setup.hpp"
#include "sim/fleet/world.hpp"
#include "sim/reader/load.hpp"
#include "sim/scenario/resolve/resolve.hpp"

namespace {

using namespace fleetrace;
using reader::Override;

const std::string kHead = "fleetrace: 1\nname: test\nhorizon: {start: 2026-01-01, length: 8 yr}\n";
const std::string kTrend = kHead + "hardware: {model: trend}\ninitial_fleet: [{capacity: 1e18 FLOP/s}]\n";
const std::string kCatalog = kHead +
                             "hardware: {model: catalog, accelerators: [H100, B200]}\noperations: {mfu: 0.4}\n"
                             "initial_fleet: [{accelerator: H100, count: 8}]\n";

scenario::Scenario read(const std::string& yaml, const std::vector<Override>& overrides = {}) {
  return reader::load_bytes(yaml, "x.yaml", overrides);
}

std::vector<fleet::StrategySetup> cases(const std::string& yaml, const std::vector<Override>& overrides = {}) {
  return scenario::resolve(read(yaml, overrides));
}

fleet::StrategySetup only_case(const std::string& yaml, const std::vector<Override>& overrides = {}) {
  const std::vector<fleet::StrategySetup> all = cases(yaml, overrides);
  REQUIRE(all.size() == 1);
  return all.front();
}

std::string findings(const std::string& yaml, const std::vector<Override>& overrides = {}) {
  try {
    (void)read(yaml, overrides);
    return "accepted";
  } catch (const core::InputError& error) {
    return error.what();
  }
}

double number(const scenario::Scenario& scenario, std::string_view path) {
  const core::Value* value = scenario::find(scenario, path);
  REQUIRE(value != nullptr);
  REQUIRE(std::holds_alternative<double>(value->data));
  return std::get<double>(value->data);
}

std::string set_findings(scenario::Scenario scenario, std::string_view path, std::string_view text) {
  try {
    scenario::set(scenario, path, text);
    return "accepted";
  } catch (const core::InputError& error) {
    return error.what();
  }
}

/// Whether two sections hold the same values, wherever those were written.
bool same(const core::Spec& a, const core::Spec& b) {
  if (a.entry != b.entry || a.values.size() != b.values.size()) return false;
  for (std::size_t i = 0; i < a.values.size(); ++i) {
    const auto* x = std::get_if<std::vector<core::Spec>>(&a.values[i].data);
    const auto* y = std::get_if<std::vector<core::Spec>>(&b.values[i].data);
    if ((x == nullptr) != (y == nullptr) || a.values[i].data.index() != b.values[i].data.index()) return false;
    if (x != nullptr) {
      if (x->size() != y->size()) return false;
      for (std::size_t j = 0; j < x->size(); ++j) {
        if (!same((*x)[j], (*y)[j])) return false;
      }
    } else if (const auto* p = std::get_if<double>(&a.values[i].data)) {
      if (*p != std::get<double>(b.values[i].data)) return false;
    } else if (const auto* s = std::get_if<std::string>(&a.values[i].data)) {
      if (*s != std::get<std::string>(b.values[i].data)) return false;
    } else if (const auto* f = std::get_if<bool>(&a.values[i].data)) {
      if (*f != std::get<bool>(b.values[i].data)) return false;
    }
  }
  return true;
}

}  // namespace

TEST_CASE("a scalar names a model, and one key may hold it", "[reader]") {
  const scenario::Scenario long_form = read(
      kTrend +
      "progress: {model: exponential}\nloss: {compute: {model: best_run, length: 6 "
      "months}}\nstrategies: {s: {buy: none}}\n");
  const scenario::Scenario short_form = read(kHead +
                                             "hardware: trend\ninitial_fleet: [{capacity: 1e18 FLOP/s}]\n"
                                             "progress: exponential\nloss: {compute: {best_run: {length: 6 months}}}\n"
                                             "strategies: {s: none}\n");
  CHECK(same(long_form.root(), short_form.root()));
  CHECK(short_form.root().section("progress")->entry->name == "exponential");
  CHECK(scenario::resolve(short_form).front().loss.accounting == fleet::Accounting::best_run);
}

TEST_CASE("growth is written as a doubling time or as a rate", "[reader]") {
  const scenario::Scenario doubling = read(
      kTrend + "progress: {model: exponential, doubling: 8 months}\nstrategies: {s: none}\n");
  const scenario::Scenario rate = read(
      kTrend + "progress: {model: exponential, rate: 1.5 doublings/yr}\nstrategies: {s: none}\n");
  CHECK(number(doubling, "progress.doubling") == Approx(1.5).epsilon(1e-15));
  CHECK(number(doubling, "progress.rate") == number(doubling, "progress.doubling"));
  CHECK(number(rate, "progress.doubling") == 1.5);
  CHECK(number(read(kTrend + "progress: {model: exponential, doubling: none}\nstrategies: {s: none}\n"),
               "progress.rate") == 0);
  CHECK(number(read(kTrend + "progress: {model: exponential, rate: -1 doublings/yr}\nstrategies: {s: none}\n"),
               "progress.rate") == -1);
  CHECK(number(read(kHead + "hardware: {model: trend, price_performance_rate: 0.5 doublings/yr}\n"
                            "initial_fleet: [{capacity: 1 FLOP/s}]\nstrategies: {s: none}\n"),
               "hardware.price_performance_doubling") == 0.5);
}

TEST_CASE("what is left out is the default written out", "[reader]") {
  const scenario::Scenario bare = read(kTrend + "strategies: {s: {buy: front_loaded, budget: 1 USD}}\n");
  const scenario::Scenario full = read(kHead + R"(
hardware: {model: trend, price_performance: 3e10 FLOP/s/USD, price_performance_doubling: 2.07 yr, energy_efficiency_doubling: 2.06 yr}
supply: {lead_time: 0 days, transit: 0 days, yearly_limit: unlimited}
progress: none
operations: {lifetime: unlimited, training_share: 1, failures: {law: none}}
loss: {model: relative, kappa: 0.05, compute: cumulative, reference: initial-year}
finance: {discount_rate: 0}
initial_fleet: [{capacity: 1e18 FLOP/s}]
strategies: {s: {buy: front_loaded, budget: 1 USD, budget_covers: hardware, choose: flop_per_usd, power_limits: orders}}
study: {replications: 400, objective: final_loss, confidence: 0.95}
)");
  CHECK(same(bare.root(), full.root()));
  CHECK(scenario::find(bare, "loss.kappa")->preset);
  CHECK(!scenario::find(full, "loss.kappa")->preset);
  const fleet::Outcome a = fleet::simulate(scenario::resolve(bare).front());
  const fleet::Outcome b = fleet::simulate(scenario::resolve(full).front());
  CHECK(a.final.effective_flop == b.final.effective_flop);
  CHECK(a.final.relative_loss == b.final.relative_loss);
}

TEST_CASE("a default has the place of the section that leaves it out", "[reader]") {
  const scenario::Scenario scenario = read(kTrend + "loss: {kappa: 0.1}\nstrategies: {s: none}\n");
  CHECK(scenario::find(scenario, "loss.kappa")->where.line == 6);
  CHECK(scenario::find(scenario, "loss.kappa")->where.column == 15);
  CHECK(scenario::find(scenario, "loss.reference")->where.column == 7);
  CHECK(scenario::find(scenario, "finance.discount_rate")->where.line == 1);
}

TEST_CASE("with changes a section key by key", "[reader]") {
  const std::string base = kHead + R"(
hardware: {model: catalog, accelerators: [H100, B200], precision: bf16}
progress: {model: exponential, doubling: 8 months, cost: 1e6 USD/yr}
operations: {mfu: 0.4, lifetime: 5 yr, failures: {law: exponential, mtbf: 50000 h, repair: 10 h}}
sites: {main: {power: 100 MW, pue: 1.2, electricity: 0.1 USD/kWh}}
supply: {lead_time: 6 months, transit: 1 month}
initial_fleet: [{accelerator: H100, count: 8}, {accelerator: H100, count: 4}]
strategies:
)";
  const fleet::StrategySetup plain = only_case(base + "  s: {buy: none}\n");
  SECTION("the keys that it names, however deep") {
    const fleet::StrategySetup changed = only_case(
        base + "  s: {buy: none, with: {progress: {doubling: 4 months}, operations: {failures: {repair: 50000 h}}}}\n");
    CHECK(changed.plant.progress.multiplier(1) == Approx(8));
    CHECK(changed.plant.progress.cost_per_year == 1e6);
    CHECK(changed.plant.operations.failures.availability == 0.5);
    CHECK(changed.plant.operations.mfu == 0.4);
    CHECK(changed.plant.operations.lifetime == plain.plant.operations.lifetime);
    CHECK(changed.plant.supply.lead_time == plain.plant.supply.lead_time);
  }
  SECTION("a rate takes the place of a doubling time") {
    CHECK(
        only_case(base + "  s: {buy: none, with: {progress: {rate: 3 doublings/yr}}}\n").plant.progress.multiplier(1) ==
        Approx(8));
  }
  SECTION("another model takes the place of its section") {
    const fleet::StrategySetup changed = only_case(
        base + "  s: {buy: none, with: {progress: none, operations: {failures: none}}}\n");
    CHECK(changed.plant.progress.multiplier(5) == 1);
    CHECK(changed.plant.progress.cost_per_year == 0);
    CHECK(changed.plant.operations.failures.availability == 1);
    const fleet::StrategySetup generations = only_case(
        base + "  s: {buy: none, with: {hardware: {model: generations, first: B200}}}\n");
    CHECK(generations.plant.market.types.front().name == "B200");
    CHECK(generations.plant.market.types.at(1).name == "B200+1");
  }
  SECTION("a site by its name") {
    const fleet::StrategySetup changed = only_case(base + "  s: {buy: none, with: {sites: {main: {power: 12 MW}}}}\n");
    CHECK(changed.plant.sites[0].capacity_at({}).it_power_milliwatt == 10'000'000'000);
    CHECK(changed.plant.sites[0].pue == 1.2);
    CHECK(changed.plant.sites[0].electricity == 0.1);
  }
  SECTION("a list as a whole") {
    const fleet::StrategySetup changed = only_case(
        base + "  s: {buy: none, with: {initial_fleet: [{accelerator: B200, count: 2}]}}\n");
    REQUIRE(changed.plant.initial.size() == 1);
    CHECK(changed.plant.initial.front().count == 2);
    CHECK(plain.plant.initial.size() == 2);
    // Everybody is compared with the top-level fleet.
    CHECK(changed.loss.reference.compute == plain.loss.reference.compute);
  }
  SECTION("and leaves the other strategies alone, wherever it stands in the file") {
    const std::vector<fleet::StrategySetup> both = cases(
        "strategies: {s: {buy: none, with: {progress: {doubling: 4 months}}}, t: none}\n" +
        base.substr(0, base.rfind("strategies")));
    CHECK(both.at(0).plant.progress.multiplier(1) == Approx(8));
    CHECK(both.at(1).plant.progress.multiplier(1) == plain.plant.progress.multiplier(1));
  }
}

TEST_CASE("purchases come from a list or from a CSV file beside the scenario", "[reader]") {
  const std::string inline_form =
      "strategies: {s: {buy: schedule, purchases: [{at: 2027-06-01, amount: 2.5e6 USD}, {at: 6 months, amount: 1e6 USD}]}}\n";
  const fleet::StrategySetup listed = only_case(kTrend + inline_form);
  REQUIRE(listed.strategy.policy.installments.size() == 2);
  CHECK(listed.strategy.policy.installments[0].released == core::Money::from_usd(1e6));
  CHECK(listed.strategy.policy.installments[1].released == core::Money::from_usd(3.5e6));
  CHECK(listed.strategy.budget == core::Money::from_usd(3.5e6));
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "fleetrace-reader-test";
  std::filesystem::create_directories(folder);
  const std::string yaml = kTrend + "strategies: {s: {buy: schedule, purchases: amounts.csv}}\n";
  for (const char* csv : {"at,amount_usd\n2027-06-01,2.5e6\n6 months,1e6\n",
                          "\xef\xbb\xbf"
                          "at,amount_usd\r\n2027-06-01,2500000\r\n\r\n6 months,1e6\r\n",
                          " amount_usd , at\n 1e6 , 6 months \n2.5e6,2027-06-01",
                          "\"at\",\"amount_usd\"\n\"2027-06-01\",\"2.5e6\"\n\"6 months\" ,1e6\n"}) {
    std::ofstream(folder / "amounts.csv", std::ios::binary) << csv;
    INFO(csv);
    const scenario::Scenario scenario = reader::load_bytes(yaml, (folder / "x.yaml").string());
    const fleet::StrategySetup read = scenario::resolve(scenario).front();
    REQUIRE(read.strategy.policy.installments.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
      CHECK(read.strategy.policy.installments[i].at == listed.strategy.policy.installments[i].at);
      CHECK(read.strategy.policy.installments[i].released == listed.strategy.policy.installments[i].released);
    }
  }
  std::filesystem::remove_all(folder);
}

TEST_CASE("without a budget a schedule pays for its research and its energy, too", "[reader]") {
  const fleet::StrategySetup one = only_case(kTrend + R"(
progress: {model: exponential, cost: 1e6 USD/yr}
strategies: {s: {buy: schedule, purchases: [{at: 1 yr, amount: 2e6 USD}]}}
)");
  CHECK(one.strategy.budget == core::Money::from_usd(10e6));
}

TEST_CASE("overrides replace, add and make what is on the way", "[reader]") {
  const std::string yaml =
      kTrend +
      "progress: {model: exponential, doubling: 8 months}\nstrategies: {s: {buy: front_loaded, budget: 2e6 USD}}\n";
  CHECK(only_case(yaml, {{"strategies.s.budget", "3e6 USD"}}).strategy.budget == core::Money::from_usd(3e6));
  CHECK(only_case(yaml, {{"progress.rate", "2 doublings/yr"}}).plant.progress.multiplier(1) == Approx(4));
  CHECK(only_case(yaml, {{"progress.rate", "2 doublings/yr"}, {"progress.doubling", "1 yr"}})
            .plant.progress.multiplier(1) == Approx(2));
  CHECK(only_case(yaml, {{"progress", "none"}}).plant.progress.multiplier(1) == 1);
  CHECK(only_case(yaml, {{"initial_fleet.0.capacity", "5 FLOP/s"}}).plant.initial.front().capacity == 5);
  CHECK(only_case(yaml, {{"sites.main.power", "1 MW"}}).plant.sites[0].capacity_at({}).it_power_milliwatt ==
        1'000'000'000);
  CHECK(only_case(yaml, {{"loss.targets", "[0.9, 0.5]"}}).loss.targets.size() == 2);
  CHECK(cases(yaml, {{"strategies.t", "{buy: none}"}}).size() == 2);
  CHECK(read(yaml, {{"loss.kappa", "0.1"}}).sha256 != read(yaml).sha256);
  CHECK(read(yaml).sha256.size() == 64);
}

TEST_CASE("wrong overrides say which of them is meant", "[reader]") {
  const std::string yaml = kTrend +
                           "progress: exponential\nstrategies: {turtle: {buy: front_loaded, budget: 2e6 USD}}\n";
  CHECK(findings(yaml, {{"strategies.turtle.every", "3 monhts"}}).substr(0, 6) == "--set:");
  CHECK(findings(yaml, {{"loss.kappa", "0.0.5"}}).substr(0, 26) == "--set: loss.kappa: \"0.0.5\"");
  CHECK(findings(yaml, {{"strategies.turtl.budget", "1 USD"}}) ==
        R"(--set: strategies.turtl.budget: there is no such place (nothing is named "turtl"). Did you mean "turtle"?)");
  CHECK(findings(yaml, {{"initial_fleet.0x.count", "1"}}) ==
        R"(--set: initial_fleet.0x.count: there is no such place (the list has no entry "0x").)");
  CHECK(
      findings(yaml, {{"progress.doubling.x", "1"}}) ==
      R"(--set: progress.doubling.x: there is no such place ("doubling" would stand inside the single value "exponential").)");
  CHECK(findings(yaml, {{"a..b", "1"}}) == "--set: a..b: there is no such place (a key is empty).");
  CHECK(findings(yaml, {{"", "1"}}) == "--set: there is no such place (a key is empty).");
  CHECK(findings(yaml, {{"loss.kappa", ""}}).find("--set loss.kappa:1:1: nothing in it") == 0);
}

TEST_CASE("paths lead to every value and back", "[reader]") {
  scenario::Scenario scenario = read(
      kCatalog + "strategies: {turtle: {buy: incremental, budget: 2e9 USD, with: {operations: {mfu: 0.5}}}}\n");
  CHECK(number(scenario, "strategies.turtle.budget") == 2e9);
  CHECK(number(scenario, "strategies.turtle.with.operations.mfu") == 0.5);
  CHECK(number(scenario, "initial_fleet.0.count") == 8);
  CHECK(scenario::find(scenario, "strategies.turtle.with.operations.lifetime")->given() == false);
  for (const char* nowhere :
       {"", ".", "strategies", "strategies.hare.budget", "strategies.turtle", "initial_fleet.1.count",
        "initial_fleet.0x.count", "initial_fleet.0", "loss.kappa.x", "sites.main.power", "kappa"}) {
    INFO(nowhere);
    const core::Value* value = scenario::find(scenario, nowhere);
    CHECK((value == nullptr || std::string(nowhere) == "strategies"));
  }
  scenario::set(scenario, "strategies.turtle.budget", "3e9 USD");
  CHECK(number(scenario, "strategies.turtle.budget") == 3e9);
  CHECK(scenario::resolve(scenario).front().strategy.budget == core::Money::from_usd(3e9));
  scenario::set(scenario, "hardware.price_decline", "0.2 /yr");
  CHECK(number(scenario, "hardware.price_decline") == 0.2);
  CHECK(set_findings(scenario, "strategies.turtle.every", "3 monhts") ==
        R"(strategies.turtle.every: "3 monhts" is not a duration (unknown unit). Did you mean "3 months"?)");
  CHECK(set_findings(scenario, "strategies.hare.every", "3 months") ==
        "strategies.hare.every: there is no such value (the path leads nowhere in this scenario).");
  CHECK(set_findings(scenario, "hardware.accelerators", "H100") ==
        "hardware.accelerators: it is not a single value (only scalars can be set).");
}

TEST_CASE("names may hold points", "[reader]") {
  const std::string yaml = kTrend +
                           "strategies: {gamma 0: {buy: none, budget: 1 USD}, gamma 0.5: {buy: none, budget: 2 USD}}\n";
  scenario::Scenario scenario = read(yaml);
  CHECK(number(scenario, "strategies.gamma 0.5.budget") == 2);
  CHECK(number(scenario, "strategies.gamma 0.budget") == 1);
  scenario::set(scenario, "strategies.gamma 0.5.budget", "5 USD");
  CHECK(number(scenario, "strategies.gamma 0.5.budget") == 5);
  CHECK(number(read(yaml, {{"strategies.gamma 0.5.budget", "7 USD"}}), "strategies.gamma 0.5.budget") == 7);
}

TEST_CASE("impossible plans are raced and buy nothing", "[reader]") {
  const auto final_of = [](const fleet::StrategySetup& one) { return fleet::simulate(one); };
  const fleet::Outcome broke = final_of(only_case(kCatalog + "strategies: {s: {buy: front_loaded, budget: 0 USD}}\n"));
  CHECK(broke.final.capex == core::Money{});
  CHECK(broke.final.relative_loss < 1);
  const fleet::Outcome dark = final_of(
      only_case(kCatalog + "sites: {main: {power: 10 W}}\nstrategies: {s: {buy: front_loaded, budget: 1e9 USD}}\n"));
  CHECK(dark.final.capex == core::Money{});
  CHECK(dark.constraint_counts[static_cast<std::size_t>(fleet::Constraint::power)] == 1);
  CHECK(dark.final.relative_loss == 1);
  const fleet::Outcome poor = final_of(only_case(kCatalog + "strategies: {s: {buy: front_loaded, budget: 1 USD}}\n"));
  CHECK(poor.constraint_counts[static_cast<std::size_t>(fleet::Constraint::price)] == 1);
  const fleet::Outcome early = final_of(only_case(
      kHead +
      "hardware: {model: catalog, accelerators: [VR200]}\noperations: {mfu: 0.4}\nloss: {reference: 1e24 FLOP}\n"
      "strategies: {s: {buy: front_loaded, budget: 1e9 USD}}\n"));
  CHECK(early.constraint_counts[static_cast<std::size_t>(fleet::Constraint::nothing_on_sale)] == 1);
}

TEST_CASE("extremes are answered", "[reader]") {
  const auto race = [](const std::string& yaml, const std::vector<Override>& overrides) {
    for (const fleet::StrategySetup& one : cases(yaml, overrides)) {
      const fleet::Outcome outcome = fleet::simulate(one);
      INFO(overrides.front().path + "=" + overrides.front().text);
      CHECK(std::isfinite(outcome.final.effective_flop));
      CHECK(std::isfinite(outcome.final.discounted_spend_usd));
      CHECK(outcome.final.relative_loss > 0);
      CHECK(outcome.final.relative_loss <= 1);
      CHECK(outcome.final.mean_relative_loss > 0);
    }
  };
  const std::string yaml = kCatalog + R"(
sites: {main: {electricity: 0.08 USD/kWh}}
strategies: {s: {buy: incremental, budget: 2e9 USD}, t: {buy: front_loaded, budget: 2e9 USD, budget_covers: all}}
)";
  for (const Override& change :
       std::vector<Override>{{"strategies.s.budget", "4e12 USD"},
                             {"supply", "{lead_time: 1e8 yr, transit: 1e8 yr}"},
                             {"supply.lead_time", "0.001 s"},
                             {"supply.yearly_limit", "0.5 /yr"},
                             {"operations.lifetime", "1e8 yr"},
                             {"operations.failures", "{law: exponential, mtbf: 1 s, repair: 1e8 yr}"},
                             {"strategies.s.growth", "20 /yr"},
                             {"strategies.s.growth", "-20 /yr"},
                             {"strategies.s.growth", "1e-320 /yr"},
                             {"finance.discount_rate", "-0.5"},
                             {"loss.kappa", "1e-300"},
                             {"loss.reference", "1e190 FLOP"},
                             {"initial_fleet.0.count", "1e5"},
                             {"hardware.server_overhead", "1e308"},
                             {"hardware.price_decline", "-10 /yr"},
                             {"horizon.sample_every", "1e6 yr"},
                             {"loss.compute", "{best_run: {length: 0.001 s}}"},
                             {"loss.compute", "{best_run: {length: 8 yr}}"}}) {
    race(yaml, {change});
  }
  race(kTrend + "strategies: {s: {buy: incremental, budget: 1 USD, every: 0.001 s}}\n",
       {{"horizon.length", "0.001 s"}});
  CHECK_THROWS_AS(race(yaml, {{"sites.main.electricity", "1e300 USD/kWh"}}), std::exception);
}

TEST_CASE("a thousand strategies are fine", "[reader]") {
  std::string yaml = kCatalog + "strategies:\n";
  for (int i = 0; i < 1'000; ++i)
    yaml += "  s" + std::to_string(i) + ": {buy: front_loaded, budget: " + std::to_string(i) + "e6 USD}\n";
  CHECK(cases(yaml).size() == 1'000);
}

TEST_CASE("names are whatever a table can show", "[reader]") {
  const std::string names = "strategies:\n  'a \"quoted\" name': none\n  \xf0\x9f\x90\xa2: none\n  " +
                            std::string(200, 'x') + ": none\n";
  CHECK(cases(kTrend + names).size() == 3);
  CHECK(findings(kTrend + "strategies: {'': none}\n") ==
        "x.yaml:6:14: strategies: a name is empty (results are listed by name). Write one.");
}
