#include "sim/study/solve/goal.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "sim/api/race.hpp"
#include "sim/output/run/writers.hpp"
#include "sim/reader/load.hpp"
#include "tests/unit/said.hpp"

namespace fleetrace {
namespace {

using study::Goal;
using test::contains;
using test::Said;

/// Reads goals about the strategies of a shipped scenario.
class Reading {
 public:
  explicit Reading(const std::string& scenario) : setups_(scenario::resolve(reader::load(scenario))) {}

  [[nodiscard]] Goal goal(const std::string& text) const { return std::get<Goal>(study::parse_goal(text, setups_)); }
  [[nodiscard]] std::string problem(const std::string& text) const {
    const auto result = study::parse_goal(text, setups_);
    const auto* found = std::get_if<core::QuantityProblem>(&result);
    return found == nullptr ? "accepted" : found->problem + " (" + found->reason + "). " + found->suggestion;
  }

 private:
  std::vector<fleet::StrategySetup> setups_;
};

/// Checks that a number of the JSON result is what a goal of that path reads.
void check_number(const Run& run, std::size_t strategy, const std::string& path, const nlohmann::json& value) {
  INFO(
      path << " of " << run.outcomes[strategy].strategy
           << ": every number of the result has its line in sim/fleet/results/further_metrics.cpp or item_metrics.cpp");
  const auto number = fleet::ResultNumber::at(path, run.setups);
  REQUIRE(number.index() == 0);
  const std::optional<double> read = std::get<fleet::ResultNumber>(number).read(run.setups[strategy],
                                                                                run.outcomes[strategy], std::nullopt);
  CHECK(read.has_value() == !value.is_null());
  if (read && value.is_number()) CHECK(*read == Approx(value.get<double>()).epsilon(1e-11).margin(1e-300));
}

/// All numbers below a member.
void check_numbers(const Run& run, std::size_t strategy, const std::string& path, const nlohmann::json& json) {
  for (const auto& [key, value] : json.items()) {
    if (value.is_object()) {
      check_numbers(run, strategy, path + key + '.', value);
    } else if (value.is_number() || (value.is_null() && key != "serving_short_from")) {
      check_number(run, strategy, path + key, value);
    }
  }
}

}  // namespace

TEST_CASE("goals read any number of the JSON result by its path", "[goal]") {
  for (const char* name :
       {"hare-and-turtle", "two-sites", "serving-growth", "all-models", "gpt3", "rent-or-buy", "spares"}) {
    INFO(name);
    Run run = run_scenario(reader::load(name), {1});
    const nlohmann::json json = nlohmann::json::parse(output::to_json(run));
    for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
      const nlohmann::json& strategy = json["strategies"][i];
      check_numbers(run, i, "final.", strategy["final"]);
      check_numbers(run, i, "obstacles.", strategy["obstacles"]);
      for (const char* group : {"sites", "capabilities"}) {
        if (!strategy.contains(group)) continue;
        for (const nlohmann::json& each : strategy[group]) {
          nlohmann::json numbers = each;
          numbers.erase("projects");
          numbers.erase("reached");
          check_numbers(run, i, std::string(group) + '.' + each["name"].get<std::string>() + '.', numbers);
        }
      }
      for (const nlohmann::json& each : strategy["beside"])
        check_numbers(run, i, "beside." + each["law"].get<std::string>() + '.', each);
      std::map<std::string, double> bought;
      for (const nlohmann::json& each : strategy["bought"]) {
        if (each["accelerator"].is_string()) bought[each["accelerator"]] += each["count"].get<double>();
      }
      for (const auto& [type, count] : bought) check_number(run, i, "bought." + type + ".count", count);
      for (const nlohmann::json& each : strategy["targets"]) {
        const std::string path = "targets." + each["relative_loss"].dump() + ".reached";
        const auto number = std::get<fleet::ResultNumber>(fleet::ResultNumber::at(path, run.setups));
        const double years = number.read(run.setups[i], run.outcomes[i], std::nullopt).value();
        if (each["reached"].is_null()) {
          CHECK(std::isinf(years));
        } else {
          const core::Time reached = core::parse_iso8601(each["reached"].get<std::string>()).value();
          CHECK(years == Approx(run.setups[i].horizon.years_at(reached)));
        }
      }
    }
  }
}

TEST_CASE("goals join two numbers, of one strategy or of two", "[goal]") {
  const Reading race("hare-and-turtle");
  const Goal ahead = race.goal("turtle.npv_usd - hare.npv_usd > 3e6 USD");
  CHECK((ahead.strategy == "turtle" && ahead.other_strategy == "hare" && ahead.join == Goal::Join::minus));
  CHECK((ahead.bound == 3e6 && ahead.unit() == "USD" && ahead.name() == "npv_usd - hare.npv_usd"));
  CHECK(ahead.joined(5, 3) == 2);
  const Goal better = race.goal("turtle.final.npv_usd >= hare.npv_usd");
  CHECK((better.join == Goal::Join::minus && better.bound == 0 && better.other_strategy == "hare"));
  const Goal ratio = race.goal("turtle.spend_usd / hare.energy_kwh < 1.1 at 4 yr");
  CHECK((ratio.join == Goal::Join::over && ratio.unit() == "USD/kWh" && ratio.at.has_value()));
  CHECK(ratio.joined(3, 2) == 1.5);
  CHECK(std::isnan(ratio.joined(3, 0)));
  CHECK(race.goal("capex_usd / spend_usd < 0.5").unit().empty());
  const Goal chance = race.goal("P(turtle.relative_loss > hare.relative_loss) > 10 %");
  CHECK((chance.chance && chance.chance->bound == 0.1 && chance.other_strategy == "hare"));
  const Goal date = race.goal("targets.0.70.reached <= 2030-01-01");
  CHECK(date.bound == Approx(4).epsilon(1e-3));
  CHECK(race.goal("turtle.targets.0.7.reached - hare.targets.0.7.reached < 6 months").bound == Approx(0.5));
  CHECK(race.goal("lab.final.compute_doublings.algorithm > 3").strategy == "lab");
  CHECK(contains(race.problem("turtle.npv_usd - hare.energy_kwh > 1"), "they are in different units"));
  CHECK(contains(race.problem("turtle.npv_usd - hare.npv_usd > heron.npv_usd"), "it names three numbers"));
  CHECK(contains(race.problem("turtle.npv_usd-hare.npv_usd > 0"), "stands between spaces"));
  CHECK(contains(race.problem("turtle.npv_usd - hre.npv_usd > 0"), "Did you mean \"hare\"?"));
  CHECK(contains(race.problem("turtle.npv_usd >= hare.npv"), "Did you mean \"npv_usd\"?"));
  CHECK(contains(race.problem("sites.mian.energy_kwh > 0"), "Did you mean \"main\"?"));
  CHECK(contains(race.problem("sites.main.energy > 0"), "Valid values are: it_power_w"));
  CHECK(contains(race.problem("sites.main.peak > 0"), "Did you mean \"peak_it_power_w\"?"));
  CHECK(contains(race.problem("sites.main > 0"), "it names no item of sites"));
  CHECK(contains(race.problem("turtle > 2"), "Name a number of it, such as \"turtle.relative_loss\"."));
  CHECK(contains(race.problem("targets.0.65.reached < 2030-01-01"), "no strategy of the scenario has it"));
  CHECK(contains(race.problem("targets.0.7.reached < soon"), "is no time"));
  CHECK(contains(race.problem("bought.B20.count > 1"), "Did you mean \"B200\"?"));
  CHECK(contains(race.problem("sites.main.energy_kwh > 1 at 2 yr"), "has no value at a date"));
  CHECK(contains(race.problem("P(relative_loss > 0.7"), "is not closed"));
  CHECK(contains(race.problem("P(relative_loss > 0.7)"), "Say how probable it is to be"));
  CHECK(contains(race.problem("P(relative_loss > 0.7) > 2"), "a number from 0 to 1"));
  CHECK(contains(race.problem("P(relative_loss > 0.7) > 0.1 at 2 yr"), "a number from 0 to 1"));
  CHECK(contains(race.problem("P(relative_los > 0.7) > 0.1"), "Did you mean \"relative_loss\"?"));
}

TEST_CASE("goals take a value in any unit of its dimension", "[goal]") {
  const Reading race("hare-and-turtle");
  CHECK(race.goal("hare.energy_kwh > 1 GWh").bound == 1e6);
  CHECK(race.goal("hare.energy_kwh > 500 Wh").bound == 0.5);
  CHECK(race.goal("sites.main.energy_kwh > 2 TWh").bound == 2e9);
  CHECK(race.goal("turtle.npv_usd >= -2 MUSD").bound == -2e6);
  CHECK(race.goal("turtle.npv_usd - hare.npv_usd > 3 MUSD").bound == 3e6);
  CHECK(race.goal("peak_site_power_w <= 90 MW").bound == 90e6);
  CHECK(race.goal("effective_compute_flop > 2 PF-days").bound == Approx(2 * 8.64e19));
  CHECK(race.goal("irr_per_yr > 8 %/yr").bound == Approx(0.08));
  CHECK(race.goal("payback_yr < 18 months").bound == Approx(1.5));
  CHECK(race.goal("cost_per_effective_pf_day_usd < 3 kUSD/EF-day").bound == Approx(3));
  // A ratio has the unit of a quotient.
  CHECK(race.goal("turtle.spend_usd / hare.energy_kwh < 100 USD/MWh").bound == Approx(0.1));
  CHECK(race.goal("turtle.energy_kwh / hare.energy_kwh < 1.5").bound == 1.5);
  // A bare number is in the unit of the result.
  CHECK(race.goal("hare.energy_kwh > 1e6").bound == 1e6);
  // The unit may be left out of the name where the value states one.
  const Goal energy = race.goal("hare.energy > 1 GWh");
  CHECK((energy.bound == 1e6 && energy.number.path() == "energy_kwh" && energy.strategy == "hare"));
  CHECK(race.goal("P(final.npv >= -2 MUSD) > 0.9").number.path() == "npv_usd");
  CHECK(race.problem("hare.energy > 1") ==
        "\"1\" has no unit (energy_kwh is meant, in kWh). Write \"1 kWh\", or \"energy_kwh\".");
  // Of another dimension, it is refused.
  CHECK(race.problem("hare.energy_kwh > 1 MW") ==
        "\"1 MW\" is not an amount of energy (wrong unit). Valid units are: Wh, kWh, MWh, GWh, TWh.");
  CHECK(contains(race.problem("npv_usd > 2 GWh"), "is not an amount of money (wrong unit). Valid units are: USD"));
  CHECK(contains(race.problem("energy_kwh > 1 gwh"), "Did you mean \"1 GWh\"?"));
  CHECK(contains(race.problem("relative_loss < 2 USD"), "a pure number takes no unit"));
  CHECK(contains(race.problem("turtle.spend_usd / hare.energy_kwh < 3 USD"), "is not an energy price (wrong unit)"));
  CHECK(contains(race.problem("idle_usd_years > 3 USD"), "it is compared with a number in USD yr"));
}

TEST_CASE("guards compare strategies, and ask of a study how probable something is", "[guard]") {
  const Said tripped = test::say("run", {"hare-and-turtle", "--fail-if", "turtle.relative_loss < hare.relative_loss"});
  CHECK(tripped.code == 4);
  CHECK(contains(tripped.err, "turtle has relative_loss - hare.relative_loss = -0.12"));
  // Without a name the hare is not compared with itself.
  const Said any = test::say("run", {"hare-and-turtle", "--fail-if", "relative_loss >= hare.relative_loss"});
  CHECK(any.code == 0);
  CHECK(test::say("run", {"hare-and-turtle", "--fail-if", "marginal_cost_per_effective_pf_day_usd > 1e9"}).code == 0);
  const Said chance = test::say("run", {"hare-and-turtle", "--fail-if", "P(relative_loss > 0.7) > 0.1"});
  CHECK(chance.code == 2);
  CHECK(contains(chance.err, "a single run has no probabilities"));
  const std::vector<std::string> study{"race-under-uncertainty", "--replications=60", "--fail-if"};
  const auto guarded = [&](const std::string& guard) {
    std::vector<std::string> arguments = study;
    arguments.push_back(guard);
    return test::say("compare", arguments);
  };
  // Heron is best in 98 %: the exact interval from 60 replications is 91 % to 99.9 %.
  const Said sure = guarded("P(heron.relative_loss < turtle.relative_loss) > 0.9");
  CHECK(sure.code == 4);
  CHECK(contains(sure.err, "Guard tripped: P(heron.relative_loss < turtle.relative_loss) > 0.9: heron: "));
  CHECK(contains(sure.err, "from 60 replications)."));
  CHECK(guarded("P(heron.relative_loss > turtle.relative_loss) > 0.5").code == 0);
  const Said open = guarded("P(turtle.relative_loss > 0.75) > 0.5");
  CHECK(open.code == 0);
  CHECK(contains(open.err, "Guard undecided: "));
  // Nothing is random: a probability is 0 or 1.
  const Said certain = test::say("compare", {"hare-and-turtle", "--fail-if", "P(hare.relative_loss > 0.5) > 0.9"});
  CHECK(certain.code == 4);
  CHECK(contains(certain.err, "hare: 100 %, exactly: nothing is random."));
  // Cost at the margin needs the world without purchases, also in a study.
  CHECK(guarded("P(heron.marginal_cost_per_effective_pf_day_usd < turtle.marginal_cost_per_effective_pf_day_usd) < 0.5")
            .code == 0);
}

}  // namespace fleetrace
