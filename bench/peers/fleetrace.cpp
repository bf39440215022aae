// fleetrace at the same work: the engine through its public interface for hold (each event scheduled anew, or as `timers`,
// where each is repeated), whole simulations with ledger and effective
// compute for fleets, at `device` fidelity or, as `aggregate` and `studies`, at `aggregate`. `spares` and `spare` are fleets at `device`
// whose spares seldom and nearly always run out: 2 % and 1 % of them, where 1.2 % are in repair on average.

#include "sim/engine/simulation.hpp"
#include "sim/fleet/world.hpp"
#include "sim/reader/load.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "workload.hpp"

namespace {

using namespace fleetrace;

template <bool repeats>
void run_hold(const workload::Task& task) {
  workload::Hold work;
  engine::Calendar<std::uint32_t> calendar(core::Time::from_milliseconds(0));
  const auto later = [&] { return calendar.now() + core::Duration::from_milliseconds(work.distance()); };
  for (std::uint32_t i = 0; i < task.size; ++i) calendar.schedule(later(), engine::Phase{3}, i);
  const double begun = workload::cpu_seconds();
  engine::run(calendar, {core::Time::latest(), static_cast<std::uint64_t>(task.count)},
              [&](const engine::Event<std::uint32_t>& event) {
                work.happened(event.payload);
                if constexpr (repeats) {
                  calendar.repeat(event.id, later(), engine::Phase{3});
                } else {
                  calendar.schedule(later(), engine::Phase{3}, event.payload);
                }
              });
  workload::report(workload::cpu_seconds() - begun, static_cast<std::uint64_t>(task.count), work.digest());
}

void run_fleets(const workload::Task& task, const std::string& how) {
  // As in the peers all are up at the start, which for exponential lives is a fresh batch.
  const std::string yaml =
      "fleetrace: 1\nname: peers\nhorizon: {start: 2026-01-01, length: 10 yr, sample_every: 1 yr}\n"
      "progress: {model: exponential, doubling: 8 months}\noperations: {mfu: 0.4, failures: {law: exponential, mtbf: 5844 h, "
      "repair: 72 h, start: fresh, fidelity: " +
      how + "}}\ninitial_fleet: [{accelerator: H100, count: " + std::to_string(task.size) +
      ", installed: 2026-01-01}]\nstrategies: {keeper: {buy: none}}\n";
  std::vector<fleet::StrategySetup> cases = scenario::resolve(reader::load_bytes(yaml, "peers.yaml"));
  fleet::StrategySetup& one = cases.front();
  const double begun = workload::cpu_seconds();
  fleet::World world;
  fleet::Outcome outcome;
  std::uint64_t events = 0;
  std::uint64_t failures = 0;
  double up = 0;
  for (std::int64_t i = 0; i < task.count; ++i) {
    one.draw.replication = static_cast<std::uint32_t>(i);
    fleet::simulate(world, one, outcome);
    events += outcome.events;
    failures += static_cast<std::uint64_t>(outcome.final.failures);
    up += outcome.cohorts.front().working_seconds / core::kYear.seconds();
  }
  workload::report(workload::cpu_seconds() - begun, events, failures, up);
}

}  // namespace

int main(int argc, char** argv) {
  const workload::Task task = workload::task(argc, argv);
  if (task.is("hold")) {
    run_hold<false>(task);
  } else if (task.is("timers")) {
    run_hold<true>(task);
  } else {
    run_fleets(task, task.is("aggregate") || task.is("studies") ? "aggregate"
                     : task.is("spares")                        ? "device, spares: 0.02"
                     : task.is("spare")                         ? "device, spares: 0.01"
                                                                : "device");
  }
}
