#include "sim/study/what_if/what_if.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "sim/fleet/world.hpp"
#include "sim/reader/load.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "tests/unit/said.hpp"

namespace fleetrace {
namespace {

using test::contains;
using test::Said;

Said say(const std::vector<std::string>& arguments) { return test::say("whatif", arguments); }

/// Four years of constant capacity, 1 TFLOP/s per W, 3e10 FLOP/s per USD: everything is linear.
std::string linear(const std::string& strategy, const std::string& more) {
  return "fleetrace: 1\nname: linear\nhorizon: {start: 2026-01-01, length: 4 yr}\n"
         "hardware: {model: trend, price_performance: 3e10 FLOP/s/USD, price_performance_doubling: none,\n"
         "  power_per_flops: 1 W/(TFLOP/s)}\nloss: {reference: 1e26 FLOP}\n" +
         more + "strategies: {s: " + strategy + "}\n";
}

study::WhatIf worth(const std::string& yaml, std::size_t replications = 1, int jobs = 1) {
  const scenario::Scenario scenario = reader::load_bytes(yaml, "x.yaml");
  const study::WhatIfCase base{"base", study::StudyDesign::of(scenario, 1, std::nullopt), {}};
  static const std::atomic<bool> kNever = false;
  return study::what_if(std::vector{base}, replications, 0.95, jobs, kNever);
}

const study::MetricStanding& shadow(const study::WhatIf& result, std::size_t perturbation) {
  return result.cases.front().strategies.front().metrics[study::kRaceMetrics.size() + perturbation];
}

nlohmann::json document(std::vector<std::string> arguments) {
  arguments.push_back("--format=json");
  const Said said = say(arguments);
  CHECK(said.code == 0);
  return nlohmann::json::parse(said.out);
}

}  // namespace

TEST_CASE("shadow values are those that one finds by hand", "[whatif]") {
  // 10 MW carry 1e19 FLOP/s. One MW more carries 1000 PFLOP/s for 1461 days, and money buys nothing.
  const study::WhatIf dark = worth(linear("{buy: front_loaded, budget: 1e10 USD}", "sites: {main: {power: 10 MW}}\n"));
  CHECK(shadow(dark, 0).value.mean == Approx(1000.0 * 1461).epsilon(1e-9));
  CHECK(shadow(dark, 1).value.mean == 0);
  CHECK_FALSE(shadow(dark, 2).applies);
  CHECK(shadow(dark, 0).value.interval.half_width() == 0);
  // A PUE of 2 halves it: the MW are those of the grid.
  const study::WhatIf warm = worth(
      linear("{buy: front_loaded, budget: 1e10 USD}", "sites: {main: {power: 10 MW, pue: 2}}\n"));
  CHECK(shadow(warm, 0).value.mean == Approx(500.0 * 1461).epsilon(1e-9));
  // Where money binds a million buys 30 PFLOP/s, and power is worth nothing.
  const study::WhatIf poor = worth(linear("{buy: front_loaded, budget: 1e8 USD}", "sites: {main: {power: 10 MW}}\n"));
  CHECK(shadow(poor, 0).value.mean == 0);
  CHECK(shadow(poor, 1).value.mean == Approx(30.0 * 1461).epsilon(1e-9));
  // 3000 PFLOP/s half a year late: a month earlier is a month more of them. With a week's wait there is a week to gain.
  const study::WhatIf late = worth(linear("{buy: front_loaded, budget: 1e8 USD}", "supply: {lead_time: 6 months}\n"));
  CHECK(shadow(late, 2).value.mean == Approx(3000 * 1461.0 / 48).epsilon(1e-9));
  const study::WhatIf soon = worth(linear("{buy: front_loaded, budget: 1e8 USD}", "supply: {lead_time: 7 days}\n"));
  CHECK(shadow(soon, 2).value.mean == Approx(3000 * 1461.0 / 48).epsilon(1e-9));
  CHECK_FALSE(shadow(soon, 0).applies);
  // What a strategy changes counts for it: its own site.
  const study::WhatIf own = worth(linear("{buy: front_loaded, budget: 1e10 USD, with: {sites: {main: {power: 20 MW}}}}",
                                         "sites: {main: {power: 10 MW}}\n"));
  CHECK(shadow(own, 0).value.mean == Approx(1000.0 * 1461).epsilon(1e-9));
}

TEST_CASE("perturbations reach phases and projects, and strategies get what their sites get", "[whatif]") {
  const std::string yaml = linear(
      "{buy: front_loaded, budget: 1e8 USD}, near: {buy: none, sites: [b]}",
      "sites: {a: {power: 10 MW, grid: [{from: 2028-01-01, power: 30 MW}]}, b: {power: 20 MW}, c: {}}\n"
      "supply: {lead_time: 2 yr}\n");
  scenario::Scenario scenario = reader::load_bytes(yaml, "x.yaml");
  const std::vector<double> mw = scenario::perturb(scenario, scenario::Perturbation::power);
  CHECK(mw[0] == Approx(0.5).epsilon(1e-12));
  CHECK(mw[1] == Approx(0.2).epsilon(1e-12));
  const auto number = [&](const char* path) { return std::get<double>(scenario::find(scenario, path)->data); };
  CHECK(number("sites.a.grid.0.power") == Approx(30.3e6));
  CHECK(number("sites.a.power") == Approx(10.1e6));
  CHECK(scenario::perturb(scenario, scenario::Perturbation::time) == std::vector<double>{1, 1});
  CHECK(std::get<core::Time>(scenario::find(scenario, "sites.a.grid.0.from")->data) ==
        *core::parse_iso8601("2028-01-01") - core::kMonth);
  CHECK(number("supply.lead_time") == static_cast<double>((core::kYear * 2 - core::kMonth).milliseconds()));
  const std::vector<double> money = scenario::perturb(scenario, scenario::Perturbation::budget);
  CHECK(money[0] == Approx(1));
}

TEST_CASE("the shadow value of power is the finite difference of two runs", "[whatif]") {
  const nlohmann::json base = document({"capacity-what-if", "--set", "sites.main.power=60.6 MW"});
  for (std::size_t i = 0; i < 3; ++i) {
    const nlohmann::json& changed = base["futures"][1]["strategies"][i]["measures"]["effective_compute"];
    const double by_hand = changed["difference"].get<double>() / 8.64e19 / 0.6;
    const double shown = base["futures"][0]["strategies"][i]["shadow_values"]["pf_days_per_mw"]["value"].get<double>();
    CHECK(shown == Approx(by_hand).epsilon(1e-9));
    CHECK(shown > 0);
  }
}

TEST_CASE("uncertain inputs: paired intervals cover what the draws give, by any number of threads", "[whatif]") {
  // Power is uncertain, and so is what a MW is worth per draw: not at all, for everything is linear.
  const std::string yaml = linear("{buy: front_loaded, budget: 1e10 USD}",
                                  "sites: {main: {power: {uniform: {low: 5 MW, high: 15 MW}}}}\n");
  const study::WhatIf drawn = worth(yaml, 40);
  CHECK(drawn.has_chance);
  CHECK(shadow(drawn, 0).value.mean == Approx(1000.0 * 1461).epsilon(1e-9));
  CHECK(shadow(drawn, 0).value.interval.half_width() < 1e-6 * 1000 * 1461);
  CHECK(std::isinf(shadow(worth(yaml, 1), 0).value.interval.high));
  const std::vector<std::string> some{"race-under-uncertainty", "--set", "strategies.turtle.budget=1e9 USD",
                                      "--replications=12", "--format=json"};
  const auto with_jobs = [&](const std::string& jobs) {
    std::vector<std::string> arguments = some;
    arguments.push_back("--jobs=" + jobs);
    return say(arguments).out;
  };
  const std::string one = with_jobs("1");
  CHECK(with_jobs("3") == one);
  const nlohmann::json read = nlohmann::json::parse(one);
  for (const nlohmann::json& each : read["futures"][1]["strategies"]) {
    const nlohmann::json& loss = each["measures"]["final_loss"];
    if (each["name"] != "turtle") {
      CHECK(loss["difference"] == 0);
      CHECK(loss["difference_ci_high"] == 0);
    } else {
      CHECK(loss["difference_ci_low"].get<double>() > 0);  // half the money on the same draws never helps
      CHECK(loss["difference"].get<double>() < loss["difference_ci_high"].get<double>());
    }
  }
}

TEST_CASE("what is not changed does not differ, whatever the scenario", "[whatif]") {
  for (const std::string_view name : reader::scenario_names()) {
    INFO(name);
    scenario::Scenario scenario = reader::load(std::string(name));
    const study::WhatIfCase base{"base", study::StudyDesign::of(scenario, 1, std::nullopt), {}};
    static const std::atomic<bool> kNever = false;
    const study::WhatIf result = study::what_if(std::vector{base, base}, 2, 0.95, 0, kNever);
    CHECK_FALSE(result.cases[1].differs);
    for (const study::WhatIfStrategy& each : result.cases[1].strategies) {
      for (const study::MetricStanding& metric : each.metrics) CHECK(metric.difference.mean == 0);
    }
  }
  const Said said = say({"hare-and-turtle"});
  CHECK(contains(said.out, "unchanged changes nothing: every difference is exactly 0."));
}

TEST_CASE("cases are those that the scenario names, and --set is one more", "[whatif]") {
  const nlohmann::json all = document({"capacity-what-if"});
  REQUIRE(all["futures"].size() == 4);
  CHECK(all["futures"][0]["name"] == "base");
  CHECK(all["futures"][1]["name"] == "half-the-power");
  CHECK(all["futures"][1]["changes"][0]["value"] == "30 MW");
  CHECK(all["futures"][1]["differs"] == true);
  CHECK(all["futures"][1]["strategies"][0]["binding"][0]["constraint"] == "power");
  // A case is the scenario with its changes: the numbers are those of run.
  const Said run = test::say("run", {"capacity-what-if", "--set", "sites.main.power=30 MW", "--format=json"});
  const nlohmann::json alone = nlohmann::json::parse(run.out);
  CHECK(all["futures"][1]["strategies"][1]["measures"]["final_loss"]["value"] ==
        alone["strategies"][1]["final"]["relative_loss"]);
  const nlohmann::json two = document({"capacity-what-if", "--set", "operations.mfu=0.3", "--case", "later-chips"});
  REQUIRE(two["futures"].size() == 3);
  CHECK(two["futures"][1]["name"] == "changed");
  CHECK(two["futures"][2]["name"] == "later-chips");
  // A strategy that is not there in the base has nothing to be compared with.
  const nlohmann::json more = document({"hare-and-turtle", "--set", "strategies.crow={buy: none}"});
  const nlohmann::json& crow = more["futures"][1]["strategies"].back();
  CHECK(crow["name"] == "crow");
  CHECK_FALSE(crow["measures"]["final_loss"].contains("difference"));
  CHECK(more["futures"][1]["differs"] == true);
}

TEST_CASE("guards end with 4, and what makes no sense with 2 or 3", "[whatif]") {
  const Said tripped = say({"capacity-what-if", "--case=half-the-power", "--fail-if", "turtle.relative_loss > 0.68"});
  CHECK(tripped.code == 4);
  CHECK(tripped.err == "Guard tripped: turtle.relative_loss > 0.68: half-the-power, turtle has 0.686214.\n");
  CHECK(contains(tripped.out, "What binds"));
  CHECK(say({"capacity-what-if", "--case=half-the-power", "--fail-if", "turtle.relative_loss > 0.69"}).code == 0);
  const auto complaint = [](const std::vector<std::string>& arguments) {
    const Said said = say(arguments);
    CHECK(said.code == 2);
    CHECK(said.out.empty());
    return said.err.substr(0, said.err.find('\n'));
  };
  CHECK(complaint({"capacity-what-if", "--case", "half-the-pwer"}) ==
        "fleetrace: there is no case \"half-the-pwer\". Did you mean \"half-the-power\"?");
  CHECK(contains(complaint({"hare-and-turtle", "--case", "x"}), "The scenario names none; change values with --set"));
  CHECK(contains(complaint({"capacity-what-if", "--case=later-chips", "--case=later-chips"}), "is given twice"));
  CHECK(contains(complaint({"hare-and-turtle", "--set", "x"}), "is no change"));
  CHECK(say({"hare-and-turtle", "--set", "horizon.length=8 monhts"}).code == 3);
}

TEST_CASE("goals are read strictly and told what is wrong with them", "[goal]") {
  const std::vector<std::string> strategies{"hare", "gamma 0.5"};
  fleet::Horizon horizon;
  horizon.start = *core::parse_iso8601("2026-01-01");
  horizon.end = *core::parse_iso8601("2034-01-01");
  const auto read = [&](const std::string& text) {
    return std::get<study::Goal>(study::parse_goal(text, strategies, horizon));
  };
  const auto problem = [&](const std::string& text) {
    const auto result = study::parse_goal(text, strategies, horizon);
    const auto* found = std::get_if<core::QuantityProblem>(&result);
    return found == nullptr ? "accepted" : found->problem + " (" + found->reason + "). " + found->suggestion;
  };
  const study::Goal goal = read(" hare.spend_usd<=2e9 USD at 2030-01-01 ");
  CHECK(goal.strategy == "hare");
  CHECK(goal.number.path() == "spend_usd");
  CHECK(goal.bound == 2e9);
  CHECK(goal.at == core::parse_iso8601("2030-01-01"));
  CHECK((goal.met_by(2e9) && !goal.met_by(2.1e9) && goal.is_upper()));
  const study::Goal other = read("gamma 0.5.effective_compute_flop > 1 PF-days at 4 yr");
  CHECK(other.strategy == "gamma 0.5");
  CHECK(other.bound == Approx(8.64e19));
  CHECK(other.at == core::parse_iso8601("2030-01-01"));
  CHECK((!other.met_by(8.64e19) && other.met_by(9e19) && !other.is_upper()));
  CHECK((read("goodput<0.5").relation == study::Relation::less));
  CHECK((read("accelerators >= 1000").met_by(1000)));
  // What rounding alone keeps from a bound is at the bound.
  CHECK(read("relative_loss <= 0.6").met_by(0.6000000000000001));
  CHECK_FALSE(read("relative_loss < 0.6").met_by(0.5999999999999999));
  CHECK_FALSE(read("relative_loss <= 0.6").met_by(0.600000001));
  CHECK_FALSE(read("relative_loss <= 0.6 at 2034-01-01").at.has_value());
  CHECK(contains(problem("relative_loss"), "it compares nothing"));
  CHECK(contains(problem("relative_loss == 0.6"), "Valid relations are: <=, <, >=, >."));
  CHECK(contains(problem("relative_los < 0.6"), "Did you mean \"relative_loss\"?"));
  CHECK(contains(problem("har.relative_loss < 0.6"), "Did you mean \"hare\"?"));
  CHECK(contains(problem("relative_loss < much"), "is not a number"));
  CHECK(contains(problem("spend_usd < 2 kWh"), "amount of money"));
  CHECK(contains(problem("relative_loss < 0.6 at 2040-01-01"), "lies outside the horizon"));
  CHECK(contains(problem("relative_loss < 0.6 at -1 yr"), "lies outside the horizon"));
  CHECK(contains(problem("relative_loss < 0.6 at noon"), "is no time"));
  CHECK(contains(problem("npv_usd < 0 at 2030-01-01"), "has no value at a date"));
  for (const char* hostile : {"", " ", "<", "<=", ".", ". <", "a.b.c < 1", "relative_loss <", "relative_loss < nan",
                              "relative_loss < 1e999", "relative_loss <= <= 1", "\x1b[31m < 1"})
    CHECK(problem(hostile) != "accepted");
}

TEST_CASE("every dated metric reads the same at the end by name as the result has it", "[goal]") {
  const std::vector<fleet::StrategySetup> cases = scenario::resolve(reader::load("hare-and-turtle"));
  const fleet::Horizon& horizon = cases.front().horizon;
  const core::Time last = horizon.end - core::kMillisecond;
  fleet::World world;
  fleet::Outcome outcome;
  world.recorder.keep(fleet::Detail::whole, std::nullopt, std::array{horizon.start, last});
  fleet::simulate(world, cases.front(), outcome);
  for (const fleet::DatedMetric& each : fleet::dated_metrics()) {
    INFO(each.name);
    const std::optional<double> final = each.final(cases.front(), outcome);
    CHECK((final.has_value() || !each.absent.empty()));
    if (each.at == nullptr || !final) continue;
    CHECK(each.at(cases.front(), outcome, last).value() == Approx(*final).epsilon(1e-9));
    CHECK(each.at(cases.front(), outcome, horizon.start).has_value());
    CHECK_FALSE(each.at(cases.front(), outcome, horizon.start + core::kDay).has_value());
  }
}

}  // namespace fleetrace
