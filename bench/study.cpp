// Replications of studies: strategy runs per second on one core, and what of the time is not simulation: drawing inputs,
// resolving the scenario and measuring. Where nothing is drawn but chance, replicate resolves once only.

#include <benchmark/benchmark.h>

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sim/reader/load.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "sim/study/replications.hpp"

namespace {

using namespace fleetrace;

/// As `fleetrace compare` has it: with the first target of the scenario.
study::StudyDesign design_of(const std::string& name) {
  const scenario::Scenario scenario = reader::load(name);
  const core::Value& targets = scenario.root().section("loss")->value("targets");
  const auto* stated = std::get_if<std::vector<double>>(&targets.data);
  return study::StudyDesign::of(scenario, 1,
                                stated == nullptr || stated->empty() ? std::nullopt : std::optional(stated->front()));
}

void replicate(benchmark::State& state, const std::string& name) {
  const study::StudyDesign design = design_of(name);
  study::Replicator worker(design);
  std::vector<fleet::Metrics> row(design.strategies.size());
  std::uint32_t replication = 0;
  for (auto _ : state) {
    worker.run(replication++, row);
    benchmark::DoNotOptimize(row.data());
  }
  const auto runs = static_cast<double>(state.iterations()) * static_cast<double>(row.size());
  state.counters["strategy_runs/s"] = benchmark::Counter(runs, benchmark::Counter::kIsRate);
}

void draw_and_resolve(benchmark::State& state, const std::string& name) {
  const study::StudyDesign design = design_of(name);
  scenario::DrawnScenario drawn(design.inputs);
  scenario::Resolution resolution;
  std::vector<double> uniforms;
  std::vector<double> values;
  std::uint32_t replication = 0;
  for (auto _ : state) {
    const fleet::Draw draw{1, replication++, fleet::InputDraw::drawn};
    design.inputs.uniforms(draw, uniforms);
    design.inputs.values(uniforms, values);
    benchmark::DoNotOptimize(resolution.resolve(drawn.at(values), {1, draw.replication}).data());
  }
}

}  // namespace

int main(int argc, char** argv) {
  for (const std::string name : {"race-under-uncertainty", "hare-and-turtle", "llama3"}) {
    benchmark::RegisterBenchmark(("replicate/" + name).c_str(),
                                 [name](benchmark::State& state) { replicate(state, name); });
    benchmark::RegisterBenchmark(("draw_and_resolve/" + name).c_str(),
                                 [name](benchmark::State& state) { draw_and_resolve(state, name); });
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
