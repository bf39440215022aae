#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "fleetrace/fleetrace.hpp"
#include "tests/unit/said.hpp"

// The page of a plan, and the values that it shows.
namespace fleetrace {
namespace {

using test::contains;
using test::Said;

std::string page_of(const std::vector<std::string>& arguments) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "fleetrace_optimise_page";
  std::filesystem::remove_all(folder);
  std::vector<std::string> all = arguments;
  all.push_back("--quiet");
  all.push_back("--output=" + folder.string());
  const Said said = test::say("optimize", all);
  INFO(said.err);
  REQUIRE(said.code == 0);
  std::ostringstream text;
  text << std::ifstream(folder / "report.html").rdbuf();
  std::filesystem::remove_all(folder);
  return text.str();
}

}  // namespace

TEST_CASE("money is worth its price where the plan spends, and nowhere more", "[optimise]") {
  // docs/derivations.md 8.5d.
  struct Known {
    const char* scenario;
    const char* strategy;
    fleet::Metric objective;
  };
  for (const Known& known : {Known{"hare-and-turtle", "turtle", fleet::Metric::final_loss},
                             Known{"hare-and-turtle", "turtle", fleet::Metric::mean_loss},
                             Known{"two-sites", "both", fleet::Metric::final_loss},
                             Known{"who-waits-wins", "turtle", fleet::Metric::final_loss}}) {
    INFO(known.scenario);
    OptimizeOptions options;
    options.strategy = known.strategy;
    options.objective = known.objective;
    options.every = core::Duration::from_years(0.25);
    const OptimizeResult found = optimize(load(known.scenario), options);
    REQUIRE(found.bound);
    REQUIRE(found.worth.front().of == "budget");
    double price = 0;
    for (const study::ValueOfMoney& each : found.money_by_date) price = std::max(price, each.gain);
    CHECK(price == Approx(found.worth.front().gain).epsilon(1e-6));
    REQUIRE(price > 0);
    std::size_t spends = 0;
    std::size_t waits = 0;
    for (const study::ValueOfMoney& each : found.money_by_date) {
      if (each.is_spent) {
        ++spends;
        CHECK(each.gain == Approx(price).epsilon(1e-3));
      } else if (each.gain < price * 0.99) {
        ++waits;
      }
    }
    CHECK(spends > 0);
    CHECK(waits > spends);
  }
}

TEST_CASE("what power is worth by date adds up to what it is worth", "[optimise]") {
  Scenario scenario = load("capacity-what-if");
  scenario.set("sites.main.power", "30 MW");
  OptimizeOptions options;
  options.strategy = "turtle";
  options.objective = fleet::Metric::mean_loss;
  const OptimizeResult found = optimize(scenario, options);
  double sum = 0;
  for (const study::WorthByDate& each : found.limits_by_date) {
    REQUIRE(each.of == "power at main");
    CHECK(each.gain >= 0);
    sum += each.gain;
  }
  double all = 0;
  for (const study::MarginalWorth& each : found.worth) {
    if (each.of == "power at main") all = each.gain;
  }
  CHECK(all > 0);
  CHECK(sum == Approx(all).epsilon(1e-9));
}

TEST_CASE("a plan has a page", "[optimise]") {
  const std::string page = page_of({"capacity-what-if", "--strategy=turtle", "--within=1%"});
  for (const char* each :
       {"id=\"plan\"", "id=\"versus\"", "id=\"why\"", "id=\"worth\"", "id=\"assumptions\"", "id=\"reproduce\"",
        "optimum (this plan)", "What a million dollars more would bring by date of order",
        "What plans spend by year whose loss is within 1 % of the best",
        "Value of one MW more of power at main by date", "fleetrace optimize capacity-what-if"}) {
    INFO(each);
    CHECK(contains(page, each));
  }
  // Where nothing is proved no prices are shown.
  const std::string unproved = page_of(
      {"hare-and-turtle", "--strategy=turtle", "--set", "progress={model: research, fleet_share: 0.2}"});
  CHECK(contains(unproved, "No bound"));
  CHECK_FALSE(contains(unproved, "id=\"why\""));
  const std::string uncertain = page_of(
      {"race-under-uncertainty", "--strategy=hare", "--replications=4", "--batches=2", "--every=1 yr"});
  for (const char* each : {"id=\"chance\"", "value of perfect information", "at_medians"})
    CHECK(contains(uncertain, each));
}

}  // namespace fleetrace
