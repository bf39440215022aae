#include "sim/fleet/research/research.hpp"

namespace fleetrace::fleet {

void Research::reset(const StrategySetup& setup) {
  setup_ = &setup;
  stream_ = core::Stream(setup.draw.seed, setup.draw.replication, core::Purpose::progress_jumps);
}

void Research::schedule_jump(const Trajectory& trajectory, EventScheduler& events) {
  const models::ProgressLaw& law = trajectory.law();
  if (law.wait == nullptr) return;
  const double years = law.wait(law, stream_);
  if (years < setup_->horizon.years_at(setup_->horizon.end))
    events.schedule(events.now() + core::Duration::from_years(years), EventKind::progress);
}

void Research::schedule_adoptions(EventScheduler& events) const {
  for (std::size_t i = 0; i < setup_->plant.adoptions.size(); ++i) {
    events.schedule(setup_->horizon.start + core::Duration::from_years(setup_->plant.adoptions[i].years),
                    EventKind::progress, static_cast<std::uint32_t>(i + 1));
  }
}

void Research::jump(Trajectory& trajectory, EventScheduler& events) {
  models::ProgressLaw law = trajectory.law();
  law.jump(law, stream_);
  trajectory.change_law(events.now(), law);
  schedule_jump(trajectory, events);
}

void Research::adopt(std::size_t step, Trajectory& trajectory, core::Time now) const {
  models::ProgressLaw law = trajectory.law();
  setup_->plant.adoptions[step].apply(law);
  trajectory.change_law(now, law);
}

void Research::fund(Trajectory& trajectory, double installed_peak, core::Time now) const {
  models::ProgressLaw law = trajectory.law();
  if (fund_by_fleet(law, *setup_, installed_peak, now)) trajectory.change_law(now, law);
}

bool fund_by_fleet(models::ProgressLaw& law, const StrategySetup& setup, double installed_peak, core::Time now) {
  if (law.fund == nullptr) return false;
  const double reference_peak = setup.loss.reference.peak_flop / core::kYear.seconds();
  const double input = law.cost_per_year / law.reference_cost +
                       law.fleet_share / law.reference_share * installed_peak / reference_peak;
  law.fund(law, setup.horizon.years_at(now), input);
  return true;
}

}  // namespace fleetrace::fleet
