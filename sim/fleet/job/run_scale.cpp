#include "sim/fleet/job/run_scale.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace fleetrace::fleet {

void RunScale::reset(const StrategySetup& setup) {
  std::vector<double> at_sites = std::move(at_sites_);
  std::vector<double> sorted = std::move(sorted_);
  *this = RunScale{};
  setup_ = &setup;
  at_sites.clear();
  at_sites_ = std::move(at_sites);
  sorted_ = std::move(sorted);
  // Whatever the initial fleet is, it has been tuned, unless the scenario says at what scale.
  tuned_ = operations().throughput.retuning.tuned_at;
}

/// Has a new scale looked at once all that comes into service in this instant has.
void RunScale::ask(double training, EventScheduler& events) {
  if (retuning_ != Retuning::none) return;
  const double accelerators = operations().together(training);
  if (!(accelerators > 0) || (tuned_ > 0 && accelerators < 2 * tuned_)) return;
  retuning_ = Retuning::asked;
  events.schedule(events.now(), EventKind::retuning);
}

void RunScale::sweep(EventScheduler& events) {
  const models::Retuning& law = operations().throughput.retuning;
  retuning_ = Retuning::sweeping;
  events.schedule_after(law.share * law.length_ms * doublings_, EventKind::retuning);
}

/// Spreads those that train over the sites as all that is installed. Returns whether that differs from before.
bool RunScale::spread(double training, const Sites& sites) {
  double installed = 0;
  for (const SiteState& site : sites.states()) installed += static_cast<double>(site.accelerators);
  bool differs = at_sites_.size() != sites.states().size();
  at_sites_.resize(sites.states().size());
  for (std::size_t i = 0; i < at_sites_.size(); ++i) {
    const auto there = static_cast<double>(sites.states()[i].accelerators);
    const double here = installed > 0 ? training * there / installed : 0;
    differs = differs || at_sites_[i] != here;
    at_sites_[i] = here;
  }
  return differs;
}

/// The sites that do best to train as one. What the others could do on their own is counted, and adds nothing.
models::Scale RunScale::run_over_sites(double peak, Sites& sites, core::Time now) {
  const models::ThroughputLaw& law = operations().throughput;
  sorted_.assign(at_sites_.begin(), at_sites_.end());
  const models::Scale best = law.best_run(sorted_, peak);
  const auto joined = static_cast<std::size_t>(best.sites);
  const double least = sorted_[joined - 1];
  auto places = std::count(sorted_.begin(), sorted_.begin() + static_cast<std::ptrdiff_t>(joined), least);
  for (std::uint32_t i = 0; i < at_sites_.size(); ++i) {
    const double here = at_sites_[i];
    const bool belongs = here > least || (here == least && places-- > 0);
    const double alone = belongs ? 0 : std::min(here, law.largest_run);
    sites.set_unjoined(i, alone > 0 ? alone * peak * operations().mfu * law.efficiency({alone, peak}) : 0, now);
  }
  return best;
}

const WorkShares& RunScale::update(double training, const Rates& rates, Sites& sites, Recorder& recorder,
                                   EventScheduler& events) {
  const models::ThroughputLaw& law = operations().throughput;
  if (law.retuning.active()) ask(training, events);
  const double peak = rates.working_accelerators > 0 ? rates.working_peak / rates.working_accelerators : 0;
  const bool has_size = operations().job && operations().job->size > 0;
  const bool is_joined = law.site_links && sites.states().size() > 1 && !has_size;
  const bool is_spread_anew = is_joined && spread(training, sites);
  if (training == accelerators_ && peak == peak_ && !is_spread_anew) return shares_;
  accelerators_ = training;
  peak_ = peak;
  double together = operations().together(training);
  if (retuning_ == Retuning::waiting) together = std::min(together, 2 * tuned_);
  double joined = 1;
  if (is_joined) {
    const models::Scale best = run_over_sites(peak, sites, events.now());
    together = std::min(together, best.accelerators);
    joined = best.sites;
  }
  // Accelerators beyond the largest run add nothing to it, however much money and power there is.
  const double wanted = has_size ? std::min(operations().job->size, training) : training;
  recorder.working(events.now(),
                   {wanted > together && retuning_ == Retuning::none ? Constraint::network : Constraint::none});
  shares_.throughput = law.efficiency({together, peak, joined});
  shares_.at_work = retuning_ == Retuning::sweeping ? 0 : operations().at_work(training, together);
  return shares_;
}

bool RunScale::retune(double training, EventScheduler& events) {
  const models::Retuning& law = operations().throughput.retuning;
  accelerators_ = -1;  // so that the next update computes the shares anew
  switch (retuning_) {
    case Retuning::none: return false;
    case Retuning::asked: {
      const double accelerators = operations().together(training);
      retuning_ = Retuning::none;
      if (tuned_ == 0) tuned_ = accelerators;
      doublings_ = accelerators > 0 ? models::Retuning::doublings(tuned_, accelerators) : 0;
      if (doublings_ == 0) break;
      if (law.delay_ms > 0) {
        retuning_ = Retuning::waiting;
        events.schedule_after(law.delay_ms * doublings_, EventKind::retuning);
      } else {
        sweep(events);
      }
      break;
    }
    case Retuning::waiting: sweep(events); break;
    case Retuning::sweeping:
      retuning_ = Retuning::none;
      tuned_ = std::ldexp(tuned_, doublings_);
      break;
  }
  return true;
}

bool RunScale::consistent() const {
  return shares_.throughput >= 0 && shares_.at_work >= 0 && shares_.at_work <= 1 &&
         std::all_of(at_sites_.begin(), at_sites_.end(), [](double here) { return here >= 0; });
}

}  // namespace fleetrace::fleet
