// Capacity planning at the sizes that are asked for: a fat tree of 101,306 accelerators, as closed form and as a graph, and two
// sites over ten years against hare-and-turtle, event for event.

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "sim/fleet/world.hpp"
#include "sim/reader/load.hpp"
#include "sim/scenario/resolve/resolve.hpp"

namespace {

using namespace fleetrace;
using Clock = std::chrono::steady_clock;

constexpr int kPorts = 74;  // 74^3/4 accelerators

std::string scenario_with(const std::string& network) {
  return "fleetrace: 1\nname: fat-tree\nhorizon: {start: 2026-01-01, length: 4 yr}\noperations: {mfu: 0.4, throughput: {model: "
         "communication, network: " +
         network +
         "}}\nloss: {reference: 1e24 FLOP}\ninitial_fleet: [{accelerator: H100, count: 100000, installed: 2025-01-01}]\n"
         "strategies: {s: {buy: none}}\n";
}

/// Its pods, each with the links to all 1,369 core switches, which stand in 26 groups: 1,924 links. One by one they are 202,612, and
/// a graph takes 2,000.
void write_links(const std::filesystem::path& file) {
  std::ofstream out(file);
  out << "from,to,bandwidth_gb/s\n";
  constexpr int kGroups = 26;
  for (int pod = 0; pod < kPorts; ++pod) {
    for (int core = 0; core < kGroups; ++core)
      out << "pod-" << pod << ",core-" << core << ',' << 50.0 * kPorts * kPorts / 4 / kGroups << '\n';
  }
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

void load(benchmark::State& state, const std::string& yaml, const std::string& file) {
  for (auto _ : state) benchmark::DoNotOptimize(scenario::resolve(reader::load_bytes(yaml, file)));
  state.counters["peak_MB"] = peak_megabytes();
}

/// Seconds and events of all strategies.
std::pair<double, std::uint64_t> race(const std::vector<fleet::StrategySetup>& cases, fleet::World& world,
                                      fleet::Outcome& outcome) {
  std::uint64_t events = 0;
  const auto start = Clock::now();
  for (const fleet::StrategySetup& one : cases) {
    fleet::simulate(world, one, outcome);
    events += outcome.events;
  }
  return {std::chrono::duration<double>(Clock::now() - start).count(), events};
}

/// Interleaved, so that the machine's mood hits both.
void two_sites(benchmark::State& state) {
  const std::vector<fleet::StrategySetup> ours = scenario::resolve(
      reader::load("two-sites", {{"horizon.length", "10 yr"}}));
  const std::vector<fleet::StrategySetup> simple = scenario::resolve(reader::load("hare-and-turtle"));
  fleet::World world;
  fleet::Outcome outcome;
  std::pair<double, std::uint64_t> own;
  std::pair<double, std::uint64_t> other;
  for (auto _ : state) {
    const auto [seconds, events] = race(ours, world, outcome);
    own.first += seconds;
    own.second += events;
    const auto [others, their_events] = race(simple, world, outcome);
    other.first += others;
    other.second += their_events;
  }
  const double each = own.first / static_cast<double>(own.second);
  const double simple_each = other.first / static_cast<double>(other.second);
  state.counters["ns/event"] = each * 1e9;
  state.counters["hare_ns/event"] = simple_each * 1e9;
  state.counters["over_hare"] = each / simple_each;
}

}  // namespace

int main(int argc, char** argv) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() /
                                       ("fleetrace-bench-" + std::to_string(Clock::now().time_since_epoch().count()));
  std::filesystem::create_directory(folder);
  write_links(folder / "links.csv");
  const std::string closed = scenario_with("{model: fat_tree, ports: " + std::to_string(kPorts) + '}');
  const std::string linked = scenario_with(
      "{model: graph, links: links.csv, endpoints: pod, accelerators: " + std::to_string(kPorts * kPorts / 4) + '}');
  const std::string file = (folder / "fat-tree.yaml").string();
  benchmark::RegisterBenchmark("load/fat-tree", [&](benchmark::State& state) {
    load(state, closed, file);
  })->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("load/fat-tree-as-graph", [&](benchmark::State& state) {
    load(state, linked, file);
  })->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("simulate/two-sites-10-yr", two_sites)->Unit(benchmark::kMicrosecond);
  benchmark::Initialize(&argc, argv);
  const bool is_wrong = benchmark::ReportUnrecognizedArguments(argc, argv);
  if (!is_wrong) benchmark::RunSpecifiedBenchmarks();
  std::filesystem::remove_all(folder);
  return is_wrong ? 1 : 0;
}
