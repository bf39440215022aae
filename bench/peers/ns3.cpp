// ns-3 with the scheduler that its documentation recommends for many events, a priority queue.

#include <ns3/core-module.h>

#include "workload.hpp"

namespace {

ns3::Time wait(std::int64_t milliseconds) { return ns3::MilliSeconds(static_cast<std::uint64_t>(milliseconds)); }
std::int64_t now() { return ns3::Simulator::Now().GetMilliSeconds(); }

workload::Hold* hold = nullptr;
std::int64_t left = 0;

void happen(std::uint32_t event) {
  hold->happened(event);
  if (--left == 0) return ns3::Simulator::Stop();
  ns3::Simulator::Schedule(wait(hold->distance()), &happen, event);
}

void run_hold(const workload::Task& task) {
  workload::Hold work;
  hold = &work;
  left = task.count;
  for (std::uint32_t i = 0; i < task.size; ++i) ns3::Simulator::Schedule(wait(work.distance()), &happen, i);
  const double begun = workload::cpu_seconds();
  ns3::Simulator::Run();
  workload::report(workload::cpu_seconds() - begun, static_cast<std::uint64_t>(task.count), work.digest());
}

workload::Fleet* fleet = nullptr;

void fail();
void repair() {
  fleet->is_repaired(now());
  ns3::Simulator::Schedule(wait(fleet->life()), &fail);
}
void fail() {
  fleet->fails(now());
  ns3::Simulator::Schedule(wait(fleet->repair()), &repair);
}
void year() {
  fleet->year_ends(now());
  ns3::Simulator::Schedule(wait(workload::Fleet::kYear), &year);
}

void run_fleet(workload::Fleet& work, std::int64_t devices) {
  fleet = &work;
  for (std::int64_t i = 0; i < devices; ++i) ns3::Simulator::Schedule(wait(work.life()), &fail);
  ns3::Simulator::Schedule(wait(workload::Fleet::kYear), &year);
  ns3::Simulator::Stop(wait(workload::Fleet::kEnd));
  ns3::Simulator::Run();
  work.finish();
  ns3::Simulator::Destroy();
}

}  // namespace

int main(int argc, char** argv) {
  const workload::Task task = workload::task(argc, argv);
  ns3::Time::SetResolution(ns3::Time::MS);  // else two thousand years would not fit
  ns3::GlobalValue::Bind("SchedulerType", ns3::StringValue("ns3::PriorityQueueScheduler"));
  if (task.is("hold")) {
    run_hold(task);
    return 0;
  }
  const double begun = workload::cpu_seconds();
  std::uint64_t events = 0;
  std::uint64_t failures = 0;
  double up = 0;
  for (std::int64_t i = 0; i < task.count; ++i) {
    workload::Fleet work(task.size);
    run_fleet(work, task.size);
    events += work.events();
    failures += work.failures();
    up += work.up();
  }
  workload::report(workload::cpu_seconds() - begun, events, failures, up);
}
