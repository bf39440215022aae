// A hundred thousand accelerators for ten years, with failures and repairs at each fidelity. `none` beside `expected` shows
// what the factor costs: nothing. Events are failures, repairs and samples; a fleet-year is a year of the whole fleet.
// `whole` is a run as users start it, with the loss curve over every change of capacity; `events` is the simulation alone.
// Memory is the most that was allocated at once.

#include <benchmark/benchmark.h>
#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <new>

#include "sim/fleet/world.hpp"
#include "sim/reader/load.hpp"
#include "sim/scenario/resolve/resolve.hpp"

namespace {

std::size_t live = 0;  // NOLINT: counts what operator new gives out
std::size_t peak = 0;  // NOLINT

void* counted(std::size_t size) {
  void* const memory = std::malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  live += malloc_usable_size(memory);
  peak = std::max(peak, live);
  return memory;
}

void release(void* memory) {
  if (memory != nullptr) live -= malloc_usable_size(memory);
  std::free(memory);
}

}  // namespace

void* operator new(std::size_t size) { return counted(size); }
void operator delete(void* memory) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }

namespace {

using namespace fleetrace;

constexpr double kYears = 10;

std::vector<fleet::StrategySetup> fleet_with(const std::string& operations) {
  return scenario::resolve(
      reader::load_bytes("fleetrace: 1\nname: bench\nhorizon: {start: 2026-01-01, length: 10 yr}\n"
                         "progress: {model: exponential, doubling: 8 months}\noperations: {mfu: 0.4, " +
                             operations +
                             "}\ninitial_fleet: [{accelerator: H100, count: 100000, installed: 2025-01-01}]\n"
                             "strategies: {keeper: {buy: none}}\n",
                         "bench.yaml"));
}

void report(benchmark::State& state, std::uint64_t events, std::size_t bytes) {
  const auto runs = static_cast<double>(state.iterations());
  state.counters["events/run"] = static_cast<double>(events) / runs;
  state.counters["events/s"] = benchmark::Counter(static_cast<double>(events), benchmark::Counter::kIsRate);
  state.counters["s/fleet-year"] = benchmark::Counter(runs * kYears,
                                                      benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  state.counters["MB"] = static_cast<double>(bytes) / 1e6;
}

void run_whole(benchmark::State& state, const std::string& operations) {
  const std::vector<fleet::StrategySetup> cases = fleet_with(operations);
  const std::size_t before = live;
  peak = live;
  fleet::World world;
  fleet::Outcome outcome;
  std::uint64_t events = 0;
  for (auto _ : state) {
    fleet::simulate(world, cases.front(), outcome);
    events += outcome.events;
  }
  report(state, events, peak - before);
}

void run_events(benchmark::State& state, const std::string& operations) {
  const std::vector<fleet::StrategySetup> cases = fleet_with(operations);
  const std::size_t before = live;
  peak = live;
  fleet::World world;
  std::uint64_t events = 0;
  for (auto _ : state) {
    world.reset(cases.front());
    events += world.run().events;
  }
  report(state, events, peak - before);
}

void all_fidelities(const std::string& name, void (*run)(benchmark::State&, const std::string&)) {
  const auto add = [&](const std::string& what, const std::string& operations) {
    benchmark::RegisterBenchmark((name + '/' + what).c_str(), [run, operations](benchmark::State& state) {
      run(state, operations);
    })->Unit(benchmark::kMillisecond);
  };
  add("none", "failures: none");
  for (const std::string fidelity : {"expected", "aggregate", "device"}) {
    add("exponential_" + fidelity, "failures: {law: exponential, fidelity: " + fidelity + "}");
    add("bathtub_lognormal_" + fidelity,
        "failures: {law: bathtub, repair_law: lognormal, spares: 0.01, fidelity: " + fidelity + "}");
    add("fresh_lemons_racks_" + fidelity,
        "failures: {law: bathtub, start: fresh, lemons: {factor: 10}, domains: [{size: 64, mtbf: 2 yr, repair: 24 h}], "
        "fidelity: " +
            fidelity + "}");
  }
  add("job_expected", "job: {checkpoint: 20 s}");
  add("job_aggregate", "job: {interruption_mtbf: 1e5 h, fidelity: aggregate}");
}

}  // namespace

int main(int argc, char** argv) {
  all_fidelities("whole", run_whole);
  all_fidelities("events", run_events);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
