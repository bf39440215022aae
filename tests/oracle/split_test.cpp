#include "sim/core/numeric/math.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "tests/oracle/race.hpp"

// log2(C/C0) is split into fleet, hardware, utilisation and algorithm, exactly.
namespace fleetrace::test {
namespace {

double sum(const fleet::DoublingsByCause& split) {
  return split.fleet + split.hardware + split.utilisation + split.algorithm;
}

void check_adds_up(const Race& run) {
  for (const fleet::Outcome& outcome : run.outcomes) {
    CAPTURE(outcome.strategy);
    const fleet::Summary& final = outcome.final;
    CHECK(std::fabs(sum(final.split) - final.split.total) <= 1e-12);
    CHECK(final.split.total == Approx(std::log2(1 + final.effective_flop / final.reference_flop)).epsilon(1e-14));
  }
}

constexpr const char* kRace = R"(
horizon: {start: 2026-01-01, length: 4 yr}
operations: {mfu: 0.4}
initial_fleet: [{accelerator: H100, count: 1000, installed: 2025-01-01}]
)";

}  // namespace

TEST_CASE("the split of every embedded scenario adds up") {
  for (const std::string_view name : reader::scenario_names()) {
    CAPTURE(name);
    Race run;
    run.cases = scenario::resolve(reader::load(std::string(name)));
    for (const fleet::StrategySetup& one : run.cases) run.outcomes.push_back(fleet::simulate(one));
    check_adds_up(run);
  }
}

TEST_CASE("each part holds what was changed, and nothing else") {
  // Reference: one year of the fleet; over four years it sums up to 1 + 4 references.
  const Race run = race(std::string(kRace) + R"(strategies:
  still: {buy: none}
  twice: {buy: none, with: {initial_fleet: [{accelerator: H100, count: 2000, installed: 2025-01-01}]}}
  newer: {buy: none, with: {initial_fleet: [{accelerator: B200, count: 1000, installed: 2025-01-01}]}}
  tuned: {buy: none, with: {operations: {mfu: 0.5}}}
  clever: {buy: none, with: {progress: {model: exponential, doubling: 1 yr}}}
)");
  check_adds_up(run);
  const auto split = [&](const char* name) { return run[name].final.split; };
  CHECK(split("still").fleet == Approx(std::log2(5)).epsilon(1e-14));
  CHECK(split("still").hardware == Approx(0).margin(1e-14));
  CHECK(split("still").utilisation == Approx(0).margin(1e-14));
  CHECK(split("still").algorithm == Approx(0).margin(1e-14));
  CHECK(split("twice").fleet == Approx(std::log2(9)).epsilon(1e-14));
  CHECK(split("twice").hardware == Approx(0).margin(1e-14));
  CHECK(split("newer").fleet == Approx(std::log2(5)).epsilon(1e-14));
  CHECK(split("newer").hardware == Approx(std::log2((1 + 4 * 2250 / 989.4) / 5)).epsilon(1e-13));
  CHECK(split("newer").utilisation == Approx(0).margin(1e-14));
  CHECK(split("tuned").hardware == Approx(0).margin(1e-14));
  CHECK(split("tuned").utilisation == Approx(std::log2((1 + 4 * 1.25) / 5)).epsilon(1e-13));
  CHECK(split("clever").utilisation == Approx(0).margin(1e-14));
  CHECK(split("clever").algorithm == Approx(std::log2((1 + 15 / kLn2) / 5)).epsilon(1e-13));
}

TEST_CASE("an explicit reference stands for that many years of the initial fleet") {
  const double year = 1000 * 989.4e12 * 0.4 * kYearSeconds;
  const Race run = race(std::string(kRace) + "loss: {reference: " + text(2 * year) +
                        " FLOP}\nstrategies: {still: {buy: none}}\n");
  check_adds_up(run);
  CHECK(run["still"].final.split.fleet == Approx(std::log2(3)).epsilon(1e-14));
  CHECK(run["still"].final.split.hardware == Approx(0).margin(1e-14));
}

}  // namespace fleetrace::test
