#include "sim/study/sweep/sweep.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/cli/vary.hpp"
#include "sim/output/theory/theory.hpp"
#include "sim/reader/load.hpp"
#include "tests/unit/said.hpp"

namespace fleetrace {
namespace {

using test::contains;
using test::Said;

Said say(const std::vector<std::string>& arguments) { return test::say("sweep", arguments); }

using Values = std::vector<std::string>;

double years(const std::string& text) { return std::stod(text); }

/// The horizon below which buying at once wins, with algorithms that double in 8 months and a life of 5 years.
double break_even(double price_doubling) {
  const fleetrace::Theory theory = fleetrace::theory({.price_performance_rate = 1 / price_doubling,
                                                      .algorithm_rate = 1.5,
                                                      .horizon = 4,
                                                      .lifetime = 5,
                                                      .kappa = 0.05,
                                                      .nu = 1,
                                                      .run_length = 0.5,
                                                      .fleet_multiples = {2}});
  return theory.accountings.front().break_even.value.value();
}

TEST_CASE("values of an axis: lists, ranges, what brackets hold") {
  CHECK(cli::vary_values("p", "1,2 yr, x ") == Values{"1", "2 yr", "x"});
  CHECK(cli::vary_values("p", "{buy: none}, {buy: once, at: 2 yr},[1, 2]") ==
        Values{"{buy: none}", "{buy: once, at: 2 yr}", "[1, 2]"});
  CHECK(cli::vary_values("p", "\"a,b\",'c, d',it's") == Values{"\"a,b\"", "'c, d'", "it's"});
  CHECK(cli::vary_values("p", "2 yr..10 yr/5") == Values{"2 yr", "4 yr", "6 yr", "8 yr", "10 yr"});
  CHECK(cli::vary_values("p", "1 yr..16 yr/5 log") == Values{"1 yr", "2 yr", "4 yr", "8 yr", "16 yr"});
  CHECK(cli::vary_values("p", "0.06..0.04/3") == Values{"0.06", "0.05", "0.04"});
  CHECK(cli::vary_values("p", "0..1/4") == Values{"0", "0.333333", "0.666667", "1"});
  CHECK(cli::vary_values("p", "-2..2/3,7") == Values{"-2", "0", "2", "7"});
}

TEST_CASE("the last axis runs fastest") {
  const std::vector<study::Axis> axes{{"a", {"1", "2"}}, {"b", {"x", "y", "z"}}};
  CHECK(study::grid_size(axes) == 6);
  CHECK(study::grid_position(axes, 0) == std::vector<std::size_t>{0, 0});
  CHECK(study::grid_position(axes, 2) == std::vector<std::size_t>{0, 2});
  CHECK(study::grid_position(axes, 3) == std::vector<std::size_t>{1, 0});
  CHECK(study::grid_label(axes, 5) == "a=2, b=z");
}

// docs/derivations.md 8.1. The turtle buys a hundred times a year, which moves its border by less than 1 %.
TEST_CASE("the border of the winner map is the break-even horizon of theory") {
  const Said said = say({"winner-map", "--vary", "horizon.length=1 yr..5 yr/17", "--vary",
                         "hardware.price_performance_doubling=1 yr,1.5 yr,2.07 yr,3 yr,4.4 yr", "--format=json"});
  REQUIRE(said.code == 0);
  const nlohmann::json map = nlohmann::json::parse(said.out);
  CHECK(map["points"].size() == 85);
  int hares = 0;
  for (const nlohmann::json& point : map["points"]) {
    const double horizon = years(point["values"][0]);
    const double border = break_even(years(point["values"][1]));
    CAPTURE(horizon, point["values"][1], border);
    // Grid points closer to the border than the purchases are even may fall on either side.
    if (std::fabs(horizon / border - 1) > 0.01) CHECK(point["best"] == (horizon < border ? "hare" : "turtle"));
    hares += point["best"] == "hare" ? 1 : 0;
  }
  CHECK(hares > 20);
  CHECK(hares < 65);
}

TEST_CASE("a point of the grid is what compare says with the same values set") {
  const Said grid = say({"race-under-uncertainty", "--replications=20", "--vary", "loss.kappa=0.04,0.05", "--vary",
                         "strategies.heron.at=1 yr,3 yr", "--format=json"});
  REQUIRE(grid.code == 0);
  const nlohmann::json point = nlohmann::json::parse(grid.out)["points"][2];
  CHECK(point["values"] == nlohmann::json{"0.05", "1 yr"});
  std::ostringstream out;
  std::ostringstream err;
  REQUIRE(cli::run_program({"compare", "race-under-uncertainty", "--replications=20", "--set", "loss.kappa=0.05",
                            "--set", "strategies.heron.at=1 yr", "--format=json"},
                           {out, err}) == 0);
  const nlohmann::json alone = nlohmann::json::parse(out.str());
  CHECK(point["best"] == alone["best"]);
  for (std::size_t i = 0; i < 3; ++i) {
    for (const char* key : {"name", "mean", "ci_low", "ci_high", "p_best", "regret_mean"})
      CHECK(point["strategies"][i][key] == alone["strategies"][i][key]);
  }
}

TEST_CASE("sweep prints the same bytes for every number of threads") {
  const auto with = [](const std::string& jobs) {
    return say({"race-under-uncertainty", "--replications=7", "--vary", "loss.kappa=0.04..0.06/3", "--vary",
                "supply.lead_time=0 yr,1 yr", "--format=csv", "--jobs", jobs});
  };
  const Said one = with("1");
  CHECK(one.code == 0);
  CHECK(one.err.empty());
  CHECK(one.out.substr(0, one.out.find('\n')) ==
        "loss.kappa,supply.lead_time_yr,strategy,objective,replications,best,mean,ci_low,ci_high,mean_replications,"
        "valued_replications,quantile_10,median,quantile_90,p_best,p_best_ci_low,p_best_ci_high,regret_mean,"
        "regret_replications,target_reached,mean_spend_usd,mean_energy_kwh");
  CHECK(std::count(one.out.begin(), one.out.end(), '\n') == 1 + 3 * 2 * 3);
  CHECK(with("2").out == one.out);
  CHECK(with("8").out == one.out);
}

TEST_CASE("tables: a row a value, a map of winners, a row a point") {
  const Said one = say({"race-under-uncertainty", "--replications=9", "--vary", "loss.kappa=0.04,0.06"});
  CHECK(contains(one.out, "loss kappa     hare   turtle    heron  winner"));
  const Said map = say(
      {"winner-map", "--vary", "horizon.length=2 yr,4 yr", "--vary", "progress.rate=0 doublings/yr,1"});
  CHECK(map.code == cli::kInvalidInput);
  CHECK(contains(map.err, "--vary: progress.rate: \"1\""));
  const Said good = say({"winner-map", "--vary", "horizon.length=2 yr,5.5 yr", "--vary", "loss.kappa=0.04,0.05"});
  CHECK(contains(
      good.out,
      "hare wins 2 of 4 combinations (lowest final loss); turtle wins 2, only where horizon length is 5.5\nyr."));
  CHECK(contains(good.out, "2               hare    hare\n"));
  CHECK(contains(good.out, "5.5             turtle  turtle\n"));
  const Said three = say({"winner-map", "--vary", "horizon.length=2 yr,4 yr", "--vary", "loss.kappa=0.04,0.05",
                          "--vary", "operations.lifetime=3 yr,unlimited", "--format=markdown"});
  CHECK(contains(three.out, "| horizon length yr | loss kappa | operations lifetime yr |"));
  const Said even = say({"winner-map", "--vary", "strategies.turtle={buy: front_loaded, budget: 1e9 USD}"});
  CHECK(contains(even.out, "Of 1 value of strategy turtle 1 tied."));
}

TEST_CASE("sweep refuses what makes no sense before anything runs") {
  const std::string kappa = "loss.kappa=0.05";
  const std::vector<test::WrongUse> usage = {
      {{"winner-map"}, "there is nothing to vary"},
      {{"winner-map", "--vary", "loss.kappa"}, "is no axis. Write path=value"},
      {{"winner-map", "--vary", "=1"}, "is no axis"},
      {{"winner-map", "--vary", "loss.kappa="}, "a value is missing"},
      {{"winner-map", "--vary", "loss.kappa=0.04,,0.05"}, "a value is missing"},
      {{"winner-map", "--vary", "loss.kappa=0.04,0.04"}, "the value \"0.04\" is given twice"},
      {{"winner-map", "--vary", kappa, "--vary", kappa}, "the path is given twice"},
      {{"winner-map", "--vary", kappa, "--set", kappa}, "--set changes the same path"},
      {{"winner-map", "--vary", "study.seed=1,2"}, "the study is that of all points"},
      {{"winner-map", "--vary", "loss.kappa=0.1..0.2"}, "the number of values is missing"},
      {{"winner-map", "--vary", "loss.kappa=0.1..0.2/1"}, "goes from 2 to 10,000"},
      {{"winner-map", "--vary", "loss.kappa=0.1..0.2/many"}, "goes from 2 to 10,000"},
      {{"winner-map", "--vary", "loss.kappa=0.1..x/3"}, "from a number to a number"},
      {{"winner-map", "--vary", "horizon.length=1 yr..24 months/3"}, "same unit"},
      {{"winner-map", "--vary", "loss.kappa=0.1..0.1/3"}, "its ends are the same"},
      {{"winner-map", "--vary", "progress.rate=0 doublings/yr..1 doublings/yr/3 log"}, "none of 0"},
      {{"winner-map", "--vary", "loss.kappa=0.1..0.2/200", "--vary", "horizon.length=1 yr..2 yr/51"}, "10,000 points"},
      {{"winner-map", "--vary", kappa, "--objective=loss"}, "there is no --objective \"loss\""},
      {{"winner-map", "--vary", kappa, "--replications=0"}, "out of range"},
  };
  test::check_refused("sweep", usage);
  // All findings of all points, each once.
  const Said invalid = say({"winner-map", "--vary", "loss.kapa=1,2", "--vary", "operations.mfu=0.4,2,0.5,x"});
  CHECK(invalid.code == cli::kInvalidInput);
  CHECK(invalid.out.empty());
  CHECK(
      contains(invalid.err, "--vary: loss.kapa: there is no such key (it would be ignored). Did you mean \"kappa\"?"));
  CHECK(contains(invalid.err, "--vary: operations.mfu: \"2\" is out of range"));
  CHECK(contains(invalid.err, "3 errors\n"));
}

}  // namespace
}  // namespace fleetrace
