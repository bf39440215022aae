#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "sim/api/resolved.hpp"
#include "sim/core/numeric/math.hpp"
#include "sim/core/text/utf8.hpp"
#include "sim/output/run/writers.hpp"
#include "sim/reader/load.hpp"

namespace fleetrace::output {
namespace {

using nlohmann::json;
using reader::Override;

Run run_named(const std::string& name, const std::vector<Override>& changes = {}, std::uint32_t seed = 1) {
  return run_scenario(reader::load(name, changes), {seed, 0});
}

Run run_text(const std::string& yaml) { return run_scenario(reader::load_bytes(yaml, "test.yaml"), {}); }

/// A race of capacity in which the name of the strategy can be anything.
std::string race_with(const std::string& strategies) {
  return "fleetrace: 1\nname: test\nhorizon: {start: 2026-01-01, length: 1 yr}\n"
         "initial_fleet: [{capacity: 1e18 FLOP/s}]\nhardware: {model: trend}\nstrategies:\n" +
         strategies;
}

TEST_CASE("JSON holds what the interface promises") {
  const Run run = run_named("hare-and-turtle", {}, 4294967295U);
  const json found = json::parse(to_json(run));
  CHECK(found["format"] == 1);
  CHECK(found["seed"] == 4294967295U);
  CHECK(found["scenario"]["name"] == "hare-and-turtle");
  CHECK(found["scenario"]["sha256"].get<std::string>().size() == 64);
  REQUIRE(found["strategies"].size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    const json& strategy = found["strategies"][i];
    const fleet::Outcome& outcome = run.outcomes[i];
    const json& final = strategy["final"];
    INFO(strategy["name"]);
    CHECK(strategy["name"] == outcome.strategy);
    CHECK(final["time"] == "2034-01-01T00:00:00.000Z");
    CHECK(final["relative_loss"].get<double>() == Approx(outcome.final.relative_loss).epsilon(1e-11));
    CHECK(final["mean_relative_loss"].get<double>() == Approx(outcome.final.mean_relative_loss).epsilon(1e-11));
    CHECK(final["spend_usd"].get<double>() ==
          Approx(final["capex_usd"].get<double>() + final["opex_usd"].get<double>()));
    for (const char* key :
         {"effective_compute_flop", "physical_compute_flop", "energy_kwh", "accelerators", "failures"})
      CHECK(final[key].is_number());
    CHECK(final["best_run_flop"].is_null());
    CHECK(strategy["targets"].size() == 3);
    CHECK(strategy["targets"][0]["relative_loss"] == 0.9);
    // The loss is the compute's: R = (1 + C / C0)^-kappa.
    const double ratio = 1 +
                         final["effective_compute_flop"].get<double>() / final["reference_compute_flop"].get<double>();
    CHECK(final["relative_loss"].get<double>() == Approx(core::pow(ratio, -0.05)).epsilon(1e-10));
    const std::size_t samples = outcome.series.size();
    for (const auto& column : strategy["series"].items()) CHECK(column.value().size() == samples);
    CHECK(strategy["series"]["relative_loss"].back() == final["relative_loss"]);
    CHECK(strategy["series"]["spend_usd"].back() == final["spend_usd"]);
  }
  CHECK(found["overtakes"].size() == 5);
  CHECK(found["overtakes"][0]["leader"] == "lab");
  CHECK(found["overtakes"][0]["behind"] == "turtle");
}

TEST_CASE("Money in JSON is exact to the micro-dollar") {
  const std::string text = to_json(run_named("hare-and-turtle"));
  // Of 2e9 USD the hare buys 36,196 GB300 at 55,253.831826 USD: 43,000 USD x 1.1/0.81 (a rack), e^(-0.153 x 132/365.25) after the
  // date of the price; another one would cost more than what is left.
  CHECK(text.find("\"capex_usd\": 1999967696.773896,") != std::string::npos);
  CHECK(text.find("\"unspent_usd\": 32303.226104,") != std::string::npos);
}

TEST_CASE("What does not exist is null") {
  const json found = json::parse(to_json(run_named("frontier-cluster", {{"loss.targets", "[0.9, 0.1]"}})));
  CHECK(found["overtakes"].is_null());
  const json& strategy = found["strategies"][0];
  CHECK(strategy["final"]["best_run_flop"].is_number());
  CHECK(strategy["targets"][0]["reached"].is_string());
  CHECK(strategy["targets"][1]["reached"].is_null());
  CHECK(strategy["obstacles"]["power"] == 1);
  const json capacity = json::parse(to_json(run_named("relative-loss")));
  CHECK(capacity["strategies"][0]["final"]["gamma_per_usd"].is_null());
  CHECK(capacity["strategies"][0]["cohorts"][0]["accelerator"].is_null());
}

TEST_CASE("The seed is recorded, and results without random inputs do not depend on it") {
  json one = json::parse(to_json(run_named("gpt3", {}, 1)));
  json other = json::parse(to_json(run_named("gpt3", {}, 2)));
  CHECK(one != other);
  other["seed"] = 1;
  CHECK(one == other);
}

TEST_CASE("JSON lines have one strategy each, with what identifies the run") {
  const Run run = run_named("baseline-turtle-hare");
  const json whole = json::parse(to_json(run));
  std::istringstream lines(to_jsonl(run));
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    const json record = json::parse(line);
    CHECK(record["name"] == whole["strategies"][count]["name"]);
    CHECK(record["final"] == whole["strategies"][count]["final"]);
    CHECK(record["scenario"] == whole["scenario"]);
  }
  CHECK(count == 3);
}

TEST_CASE("CSV has a row per strategy and sample and no other line") {
  const Run run = run_text(race_with("  \"=1+1\": {buy: none}\n  \"a,\\\"b\": {buy: none}\n"));
  std::istringstream lines(to_csv(run));
  std::string line;
  std::getline(lines, line);
  CHECK(line.rfind("strategy,time,relative_loss,effective_compute_flop,physical_compute_flop,accelerators,", 0) == 0);
  std::size_t formulas = 0;
  std::size_t quoted = 0;
  while (std::getline(lines, line)) {
    if (line.rfind("'=1+1,202", 0) == 0) ++formulas;
    if (line.rfind("\"a,\"\"b\",202", 0) == 0) ++quoted;
  }
  CHECK(formulas == run.outcomes[0].series.size());
  CHECK(quoted == run.outcomes[1].series.size());
}

TEST_CASE("Hostile names reach no terminal, table or parser unescaped") {
  // The loader refuses most of these; the writers do not rely on it.
  Run run = run_text(race_with("  a: {buy: none}\n  plain: {buy: none}\n"));
  run.outcomes[0].strategy = "x\x1b[31m\xe2\x80\xae|*\"";
  for (const std::string& text : {to_table(run, {}), to_markdown(run)}) {
    CHECK(text.find('\x1b') == std::string::npos);
    CHECK(text.find("\xe2\x80\xae") == std::string::npos);
    CHECK(text.find("\\x1b") != std::string::npos);
  }
  CHECK(to_markdown(run).find("\\|\\*") != std::string::npos);
  CHECK(json::parse(to_json(run))["strategies"][0]["name"] == "x\x1b[31m\xe2\x80\xae|*\"");
}

TEST_CASE("The headline says who leads, and whether the lead is shared") {
  const auto first_line = [](const Run& run) {
    const std::string text = to_table(run, {200, false});
    return text.substr(0, text.find('\n'));
  };
  CHECK(first_line(run_named("hare-and-turtle")) ==
        "lab ends with the lowest loss (0.4804) and has the lowest average loss (0.7018).");
  CHECK(first_line(run_named("hare-and-turtle", {{"strategies.lab.budget", "1.4e9 USD"},
                                                 {"strategies.heron.budget", "9e9 USD"},
                                                 {"sites.main.power", "1 GW"}}))
            .rfind("heron ends with the lowest loss (", 0) == 0);
  CHECK(first_line(run_named("gpt3")) == "gpt3 ends at a relative loss of 0.9654; its average loss is 0.9806.");
  CHECK(first_line(run_text(race_with("  a: {buy: none}\n  b: {buy: none}\n")))
            .rfind("a and b end level with the lowest loss (", 0) == 0);
}

TEST_CASE("The table says what has to be known beside the losses") {
  const std::string cluster = to_table(run_named("frontier-cluster"), {});
  CHECK(cluster.find("Not at equal cost: total spend runs from 3.509 B USD (prudent) to 6.174 B USD (powered).") !=
        std::string::npos);
  // 56,927 GB300 at 55,253.83 USD (43,000 USD x 1.1/0.81 e^(-0.153 x 132/365.25)) are 3.145 of 5.56 B USD; all of it buys 100,626.
  CHECK(cluster.find("prudent: 2.415 B USD unspent; site power held back 1 of 1 purchase.") != std::string::npos);
  CHECK(cluster.find("signed: 32,956 accelerators wait for power at the end: ") != std::string::npos);
  CHECK(cluster.find("These inputs have not been checked against their source: operations.failures.repair (72 h),") !=
        std::string::npos);
  CHECK(cluster.find("best_run: 3 months on 80 %") != std::string::npos);
  CHECK(to_table(run_named("past-the-frontier"), {}).find("C0 = 3.8e25 FLOP. ") != std::string::npos);
  // Equal cost is not remarked upon.
  CHECK(to_table(run_named("relative-loss"), {}).find("Not at equal cost") == std::string::npos);
}

TEST_CASE("Sparklines draw the loss of every strategy on one scale") {
  const Run run = run_text(race_with("  idle: {buy: none}\n  buyer: {buy: front_loaded, budget: 1e9 USD}\n"));
  const std::string table = to_table(run, {});
  const auto line_of = [&table](std::string_view name) {
    const std::size_t begin = table.find(name, table.find("relative loss,"));
    return table.substr(begin, table.find('\n', begin) - begin);
  };
  for (const std::string_view name : {"idle ", "buyer "}) CHECK(line_of(name).find("\u2588") != std::string::npos);
  CHECK(line_of("buyer ").find("\u2581") != std::string::npos);  // only the lowest loss of all reaches the bottom
  CHECK(line_of("idle ").find("\u2581") == std::string::npos);
  CHECK(to_markdown(run).find("\u2581") != std::string::npos);
}

TEST_CASE("No line of the table is wider than asked for") {
  for (const std::string_view name : reader::scenario_names()) {
    const Run run = run_named(std::string(name));
    for (const std::size_t width : {60U, 80U, 100U}) {
      std::istringstream lines(to_table(run, {width, false}));
      for (std::string line; std::getline(lines, line);) {
        INFO(name << ": " << line);
        CHECK(core::characters(line) <= width);
      }
    }
  }
}

TEST_CASE("Unverified inputs are found in defaults, in repeated defaults and in the catalog") {
  const auto has = [](const Run& run, const std::string& wanted) {
    const std::vector<std::string> found = unverified_inputs(run);
    return std::find(found.begin(), found.end(), wanted) != found.end();
  };
  CHECK(has(run_named("hare-and-turtle"), "operations.failures.repair (72 h)"));
  CHECK(has(run_named("hare-and-turtle"), "GB300.price (43000 USD)"));
  CHECK_FALSE(
      has(run_named("hare-and-turtle", {{"operations.failures.repair", "48 h"}}), "operations.failures.repair (72 h)"));
  CHECK(unverified_inputs(run_named("relative-loss")).empty());
}

TEST_CASE("The resolved scenario loads again to the same results, and resolves to itself") {
  for (const std::string_view name : reader::scenario_names()) {
    INFO(name);
    const Run run = run_named(std::string(name));
    const std::string yaml = to_yaml(run.scenario);
    Run again = run_text(yaml);
    again.scenario.sha256 = run.scenario.sha256;
    CHECK(to_json(again) == to_json(run));
    const auto without_comments = [](const std::string& text) {
      std::istringstream lines(text);
      std::string result;
      for (std::string line; std::getline(lines, line);) result += line.substr(0, line.find("  # ")) + '\n';
      return result;
    };
    CHECK(without_comments(to_yaml(again.scenario)) == without_comments(yaml));
  }
}

TEST_CASE("Defaults are marked with their source, and odd texts survive") {
  const std::string yaml = to_yaml(reader::load_bytes(
      race_with(
          "  \"yes\": {buy: none}\n  \"a: #b\\t\\u202e\\\"\": {buy: incremental, budget: 1e6 USD, with: {progress: {model: exponential, rate: -1 doublings/yr}}}\n"),
      "test.yaml"));
  CHECK(yaml.find("  price_performance: 3e10 FLOP/s/USD  # default: B200 at launch") != std::string::npos);
  CHECK(yaml.find("\nsupply:  # default\n") != std::string::npos);
  CHECK(yaml.find("  \"yes\":\n") != std::string::npos);
  CHECK(yaml.find("  \"a: #b\\x09\\u202e\\\"\":\n") != std::string::npos);
  CHECK(yaml.find("rate: -1 doublings/yr\n") != std::string::npos);
  const scenario::Scenario again = reader::load_bytes(yaml, "again.yaml");
  CHECK(again.root().sections("strategies")[1].name == "a: #b\t\xe2\x80\xae\"");
}

TEST_CASE("A run that leaves the range of money names the strategy") {
  const std::string yaml =
      "fleetrace: 1\nname: dear\nhorizon: {start: 2026-01-01, length: 10 yr}\n"
      "operations: {mfu: 0.4}\nsites: {main: {electricity: 1e6 USD/kWh}}\n"
      "initial_fleet: [{accelerator: H100, count: 1000000, installed: 2025-01-01}]\nstrategies: {spender: {buy: none}}\n";
  CHECK_THROWS_WITH(run_text(yaml), Catch::Contains("strategy spender cannot be run: "));
}

}  // namespace
}  // namespace fleetrace::output
