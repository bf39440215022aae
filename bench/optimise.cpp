// The best purchase schedule on one core: probing unit purchases, and the whole of it, by dates, accelerators, sites and objective.

#include <benchmark/benchmark.h>

#include <string>

#include "fleetrace/fleetrace.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "sim/study/optimise/plan_problem.hpp"
#include "sim/study/optimise/plan_scenario.hpp"

namespace {

using namespace fleetrace;

/// A scenario of so many review dates, accelerators on sale in the end and sites.
struct Size {
  int dates = 0;
  int types = 0;
  int sites = 0;
};

constexpr double kYears = 8;

std::string text_of(const Size& size) {
  std::string text =
      "fleetrace: 1\nname: bench\nhorizon: {start: 2026-01-01, length: 8 yr}\n"
      "hardware:\n  model: catalog\n  accelerators: [H100, B200, GB300]\n"
      "  then: {cadence: " +
      core::format_real(kYears / (size.types - 2)) +
      " yr, price_performance_doubling: 2.07 yr, energy_efficiency_doubling: 2.06 yr}\n"
      "progress: {model: exponential, doubling: 8 months}\n"
      "operations: {lifetime: 5 yr, mfu: 0.38}\nsupply: {lead_time: 3 months}\nsites:\n";
  for (int i = 0; i < size.sites; ++i)
    text += "  site" + std::to_string(i) + ": {power: " + std::to_string(20 + 10 * i) + " MW, pue: 1.1}\n";
  return text +
         "loss: {reference: initial-year}\n"
         "initial_fleet: [{accelerator: H100, count: 4096, installed: 2025-01-01, site: site0}]\n"
         "strategies:\n  turtle: {buy: incremental, budget: 4e9 USD, every: 3 months}\n";
}

OptimizeOptions options_of(const Size& size, fleet::Metric objective) {
  OptimizeOptions options;
  options.strategy = "turtle";
  options.objective = objective;
  options.every = core::Duration::from_years(kYears / size.dates);
  return options;
}

void plan(benchmark::State& state, const Size& size, fleet::Metric objective) {
  const Scenario scenario = load(text_of(size));
  const OptimizeOptions options = options_of(size, objective);
  OptimizeResult result;
  for (auto _ : state) result = optimize(scenario, options);
  state.counters["columns"] = static_cast<double>(result.columns);
  state.counters["gap"] = result.value - result.bound.value_or(0);
}

void probe(benchmark::State& state, const Size& size) {
  const Scenario scenario = load(text_of(size));
  study::PlanRequest request;
  request.strategy = "turtle";
  request.every = options_of(size, fleet::Metric::final_loss).every;
  const scenario::Scenario alone = study::with_plan(scenario.details(), "turtle", core::Money::from_usd(4e9), false, {},
                                                    study::Beside::nobody);
  const fleet::StrategySetup setup = scenario::resolve(alone).front();
  const std::vector<core::Time> dates = study::review_dates(setup, request);
  std::size_t columns = 0;
  for (auto _ : state) columns = study::probe_columns(setup, dates).size();
  state.counters["columns"] = static_cast<double>(columns);
}

void shipped(benchmark::State& state) {
  for (auto _ : state) {
    OptimizeOptions options;
    options.strategy = "turtle";
    benchmark::DoNotOptimize(optimize(load("hare-and-turtle"), options).value);
  }
}

}  // namespace

int main(int argc, char** argv) {
  for (const Size size : {Size{32, 5, 1}, Size{128, 20, 4}, Size{512, 20, 1}, Size{512, 20, 4}}) {
    const std::string name = std::to_string(size.dates) + "x" + std::to_string(size.types) + "x" +
                             std::to_string(size.sites);
    benchmark::RegisterBenchmark(("probe/" + name).c_str(), [size](benchmark::State& state) {
      probe(state, size);
    })->Unit(benchmark::kMillisecond);
    for (const auto& [what, objective] :
         {std::pair{"final_loss", fleet::Metric::final_loss}, std::pair{"mean_loss", fleet::Metric::mean_loss}}) {
      benchmark::RegisterBenchmark((std::string(what) + '/' + name).c_str(), [size, objective = objective](
                                                                                 benchmark::State& state) {
        plan(state, size, objective);
      })->Unit(benchmark::kMillisecond);
    }
  }
  benchmark::RegisterBenchmark("hare-and-turtle", shipped)->Unit(benchmark::kMillisecond);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
