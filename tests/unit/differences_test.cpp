#include "sim/scenario/reference/differences.hpp"

#include <catch2/catch.hpp>

#include "sim/api/resolved.hpp"
#include "sim/reader/load.hpp"

namespace fleetrace::scenario {
namespace {

Scenario changed(const std::string& name, const std::vector<reader::Override>& changes) {
  return reader::load(name, changes);
}

std::vector<Difference> between(const Scenario& a, const Scenario& b) { return differences(a.root(), b.root()); }

TEST_CASE("no scenario differs from itself, nor from what it is resolved to") {
  for (const std::string_view name : reader::scenario_names()) {
    INFO(name);
    const Scenario scenario = reader::load(std::string(name));
    CHECK(between(scenario, scenario).empty());
    const Scenario resolved = reader::load_bytes(to_yaml(scenario), "resolved");
    for (const Difference& each : between(scenario, resolved))
      FAIL_CHECK(each.path + ": " + each.before + " | " + each.after);
  }
}

TEST_CASE("a value that is written otherwise is the same") {
  const Scenario base = reader::load("hare-and-turtle");
  CHECK(between(base, changed("hare-and-turtle", {{"strategies.turtle.budget", "2 B USD"}})).empty());
  CHECK(between(base, changed("hare-and-turtle", {{"sites.main.power", "150e6 W"}})).empty());
  CHECK(between(base, changed("hare-and-turtle", {{"operations.training_share", "1.0"}})).empty());
}

TEST_CASE("a change is told by its path, as it is written") {
  const Scenario base = reader::load("hare-and-turtle");
  const auto found = between(
      base, changed("hare-and-turtle", {{"strategies.turtle.budget", "3 B USD"}, {"operations.mfu", "0.4"}}));
  REQUIRE(found.size() == 2);
  CHECK(found[0].path == "operations.mfu");
  CHECK(found[0].before == "0.38");
  CHECK(found[0].after == "0.4");
  CHECK(found[1].path == "strategies.turtle.budget");
  CHECK(found[1].before == "2e9 USD");
  CHECK(found[1].after == "3 B USD");
}

TEST_CASE("another model, an entry of one side and a longer list are one change each") {
  const Scenario base = reader::load("hare-and-turtle");
  const auto model = between(base, changed("hare-and-turtle", {{"progress", "{model: none}"}}));
  REQUIRE(model.size() == 1);
  CHECK(model.front().path == "progress");
  CHECK(model.front().before.rfind("{model: exponential", 0) == 0);
  CHECK(model.front().after == "{model: none}");
  const auto entry = between(base, changed("hare-and-turtle", {{"strategies.sloth", "{buy: none}"}}));
  REQUIRE(entry.size() == 1);
  CHECK(entry.front().path == "strategies.sloth");
  CHECK(entry.front().before.empty());
  CHECK(entry.front().after == "{buy: none}");
  const auto list = between(base,
                            changed("hare-and-turtle", {{"initial_fleet",
                                                         "[{accelerator: H100, count: 10, installed: 2025-01-01}, "
                                                         "{accelerator: H100, count: 20, installed: 2025-06-01}]"}}));
  REQUIRE(list.size() == 1);
  CHECK(list.front().path == "initial_fleet");
  const auto item = between(base, changed("hare-and-turtle", {{"initial_fleet.0.count", "10"}}));
  REQUIRE(item.size() == 1);
  CHECK(item.front().path == "initial_fleet.0.count");
}

TEST_CASE("adopting every difference makes one scenario of the other") {
  const std::vector<std::string_view> names = reader::scenario_names();
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Scenario a = reader::load(std::string(names[i]));
    const Scenario b = reader::load(std::string(names[(i + 1) % names.size()]));
    INFO(names[i]);
    const auto found = between(a, b);
    REQUIRE_FALSE(found.empty());
    core::Spec there = a.root();
    for (const Difference& each : found) adopt(there, b.root(), each);
    CHECK(differences(there, b.root()).empty());
    core::Spec back = b.root();
    for (const Difference& each : found) adopt(back, a.root(), each);
    CHECK(differences(back, a.root()).empty());
  }
}

}  // namespace
}  // namespace fleetrace::scenario
