#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fleetrace/fleet/scenario.hpp"
#include "fleetrace/fleet/site.hpp"
#include "fleetrace/models/capability.hpp"
#include "fleetrace/models/demand.hpp"
#include "fleetrace/models/failure.hpp"
#include "fleetrace/models/hardware.hpp"
#include "fleetrace/models/job.hpp"
#include "fleetrace/models/loss.hpp"
#include "fleetrace/models/progress.hpp"
#include "fleetrace/models/purchase.hpp"
#include "fleetrace/models/rental.hpp"
#include "fleetrace/models/resale.hpp"
#include "fleetrace/models/supply.hpp"
#include "fleetrace/models/throughput.hpp"

/// A scenario resolved for one strategy: plain coefficients, ready to be simulated.
namespace fleetrace::fleet {

struct Horizon {
  core::Time start;
  core::Time end;  ///< nothing happens at it or later
  core::Duration sample_every;

  [[nodiscard]] double years_at(core::Time t) const { return (t - start).years(); }
};

/// So many more accelerators of a type may be ordered from a date on.
struct Allocation {
  core::Time from;
  std::size_t type = 0;  ///< index into Market::types
  std::int64_t count = 0;
  std::uint32_t site = SiteState::kAny;  ///< the only one that they may stand on: index into Plant::sites
};

struct Supply {
  models::LeadTime lead_time;      ///< counted from when an accelerator is made; at once where production is unlimited
  core::Duration burn_in;          ///< at the supplier, before the lead time
  core::Duration transit;          ///< the last part of the lead time, or all of it where that is shorter
  std::int64_t yearly_limit = -1;  ///< accelerators a year of the horizon; -1 where unlimited
  models::Production production;   ///< of each accelerator type
  core::Duration shipped_every;    ///< what is made in this time is shipped together
  std::int64_t lot = 1;            ///< accelerators are ordered in multiples of so many
  core::Money order_cost;          ///< of each order, whatever its size
  std::vector<Allocation> allocations;  ///< by date; a type without any is not limited by them
  std::optional<double>
      cancellation_fee;  ///< share of its price that an order costs which is cancelled; nullopt: none is
};

/// What is in service does from a date on.
struct Allotment {
  core::Time from;
  double training = 1;  ///< of the most that ever trains, which training_share is
  double serving = 0;   ///< share of the fleet
};

struct Operations {
  core::Duration lifetime = core::Duration::unlimited();
  models::FailureLaw failures;
  std::optional<models::JobLaw> job;
  models::ThroughputLaw throughput;  ///< relative to the mfu below
  models::ResaleLaw resale;          ///< values hardware also where nothing is resold
  bool resells = false;
  std::optional<models::HandDown> hand_down;
  double mfu = 1;
  double training_share = 1;          ///< the most of all times, where it changes
  std::vector<Allotment> allotments;  ///< by date, the first from the start on; empty where nothing of it serves

  /// Useful over peak FLOP/s of what is in service [1]: mfu x training share, x availability where it acts as a factor.
  [[nodiscard]] double utilisation() const { return mfu * training_share * failures.work_factor(); }
  /// Accelerators of one run where so many train: all of them, those of a job, or what the largest run can use.
  [[nodiscard]] double together(double training) const {
    return std::min({training, job && job->size > 0 ? job->size : training, throughput.largest_run});
  }
  /// The share of what trains that belongs to a run where runs of `each` are at work: jobs of a size share the fleet, else
  /// there is one run.
  [[nodiscard]] double at_work(double training, double each) const {
    const double wanted = job && job->size > 0 ? std::min(job->size, training) : training;
    return wanted > 0 ? each / wanted : 1;
  }
  /// How long hardware trains from its installation on.
  [[nodiscard]] core::Duration training_life() const {
    return hand_down ? std::min(hand_down->age, lifetime) : lifetime;
  }
};

/// Accelerators or capacity that stand there at the start.
struct InitialCohort {
  std::size_t type = 0;  ///< index into Market::types, where capacity is 0
  std::int64_t count = 0;
  double capacity = 0;  ///< FLOP/s
  core::Time installed;
  std::uint32_t site = SiteState::kAny;  ///< index into Plant::sites; else wherever there is room, in their order
};

/// Everything about a fleet but when it buys.
struct Plant {
  models::Market market;
  Supply supply;
  models::ProgressLaw progress;
  std::vector<models::AdoptionStep> adoptions;  ///< what multiplies progress from some dates on
  Operations operations;
  std::vector<Site> sites;  ///< never empty: without a section there is one without a name and without limits
  std::optional<models::RentalLaw> rental;
  std::optional<models::DemandLaw> demand;
  std::vector<InitialCohort> initial;

  /// The algorithmic multiplier at the end of the horizon, `years` from its start, with all adoptions and without chance.
  [[nodiscard]] double final_multiplier(double years) const {
    models::ProgressLaw law = progress;
    if (!adoptions.empty()) adoptions.back().apply(law);
    return law.multiplier(years);
  }
};

/// C0 and what it consists of, so that log2(C/C0) can be split. Units are accelerators; capacity counts as so many of the
/// scenario's first accelerator, or as FLOP/s where the scenario has none.
struct Reference {
  double compute = 0;  ///< C0 [FLOP], effective
  double unit_seconds = 0;
  double peak_flop = 0;
  double useful_flop = 0;
  double capacity_unit = 1;  ///< FLOP/s of capacity that count as one unit
};

enum class Accounting { cumulative, best_run };

/// Another law, on the same compute and the same reference.
struct NamedLaw {
  std::string name;
  models::LossLaw law;
};

struct NamedCapability {
  std::string name;
  models::CapabilityLaw law;
  std::optional<double> target;  ///< score whose date is reported
};

struct LossAccounting {
  models::LossLaw law;
  Accounting accounting = Accounting::cumulative;
  core::Duration run_length;
  double run_share = 1;
  double run_inherits = 0;  ///< share of its predecessor's compute that a run starts from
  Reference reference;
  std::vector<double> targets;
  std::vector<NamedLaw> beside;
  std::vector<NamedCapability> capabilities;  ///< of laws with an absolute scale
};

enum class Choice { flop_per_usd, flop_per_watt, newest, named };

struct Strategy {
  std::string name;
  std::string buys;  ///< the purchase model's name
  models::PurchasePlan plan;
  std::optional<core::Money> budget;  ///< for hardware and research, and energy where it covers all
  core::Money research;               ///< over the whole horizon
  core::Money initial_energy;         ///< at most, of the initial fleet, where the budget covers energy
  core::Money facility;               ///< of the sites it uses over the whole horizon, where the budget covers all
  std::vector<std::uint32_t> sites;   ///< that it uses: index into Plant::sites, filled in this order
  bool budget_covers_energy = false;
  bool power_limits_orders = true;
  double rented = 0;  ///< share of the money at each review that rents rather than buys
  Choice choice = Choice::flop_per_usd;
  std::size_t named_type = 0;  ///< index into Market::types for Choice::named; beyond it where it does not come in time
};

/// What uncertain inputs are in one race: their medians, or a draw that the replication makes.
enum class InputDraw : std::uint8_t { medians, drawn };

/// Which random numbers a race is run with. Streams are keyed by it, by purpose and by what draws, never by the strategy:
/// all strategies of one replication see the same releases, jumps and failures.
struct Draw {
  std::uint32_t seed = 1;
  std::uint32_t replication = 0;
  InputDraw inputs = InputDraw::medians;
};

struct Case {
  Draw draw;
  Horizon horizon;
  Plant plant;
  Strategy strategy;
  LossAccounting loss;
  models::Finance finance;

  /// How many cohorts stand there at the start: they come first and have been paid for.
  [[nodiscard]] std::size_t initial_cohorts() const;
};

/// Resolves every strategy of a scenario, in its order, with uncertain inputs and random release dates as the draw makes
/// them. Throws core::InputError with every combination that makes no sense (mfu missing, a purchase outside the horizon, an
/// empty fleet without a reference).
[[nodiscard]] std::vector<Case> resolve(const Scenario& scenario, const Draw& draw = {});

/// The same, collecting diagnostics; the result is usable only where none were added. Uncertain inputs are at their medians.
[[nodiscard]] std::vector<Case> resolve(const Scenario& scenario, core::Diagnostics& diagnostics,
                                        const Draw& draw = {});

class Resolver;

/// Resolves one draw after the other of one scenario, as each replication of a study does: in the memory of the one before, and
/// with the tables that laws are slow without where they are the same. Results do not depend on what was resolved before.
class Resolution {
 public:
  Resolution();
  ~Resolution();
  Resolution(const Resolution&) = delete;
  Resolution& operator=(const Resolution&) = delete;
  Resolution(Resolution&&) noexcept;
  Resolution& operator=(Resolution&&) noexcept;

  /// As resolve() does with a scenario whose inputs are certain. What is found is valid until the next draw.
  std::vector<Case>& resolve(const Scenario& scenario, const Draw& draw);
  [[nodiscard]] std::vector<Case>& cases() { return cases_; }

 private:
  std::unique_ptr<Resolver> resolver_;
  std::vector<Case> cases_;
};

}  // namespace fleetrace::fleet
