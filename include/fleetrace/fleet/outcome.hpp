#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fleetrace/core/money.hpp"
#include "fleetrace/engine/simulation.hpp"
#include "fleetrace/fleet/cohort.hpp"
#include "fleetrace/fleet/constraint.hpp"
#include "fleetrace/fleet/site.hpp"
#include "fleetrace/fleet/trajectory.hpp"

/// What one strategy's race came to.
namespace fleetrace::fleet {

/// log2(C/C0) of all useful compute, split exactly: the four parts add up to the whole. Also under best_run accounting.
struct ComputeSplit {
  double total = 0;        ///< log2 of effective compute, reference included, over the reference
  double fleet = 0;        ///< more accelerators for longer
  double hardware = 0;     ///< more FLOP/s per accelerator
  double utilisation = 0;  ///< mfu, training share, availability
  double algorithm = 0;    ///< more out of each FLOP
};

/// The state at one instant of the series.
struct Sample {
  core::Time time;
  double relative_loss = 1;
  double effective_flop = 0;
  double physical_flop = 0;
  std::array<std::int64_t, kStates> accelerators = {};  ///< by State
  double capacity = 0;                                  ///< peak FLOP/s installed
  double site_power = 0;                                ///< average draw times PUE [W]
  double energy_kwh = 0;                                ///< of the site, since the start
  core::Money capex;                                    ///< of hardware
  core::Money facility;                                 ///< of sites
  core::Money energy_cost;
  core::Money research;
  core::Money rent;
  core::Money resale;
  double serving_load = 0;     ///< that serving is asked for [FLOP/s]
  double serving_carried = 0;  ///< that it carries within the service that it owes [FLOP/s]
  double unmet_flop = 0;       ///< what was asked for beyond that, since the start
};

struct Target {
  double relative_loss = 0;
  std::optional<core::Time> reached;
};

/// What money over time comes to. Cash is exact; what is valued or discounted is a real number.
struct FinanceReport {
  core::Money rent;
  core::Money resale;               ///< what hardware was sold for
  core::Money credit;               ///< of hardware handed down from training; no cash
  core::Money salvage;              ///< of what is left at the end, where the scenario counts it; no cash
  double npv_usd = 0;               ///< sales, credits and salvage less spending, discounted to the start
  double usd_per_pf_day = 0;        ///< -npv over effective compute; infinite or no number without any
  double book_usd = 0;              ///< accounting value of the hardware at the end
  double depreciation_usd = 0;      ///< accounting: book value at the start + capex - resale - book value at the end
  std::optional<double> worth_usd;  ///< market value of the hardware at the end; none where nothing has a price
  std::optional<double> economic_depreciation_usd;  ///< the same as `depreciation_usd`, at market values
  double capital_usd_per_year = 0;  ///< cost of what is installed at the end x the capital recovery factor of its life
  std::optional<double> operational_kg;  ///< carbon dioxide equivalent of the energy; only where the site states it
  std::optional<double> embodied_kg;     ///< of making what was bought
};

/// What became of the demand on serving.
struct ServiceReport {
  double demanded_flop = 0;
  double unmet_flop = 0;
  std::optional<core::Time> short_from;  ///< when it first was asked for more than it carried
};

/// Orders that were cancelled, in accelerators, and what of their price was not paid back.
struct CancellationReport {
  std::int64_t accelerators = 0;
  core::Money fees;
};

/// What is known at the end of the horizon.
struct Final {
  core::Time time;
  double relative_loss = 1;
  double mean_relative_loss = 1;
  /// Absolute loss [nats/token] and what is left of its reducible part; only of laws with an absolute scale.
  std::optional<double> absolute_loss;
  double reducible_loss = 1;
  double equivalent_ratio = 1;  ///< C/C0 that has this relative loss by the law of the paper, kappa = 0.05
  double reference_flop = 0;
  double effective_flop = 0;  ///< without the reference
  double physical_flop = 0;
  std::optional<double> best_run_flop;  ///< under best_run accounting
  core::Money capex;                    ///< of hardware
  core::Money facility;                 ///< of sites
  core::Money energy_cost;
  core::Money research;
  core::Money unspent;
  double idle_usd_years = 0;          ///< released money that waited to be spent, integrated over time
  double idle_accelerator_years = 0;  ///< delivered accelerators that waited to enter service, likewise
  double discounted_spend_usd = 0;
  FinanceReport finance;
  double energy_kwh = 0;                ///< of the site
  double peak_site_power = 0;           ///< the most nameplate power installed times PUE [W], of all sites together
  double failures = 0;                  ///< their number; where they act as a factor, the expected one
  std::optional<double> outages;        ///< of failure domains, likewise; none without them
  std::optional<double> interruptions;  ///< of the job, likewise; none without a job
  std::optional<double> goodput;        ///< useful share of the job's time; none without a job or without work
  /// Useful over peak FLOP/s of what was in service, but for the job's interruptions and the training share: the stated MFU
  /// at the scale of the run. None where nothing worked.
  std::optional<double> mfu;
  std::array<std::int64_t, kStates> accelerators = {};
  double capacity = 0;  ///< peak FLOP/s installed
  ComputeSplit split;
  std::optional<ServiceReport> service;             ///< where the scenario states a demand
  std::optional<CancellationReport> cancellations;  ///< where orders may be cancelled
  std::optional<double> gamma_per_joule;            ///< realised growth of effective FLOP per joule [doublings/yr]
  std::optional<double> gamma_per_usd;  ///< realised growth of effective FLOP/s per USD in service [doublings/yr]

  [[nodiscard]] core::Money opex() const { return energy_cost + research + finance.rent; }
  [[nodiscard]] core::Money spend() const { return capex + facility + opex(); }
};

/// What one law makes of the compute at the end of the horizon.
struct LossFigures {
  std::string law;
  double relative = 1;
  std::optional<double> absolute;   ///< [nats/token]; only of laws with an absolute scale
  std::optional<double> reducible;  ///< what is left of what compute can remove; only of laws with a floor or a scale
  std::optional<double>
      equivalent;  ///< C/C0 with this relative loss at kappa = 0.05; none where it leaves the range of numbers
};

struct CapabilityScore {
  std::string name;
  double score = 0;  ///< at the end of the horizon
  std::optional<double> target;
  std::optional<core::Time> reached;  ///< the target
};

/// How much of a race its outcome holds.
enum class Detail : std::uint8_t {
  whole,
  measures,  ///< what measure() takes of one target: all else is left empty, or at what it was
};

struct Outcome {
  std::string strategy;
  std::string buys;
  Final final;
  std::vector<Target> targets;
  std::vector<LossFigures> beside;  ///< by other laws
  std::vector<CapabilityScore> capabilities;
  std::vector<Sample> series;
  std::array<std::int64_t, kConstraints> obstacles = {};  ///< reviews at which each kept money from being spent
  std::vector<Spell> bindings;                            ///< what binds, over the whole horizon
  std::int64_t reviews = 0;
  std::vector<SiteFigures> sites;  ///< in the order of the scenario
  std::vector<Cohort> cohorts;
  Trajectory trajectory;
  std::uint64_t events = 0;
  engine::StopReason stop_reason = engine::StopReason::horizon;
};

}  // namespace fleetrace::fleet
