#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "fleetrace/fleetrace.hpp"
#include "sim/api/race.hpp"
#include "sim/api/reports.hpp"
#include "sim/output/run/writers.hpp"
#include "sim/output/studies/comparison.hpp"
#include "sim/reader/document.hpp"

namespace fleetrace {
namespace {

TEST_CASE("a scenario is a value: a change to a copy is not seen by the original") {
  const Scenario original = load("hare-and-turtle");
  Scenario copy = original;
  copy.set("strategies.turtle.budget", "3e9 USD");
  CHECK(original.get("strategies.turtle.budget") == "2e9 USD");
  CHECK(copy.get("strategies.turtle.budget") == "3e9 USD");
  CHECK(original.get("loss.model") == "relative");
  CHECK(copy.hash() != original.hash());
  CHECK(copy.hash() == reader::load("hare-and-turtle", {{"strategies.turtle.budget", "3e9 USD"}}).sha256);
  CHECK(original.name() == "hare-and-turtle");
  CHECK(original.strategies() == std::vector<std::string>{"hare", "turtle", "heron", "lab"});
  CHECK(load(original.text()).strategies() == original.strategies());
  CHECK(load("capacity-what-if").cases().size() ==
        reader::Document(reader::read_source("capacity-what-if")).load_with_cases().cases.size());
}

TEST_CASE("a value that is not valid leaves the scenario as it was, and every finding has its place") {
  Scenario scenario = load("hare-and-turtle");
  const std::string hash = scenario.hash();
  CHECK_THROWS_AS(scenario.set("horizon.length", "8 apples"), InvalidScenario);
  CHECK_THROWS_AS(scenario.get("horizon.lenght"), InvalidScenario);
  CHECK(scenario.hash() == hash);
  try {
    (void)load("fleetrace: 1\nname: x\nhorizon: {start: 2026-01-01, lenght: 8 yr}\nstrategies: {a: {buy: nothing}}\n");
    FAIL("it is not valid");
  } catch (const InvalidScenario& error) {
    REQUIRE(error.diagnostics().size() >= 2);
    const auto of_horizon = [](const Finding& each) { return each.path.rfind("horizon", 0) == 0; };
    const auto found = std::find_if(error.diagnostics().begin(), error.diagnostics().end(), of_horizon);
    REQUIRE(found != error.diagnostics().end());
    const Finding& first = *found;
    CHECK(first.where.file == "text");
    CHECK(first.where.line == 3);
    CHECK(first.where.column > 0);
    CHECK_FALSE(first.problem.empty());
    CHECK_FALSE(first.reason.empty());
    CHECK_FALSE(first.suggestion.empty());
  }
}

TEST_CASE("a scenario says what may not be meant in it") {
  Scenario scenario = load("hare-and-turtle");
  CHECK(scenario.warnings().empty());
  scenario.set("finance.discount_rate", "9");
  REQUIRE(scenario.warnings().size() == 1);
  const Finding warning = scenario.warnings().front();
  CHECK(warning.path == "finance.discount_rate");
  CHECK(warning.is_warning);
  CHECK(warning.where.line == 0);  // it stands in no text
  const auto json = nlohmann::json::parse(output::to_json(fleetrace::run(scenario).details()));
  REQUIRE(json["warnings"].size() == 1);
  CHECK(json["warnings"][0]["path"] == warning.path);
  CHECK(json["warnings"][0]["line"].is_null());
  CHECK(json["warnings"][0]["message"] == warning.problem + " (" + warning.reason + ")");
  // Beside an error it says that it is none.
  try {
    scenario.set("horizon.length", "8 apples");
    FAIL("it is not valid");
  } catch (const InvalidScenario& error) {
    REQUIRE(error.diagnostics().size() == 2);
    const auto is_warning = [](const Finding& each) { return each.is_warning; };
    CHECK(std::count_if(error.diagnostics().begin(), error.diagnostics().end(), is_warning) == 1);
  }
}

TEST_CASE("a run is what the program prints of it") {
  const Scenario scenario = load("hare-and-turtle");
  const RunResult run = fleetrace::run(scenario, {.seed = 7});
  const auto json = nlohmann::json::parse(output::to_json(run.details()));
  REQUIRE(json["strategies"].size() == run.strategies().size());
  CHECK(json["seed"] == 7);
  CHECK(json["strategies"][1]["final"]["relative_loss"].get<double>() ==
        Approx(run["turtle"].final.relative_loss).epsilon(1e-11));
  CHECK(run.strategies()[1].get().strategy == "turtle");
  CHECK(run.overtakes().size() == json["overtakes"].size());
  CHECK(run.unverified_inputs() == unverified_inputs(run.details()));
  CHECK_THROWS_WITH(run["tortoise"], Catch::Contains("there is no strategy \"tortoise\""));
}

TEST_CASE("events can be traced, and a replication draws") {
  std::size_t lines = 0;
  const Scenario scenario = load("race-under-uncertainty");
  const RunResult run = fleetrace::run(scenario, {.replication = 3, .trace = [&](std::string_view) { ++lines; }});
  CHECK(lines > 100);
  const RunResult medians = fleetrace::run(scenario);
  const std::string name = scenario.strategies().front();
  CHECK(run[name].final.relative_loss != medians[name].final.relative_loss);
}

TEST_CASE("a comparison reports its progress and is that of its report") {
  std::size_t last = 0;
  const Comparison study = compare(
      load("race-under-uncertainty"),
      {.replications = 30, .jobs = 2, .progress = [&](std::size_t done, std::size_t total) {
         CHECK(done == last + 1);
         CHECK(total == 30);
         last = done;
       }});
  CHECK(last == 30);
  CHECK(study.replications == 30);
  CHECK_FALSE(study.was_stopped);
  CHECK(study.bands.replications == 30);
  CHECK(study.strategies.size() == load("race-under-uncertainty").strategies().size());
  CHECK_FALSE(output::comparison_json(*study.details).empty());
}

TEST_CASE("a comparison that is stopped keeps what was finished, and is the same as one of that size") {
  std::stop_source stop;
  const Scenario scenario = load("race-under-uncertainty");
  // What is kept are the first replications without a gap. A thread that has to wait at one of them holds them up while the other
  // goes on, and that for many others on a busy machine.
  const Comparison some = compare(scenario, {.replications = 100'000,
                                             .jobs = 2,
                                             .progress =
                                                 [&](std::size_t done, std::size_t) {
                                                   if (done == 4000) stop.request_stop();
                                                 },
                                             .stop = stop.get_token()});
  CHECK(some.was_stopped);
  REQUIRE(some.replications >= 10);
  REQUIRE(some.replications < 100'000);
  const Comparison whole = compare(scenario, {.replications = some.replications});
  CHECK(whole.strategies.front().objective.mean == some.strategies.front().objective.mean);
  CHECK_THROWS_AS(compare(scenario, {.stop = stop.get_token()}), Stopped);
  CHECK_THROWS_AS(what_if(load("capacity-what-if"), {}, {.replications = 2, .stop = stop.get_token()}), Stopped);
}

TEST_CASE("options that make no sense are refused by name") {
  const Scenario scenario = load("hare-and-turtle");
  CHECK_THROWS_WITH(compare(scenario, {.confidence = 2}), Catch::Contains("confidence is out of range"));
  CHECK_THROWS_AS(compare(scenario, {.half_width = 0.1, .select = 0.1}), std::invalid_argument);
  CHECK_THROWS_AS(compare(scenario, {.objective = fleet::Metric::spend}), std::invalid_argument);
  CHECK_THROWS_AS(sensitivity(scenario), InvalidScenario);
  CHECK_THROWS_AS(sweep(scenario, {}), std::invalid_argument);
}

TEST_CASE("what-ifs, sweeps, searches and sensitivities are calls") {
  const Scenario scenario = load("hare-and-turtle");
  const WhatIfResult changed = what_if(scenario, {{"half", {{"strategies.hare.budget", "1e9 USD"}}}});
  REQUIRE(changed.cases.size() == 2);
  CHECK(changed.cases[1].name == "half");
  CHECK(changed.cases[1].differs);
  CHECK(changed.cases[1].strategies[0].metrics[0].difference.mean < 0);

  const Sweep grid = sweep(scenario, {{"horizon.length", {"7 yr", "8 yr"}}});
  REQUIRE(grid.points.size() == 2);
  CHECK(grid.points[1].strategies[0].objective.mean ==
        Approx(fleetrace::run(scenario)["hare"].final.relative_loss).epsilon(1e-12));
  CHECK_THROWS_AS(sweep(scenario, {{"horizon.length", {"7 yr", "4 apples"}}}), InvalidScenario);

  const SolveResult budget = solve(scenario, "strategies.turtle.budget", "relative_loss <= 0.54");
  CHECK(budget.end == study::Solution::End::found);
  CHECK(budget.strategy == "turtle");
  CHECK(budget.best.met);
  CHECK_THROWS_AS(solve(scenario, "strategies.turtle.budgets", "relative_loss <= 0.54"), std::invalid_argument);
  CHECK_THROWS_AS(solve(scenario, "horizon.length", "relative_loss <= 0.54"), std::invalid_argument);

  const Sensitivity decides = sensitivity(load("race-under-uncertainty"), {.points = 4});
  CHECK(decides.inputs.size() == decides.input_names.size());
  CHECK(decides.runs > 0);
}

TEST_CASE("closed forms, the frontier and the schema are calls") {
  CHECK(milestones({.kappa = 0.05, .gammas = {2}, .losses = {0.8}}).rows.front().years > 0);
  CHECK(frontier({.fit_name = "besiroglu", .budgets = {1e24}}).front().split.parameters > 1e9);
  CHECK(nlohmann::json::parse(schema()).contains("properties"));
  const auto names = scenario_names();
  CHECK(std::find(names.begin(), names.end(), "hare-and-turtle") != names.end());
}

}  // namespace
}  // namespace fleetrace
