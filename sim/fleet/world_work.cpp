#include <algorithm>
#include <cmath>

#include "sim/core/numeric/fit.hpp"
#include "sim/fleet/world.hpp"

// What of the fleet works, by failures, power and the scale of the run.
namespace fleetrace::fleet {

void World::change_up(const HealthChange& change) {
  if (change.up == 0) return;
  reliability.change_up(change);
  const std::uint32_t site = reliability[change.batch].site;
  power.share(site) < 1 ? share_power(site) : move_healthy(change.batch, change.up);
}

/// So many more accelerators of a batch are up.
void World::move_healthy(std::uint32_t index, std::int64_t change) {
  const std::int64_t starting = reliability.change_healthy(index, change);
  const std::int64_t idle = change - starting;
  if (reliability.batches_failures()) {
    if (reliability.is_beyond_bucket(now())) reliability.enter_bucket(now(), measured());
    return reliability.accumulate(index, starting, idle, now(), inventory);
  }
  const Batch& batch = reliability[index];
  const auto between = [&](State state, std::int64_t more) {
    const bool up = more > 0;
    move(batch.cohort, up ? State::in_repair : state, up ? state : State::in_repair, up ? more : -more, 1, batch.site,
         batch.born);
  };
  between(State::in_service, starting);
  between(batch.idle_state(), idle);
}

void World::fire_clocks() {
  const core::Time until = events.next_time();
  if (reliability.may_skip() && !power.has_outages() && until > now()) {
    reliability.skip_to(until, measured());
  } else {
    change_up(reliability.fire_clock());
    if (reliability.skips_events() && reliability.batches_failures()) {
      // What is noted plans nothing, so that the next event stays the next.
      for (auto next = reliability.next_clock(); next && *next < until; next = reliability.next_clock()) {
        events.advance(*next);
        change_up(reliability.fire_clock());
        reliability.count_skipped();
      }
    }
  }
  reliability.schedule_first_clock(events);
}

void World::share_power(std::uint32_t site) {
  const double share = power.share(site);
  // Batch by batch, what has been powered never exceeds the share of what could be so far.
  double could_milliwatt = 0;
  double shared_milliwatt = 0;
  for (std::uint32_t i = reliability.first_alive(); i < reliability.batches().size(); ++i) {
    const Batch& batch = reliability[i];
    if (batch.count == 0 || batch.site != site) continue;
    const auto nameplate = static_cast<double>(inventory[batch.cohort].nameplate_milliwatt);
    could_milliwatt += static_cast<double>(batch.up) * nameplate;
    std::int64_t powered = batch.up;
    if (share < 1 && nameplate > 0) {
      powered = std::min(batch.up, core::count_of_units(could_milliwatt * share, shared_milliwatt, nameplate));
    }
    shared_milliwatt += static_cast<double>(powered) * nameplate;
    if (powered != batch.healthy) move_healthy(i, powered - batch.healthy);
  }
}

void World::set_working_share(std::uint32_t index, double share) {
  const double change = reliability.set_working_share(index, share);
  if (change == 0) return;
  const Batch& batch = reliability[index];
  inventory.change_working(batch.cohort, change, now());
  UnitChange units{0, 0, 0, change, batch.site};
  units.born = batch.born;
  meter.change(inventory[batch.cohort], units, now());
  refresh_work();
}

void World::interrupt_job() {
  job.interrupt(events);
  refresh_work();
}

void World::refresh_work() {
  const Operations& operations = setup().plant.operations;
  if (serving.follows_demand() && serving.take_what_is_asked(meter.rates()))
    inventory.set_training(serving.training_fraction(), now());
  if (job.is_drawn()) job.set_size(job_accelerators(), events);
  WorkShares shares;
  if (operations.throughput.active())
    shares = run_scale.update(training_accelerators(), meter.rates(), sites, recorder, events);
  if (operations.job) shares.goodput = job.is_drawn() ? job.drawn_goodput() : job.expected_goodput(job_accelerators());
  shares.training = serving.training_fraction();
  meter.set_shares(shares, now());
  trajectory.change(now(), meter.rates().work * shares.useful());
  if (serving.is_demanded()) serving.change(serving.fleet(meter.rates()), now());
  if (meter.revenue().earns()) meter.set_selling(selling(shares), now());
}

Selling World::selling(const WorkShares& shares) const {
  const Operations& operations = setup().plant.operations;
  const models::RevenueLaw& law = *setup().finance.revenue;
  const std::optional<models::DemandLaw>& demand = setup().plant.demand;
  const bool by_compute = law.is_by_compute();
  const double up = operations.failures.work_factor();
  Selling sold;
  if (law.by_training) {
    const double useful = by_compute ? operations.mfu * shares.useful() : shares.at_work * shares.training;
    sold.training = law.sold * up * operations.training_share * useful;
  }
  if (law.by_serving) {
    const double mfu = !by_compute ? 1 : demand ? demand->mfu : operations.mfu;
    sold.handed_down = (demand ? 1 : law.sold) * up * mfu;
    if (!operations.fleet_shares.empty()) sold.serving = sold.handed_down * serving.serving_fraction();
    if (demand) {
      sold.useful = serving.fleet(meter.rates()).useful;
      sold.carried = serving.carried();
    }
  }
  return sold;
}

void World::fund_research() {
  research.fund(trajectory, meter.rates().peak, now());
  forecast.fund(meter.rates().peak, now());
}

double World::training_accelerators() const {
  const Operations& operations = setup().plant.operations;
  return meter.rates().working_accelerators * operations.failures.work_factor() * operations.training_share *
         serving.training_fraction();
}

double World::job_accelerators() const {
  return std::min(training_accelerators(), setup().plant.operations.throughput.largest_run);
}

double World::training_peak() const {
  const double peak = meter.rates().peak;
  return setup().plant.operations.hand_down ? inventory.without_serving(peak) : peak;
}

}  // namespace fleetrace::fleet
