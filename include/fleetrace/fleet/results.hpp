#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fleetrace/core/money.hpp"
#include "fleetrace/core/time.hpp"
#include "fleetrace/fleet/finance.hpp"
#include "fleetrace/fleet/history.hpp"

/// What one strategy's race came to, as plain values. Money is exact, times are instants of UTC, real numbers carry their unit
/// in their name or in brackets.
namespace fleetrace::fleet {

/// Doublings of all useful compute over the reference, log2(C/C0), by cause. The four parts add up to the whole. It is of all
/// compute under best_run accounting, too.
struct DoublingsByCause {
  double total = 0;        ///< log2 of effective compute, reference included, over the reference
  double fleet = 0;        ///< more accelerators for longer
  double hardware = 0;     ///< more FLOP/s per accelerator
  double utilisation = 0;  ///< mfu, training share, availability
  double algorithm = 0;    ///< more out of each FLOP
};

/// A target of relative loss, and when it was reached.
struct Target {
  double relative_loss = 0;
  std::optional<core::Time> reached;
};

/// What became of the demand on serving.
struct ServiceReport {
  double demanded_flop = 0;
  double unmet_flop = 0;
  std::optional<core::Time> short_from;  ///< when serving was first asked for more than it carried
};

/// What is known at the end of the horizon.
struct Summary {
  core::Time time;
  double relative_loss = 1;
  double mean_relative_loss = 1;
  double discounted_relative_loss = 1;  ///< average in which a day after t years weighs (1 + discount rate)^-t
  /// Absolute loss [nats/token] and what is left of its reducible part; only of laws with an absolute scale.
  std::optional<double> absolute_loss;
  double reducible_loss = 1;
  double equivalent_ratio = 1;  ///< C/C0 that has this relative loss by the law of the paper, kappa = 0.05
  double reference_flop = 0;
  double effective_flop = 0;  ///< without the reference
  double physical_flop = 0;
  std::optional<double> best_run_flop;  ///< under best_run accounting
  core::Money capex;                    ///< spent on hardware
  core::Money facility;                 ///< spent on sites
  core::Money energy_cost;
  core::Money research;
  core::Money unspent;
  double idle_usd_years = 0;          ///< released money that waited to be spent, integrated over time
  double idle_accelerator_years = 0;  ///< delivered accelerators that waited to enter service, integrated over time
  std::int64_t most_waiting = 0;      ///< the most delivered accelerators that waited at once
  IdleReport idle;
  double discounted_spend_usd = 0;
  FinanceReport finance;
  bool has_power = true;  ///< whether power is modelled; else energy and peak power are 0 and say nothing
  double energy_kwh = 0;  ///< energy of all sites
  /// The most nameplate power that all sites had installed at once, with their overhead [W].
  double peak_site_power = 0;
  double failures = 0;        ///< number of failures; the expected one where failures act as a factor
  double mean_in_repair = 0;  ///< accelerators in repair, averaged over the horizon
  /// Number of outages of failure domains and power trees, drawn or expected; none without such.
  std::optional<double> outages;
  std::optional<double> interruptions;  ///< number of interruptions of the job, drawn or expected; none without a job
  std::optional<double> goodput;        ///< useful share of the job's time; none without a job or without work
  /// Useful over peak FLOP/s of what was in service, but for the job's interruptions and the training share: the stated MFU
  /// at the scale of the run. None where nothing worked.
  std::optional<double> mfu;
  std::array<std::int64_t, kStates> accelerators = {};  ///< number in each State
  double capacity = 0;                                  ///< peak FLOP/s installed
  double h100e_bf16 = 0;  ///< the capacity in H100 SXM with as much dense peak in 16-bit numbers
  double h100e_8bit = 0;  ///< the capacity in H100 SXM with as much dense peak in 8-bit numbers
  DoublingsByCause split;
  std::optional<ServiceReport> service;             ///< where the scenario states a demand
  std::optional<CancellationReport> cancellations;  ///< where orders may be cancelled
  std::optional<double> gamma_per_joule;            ///< realised growth of effective FLOP per joule [doublings/yr]
  std::optional<double> gamma_per_usd;  ///< realised growth of effective FLOP/s per USD in service [doublings/yr]

  /// Accelerators that stand on a site: those that train, spares, those that serve, and those in repair.
  [[nodiscard]] std::int64_t in_place() const {
    const auto count = [this](State state) { return accelerators[static_cast<std::size_t>(state)]; };
    return count(State::in_service) + count(State::standby) + count(State::serving) + count(State::in_repair);
  }
  [[nodiscard]] core::Money opex() const { return energy_cost + research + finance.rent; }
  [[nodiscard]] core::Money spend() const { return capex + facility + opex(); }
};

/// What one law makes of the compute at the end of the horizon.
struct LawResult {
  std::string law;
  double relative = 1;
  std::optional<double> absolute;   ///< [nats/token]; only of laws with an absolute scale
  std::optional<double> reducible;  ///< what is left of what compute can remove; only of laws with a floor or a scale
  /// C/C0 that has this relative loss at kappa = 0.05; none where it leaves the range of numbers.
  std::optional<double> equivalent;
};

struct CapabilityScore {
  std::string name;
  double score = 0;  ///< at the end of the horizon
  std::optional<double> target;
  std::optional<core::Time> reached;  ///< when the target was reached
};

/// What became of a site.
struct SiteResult {
  std::string name;
  double it_power = 0;            ///< IT power that fits at the end [W]; infinite where unlimited
  double peak_it_power = 0;       ///< the most nameplate IT power that was installed at once [W]
  std::int64_t accelerators = 0;  ///< accelerators installed at the end
  double energy_kwh = 0;
  double energy_usd = 0;
  double take_or_pay_usd = 0;    ///< for energy that a contract pays for and that was not drawn
  double demand_charge_usd = 0;  ///< for the peaks of its months
  core::Money facility;
  /// What its accelerators could have done on their own while the run had no use for them [FLOP], physical; only where sites
  /// train as one over links.
  std::optional<double> unjoined_flop;
};

/// The race of one strategy.
struct StrategyResult {
  std::string strategy;
  std::string buys;  ///< the name of its purchase strategy, such as "front_loaded"
  Summary final;     ///< what is known at the end of the horizon
  std::vector<Target> targets;
  std::vector<LawResult> comparison_laws;  ///< what other laws make of the same compute
  std::vector<CapabilityScore> capabilities;
  std::vector<Sample> series;  ///< by time, the last one at the end of the horizon
  /// Reviews at which each constraint kept money from being spent.
  std::array<std::int64_t, kConstraints> constraint_counts = {};
  std::vector<ConstraintSpell> bindings;  ///< which constraint binds when, over the whole horizon
  std::vector<Wait> waits;                ///< when delivered accelerators waited, by time
  std::vector<Acquisition> bought;        ///< what was bought or rented, by date
  std::int64_t reviews = 0;
  std::vector<SiteResult> sites;  ///< in the order of the scenario
};

}  // namespace fleetrace::fleet
