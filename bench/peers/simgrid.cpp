// SimGrid with an actor for each thing that waits, as its tutorials have it.

#include <simgrid/s4u.hpp>

#include "workload.hpp"

namespace {

namespace s4u = simgrid::s4u;

double seconds(std::int64_t milliseconds) { return static_cast<double>(milliseconds) * 1e-3; }
std::int64_t now() { return std::llround(s4u::Engine::get_clock() * 1e3); }

}  // namespace

int main(int argc, char** argv) {
  s4u::Engine engine(&argc, argv);
  const workload::Task task = workload::task(argc, argv);
  s4u::Engine::set_config("contexts/stack-size:64");
  s4u::NetZone* const zone = s4u::create_full_zone("zone");
  s4u::Host* const host = zone->create_host("host", "1Gf")->seal();
  zone->seal();
  const double begun = workload::cpu_seconds();
  if (task.is("hold")) {
    workload::Hold work;
    std::int64_t left = task.count;
    for (std::uint32_t i = 0; i < task.size; ++i) {
      s4u::Actor::create("event", host, [&work, &left, i] {
        while (left > 0) {
          s4u::this_actor::sleep_for(seconds(work.distance()));
          if (left-- > 0) work.happened(i);
        }
      });
    }
    engine.run();
    workload::report(workload::cpu_seconds() - begun, static_cast<std::uint64_t>(task.count + task.size),
                     work.digest());
    return 0;
  }
  // One engine a process: the replications of a study are fleets side by side.
  std::uint64_t events = 0;
  std::uint64_t failures = 0;
  double up = 0;
  std::vector<workload::Fleet> fleets(static_cast<std::size_t>(task.count), workload::Fleet(task.size));
  for (workload::Fleet& work : fleets) {
    for (std::int64_t i = 0; i < task.size; ++i) {
      s4u::Actor::create("device", host, [&work] {
        while (true) {
          s4u::this_actor::sleep_for(seconds(work.life()));
          work.fails(now());
          s4u::this_actor::sleep_for(seconds(work.repair()));
          work.is_repaired(now());
        }
      });
    }
    s4u::Actor::create("year", host, [&work] {
      while (true) {
        s4u::this_actor::sleep_for(seconds(workload::Fleet::kYear));
        work.year_ends(now());
      }
    });
  }
  engine.run_until(seconds(workload::Fleet::kEnd));
  for (workload::Fleet& work : fleets) {
    work.finish();
    events += work.events();
    failures += work.failures();
    up += work.up();
  }
  workload::report(workload::cpu_seconds() - begun, events, failures, up);
  std::fflush(stdout);
  std::_Exit(0);  // its actors still wait
}
