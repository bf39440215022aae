#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "sim/cli/verbs.hpp"
#include "sim/reader/document.hpp"
#include "sim/reader/yaml/node.hpp"
#include "sim/scenario/resolve/resolve.hpp"

namespace {

using namespace fleetrace;

constexpr std::size_t kCases = 10;

std::string scenario_with_cases(std::size_t cases) {
  std::string yaml =
      "fleetrace: 1\nname: many-cases\nhorizon: {start: 2026-01-01, length: 1 yr}\n"
      "hardware: {model: catalog, accelerators: [H100]}\noperations: {mfu: 0.4}\n"
      "initial_fleet: [{accelerator: H100, count: 10}]\n"
      "strategies:\n  hare: {buy: front_loaded, budget: 1e6 USD}\n  turtle: {buy: incremental, budget: 1e6 USD}\n"
      "cases:\n";
  for (std::size_t i = 0; i < cases; ++i)
    yaml += "  case" + std::to_string(i) + ": {set: [strategies.hare.budget=" + std::to_string(i + 2) + "e6 USD]}\n";
  return yaml;
}

struct Work {
  std::uint64_t parsed = reader::parsed_documents();
  std::uint64_t resolved = scenario::resolved_scenarios();
};

/// What a verb parses and resolves.
Work work_of(const cli::Verb& verb, const std::vector<std::string>& arguments) {
  const Work before;
  std::ostringstream out;
  std::ostringstream err;
  REQUIRE(verb.run(arguments, {out, err}) == 0);
  const Work after;
  return {after.parsed - before.parsed, after.resolved - before.resolved};
}

std::string file_of(const std::string& yaml) {
  const auto path = std::filesystem::temp_directory_path() / "fleetrace-work-done-once.yaml";
  std::ofstream(path) << yaml;
  return path.string();
}

TEST_CASE("A scenario is parsed once and resolved once a run") {
  // The catalog is parsed once a process.
  for (const char* name : {"hare-and-turtle", "race-under-uncertainty"}) (void)reader::load(name);

  const Work run = work_of(cli::kRun, {"hare-and-turtle", "--seed", "7"});
  CHECK(run.parsed == 1);
  CHECK(run.resolved == 1);
  const Work guarded = work_of(cli::kRun, {"hare-and-turtle", "--fail-if", "hare.relative_loss > 1"});
  CHECK(guarded.resolved == 1);
  const Work compared = work_of(cli::kCompare, {"race-under-uncertainty", "--replications", "2", "--quiet"});
  CHECK(compared.parsed == 1);
  CHECK(compared.resolved == 1);
}

TEST_CASE("Named cases do not read the text again") {
  const std::string file = file_of(scenario_with_cases(kCases));
  (void)reader::load(file);
  const Work checked = work_of(cli::kValidate, {file});
  CHECK(checked.parsed == 1 + kCases);  // the scenario, and the value that each case sets
  CHECK(checked.resolved == 1 + kCases);
  const Work what_if = work_of(cli::kWhatIf, {file, "--replications", "1", "--quiet"});
  CHECK(what_if.parsed == 1 + kCases);
  CHECK(what_if.resolved == 1 + kCases);
  const Work sweep = work_of(cli::kSweep, {file, "--vary", "strategies.hare.budget=1e6 USD,2e6 USD", "--quiet"});
  CHECK(sweep.parsed == 1 + kCases + 2 * (1 + kCases));  // the scenario as it is written, and two points
  CHECK(sweep.resolved == (1 + kCases) + 2 * (1 + kCases));
  std::filesystem::remove(file);
}

TEST_CASE("What a case changes is what the same changes by hand make") {
  const reader::Document document({scenario_with_cases(kCases), "many.yaml"});
  const reader::LoadedScenario loaded = document.load_with_cases();
  REQUIRE(loaded.cases.size() == kCases);
  for (const reader::LoadedCase& each : loaded.cases) {
    const scenario::Scenario by_hand = document.load(each.about.changes);
    CHECK(each.scenario.sha256 == by_hand.sha256);
    CHECK(scenario::resolve(each.scenario).front().strategy.budget ==
          scenario::resolve(by_hand).front().strategy.budget);
  }
}

TEST_CASE("Setups are kept until the scenario is changed, and handed out for every draw that makes no other") {
  scenario::Scenario scenario = reader::load("uncertain-releases");
  REQUIRE(scenario.setups() != nullptr);
  const std::uint64_t before = scenario::resolved_scenarios();
  CHECK(scenario::resolve(scenario).size() == scenario.setups()->size());
  CHECK(scenario::resolved_scenarios() == before);
  // Other release dates are drawn.
  CHECK(scenario::resolve(scenario, {2, 5}).front().draw.seed == 2);
  CHECK(scenario::resolved_scenarios() == before + 1);
  const scenario::Scenario copy = scenario;
  scenario::set(scenario, "horizon.length", "1 yr");
  CHECK(scenario.setups() == nullptr);
  CHECK(copy.setups() != nullptr);
}

}  // namespace
