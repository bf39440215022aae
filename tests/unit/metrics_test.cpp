#include "sim/fleet/results/metrics.hpp"

#include <catch2/catch.hpp>

#include "setup_of.hpp"

using namespace fleetrace;

TEST_CASE(
    "a strategy has chance where failures, interruptions or jumps are drawn, or what it buys comes on random dates") {
  const auto has_chance = [](const std::string& more, const std::string& strategy) {
    return fleet::has_chance(test::setup_of(more, strategy));
  };
  const std::string hardware = "hardware: {model: catalog, accelerators: [H100, B200]";
  const std::string buys = "{buy: once, at: 1 yr, budget: 1e6 USD}";
  const std::string none = "{buy: none}";
  const std::string plain = hardware + "}\noperations: {mfu: 0.4}\n";
  CHECK_FALSE(has_chance(plain, buys));
  CHECK_FALSE(has_chance(plain, none));
  const std::string late = plain + "supply: {lead_time: 0.5 yr, lead_time_variation: 0.3}\n";
  CHECK(has_chance(late, buys));
  CHECK_FALSE(has_chance(late, none));
  const std::string regular = hardware + ", then: {cadence: 1 yr}}\noperations: {mfu: 0.4}\n";
  CHECK_FALSE(has_chance(regular, buys));
  const std::string irregular = hardware + ", then: {cadence: 1 yr, regularity: 3}}\noperations: {mfu: 0.4}\n";
  CHECK(has_chance(irregular, buys));
  CHECK_FALSE(has_chance(irregular, none));
  CHECK_FALSE(
      has_chance(hardware + "}\noperations: {mfu: 0.4, failures: {law: exponential, fidelity: expected}}\n", none));
  CHECK(has_chance(hardware + "}\noperations: {mfu: 0.4, failures: {law: exponential, fidelity: device}}\n", none));
  CHECK_FALSE(has_chance(hardware + "}\noperations: {mfu: 0.4, job: {fidelity: expected}}\n", none));
  CHECK(has_chance(hardware + "}\noperations: {mfu: 0.4, job: {fidelity: aggregate}}\n", none));
}
