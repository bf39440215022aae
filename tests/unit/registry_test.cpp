#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "fleetrace/fleetrace.hpp"
#include "sim/api/race.hpp"
#include "sim/output/reference/entries.hpp"
#include "sim/reader/load.hpp"
#include "sim/scenario/resolve/resolve.hpp"

namespace fleetrace {
namespace {

using models::Decision;
using models::Observation;

/// The hare of the library, as a program would write it, with a key that says how much of the budget it spends.
void register_once() {
  static const bool is_registered = [] {
    register_purchase(
        {.name = "own_hare",
         .summary = "Spends a share of the budget at the start.",
         .keys = {{.name = "spent", .summary = "share of the budget", .range = core::above_up_to(0, 1), .preset = "1"}},
         .scope = "One order.",
         .review = [](const ModelParameters& own, const Observation& seen) {
           const double spent = own["spent"];
           return Decision{spent == 1 ? seen.budget : core::Money::from_usd(seen.budget.usd() * spent)};
         }});
    register_purchase({.name = "own_stuck",
                       .summary = "Looks again at once, for ever.",
                       .review = [](const ModelParameters&, const Observation& seen) {
                         return Decision{.released = {}, .next_review = seen.now};
                       }});
    register_purchase({.name = "own_informed",
                       .summary = "Buys where progress helps only what is bought after it.",
                       .review = [](const ModelParameters&, const Observation& seen) {
                         return Decision{seen.outlook.embodied ? seen.budget : core::Money{}};
                       }});
    register_loss(
        {.name = "own_power",
         .summary = "A power of compute.",
         .keys = {{.name = "exponent", .summary = "of compute", .range = core::between(-1, 1), .preset = "0.05"}},
         .loss = [](const ModelParameters& own, double ratio) { return std::pow(ratio, -own["exponent"]); }});
    register_loss({.name = "own_undefined",
                   .summary = "No number from some compute on.",
                   .keys = {{.name = "wall", .summary = "C/C0", .range = core::between(1, 1e60), .preset = "1e40"}},
                   .loss = [](const ModelParameters& own, double ratio) {
                     return ratio < own["wall"] ? 1 / (1 + std::log(ratio)) : std::nan("");
                   }});
    register_progress(
        {.name = "own_linear",
         .summary = "A constant gain every year.",
         .keys = {{.name = "first", .summary = "A at the start", .preset = "1"},
                  {.name = "yearly", .summary = "gain of A a year", .preset = "0.5"}},
         .multiplier = [](const ModelParameters& own, double years) { return own["first"] + own["yearly"] * years; }});
    return true;
  }();
  (void)is_registered;
}

std::string scenario_with(const std::string& strategies, const std::string& more = "") {
  return "fleetrace: 1\nname: own\nhorizon: {start: 2026-01-01, length: 6 yr}\n"
         "hardware: {model: catalog, accelerators: [H100, B200], precision: bf16}\n"
         "initial_fleet: [{accelerator: H100, count: 1000, installed: 2025-06-01}]\n"
         "sites: {main: {power: 100 MW}}\n"
         "operations: {mfu: 0.4, lifetime: unlimited}\n" +
         more + "strategies:\n" + strategies;
}

std::string problem_of(const std::string& text) {
  try {
    (void)load(text);
  } catch (const InvalidScenario& error) {
    return core::to_string(error.diagnostics().front());
  }
  return "";
}

TEST_CASE("a registered strategy races like its built-in twin, bit by bit") {
  register_once();
  const RunResult run = fleetrace::run(
      load(scenario_with("  twin: {buy: own_hare, budget: 1e9 USD}\n"
                         "  hare: {buy: front_loaded, budget: 1e9 USD}\n"
                         "  half: {buy: own_hare, budget: 1e9 USD, spent: 0.5}\n")));
  const fleet::StrategyResult& twin = run["twin"];
  const fleet::StrategyResult& hare = run["hare"];
  CHECK(twin.buys == "own_hare");
  CHECK(twin.final.relative_loss == hare.final.relative_loss);
  CHECK(twin.final.mean_relative_loss == hare.final.mean_relative_loss);
  CHECK(twin.final.capex == hare.final.capex);
  CHECK(twin.final.energy_kwh == hare.final.energy_kwh);
  REQUIRE(twin.series.size() == hare.series.size());
  for (std::size_t i = 0; i < twin.series.size(); ++i)
    CHECK(twin.series[i].effective_flop == hare.series[i].effective_flop);
  CHECK(run["half"].final.capex < hare.final.capex);
  CHECK(run["half"].final.capex > core::Money{});
}

TEST_CASE("a registered strategy is told whether progress helps what is installed") {
  register_once();
  const auto spent = [](const char* embodied) {
    const std::string progress = std::string("progress: {model: exponential, doubling: 8 months, embodied: ") +
                                 embodied;
    const RunResult run = fleetrace::run(
        load(scenario_with("  a: {buy: own_informed, budget: 1e9 USD}\n", progress + "}\n")));
    return run["a"].final.capex;
  };
  CHECK(spent("true") > core::Money{});
  CHECK(spent("false") == core::Money{});
}

TEST_CASE("the keys of a registered model are checked like any others") {
  register_once();
  CHECK(problem_of(scenario_with("  a: {buy: own_hare, budget: 1e9 USD, spend: 0.5}\n"))
            .find("Did you mean \"spent\"?") != std::string::npos);
  CHECK(problem_of(scenario_with("  a: {buy: own_hare, budget: 1e9 USD, spent: 2}\n"))
            .find("text:9:46: strategies.a.spent: \"2\" is out of range") != std::string::npos);
  CHECK(problem_of(scenario_with("  a: {buy: own_hair, budget: 1e9 USD}\n")).find("Did you mean \"own_hare\"?") !=
        std::string::npos);
}

TEST_CASE("a registered strategy that asks for no later review ends its run with its name") {
  register_once();
  const Scenario scenario = load(scenario_with("  a: {buy: own_stuck, budget: 1e9 USD}\n"));
  CHECK_THROWS_WITH(
      fleetrace::run(scenario),
      "strategy a cannot be run: the purchase strategy \"own_stuck\" asks for a next review that is not later, "
      "on 2026-01-01");
  CHECK_THROWS_AS(fleetrace::run(scenario), RunError);
  CHECK_THROWS_AS(compare(scenario, {.replications = 2}), StudyError);
}

TEST_CASE("a registered loss law stands in a scenario and is probed when it is loaded") {
  register_once();
  const std::string strategies = "  hare: {buy: front_loaded, budget: 1e9 USD}\n";
  const RunResult own = fleetrace::run(load(scenario_with(strategies, "loss: {model: own_power, exponent: 0.07}\n")));
  const RunResult twin = fleetrace::run(load(scenario_with(strategies, "loss: {model: relative, kappa: 0.07}\n")));
  CHECK(own["hare"].final.relative_loss == Approx(twin["hare"].final.relative_loss).epsilon(1e-14));
  CHECK(own["hare"].final.mean_relative_loss == Approx(twin["hare"].final.mean_relative_loss).epsilon(1e-10));
  CHECK(own["hare"].final.effective_flop == twin["hare"].final.effective_flop);
  CHECK(problem_of(scenario_with(strategies, "loss: {model: own_power, exponent: -0.1}\n"))
            .find("a loss never rises with compute") != std::string::npos);
  CHECK(problem_of(scenario_with(strategies, "loss: {model: own_undefined, wall: 1000}\n"))
            .find("text:8:7: loss: the loss law \"own_undefined\" gives nan at 1000 times the reference compute") !=
        std::string::npos);
}

TEST_CASE("dates of targets by a registered loss law are those of its twin") {
  register_once();
  const std::string strategies = "  hare: {buy: front_loaded, budget: 1e9 USD}\n";
  const RunResult own = fleetrace::run(load(scenario_with(strategies, "loss: {model: own_power, targets: [0.9]}\n")));
  const RunResult twin = fleetrace::run(load(scenario_with(strategies, "loss: {model: relative, targets: [0.9]}\n")));
  REQUIRE(own["hare"].targets.front().reached);
  CHECK(std::abs((*own["hare"].targets.front().reached - *twin["hare"].targets.front().reached).milliseconds()) <= 1);
}

TEST_CASE("a registered progress law is integrated, and begins at 1") {
  register_once();
  const std::string strategies = "  still: {buy: none}\n";
  const RunResult own = fleetrace::run(load(scenario_with(strategies, "progress: {model: own_linear}\n")));
  const RunResult none = fleetrace::run(load(scenario_with(strategies, "progress: {model: none}\n")));
  // The fleet never changes, so that compute is the rate times the integral of 1 + t/2 over six years.
  CHECK(own["still"].final.effective_flop == Approx(none["still"].final.effective_flop * (6 + 9) / 6).epsilon(1e-9));
  CHECK(problem_of(scenario_with(strategies, "progress: {model: own_linear, first: 2}\n"))
            .find("the progress law \"own_linear\" begins at 2") != std::string::npos);
  // What all laws of progress have: a cost, and whether only new hardware has it.
  const auto law = [&](const std::string& more) {
    const std::string text = scenario_with(strategies,
                                           "loss: {reference: 1e24 FLOP}\nprogress: {model: own_linear" + more + "}\n");
    return scenario::resolve(reader::load_bytes(text, "own.yaml")).front().plant.progress;
  };
  CHECK(law("").cost_per_year == 0);
  CHECK_FALSE(law("").embodied);
  CHECK(law(", cost: 1e6 USD/yr").cost_per_year == 1e6);
  CHECK(law(", embodied: true").embodied);
  // A(t) = 1 + t/2 grows by 1/(2 + t).
  const models::ProgressLaw own_law = law("");
  CHECK(own_law.expected_growth(0) == Approx(0.5).epsilon(1e-4));
  CHECK(own_law.expected_growth(3) == Approx(0.2).epsilon(1e-6));
  CHECK(own_law.integral(1, 3) == Approx(2 + 2).epsilon(1e-12));
  CHECK(own_law.integral(3, 3) == 0);
}

TEST_CASE("registered models stand in lists and in the schema") {
  register_once();
  CHECK(output::list_family("purchase").text({}).find("own_hare") != std::string::npos);
  CHECK(output::list_entry("purchase", "own_hare").text({}).find("share of the budget") != std::string::npos);
  const auto names = output::entry_names("loss");
  CHECK(std::is_sorted(names.begin(), names.end()));
  CHECK(std::find(names.begin(), names.end(), "own_power") != names.end());
  CHECK(schema().find("own_linear") != std::string::npos);
  CHECK(load(scenario_with("  a: {buy: own_hare, budget: 1e9 USD}\n")).text().find("own_hare") != std::string::npos);
}

TEST_CASE("what is no model cannot be registered") {
  register_once();
  const auto review = [](const ModelParameters&, const Observation& seen) { return Decision{seen.budget}; };
  const auto refused = [&](const std::string& name, const models::ModelKeys& keys) {
    try {
      register_purchase({.name = name, .summary = "Something.", .keys = keys, .review = review});
    } catch (const std::invalid_argument& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  CHECK(refused("incremental", {}).find("there is one of that name already") != std::string::npos);
  CHECK(refused("own_hare", {}).find("there is one of that name already") != std::string::npos);
  for (const char* const name :
       {"Own", "", "1st", "_own", "own-hare", "ownHare", "own~", "own{", "own:", "own/", "own hare"})
    CHECK(refused(name, {}).find("no word") != std::string::npos);
  CHECK(refused("fresh", {{.name = "budget", .summary = "of no model", .preset = "1"}}).find("\"budget\" is taken") !=
        std::string::npos);
  CHECK(refused("fresh", {{.name = "x", .summary = "of no model"}}).find("no default and is not required") !=
        std::string::npos);
  CHECK(refused("fresh", {{.name = "x", .summary = "of no model", .preset = "many"}}).find("not valid") !=
        std::string::npos);
  CHECK(refused("fresh", {{.name = "x", .summary = "of no model", .shape = core::Shape::text, .preset = "a"}})
            .find("no quantity") != std::string::npos);
  CHECK(refused("fresh", models::ModelKeys(7, {.name = "x", .summary = "of no model", .preset = "1"}))
            .find("more than 6 keys") != std::string::npos);
  CHECK_THROWS_AS(register_loss({.name = "fresh", .summary = "Nothing."}), std::invalid_argument);
  CHECK_THROWS_AS(register_progress({.name = "fresh", .summary = "Nothing."}), std::invalid_argument);
}

}  // namespace
}  // namespace fleetrace
