#pragma once

#include <algorithm>
#include <limits>
#include <optional>
#include <vector>

#include "models/demand/demand.hpp"
#include "models/failure/failure.hpp"
#include "models/failure/job.hpp"
#include "models/hardware/hardware.hpp"
#include "models/hardware/rental.hpp"
#include "models/hardware/resale.hpp"
#include "models/progress/progress.hpp"
#include "models/supply/supply.hpp"
#include "models/throughput/throughput.hpp"
#include "sim/fleet/cohort.hpp"
#include "sim/fleet/sites/site.hpp"

/// Everything that a fleet is built from, as plain coefficients: hardware on sale, supply, operations, sites, demand.
namespace fleetrace::fleet {

/// A maker's promise: so many more accelerators of a type may be ordered from a date on.
struct Allocation {
  core::Time from;
  std::size_t type = 0;  ///< index into Market::types
  std::int64_t count = 0;
  std::uint32_t site = kAnySite;  ///< the only site that they may stand on: index into Plant::sites; else any
};

/// How what is ordered is made and delivered.
struct Supply {
  models::LeadTime lead_time;  ///< counted from when an accelerator is made; at once where production is unlimited
  core::Duration burn_in;      ///< time that units run at the supplier before the lead time
  core::Duration transit;      ///< the last part of the lead time, or all of it where that is shorter
  std::int64_t yearly_limit = kNoLimit;  ///< accelerators that may be ordered in a year of the horizon
  models::Production production;         ///< what is made of each accelerator type
  core::Duration shipped_every;          ///< what is made in this time is shipped together
  std::int64_t lot = 1;                  ///< accelerators are ordered in multiples of so many
  core::Money order_cost;                ///< what each order costs, whatever its size
  std::vector<Allocation> allocations;   ///< by date; a type without any is not limited by them
  /// Share of its price that an order costs which is cancelled. Nullopt where orders are never cancelled.
  std::optional<double> cancellation_fee;

  /// When what is ordered at `now` arrives on average, where nothing holds up its production.
  [[nodiscard]] core::Time mean_arrival(core::Time now) const {
    return core::saturating_add(core::saturating_add(now, burn_in), lead_time.mean);
  }
};

/// How the fleet is shared between training and serving from a date on.
struct FleetShare {
  core::Time from;
  double training = 1;  ///< fraction of Operations::training_share, the maximum over time
  double serving = 0;   ///< fraction of the fleet
  /// Where serving takes what demand asks for, the interval at which its share is set anew. `serving` is then the most that it
  /// may take, and `training` what trains where it takes nothing.
  std::optional<core::Duration> every = std::nullopt;
};

/// How accelerators work, fail and age.
struct Operations {
  core::Duration lifetime = core::Duration::unlimited();
  models::FailureLaw failures;
  std::optional<models::JobLaw> job;
  models::ThroughputLaw throughput;  ///< what scale leaves of `mfu`
  models::ResaleLaw resale;          ///< what hardware is worth by age, also where nothing is resold
  bool resells = false;
  std::optional<models::HandDown> hand_down;
  double mfu = 1;
  double training_share = 1;             ///< fraction of the fleet that trains: the maximum over time, where it changes
  std::vector<FleetShare> fleet_shares;  ///< by date, the first from the start on; empty where nothing of it serves

  /// Useful over peak FLOP/s of what is in service [1]: mfu x training share, x availability where it acts as a factor.
  [[nodiscard]] double utilisation() const { return mfu * training_share * failures.work_factor(); }
  /// Accelerators of one run where so many train: all of them, the size of a job, or what the largest run can use.
  [[nodiscard]] double together(double training) const {
    return std::min({training, job && job->size > 0 ? job->size : training, throughput.largest_run});
  }
  /// The share of what trains that belongs to a run, where a run has `each` accelerators. Jobs of a stated size share the fleet;
  /// else there is one run.
  [[nodiscard]] double at_work(double training, double each) const {
    const double wanted = job && job->size > 0 ? std::min(job->size, training) : training;
    return wanted > 0 ? each / wanted : 1;
  }
  /// How long hardware trains from its installation on.
  [[nodiscard]] core::Duration training_life() const {
    return hand_down ? std::min(hand_down->age, lifetime) : lifetime;
  }
};

/// Accelerators or capacity that the fleet has at the start.
struct InitialCohort {
  std::size_t type = 0;  ///< index into Market::types, where capacity is 0
  std::int64_t count = 0;
  double capacity = 0;  ///< FLOP/s
  core::Time installed;
  std::uint32_t site = kAnySite;  ///< index into Plant::sites; else the first sites that have room
  /// When the strategy takes it out of service, where its life has not ended before; latest() for never.
  core::Time taken_out = core::Time::latest();
};

/// Everything about a fleet but when it buys.
struct Plant {
  models::Market market;
  Supply supply;
  models::ProgressLaw progress;
  std::vector<models::AdoptionStep> adoptions;  ///< changes of progress on known dates
  Operations operations;
  std::vector<Site> sites;  ///< at least one: a scenario without sites has one without a name and without limits
  std::optional<models::RentalLaw> rental;
  std::optional<models::DemandLaw> demand;
  std::vector<InitialCohort> initial;

  /// How long hardware of a type serves, or capacity (Cohort::kCapacity).
  [[nodiscard]] core::Duration life_of(std::size_t type) const {
    return type == Cohort::kCapacity ? operations.lifetime : market.types[type].lifetime.value_or(operations.lifetime);
  }
  /// The same in years where the type states a life of its own.
  [[nodiscard]] std::optional<double> own_life_of(std::size_t type) const {
    if (type == Cohort::kCapacity || !market.types[type].lifetime) return std::nullopt;
    const core::Duration life = *market.types[type].lifetime;
    return life == core::Duration::unlimited() ? std::numeric_limits<double>::infinity() : life.years();
  }
  /// When it leaves that was installed then: at the end of its own life, or at that of its type where this comes first.
  [[nodiscard]] core::Time retires(std::size_t type, core::Time installed) const {
    const core::Time end = core::saturating_add(installed, life_of(type));
    return type == Cohort::kCapacity ? end : std::min(end, market.types[type].end_of_life);
  }
  [[nodiscard]] core::Time retires(const InitialCohort& cohort) const {
    return std::min(cohort.taken_out, retires(cohort.capacity > 0 ? Cohort::kCapacity : cohort.type, cohort.installed));
  }
  [[nodiscard]] core::Time retires(const Cohort& cohort, core::Time installed) const {
    return std::min(cohort.taken_out, retires(cohort.type, installed));
  }
  /// How many H100 a unit comes to. Of capacity it is not known in which numbers: it counts as H100 with that bf16 rate.
  [[nodiscard]] models::H100Equivalents h100s_of(const Cohort& cohort) const {
    if (!cohort.is_capacity()) return market.types[cohort.type].h100s;
    return {cohort.peak / models::kH100Bf16, cohort.peak / models::kH100Bf16};
  }
  /// When an initial cohort leaves training: it retires, or is handed down.
  [[nodiscard]] core::Time leaves_training(const InitialCohort& cohort) const {
    const core::Time end = retires(cohort);
    return operations.hand_down ? std::min(end, core::saturating_add(cohort.installed, operations.hand_down->age))
                                : end;
  }
  /// Whether the scenario says what anything draws: of the capacity of a trend it may say nothing.
  [[nodiscard]] bool has_power() const {
    const auto draws = [](const models::AcceleratorType& type) { return type.nameplate_power > 0; };
    const auto has_overhead = [](const Site& site) { return site.fixed_overhead > 0; };
    return std::any_of(market.types.begin(), market.types.end(), draws) ||
           (market.trend && market.trend->power_per_flops > 0) || std::any_of(sites.begin(), sites.end(), has_overhead);
  }
  /// The algorithmic multiplier at the end of the horizon, `years` from its start, with all adoptions and without chance.
  [[nodiscard]] double final_multiplier(double years) const {
    models::ProgressLaw law = progress;
    if (!adoptions.empty()) adoptions.back().apply(law);
    return law.multiplier(years);
  }
};

}  // namespace fleetrace::fleet
