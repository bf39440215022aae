#include <catch2/catch.hpp>
#include <string>

#include "fleetrace/models/registry.hpp"
#include "fleetrace/study/results.hpp"
#include "sim/reader/load.hpp"
#include "sim/study/replications.hpp"

namespace {

using namespace fleetrace;
using study::Results;
using study::StudyDesign;

const std::atomic<bool> kGoOn = false;
constexpr double kMost = 8.9e8;

/// A strategy that asks for its next review at once, which no race can go on with, where it has more than kMost.
void register_once() {
  static const bool is_registered = [] {
    models::register_purchase({.name = "stuck_when_rich",
                               .summary = "Spends everything, or never gets on.",
                               .review = [](const models::ModelParameters&, const models::Observation& seen) {
                                 if (seen.budget.usd() > kMost)
                                   return models::Decision{.released = {}, .next_review = seen.now};
                                 return models::Decision{seen.budget};
                               }});
    return true;
  }();
  (void)is_registered;
}

}  // namespace

TEST_CASE("the first failing replication is named, whatever the number of threads", "[study]") {
  register_once();
  // Values at both ends are valid: that a race fails on its way is seen in no draw before it runs.
  const scenario::Scenario scenario = reader::load_bytes(R"(fleetrace: 1
name: stuck
horizon: {start: 2026-01-01, length: 4 yr}
hardware: {model: trend}
initial_fleet: [{capacity: 1e18 FLOP/s}]
strategies: {lab: {buy: stuck_when_rich, budget: {uniform: {low: 3.9e8 USD, high: 9e8 USD}}}}
)",
                                                         "x.yaml");
  const StudyDesign design = StudyDesign::of(scenario, 1, std::nullopt);
  // One draw of 51 fails. The first one by hand: the budget is low + u (high - low).
  std::uint32_t failing = 0;
  while (3.9e8 + 5.1e8 * design.inputs.uniforms({1, failing, fleet::InputDraw::drawn}).front() <= kMost) ++failing;
  REQUIRE(failing > 0);
  REQUIRE(failing < 2000);
  for (const int jobs : {1, 2, 3, 8}) {
    CAPTURE(jobs);
    Results results(1);
    std::string said;
    try {
      (void)study::replicate(design, 3000, jobs, kGoOn, results);
    } catch (const study::ReplicationError& error) {
      said = error.what();
    }
    CHECK(said.find("replication " + std::to_string(failing) + " cannot be run: ") == 0);
    CHECK(said.find("stuck_when_rich") != std::string::npos);
  }
  // Those before it run.
  Results before(1);
  CHECK(study::replicate(design, failing, 2, kGoOn, before));
}
