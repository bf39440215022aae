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

/// So many train, spread over the sites as all that is installed. Whether that differs from before.
bool spread(World& world, double training) {
  std::vector<double>& at = world.run.at_sites;
  double installed = 0;
  for (const SiteState& site : world.sites) installed += static_cast<double>(site.accelerators);
  bool differs = at.size() != world.sites.size();
  at.resize(world.sites.size());
  for (std::size_t i = 0; i < at.size(); ++i) {
    const double here = installed > 0 ? training * static_cast<double>(world.sites[i].accelerators) / installed : 0;
    differs = differs || at[i] != here;
    at[i] = here;
  }
  return differs;
}

/// Those of them that do best to train as one; what the others could do on their own is counted, and adds nothing.
models::Scale run_over_sites(World& world, double peak) {
  const Operations& operations = world.plan->plant.operations;
  RunScale& run = world.run;
  run.sorted.assign(run.at_sites.begin(), run.at_sites.end());
  const models::Scale best = operations.throughput.best_run(run.sorted, peak);
  const auto joined = static_cast<std::size_t>(best.sites);
  const double least = run.sorted[joined - 1];
  auto places = std::count(run.sorted.begin(), run.sorted.begin() + static_cast<std::ptrdiff_t>(joined), least);
  for (std::size_t i = 0; i < run.at_sites.size(); ++i) {
    const double here = run.at_sites[i];
    const bool belongs = here > least || (here == least && places-- > 0);
    const double alone = belongs ? 0 : std::min(here, operations.throughput.largest_run);
    SiteState& site = world.sites[i];
    site.apart_flop.add(site.apart * (world.now() - site.apart_since).seconds());
    site.apart_since = world.now();
    site.apart = alone > 0 ? alone * peak * operations.mfu * operations.throughput.efficiency({alone, peak}) : 0;
  }
  return best;
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
  const bool is_joined = law.site_links && this->sites.size() > 1 && !(operations.job && operations.job->size > 0);
  const bool is_spread_anew = is_joined && spread(*this, training);
  if (training == run.accelerators && peak == run.peak && !is_spread_anew) return run.shares;
  run.accelerators = training;
  run.peak = peak;
  double together = operations.together(training);
  if (run.retuning == RunScale::Retuning::waiting) together = std::min(together, 2 * run.tuned);
  double joined = 1;
  if (is_joined) {
    const models::Scale best = run_over_sites(*this, peak);
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
