#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "tests/unit/said.hpp"

namespace fleetrace {

using test::contains;
using test::Said;

TEST_CASE("what optimize prints and refuses", "[optimise]") {
  // Servers for all: with the lower overhead of racks the power of the site binds, and not the money.
  const std::string servers = "--set=hardware.server_overhead=1.64";
  const Said said = test::say("optimize", {"capacity-what-if", "--strategy", "turtle", servers});
  INFO(said.err);
  REQUIRE(said.code == 0);
  CHECK(contains(said.out, "No schedule within these constraints ends below a loss of 0.64217"));
  CHECK(contains(said.out, "The strategies of the scenario: turtle 0.65654"));
  CHECK(contains(said.out, "Worth of one more: 1 million USD of budget: loss -"));
  CHECK(contains(said.out, "All money falls on one date"));
  const Said racks = test::say("optimize", {"capacity-what-if", "--strategy", "turtle"});
  CHECK(contains(racks.out, "No schedule within these constraints ends below a loss of 0.63695"));
  CHECK(contains(racks.out, "Worth of one more: 1 MW of power at main: loss -"));
  CHECK_FALSE(contains(racks.out, "All money falls on one date"));
  const Said json = test::say("optimize", {"capacity-what-if", "--strategy=turtle", "--format=json"});
  const auto parsed = nlohmann::json::parse(json.out);
  CHECK(parsed["objective"] == "final_loss");
  CHECK(parsed["value"].get<double>() >= parsed["bound"].get<double>());
  CHECK(parsed["schedule"][0]["spend_usd"].get<double>() <= 2e9);
  CHECK(parsed["versus"][0]["name"] == "turtle");
  const Said chosen = test::say("optimize",
                                {"capacity-what-if", "--strategy=turtle", "--within=1%", "--then=least_spend"});
  CHECK(contains(chosen.out, "Of the plans within 1 % of the best it is the one that spends least."));
  test::check_refused(
      "optimize",
      {{{"capacity-what-if", "--strategy=turtle", "--objective=spend"}, "--objective"},
       {{"hare-and-turtle", "--strategy=turtle", "--objective=npv", "--within=1%"}, "--within"},
       {{"capacity-what-if", "--strategy=turtle", "--objective=npv", "--target=0.7"}, "--target"},
       {{"capacity-what-if", "--strategy=turtle", "--target=0.7"}, "--target"},
       {{"capacity-what-if", "--strategy=turtle", "--objective=time_to_target", "--target=7"}, "--target"},
       {{"data-wall", "--objective=time_to_target"}, "needs a target"},
       {{"capacity-what-if", "--strategy=turtle", "--objective=mean_loss", "--at-most=final_loss=0.7"}, "--at-most"},
       {{"capacity-what-if", "--strategy=turtle", "--every=0 days"}, "--every"},
       {{"capacity-what-if", "--strategy=turtle", "--every=3"}, "--every"},
       {{"capacity-what-if", "--strategy=turtle", "--yearly-spend=-1 USD"}, "--yearly-spend"},
       {{"capacity-what-if", "--strategy=turtle", "--gap=2"}, "--gap"},
       {{"capacity-what-if", "--strategy=turtle", "--at-most=0.6"}, "--at-most"},
       {{"capacity-what-if", "--strategy=turtle", "--at-most=final_loss=2"}, "--at-most"},
       {{"capacity-what-if", "--strategy=turtle", "--at-most=final_loss=0.7", "--within=1%"}, "--within"},
       {{"capacity-what-if", "--strategy=turtle", "--then=cheap"}, "--then"},
       {{"capacity-what-if", "--strategy=turtle", "--objective=mean_loss", "--then=least_spend"}, "--then"},
       {{"capacity-what-if", "--strategy=turtle", "--within=0%"}, "--within"},
       {{"capacity-what-if", "--strategy=turtle", "--within=some"}, "--within"},
       {{"capacity-what-if", "--strategy=turtle", "--within=1%,0.1%"}, "ascend"},
       {{"capacity-what-if", "--strategy=turtle", "--alternatives=2"}, "--within"},
       {{"capacity-what-if", "--strategy=turtle", "--within=1%", "--alternatives=-1"}, "--alternatives"},
       {{"capacity-what-if", "--strategy=turtle", "--nodes=0"}, "--nodes"},
       {{"capacity-what-if", "--strategy=turtle", "--smallest-order=0 USD"}, "--smallest-order"},
       {{"capacity-what-if", "--strategy=turtle", "--jobs=some"}, "--jobs"},
       {{"capacity-what-if", "--strategy=turtle", "--dates=weekly"}, "--dates"}});
  const Said uncertain = test::say("optimize", {"race-under-uncertainty", "--strategy=hare"});
  CHECK(contains(uncertain.out, "What is uncertain is as a run without draws has it"));
  CHECK_FALSE(contains(said.out, "What is uncertain"));
  // Nobody else keeps to a limit by year, so that others may be better than the bound.
  const Said yearly = test::say("optimize",
                                {"capacity-what-if", "--strategy=turtle", "--yearly-spend=0.3e9 USD", servers});
  CHECK(contains(yearly.out, "turtle 0.656543 (under other limits)"));
  CHECK(contains(yearly.out, "million USD of spending in the year from 2030-01-01: loss -"));
  const auto refused = [](const std::vector<std::string>& arguments, const std::string& message) {
    const Said all = test::say("optimize", arguments);
    INFO(all.err);
    CHECK(all.code == 3);
    CHECK(all.out.empty());
    CHECK(contains(all.err, message));
  };
  refused({"capacity-what-if"}, "which one? There are: hare, turtle, heron");
  refused({"capacity-what-if", "--strategy=tutle"}, "turtle");
  refused({"capacity-what-if", "--strategy=turtle", "--every=1 h"}, "review dates");
  refused({"capacity-what-if", "--strategy=turtle", "--set", "strategies.turtle.budget=0 USD"},
          "no money for hardware");
  refused({"capacity-what-if", "--strategy=turtle", "--set", "strategies.turtle.budget_covers=all"}, "energy");
  refused({"capacity-what-if", "--strategy=turtle", "--set", "supply.lead_time=6 yr"}, "nothing that could be ordered");
  refused({"capacity-what-if", "--strategy=turtle", "--set",
           "operations.failures={law: exponential, mtbf: 50000 h, fidelity: device}"},
          "failures are drawn");
  refused({"scale-penalty", "--strategy=small"}, "no budget");
  refused({"capacity-what-if", "--strategy=turtle", "--at-most=final_loss=0.5", servers}, "What holds it: budget");
  refused({"capacity-what-if", "--strategy=turtle", "--at-most=final_loss=0.5"}, "What holds it: power at main");
  refused({"capacity-what-if", "--strategy=turtle", "--objective=mean_loss", "--set",
           "loss.compute={best_run: {length: 3 months}}"},
          "best run");
  refused(
      {"capacity-what-if", "--strategy=turtle", "--within=1%", "--set", "loss.compute={best_run: {length: 3 months}}"},
      "best run");
  refused({"capacity-what-if", "--strategy=turtle", "--objective=cost_to_target", "--target=0.5"},
          "the least that is possible is 0.63696. What holds it: power at main");
  refused({"winner-map", "--strategy=turtle", "--retire"}, "Leave --retire out");
}

/// The text on one line, wherever it was wrapped.
std::string unwrapped(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

TEST_CASE("what optimize prints of dates, money and early retirement", "[optimise]") {
  const Said time = test::say("optimize",
                              {"capacity-what-if", "--strategy=turtle", "--objective=time_to_target", "--target=0.7"});
  INFO(time.err);
  REQUIRE(time.code == 0);
  CHECK(contains(time.out, "No schedule within these constraints comes to a loss of 0.7 before 20"));
  CHECK(contains(time.out, "days sooner"));
  const Said cost = test::say("optimize", {"capacity-what-if", "--strategy=turtle", "--at-most=final_loss=0.7"});
  CHECK(contains(unwrapped(cost.out), "all spending until then; this one spends"));
  const Said npv = test::say("optimize",
                             {"capacity-what-if", "--strategy=turtle", "--objective=npv", "--at-most=final_loss=0.7"});
  CHECK(contains(unwrapped(npv.out),
                 "No schedule within these constraints that ends at a loss of 0.7 has a net present value above -"));
  const Said one_date = test::say("optimize",
                                  {"capacity-what-if", "--strategy=turtle", "--set=hardware.server_overhead=1.64"});
  CHECK(contains(unwrapped(one_date.out), "a year, an even share of the budget, no plan ends below 0."));
  const std::vector<std::string> tight{"capacity-what-if", "--strategy=turtle", "--set=sites.main.power=30 MW",
                                       "--dates=events", "--retire"};
  const Said table = test::say("optimize", tight);
  CHECK(contains(table.out, "taken out"));
  auto as_json = tight;
  as_json.emplace_back("--format=json");
  const auto parsed = nlohmann::json::parse(test::say("optimize", as_json).out);
  CHECK(parsed["retired"][0]["accelerator"] == "H100");
  // The folder holds what is taken out, in the form in which a scenario takes it.
  const auto folder = std::filesystem::temp_directory_path() / "fleetrace-optimise-retire-test";
  std::filesystem::remove_all(folder);
  auto into = tight;
  into.push_back("--output=" + folder.string());
  REQUIRE(test::say("optimize", into).code == 0);
  const std::string plan = "{buy: orders, budget: 2e9 USD, orders: " + (folder / "orders.csv").string() +
                           ", retire: " + (folder / "retirements.csv").string() + "}";
  const Said again = test::say("run", {"capacity-what-if", "--set=sites.main.power=30 MW", "--set",
                                       "strategies.turtle=" + plan, "--format=json"});
  INFO(again.err);
  REQUIRE(again.code == 0);
  const auto raced = nlohmann::json::parse(again.out);
  for (const auto& each : raced["strategies"]) {
    if (each["name"] == "turtle") CHECK(each["final"]["relative_loss"].get<double>() == parsed["value"].get<double>());
  }
  std::filesystem::remove_all(folder);
}

TEST_CASE("every document has what the program warns about", "[optimise]") {
  const std::string unusual = "--set=operations.mfu=0.95";
  const std::vector<std::vector<std::string>> all = {
      {"run", "capacity-what-if", unusual},
      {"run", "capacity-what-if", unusual, "--by=year"},
      {"compare", "capacity-what-if", unusual, "--replications=2"},
      {"compare", "capacity-what-if", unusual, "--replications=2", "--by=year"},
      {"sweep", "capacity-what-if", unusual, "--vary=supply.lead_time=3 months,6 months"},
      {"whatif", "capacity-what-if", unusual},
      {"whatif", "capacity-what-if", unusual, "--by=year"},
      {"solve", "capacity-what-if", unusual, "--for=sites.main.power", "--until=turtle.relative_loss <= 0.7"},
      {"sensitivity", "capacity-what-if", unusual, "--points=8", "--set=loss.kappa={uniform: {low: 0.04, high: 0.06}}"},
      {"optimize", "capacity-what-if", unusual, "--strategy=turtle"},
      {"optimize", "capacity-what-if", unusual, "--strategy=turtle", "--replications=2", "--batches=2",
       "--set=loss.kappa={uniform: {low: 0.04, high: 0.06}}"},
  };
  for (std::vector<std::string> arguments : all) {
    CAPTURE(arguments);
    const std::string verb = arguments.front();
    arguments.erase(arguments.begin());
    arguments.emplace_back("--format=json");
    const Said said = test::say(verb, arguments);
    INFO(said.err);
    REQUIRE(said.code == 0);
    const auto parsed = nlohmann::json::parse(said.out);
    REQUIRE(parsed.contains("warnings"));
    REQUIRE(parsed["warnings"].size() >= 1);
    // Those of a case begin with its name.
    CHECK(parsed["warnings"][0]["path"].get<std::string>().ends_with("operations.mfu"));
    CHECK(contains(said.err, "operations.mfu"));
  }
}

TEST_CASE("--log shows what the solver does, and nothing else does", "[optimise]") {
  // The library writes to the process' own standard error, not to a stream of the program.
  const auto logged = [](const std::vector<std::string>& more) {
    const std::string path = (std::filesystem::temp_directory_path() / "fleetrace-solver-log-test").string();
    std::vector<std::string> arguments{"hare-and-turtle", "--strategy=turtle", "--every=1 yr"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    (void)std::fflush(stderr);
    const int kept = dup(STDERR_FILENO);
    const int file = open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
    (void)dup2(file, STDERR_FILENO);
    const Said said = test::say("optimize", arguments);
    (void)std::fflush(stderr);
    (void)dup2(kept, STDERR_FILENO);
    (void)close(file);
    (void)close(kept);
    CHECK(said.code == 0);
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    std::filesystem::remove(path);
    return text.str();
  };
  CHECK(logged({}).empty());
  CHECK(contains(logged({"--log"}), "Optimal"));
}

TEST_CASE("Ctrl-C gives the best plan and bound so far", "[optimise]") {
  // However long it takes until there is a plan: each try waits longer, until the search is over before it is interrupted.
  bool has_plan = false;
  for (int milliseconds = 20; milliseconds < 20'000 && !has_plan; milliseconds += milliseconds / 2) {
    std::atomic<bool> interrupted = false;
    std::ostringstream out;
    std::ostringstream err;
    cli::Streams streams{out, err};
    streams.interrupted = &interrupted;
    std::jthread user([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
      interrupted = true;
    });
    const int code = cli::run_program(
        {"optimize", "two-sites", "--strategy=both", "--objective=mean_loss", "--every=14 days", "--format=json"},
        streams);
    user.join();
    if (code == 0) break;
    CHECK(code == 130);
    if (out.str().empty()) {
      CHECK(contains(err.str(), "Interrupted: stopped before there was a plan."));
      continue;
    }
    has_plan = true;
    CHECK(contains(err.str(), "Interrupted: this is the best plan and the best bound so far."));
    const auto parsed = nlohmann::json::parse(out.str());
    CHECK(parsed["stopped"] == true);
    if (!parsed["bound"].is_null()) CHECK(parsed["bound"].get<double>() <= parsed["value"].get<double>());
  }
  CHECK(has_plan);
}

TEST_CASE("Ctrl-C ends optimize with the code of an interruption", "[optimise]") {
  const std::atomic<bool> interrupted = true;
  std::ostringstream out;
  std::ostringstream err;
  cli::Streams streams{out, err};
  streams.interrupted = &interrupted;
  CHECK(cli::run_program({"optimize", "hare-and-turtle", "--strategy=turtle"}, streams) == 130);
  CHECK(out.str().empty());
  CHECK(contains(err.str(), "Interrupted: stopped before there was a plan."));
}

TEST_CASE("a folder holds the plan as a scenario and its orders", "[optimise]") {
  const auto folder = std::filesystem::temp_directory_path() / "fleetrace-optimise-test";
  std::filesystem::remove_all(folder);
  const Said said = test::say("optimize",
                              {"two-sites", "--strategy=both", "--output=" + folder.string(), "--format=json"});
  INFO(said.err);
  REQUIRE(said.code == 0);
  const double value = nlohmann::json::parse(said.out)["value"].get<double>();
  const Said again = test::say("run", {(folder / "plan.yaml").string(), "--format=json"});
  double raced = 0;
  const auto result = nlohmann::json::parse(again.out);
  for (const auto& each : result["strategies"]) {
    if (each["name"] == "optimum") raced = each["final"]["relative_loss"].get<double>();
  }
  CHECK(raced == value);
  // The orders by themselves, in the scenario as it was.
  const std::string orders = "{buy: orders, budget: 4e9 USD, orders: " + (folder / "orders.csv").string() + "}";
  const Said by_file = test::say("run", {"two-sites", "--set", "strategies.both=" + orders, "--format=json"});
  INFO(by_file.err);
  REQUIRE(by_file.code == 0);
  const auto own = nlohmann::json::parse(by_file.out);
  for (const auto& each : own["strategies"]) {
    if (each["name"] == "both") CHECK(each["final"]["relative_loss"].get<double>() == value);
  }
  const Said second = test::say("optimize", {"hare-and-turtle", "--strategy=turtle", "--output=" + folder.string()});
  CHECK(second.code != 0);
  std::filesystem::remove_all(folder);
}

}  // namespace fleetrace
