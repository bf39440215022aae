#include "sim/study/solve/solve.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/study/linear_scenario.hpp"
#include "tests/unit/said.hpp"

namespace fleetrace {
namespace {

using study::Solution;
using test::contains;
using test::goal_of;
using test::Said;

Said say(const std::vector<std::string>& arguments) { return test::say("solve", arguments); }

std::string file_of(const std::string& strategies, const std::string& more = "") {
  return test::linear_scenario("solve-test", strategies, more);
}

const std::string kHare = "hare: {buy: front_loaded, budget: 1e8 USD}";
constexpr double kSeconds = test::kLinearSeconds;

nlohmann::json solved(const std::string& file, const std::string& path, const std::string& goal,
                      std::vector<std::string> more = {}) {
  std::vector<std::string> arguments{file, "--for", path, "--until", goal, "--format=json"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Said said = say(arguments);
  INFO(said.err);
  REQUIRE((said.code == 0 || said.code == 1));
  return nlohmann::json::parse(said.out);
}

/// By six digits and on the side that meets the goal.
bool is(const nlohmann::json& solution, double value) {
  INFO(solution.dump());
  return solution["end"] == "found" && solution["best"]["met"] == true &&
         std::fabs(solution["value"].get<double>() / value - 1) < 1.1e-5;
}

}  // namespace

TEST_CASE("the input that meets a goal is that of the closed form", "[solve]") {
  const std::string file = file_of(kHare);
  const std::string budget = "strategies.hare.budget";
  // C = budget x 3e10 FLOP/s/USD x 4 yr.
  CHECK(is(solved(file, budget, "effective_compute_flop >= 1e25"), 1e25 / (3e10 * kSeconds)));
  CHECK(is(solved(file, budget, "effective_compute_flop >= 1e28 FLOP at 2 yr"), 1e28 / (3e10 * kSeconds / 2)));
  // R = (1 + C/C0)^-0.05, so that C = C0 (R^-20 - 1).
  CHECK(is(solved(file, budget, "relative_loss <= 0.9"), 1e26 * (std::pow(0.9, -20) - 1) / (3e10 * kSeconds)));
  CHECK(is(solved(file, budget, "relative_loss > 0.9"), 1e26 * (std::pow(0.9, -20) - 1) / (3e10 * kSeconds)));
  CHECK(is(solved(file, budget, "hare.spend_usd <= 3e7"), 3e7));
  const nlohmann::json below = solved(file, budget, "spend_usd < 3e7");
  CHECK((is(below, 3e7) && below["rises"] == false && below["is_monotone"] == true));
  CHECK(below["value"].get<double>() < 3e7);
  // Half of the compute is lost to a lead time of two years.
  const std::string late = file_of(kHare, "supply: {lead_time: 3 months}\n");
  CHECK(is(solved(late, "supply.lead_time",
                  "hare.effective_compute_flop >= " + core::format_real(1e8 * 3e10 * kSeconds / 2)),
           24));  // months, as the scenario has it
  // Bought after two years for the two that are left: 2^(2 yr/d) is 2 at d = 2 yr.
  const std::string heron = file_of("heron: {buy: once, budget: 1e8 USD, at: 2 yr}");
  CHECK(is(solved(heron, "hardware.price_performance_doubling",
                  "effective_compute_flop >= " + core::format_real(1e8 * 6e10 * kSeconds / 2)),
           2));  // yr
  // With the date free: 2^(t/4) (4 - t) years of 3e18 FLOP/s, which only earlier dates bring to 3e26 FLOP.
  const nlohmann::json when = solved(heron, "strategies.heron.at", "physical_compute_flop >= 3e26");
  const double years = when["value"].get<double>();
  CHECK((when["end"] == "found" && when["rises"] == false));
  CHECK(std::exp2(years / 4) * (4 - years) * 3e18 * kSeconds / 4 == Approx(3e26).epsilon(2e-5));
}

// 1e8 USD buy 3e18 FLOP/s on the date: 3e26 FLOP / 3e18 FLOP/s are 1e8 s, which leave the horizon of four years on
// 2026-10-31, at 14:13:20: that day is the last that begins early enough.
TEST_CASE("what is written as a date is solved as a date", "[solve]") {
  const std::string file = file_of("heron: {buy: once, budget: 1e8 USD, at: 2027-06-15}", "progress: {model: none}\n");
  const std::vector<std::string> flat{"--set", "hardware.price_performance_doubling=none"};
  const nlohmann::json when = solved(file, "strategies.heron.at", "physical_compute_flop >= 3e26", flat);
  CHECK(when["written"] == "2026-10-31");
  CHECK(when["value"] == "2026-10-31");
  CHECK(when["unit"] == "");
  for (const nlohmann::json& sample : when["samples"]) CHECK(sample["value"].is_string());
  std::vector<std::string> between = flat;
  between.insert(between.end(), {"--between", "2026-02-01,2027-01-01"});
  CHECK(solved(file, "strategies.heron.at", "physical_compute_flop >= 3e26", between)["written"] == "2026-10-31");
}

// A renter's 4e6 USD pay 4e6 / (2,160 h x p) accelerators for 90 days: 600 of them at p = 3.08642 USD/h.
TEST_CASE("a price by the hour is solved by the hour", "[solve]") {
  const std::string path = (std::filesystem::temp_directory_path() / "fleetrace-solve-rent.yaml").string();
  std::ofstream(path) << "fleetrace: 1\nname: rent\nhorizon: {start: 2026-01-01, length: 90 days}\n"
                         "hardware: {model: catalog, accelerators: [H100]}\noperations: {mfu: 0.5}\n"
                         "rental: {term: 90 days, price: 2.5 USD/h, accelerator: H100}\nloss: {reference: 1e26 FLOP}\n"
                         "strategies: {renter: {buy: front_loaded, budget: 4e6 USD, rented: 1}}\n";
  const nlohmann::json price = solved(
      path, "rental.price", "physical_compute_flop >= " + core::format_real(599.5 * 989.4e12 * 0.5 * 90 * 86400));
  CHECK(price["unit"] == "USD/h");
  CHECK(price["written"] == "3.08641 USD/h");
  CHECK(price["value"] == 3.08641);
}

TEST_CASE("whole numbers are solved exactly", "[solve]") {
  const std::string path = (std::filesystem::temp_directory_path() / "fleetrace-solve-count.yaml").string();
  std::ofstream(path) << "fleetrace: 1\nname: whole\nhorizon: {start: 2026-01-01, length: 4 yr}\n"
                         "hardware: {model: catalog, accelerators: [H100]}\noperations: {mfu: 0.5}\n"
                         "loss: {reference: 1e26 FLOP}\ninitial_fleet: [{accelerator: H100, count: 8}]\n"
                         "strategies: {none: {buy: none}}\n";
  // 989.4 TFLOP/s x 0.5 x 4 yr each: 1e26 FLOP take 1601.35 of them.
  const nlohmann::json count = solved(path, "initial_fleet.0.count", "effective_compute_flop >= 1e26");
  CHECK(count["value"] == std::ceil(1e26 / (989.4e12 * 0.5 * kSeconds)));
  CHECK(solved(path, "initial_fleet.0.count", "effective_compute_flop < 1e26")["value"] ==
        std::floor(1e26 / (989.4e12 * 0.5 * kSeconds)));
}

TEST_CASE("the answer speaks of the strategy, or of what is not its own, and of the goal in words", "[solve]") {
  const auto answered = [](const std::string& input, const std::string& goal) {
    std::string text = say({"hare-and-turtle", "--for", input, "--until", goal}).out;
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text.substr(0, text.find("  "));
  };
  CHECK(
      answered("strategies.turtle.budget", "relative_loss <= 0.54") ==
      "turtle needs a budget of at least 1.72 billion USD (strategies.turtle.budget) to reach a relative loss of 0.54 by "
      "2034-01-01.");
  CHECK(answered("sites.main.power", "hare.peak_site_power_w < 60 MW") ==
        "Power of site main must be at most 60 MW (sites.main.power) for hare to have a peak site power below 60 MW on "
        "2034-01-01.");
}

TEST_CASE("a goal that no value meets is said to be so, with the nearest and why", "[solve]") {
  // 10 MW carry 1e19 FLOP/s, and no more.
  const std::string file = file_of(kHare, "sites: {main: {power: 10 MW}}\n");
  const Said said = say({file, "--for", "strategies.hare.budget", "--until", "effective_compute_flop >= 2e27"});
  CHECK(said.code == 1);
  CHECK(contains(said.out, "No value of budget of hare (strategies.hare.budget) between"));
  CHECK(contains(said.out, "What binds hare there: site power for 4.00 yr."));
  CHECK(is(solved(file, "sites.main.power", "hare.effective_compute_flop >= 1e26"), 1e26 / kSeconds * 1e-18));  // MW
  CHECK(solved(file, "sites.main.power", "hare.effective_compute_flop >= 1e28")["value"].is_null());
  CHECK(solved(file, "strategies.hare.budget", "spend_usd >= 0")["end"] == "always");
  CHECK(contains(say({file, "--for", "strategies.hare.budget", "--until", "spend_usd >= 0"}).out, "Every value of"));
}

TEST_CASE("a column that turns is said to turn, and the first crossing is taken", "[solve]") {
  const study::SolveRequest request{1, core::at_least(0), std::pair(0.0, 4.0)};
  const Solution hump = study::solve(
      goal_of("spend_usd >= 3"), [](double x) { return 4 - (x - 2) * (x - 2); }, request);
  CHECK(hump.end == Solution::End::found);
  CHECK_FALSE(hump.is_monotone);
  CHECK(hump.rises);
  CHECK(hump.best.input == Approx(1).epsilon(1e-5));
  // A step is met on one side of it.
  const Solution step = study::solve(
      goal_of("spend_usd > 0"), [](double x) { return x < 2.5 ? 0.0 : 1.0; }, request);
  CHECK((step.best.met && step.best.input == Approx(2.5).epsilon(1e-5) && step.is_monotone));
  // Without bounds it doubles and halves: up to a million times.
  const auto linear = [](double x) { return x; };
  for (const double wanted : {1e-5, 0.3, 1.0, 7.7, 9e5}) {
    const Solution found = study::solve(goal_of("spend_usd >= " + core::format_real(wanted)), linear,
                                        {1, core::above(0)});
    CHECK((found.best.met && found.best.input == Approx(wanted).epsilon(2e-5)));
  }
  CHECK(study::solve(goal_of("spend_usd >= 1e9"), linear, {1, core::above(0)}).end == Solution::End::never);
  // Inputs that cannot be raced end the search on their side.
  const Solution walled = study::solve(goal_of("spend_usd >= 100"),
                                       [](double x) { return x > 10 ? throw study::ReplicationError("no room") : x; },
                                       {1, core::above(0)});
  CHECK((walled.end == Solution::End::never && walled.refused == "no room" &&
         walled.best.input == Approx(10).epsilon(1e-3)));
}

TEST_CASE("a goal that is met between two samples is found", "[solve]") {
  // Doubling and halving see 3.3 and 6.6, and what is beyond 8 cannot be raced; only from 5.8 to 6.2 is it below 0.04.
  const auto valley = [](double x) { return x >= 8 ? throw study::ReplicationError("too late") : (x - 6) * (x - 6); };
  const Solution found = study::solve(goal_of("spend_usd <= 0.04"), valley, {6.6, core::at_least(0)});
  CHECK(found.end == Solution::End::found);
  CHECK(found.best.met);
  CHECK(found.best.input == Approx(5.8).epsilon(1e-5));
  CHECK_FALSE(found.is_monotone);
  // A hump between samples that all meet the goal, and one beside what cannot be raced.
  const Solution hump = study::solve(goal_of("spend_usd >= 0.04"), valley, {6.6, core::at_least(0)});
  CHECK((hump.end == Solution::End::found && hump.best.met));
  const auto late = [](double x) { return x >= 8 ? throw study::ReplicationError("too late") : x; };
  CHECK(study::solve(goal_of("spend_usd >= 7.9"), late, {6.6, core::at_least(0)}).end == Solution::End::found);
  // The embedded race: 6 years of waiting reach 0.52568, 3.3 and 6.6 do not reach 0.5267.
  const Said said = say(
      {"hare-and-turtle", "--for", "strategies.heron.at", "--until", "heron.relative_loss <= 0.5267"});
  CHECK(said.code == 0);
}

TEST_CASE("a start of zero goes up by steps of a sensible size", "[solve]") {
  const auto linear = [](double x) { return x; };
  for (const double wanted : {2e-3, 5.0, 3e8}) {
    study::SolveRequest request{0, core::at_least(0)};
    request.grid.first_step = 1e-3;
    const Solution found = study::solve(goal_of("spend_usd >= " + core::format_real(wanted)), linear, request);
    CHECK((found.best.met && found.best.input == Approx(wanted).epsilon(2e-5)));
  }
  // Steps that change nothing do not end it.
  study::SolveRequest request{0, core::at_least(0)};
  const auto coarse = [](double x) { return std::floor(x / 5e4); };
  CHECK(study::solve(goal_of("spend_usd >= 3"), coarse, request).best.input == Approx(1.5e5));
  // And where the range allows it, down.
  CHECK(study::solve(goal_of("spend_usd <= -7"), linear, {0, {}}).best.input == Approx(-7));
  // Half of the compute is lost to a lead time of two years, where the scenario has none.
  const std::string file = file_of(kHare, "supply: {lead_time: 0 days}\n");
  CHECK(is(solved(file, "supply.lead_time",
                  "hare.effective_compute_flop <= " + core::format_real(1e8 * 3e10 * kSeconds / 2)),
           730.5));  // days, as the scenario has it
}

TEST_CASE("under chance the mean over the same draws meets the goal, and medians are looked for", "[solve]") {
  // The draws are the same, so that all is proportional to the median.
  const std::string file = file_of("hare: {buy: front_loaded, budget: {lognormal: {median: 1e8 USD, sigma: 0.4}}}");
  const auto at = [&](const char* goal) {
    return solved(file, "strategies.hare.budget", goal, {"--replications=20", "--jobs=2"});
  };
  const nlohmann::json one = at("effective_compute_flop >= 1e26");
  const nlohmann::json two = at("effective_compute_flop >= 2e26");
  CHECK(one["end"] == "found");
  CHECK(two["value"].get<double>() / one["value"].get<double>() == Approx(2).epsilon(2.2e-5));
  CHECK(one["best"]["reached"].get<double>() == Approx(1e26).epsilon(1.1e-5));
  CHECK(one["ci_low"].get<double>() < 1e26);
  CHECK(one["ci_high"].get<double>() > 1e26);
  // --set with the value found gives what was promised.
  const double median = one["value"].get<double>();
  const Said check = test::say(
      "compare",
      {file, "--set", "strategies.hare.budget={lognormal: {median: " + core::format_real(median) + " USD, sigma: 0.4}}",
       "--replications=20", "--fail-if", "effective_compute_flop < 9.9999e25", "--fail-if",
       "effective_compute_flop > 1.00002e26"});
  CHECK(check.code == 0);
}

TEST_CASE("solve says what is missing or makes no sense", "[solve]") {
  const auto complaint = [](std::vector<std::string> arguments) {
    const Said said = say(arguments);
    CHECK(said.code == 2);
    CHECK(said.out.empty());
    return said.err.substr(0, said.err.find('\n'));
  };
  const std::string turtle = "strategies.turtle.budget";
  CHECK(contains(complaint({"hare-and-turtle"}), "--for is missing"));
  CHECK(contains(complaint({"hare-and-turtle", "--for", turtle}), "--until is missing"));
  CHECK(contains(complaint({"hare-and-turtle", "--for", "strategies.turtel.budget", "--until", "relative_loss < 1"}),
                 "there is no such value"));
  CHECK(contains(complaint({"hare-and-turtle", "--for", "progress.model", "--until", "relative_loss < 1"}),
                 "there is no such value"));
  CHECK(
      contains(complaint({"hare-and-turtle", "--for", "name", "--until", "relative_loss < 1"}), "it is not a number"));
  CHECK(contains(complaint({"hare-and-turtle", "--for", "operations.mfu", "--until", "relative_loss < 1"}),
                 "names no strategy, and more than one races. Write hare.relative_loss < 1."));
  CHECK(contains(complaint({"hare-and-turtle", "--for", turtle, "--until", "relative_los < 1"}),
                 "Did you mean \"relative_loss\"?"));
  CHECK(contains(complaint({"hare-and-turtle", "--for", turtle, "--until", "relative_loss < 1", "--between", "1 USD"}),
                 "--between needs two values"));
  CHECK(contains(
      complaint({"hare-and-turtle", "--for", turtle, "--until", "relative_loss < 1", "--between", "2 USD,1 USD"}),
      "must be above the first"));
  CHECK(contains(
      complaint({"hare-and-turtle", "--for", turtle, "--until", "relative_loss < 1", "--between", "1 MW,2 MW"}),
      "amount of money"));
  const std::string file = file_of(kHare, "sites: {main: {}}\n");
  CHECK(contains(complaint({file, "--for", "sites.main.power", "--until", "hare.relative_loss < 0.5"}),
                 "Give --between LOW,HIGH."));
}

TEST_CASE("--fail-if guards run and compare, by what they show", "[guard]") {
  const std::string guard = "turtle.relative_loss > 0.5";
  const Said run = test::say("run", {"hare-and-turtle", "--fail-if", guard});
  CHECK(run.code == 4);
  CHECK(contains(run.err, "Guard tripped: turtle.relative_loss > 0.5: turtle has 0.536004."));
  CHECK(test::say("run", {"hare-and-turtle", "--fail-if", "turtle.relative_loss > 0.6"}).code == 0);
  CHECK(test::say("run", {"hare-and-turtle", "--fail-if", "relative_loss > 0.6"}).code == 4);  // the hare's
  CHECK(test::say("run", {"hare-and-turtle", "--fail-if", "turtle.relative_loss > 0.9 at 3 yr"}).code == 0);
  const Said none = test::say("run", {"hare-and-turtle", "--fail-if", "absolute_loss > 2"});
  CHECK(none.code == 2);
  CHECK(contains(none.err, "hare has no absolute_loss (the loss law has no absolute scale)."));
  CHECK(test::say("run", {"hare-and-turtle", "--fail-if", "turtle > 2"}).code == 2);
  const Said study = test::say("compare", {"race-under-uncertainty", "--replications=30", "--fail-if",
                                           "heron.relative_loss > 0.5", "--fail-if", "heron.relative_loss > 0.9"});
  CHECK(study.code == 4);
  CHECK(contains(study.err, "the mean of 30 replications."));
  CHECK_FALSE(contains(study.err, "> 0.9"));
  const Said plain = test::say("compare", {"race-under-uncertainty", "--replications=30"});
  CHECK(plain.out == study.out);
}

}  // namespace fleetrace
