#include <catch2/catch.hpp>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/models/loss.hpp"
#include "models/demand/demand.hpp"
#include "race.hpp"
#include "sim/reader/reader.hpp"
#include "tests/unit/spec_of.hpp"

// Test-time compute that demand pays for.
namespace fleetrace::test {
namespace {

models::DemandLaw demand(const std::string& text) {
  core::Diagnostics diagnostics;
  const reader::Node node = reader::parse_yaml(text, "test", diagnostics);
  const core::Spec spec = reader::read_section(node, models::demand_family(), "demand", nullptr, diagnostics);
  diagnostics.throw_if_any();
  return models::resolve_demand(spec, 0.4);
}

constexpr const char* kThought =
    "difficulty: [{share: 0.8, compute: 1}, {share: 0.15, compute: 10}, {share: 0.05, compute: 100}]";

Race race_with(const std::string& more, const std::string& loss) {
  return race(
      "horizon: {start: 2026-01-01, length: 2 yr}\nhardware: {model: catalog, accelerators: [H100]}\noperations: {mfu: 0.4, shares: "
      "[{serving: as_needed}]}\nsites: {main: {pue: 1.1, electricity: 0.08 USD/kWh}}\ndemand: {load: 1e17 FLOP/s" +
      more + "}\ninitial_fleet: [{accelerator: H100, count: 16384, installed: 2025-01-01}]\nloss: {" + loss +
      "}\nstrategies: {keeper: {buy: none}}\n");
}

}  // namespace

TEST_CASE("difficulty multiplies the load and the work of a request by the mean compute of an answer") {
  // 0.8 + 1.5 + 5 = 7.3.
  const auto plain = demand("{load: 1e17 FLOP/s, target: {model: waiting_time, wait: 1 s, request: 1e15 FLOP}}");
  const auto thought = demand(
      std::string("{load: 1e17 FLOP/s, target: {model: waiting_time, wait: 1 s, request: 1e15 FLOP}, ") + kThought +
      "}");
  CHECK(thought.load == Approx(7.3 * plain.load).epsilon(1e-14));
  CHECK(thought.request == Approx(7.3 * plain.request).epsilon(1e-14));
  CHECK(demand("{load: 1e17 FLOP/s, difficulty: [{share: 1, compute: 1}]}").load == plain.load);
}

TEST_CASE("serving takes the thought from training, and answers are worth it by the exchange") {
  const Race plain = race_with("", "model: chinchilla, reference: 1e26 FLOP");
  const Race thought = race_with(std::string(", ") + kThought, "model: test_time, answers: 7.3, reference: 1e26 FLOP");
  const fleet::Summary& before = plain.outcomes[0].final;
  const fleet::Summary& after = thought.outcomes[0].final;
  // 16,384 accelerators at 989.5 TFLOP/s and 40 % do 6.48e18 FLOP/s; serving takes 1e17 of it, or 7.3e17.
  const double fleet = before.effective_flop + 1e17 * 2 * kYearSeconds;
  CHECK(after.effective_flop == Approx(fleet - 7.3e17 * 2 * kYearSeconds).epsilon(1e-9));
  CHECK(after.energy_kwh == Approx(before.energy_kwh).epsilon(1e-12));
  const models::LossLaw& law = thought.cases[0].loss.law;
  CHECK(law.test_time_worth == Approx(std::pow(7.3, 1 / 1.5)).epsilon(1e-13));
  CHECK(
      after.relative_loss ==
      Approx(plain.cases[0].loss.law.loss((1 + after.effective_flop / 1e26) * std::pow(7.3, 1 / 1.5))).epsilon(1e-12));
}

TEST_CASE("shares of requests add up to 1") {
  CHECK_THROWS_WITH(race_with(", difficulty: [{share: 0.5, compute: 2}]", "model: relative"),
                    Catch::Matchers::Contains("add up to 0.5"));
}

}  // namespace fleetrace::test
