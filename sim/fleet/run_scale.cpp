#include <algorithm>
#include <cmath>

#include "events/events.hpp"

namespace fleetrace::fleet {
namespace {

/// Accelerators of the largest run, while hyperparameters hold it back or not.
double largest(const World& world) {
  const Operations& operations = world.plan->plant.operations;
  return operations.together(world.training_accelerators());
}

/// Has a new scale looked at once all that comes into service in this instant has.
void ask(World& world) {
  RunScale& run = world.run;
  if (run.retuning != RunScale::Retuning::none) return;
  const double accelerators = largest(world);
  if (!(accelerators > 0) || (run.tuned > 0 && accelerators < 2 * run.tuned)) return;
  run.retuning = RunScale::Retuning::asked;
  world.schedule(world.now(), EventKind::retuning);
}

/// Of so many that train, spread over the sites as all that is installed, those that do best to train as one.
models::Scale run_over_sites(const World& world, double training, double peak) {
  double installed = 0;
  for (const SiteState& site : world.sites) installed += static_cast<double>(site.accelerators);
  std::vector<double> accelerators;
  for (const SiteState& site : world.sites)
    accelerators.push_back(installed > 0 ? training * static_cast<double>(site.accelerators) / installed : 0);
  return world.plan->plant.operations.throughput.best_run(accelerators, peak);
}

void sweep(World& world) {
  RunScale& run = world.run;
  const models::Retuning& law = world.plan->plant.operations.throughput.retuning;
  run.retuning = RunScale::Retuning::sweeping;
  world.schedule_after(law.share * law.length_ms * run.doublings, EventKind::retuning);
}

}  // namespace

const Shares& World::scaled() {
  const Operations& operations = plan->plant.operations;
  const models::ThroughputLaw& law = operations.throughput;
  if (law.retuning.active()) ask(*this);
  const Rates rates = meter.rates();
  const double training = training_accelerators();
  const double peak = rates.working_accelerators > 0 ? rates.working_peak / rates.working_accelerators : 0;
  if (training == run.accelerators && peak == run.peak && !law.site_links) return run.shares;
  run.accelerators = training;
  run.peak = peak;
  double together = operations.together(training);
  if (run.retuning == RunScale::Retuning::waiting) together = std::min(together, 2 * run.tuned);
  double joined = 1;
  if (law.site_links && this->sites.size() > 1 && !(operations.job && operations.job->size > 0)) {
    const models::Scale best = run_over_sites(*this, training, peak);
    together = std::min(together, best.accelerators);
    joined = best.sites;
  }
  // Accelerators beyond the largest run add nothing to it, however much money and power there is.
  const double wanted = operations.job && operations.job->size > 0 ? std::min(operations.job->size, training)
                                                                   : training;
  bindings.working(
      now(), {wanted > together && run.retuning == RunScale::Retuning::none ? Constraint::network : Constraint::none});
  run.shares.throughput = law.efficiency({together, peak, joined});
  run.shares.at_work = run.retuning == RunScale::Retuning::sweeping ? 0 : operations.at_work(training, together);
  return run.shares;
}

void on_retuning(World& world, const Payload&) {
  RunScale& run = world.run;
  const models::Retuning& law = world.plan->plant.operations.throughput.retuning;
  run.accelerators = -1;  // computed anew below
  switch (run.retuning) {
    case RunScale::Retuning::none: return;
    case RunScale::Retuning::asked: {
      const double accelerators = largest(world);
      run.retuning = RunScale::Retuning::none;
      if (run.tuned == 0) run.tuned = accelerators;
      run.doublings = accelerators > 0 ? models::Retuning::doublings(run.tuned, accelerators) : 0;
      if (run.doublings == 0) break;
      if (law.delay_ms > 0) {
        run.retuning = RunScale::Retuning::waiting;
        world.schedule_after(law.delay_ms * run.doublings, EventKind::retuning);
      } else {
        sweep(world);
      }
      break;
    }
    case RunScale::Retuning::waiting: sweep(world); break;
    case RunScale::Retuning::sweeping:
      run.retuning = RunScale::Retuning::none;
      run.tuned = std::ldexp(run.tuned, run.doublings);
      break;
  }
  world.refresh_work();
}

}  // namespace fleetrace::fleet
