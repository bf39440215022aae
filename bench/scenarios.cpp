// Whole scenarios: strategy runs per second and events per second, for one core, with the World reused as in a study.

#include <benchmark/benchmark.h>

#include "sim/fleet/world.hpp"
#include "sim/reader/load.hpp"
#include "sim/scenario/resolve/resolve.hpp"

namespace {

using namespace fleetrace;

void run_strategies(benchmark::State& state, const std::string& name) {
  const scenario::Scenario scenario = reader::load(name);
  const std::vector<fleet::StrategySetup> cases = scenario::resolve(scenario);
  fleet::World world;
  fleet::Outcome outcome;
  std::uint64_t events = 0;
  for (auto _ : state) {
    for (const fleet::StrategySetup& one : cases) {
      fleet::simulate(world, one, outcome);
      events += outcome.events;
      benchmark::DoNotOptimize(outcome.final.relative_loss);
    }
  }
  const auto runs = static_cast<double>(state.iterations()) * static_cast<double>(cases.size());
  state.counters["strategy_runs/s"] = benchmark::Counter(runs, benchmark::Counter::kIsRate);
  state.counters["events/s"] = benchmark::Counter(static_cast<double>(events), benchmark::Counter::kIsRate);
  state.counters["events/run"] = static_cast<double>(events) / runs;
}

void load_and_resolve(benchmark::State& state, const std::string& name) {
  for (auto _ : state) benchmark::DoNotOptimize(scenario::resolve(reader::load(name)));
}

}  // namespace

int main(int argc, char** argv) {
  for (const std::string_view name : reader::scenario_names()) {
    const std::string text(name);
    benchmark::RegisterBenchmark(("simulate/" + text).c_str(),
                                 [text](benchmark::State& state) { run_strategies(state, text); });
    benchmark::RegisterBenchmark(("load/" + text).c_str(),
                                 [text](benchmark::State& state) { load_and_resolve(state, text); });
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
