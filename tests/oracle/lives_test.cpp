#include "models/failure/hazard_steps.hpp"
#include "sim/scenario/inputs/inputs.hpp"
#include "tests/oracle/race.hpp"

// Failures that are final, and failure rates in steps of age, at all three fidelities. Each drawn figure is off by 5 standard errors
// with probability 6e-7; two are looked at in each of four races.
namespace fleetrace::test {
namespace {

constexpr double kCount = 10'000;

std::string fleet_with(const std::string& failures, const std::string& more = {}) {
  return R"(
horizon: {start: 2026-01-01, length: 2 yr}
hardware: {model: catalog, accelerators: [H100]}
operations: {mfu: 0.5, failures: {)" +
         failures + R"(, start: fresh, repair: never}}
loss: {kappa: 0.05, reference: 1e25 FLOP}
initial_fleet: [{accelerator: H100, count: 10000}]
strategies: {s: {buy: none}}
)" + more;
}

double years_of_work(const fleet::Outcome& outcome) {
  return outcome.final.physical_flop / (kCount * 989.4e12 * 0.5 * kYearSeconds);
}

/// Looks at the mean of the time that an accelerator works within two years, and at how many have died by then.
void check(const std::string& law, double work, double dead) {
  const Race expected = race(fleet_with(law + ", fidelity: expected"));
  CHECK(years_of_work(expected["s"]) == Approx(work).epsilon(1e-5));
  CHECK(expected["s"].final.failures == Approx(kCount * dead).epsilon(1e-5));
  for (const char* fidelity : {"aggregate", "device"}) {
    INFO(fidelity);
    const Race drawn = race(fleet_with(law + ", fidelity: " + fidelity));
    const fleet::Summary& final = drawn["s"].final;
    // Who dies within two years works for less than two: the deviation of one is below 2 sqrt(dead (1 - dead)).
    const double deviation = std::sqrt(dead * (1 - dead) / kCount);
    CHECK(years_of_work(drawn["s"]) == Approx(work).margin(5 * 2 * deviation));
    CHECK(final.failures == Approx(kCount * dead).margin(5 * kCount * deviation));
    // Nobody dies twice, and the dead stay where they are.
    const auto in_repair = final.accelerators[static_cast<std::size_t>(fleet::State::in_repair)];
    CHECK(static_cast<double>(in_repair) == final.failures);
    CHECK(final.in_place() == 10'000);
  }
}

}  // namespace

TEST_CASE("what is never repaired dies once, at a constant rate") {
  // A share e^(-t/5) is alive after t years: 5 (1 - e^-0.4) years of work in two.
  check("law: exponential, mtbf: 5 yr", 5 * (1 - std::exp(-0.4)), 1 - std::exp(-0.4));
}

TEST_CASE("a failure rate in steps of age kills as it says") {
  // 0.5 a year in the first year, 0.1 after it: S(1) = e^-0.5, S(2) = e^-0.6.
  check("law: stepped, hazard: [{from: 0 s, rate: 0.5 /yr}, {from: 1 yr, rate: 0.1 /yr}]",
        (1 - std::exp(-0.5)) / 0.5 + std::exp(-0.5) * (1 - std::exp(-0.1)) / 0.1, 1 - std::exp(-0.6));
}

TEST_CASE("the dead of a batch leave with it at the end of its life") {
  const std::string text = fleet_with("law: exponential, mtbf: 5 yr, fidelity: device");
  const std::size_t at = text.find("mfu: 0.5");
  const Race run = race(text.substr(0, at) + "lifetime: 1 yr, " + text.substr(at));
  CHECK(run["s"].final.in_place() == 0);
  CHECK(run["s"].final.accelerators[static_cast<std::size_t>(fleet::State::retired)] == 10'000);
}

TEST_CASE("observed lives are the law that they estimate") {
  // Two of four fail at one year, the others were well at three: S(1) = 1/2, then two failures in 1 + 1 + 3 + 3 years.
  check("law: observed, lives: [{age: 1 yr}, {age: 1 yr}, {age: 3 yr, failed: false}, {age: 3 yr, failed: false}]",
        0.5 / kLn2 + 0.5 * (1 - std::exp(-0.25)) / 0.25, 1 - 0.5 * std::exp(-0.25));
}

TEST_CASE("a stepped rate of one step is the exponential law, repairs and all") {
  const auto races = [](const std::string& law) {
    return race(R"(
horizon: {start: 2026-01-01, length: 4 yr}
hardware: {model: catalog, accelerators: [H100]}
operations: {mfu: 0.5, failures: {)" +
                law + R"(, repair: 10 days}}
loss: {kappa: 0.05, reference: 1e25 FLOP}
initial_fleet: [{accelerator: H100, count: 1000}]
strategies: {s: {buy: none}}
)");
  };
  const Race stepped = races("law: stepped, hazard: [{from: 0 s, rate: 0.5 /yr}]");
  const Race exponential = races("law: exponential, mtbf: 2 yr");
  CHECK(stepped["s"].final.physical_flop == Approx(exponential["s"].final.physical_flop).epsilon(1e-13));
  CHECK(stepped["s"].final.failures == Approx(exponential["s"].final.failures).epsilon(1e-13));
}

TEST_CASE("the hazard of rows is made once for all draws that have the same rows") {
  const auto drawn = [](const std::string& law) {
    const scenario::Inputs inputs(reader::load_bytes(
        "fleetrace: 1\nname: test\n" + fleet_with(law, "supply: {lead_time: {uniform: {low: 1 days, high: 9 days}}}\n"),
        "test.yaml"));
    scenario::Resolution resolution;
    resolution.believe(inputs.scenario(), inputs.scenario());
    std::vector<std::shared_ptr<const models::HazardSteps>> hazards;
    for (std::uint32_t replication = 0; replication < 3; ++replication) {
      const fleet::Draw draw{1, replication, fleet::InputDraw::drawn};
      const scenario::Scenario world = inputs.at(inputs.values(inputs.uniforms(draw)));
      hazards.push_back(resolution.resolve(world, draw).front().plant.operations.failures.life.steps);
    }
    return hazards;
  };
  const auto watched = drawn("law: observed, lives: [{age: 1 yr}, {age: 3 yr, failed: false}]");
  CHECK(watched[0] == watched[1]);
  CHECK(watched[0] == watched[2]);
  CHECK(watched[0]->steps().back().rate * static_cast<double>(core::kYear.milliseconds()) == Approx(0.25));
  // Of rows that are drawn, each draw has its own.
  const auto rates = drawn("law: stepped, hazard: [{from: 0 s, rate: {uniform: {low: 0.1 /yr, high: 0.5 /yr}}}]");
  CHECK(rates[0]->steps().back().rate != rates[1]->steps().back().rate);
  CHECK(rates[1]->steps().back().rate != rates[2]->steps().back().rate);
}

}  // namespace fleetrace::test
