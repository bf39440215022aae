#include "fleetrace/fleet/job.hpp"

#include <algorithm>
#include <cmath>

#include "events/events.hpp"
#include "fleetrace/core/samplers.hpp"

namespace fleetrace::fleet {
namespace {

const models::JobLaw& law_of(const World& world) { return *world.plan->plant.operations.job; }

/// How far into its segment a job that computes is [ms].
double position(const World& world) {
  const auto elapsed = static_cast<double>((world.now() - world.job.since).milliseconds());
  return std::fmod(world.job.offset + elapsed, world.job.segment);
}

void compute_from(World& world, double offset) {
  world.job.phase = Job::Phase::computing;
  world.job.since = world.now();
  world.job.offset = offset;
}

// Interruptions have no memory, so that the next one may be drawn anew at each change.
void schedule_interruption(World& world) {
  Job& job = world.job;
  world.calendar.cancel(job.interruption);
  if (!(job.accelerators > 0)) return;
  // Outages of power that are events interrupt it themselves; how often it writes checkpoints counts on them all the same.
  const models::JobLaw& law = law_of(world);
  const bool has_outages = law.outages_per_ms > 0 && world.plan->plant.operations.failures.drawn();
  const double wait = core::exponential(job.stream,
                                        has_outages ? law.mtbf / job.accelerators : law.job_mtbf(job.accelerators));
  job.interruption = world.schedule_after(wait, EventKind::interruption);
}

/// A job of another size keeps its place in the segment, which has another length from now on.
void resize(World& world, double accelerators) {
  Job& job = world.job;
  if (job.phase == Job::Phase::computing) compute_from(world, job.accelerators > 0 ? position(world) : job.offset);
  job.accelerators = accelerators;
  if (accelerators > 0) {
    const double interval = law_of(world).interval(accelerators);
    job.segment = interval + law_of(world).checkpoint;
    job.useful = interval / job.segment;
    if (job.phase == Job::Phase::computing) job.offset = std::fmod(job.offset, job.segment);
  }
  schedule_interruption(world);
}

}  // namespace

double World::goodput() const {
  const Operations& operations = plan->plant.operations;
  if (!operations.job) return 1;
  if (operations.job->drawn) return job.phase == Job::Phase::computing ? job.useful : 0;
  return operations.job->expected_goodput(job_accelerators());
}

double World::job_accelerators() const {
  return std::min(training_accelerators(), plan->plant.operations.throughput.largest_run);
}

double World::training_accelerators() const {
  const Operations& operations = plan->plant.operations;
  return meter.rates().working_accelerators * operations.failures.work_factor() * operations.training_share *
         allotted_to_training();
}

double World::allotted_to_training() const {
  const std::vector<Allotment>& allotments = plan->plant.operations.allotments;
  return allotments.empty() ? 1 : allotments[allotment].training;
}

models::ServingFleet World::serving_fleet() const {
  const Operations& operations = plan->plant.operations;
  const Rates rates = meter.rates();
  const double share = operations.allotments[allotment].serving;
  const double up = operations.failures.work_factor();
  return {up * (share * rates.working_accelerators + static_cast<double>(handed_down_accelerators)),
          up * plan->plant.demand->mfu * (share * rates.working_peak + handed_down_peak.value())};
}

void World::refresh_work() {
  const std::optional<models::JobLaw>& law = plan->plant.operations.job;
  if (law && law->drawn) {
    if (const double accelerators = job_accelerators(); accelerators != job.accelerators) resize(*this, accelerators);
  }
  Shares shares = plan->plant.operations.throughput.active() ? scaled() : Shares{};
  shares.goodput = goodput();
  shares.allotted = allotted_to_training();
  meter.set_shares(shares, now());
  trajectory.change(now(), meter.rates().work * shares.useful());
  if (plan->plant.demand) service.change(serving_fleet(), now());
}

void on_interruption(World& world, const Payload&) {
  Job& job = world.job;
  ++world.interruptions;
  if (job.phase == Job::Phase::computing) job.lost = position(world);
  job.phase = Job::Phase::restarting;
  world.calendar.cancel(job.next_phase);
  job.next_phase = world.schedule_after(law_of(world).restart, EventKind::restart);
  schedule_interruption(world);
  world.refresh_work();
}

void on_restart(World& world, const Payload&) {
  Job& job = world.job;
  job.phase = Job::Phase::redoing;
  job.next_phase = world.schedule_after(job.lost, EventKind::recovery);
}

void on_recovery(World& world, const Payload&) {
  compute_from(world, world.job.lost);
  world.refresh_work();
}

}  // namespace fleetrace::fleet
