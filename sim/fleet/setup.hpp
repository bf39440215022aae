#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fleetrace/models/loss.hpp"
#include "models/capability/capability.hpp"
#include "models/hardware/choice.hpp"
#include "models/purchase/purchase.hpp"
#include "sim/fleet/actuals/actuals.hpp"
#include "sim/fleet/beliefs/beliefs.hpp"
#include "sim/fleet/plant.hpp"

/// A scenario resolved for one strategy: plain coefficients, ready to be simulated.
namespace fleetrace::fleet {

/// The time that a race covers.
struct Horizon {
  core::Time start;
  core::Time end;               ///< nothing happens at the end or later
  core::Duration sample_every;  ///< distance of the samples of the series
  /// Where the race branches off, if it does: periods begin there, and actuals up to then are what it goes on from.
  std::optional<core::Time> from = {};
  /// Where this is a future with a shorter horizon, the end of the one that dates were written for: what is dated from `end` until then
  /// does not happen.
  std::optional<core::Time> dates_until = {};

  /// Whether a date is one that may be written. It may lie beyond the end all the same.
  [[nodiscard]] bool may_name(core::Time t) const { return t >= start && t < std::max(end, dates_until.value_or(end)); }
  [[nodiscard]] double years_at(core::Time t) const { return (t - start).years(); }
};

/// C0 and what it consists of, so that log2(C/C0) can be split. Units are accelerators; capacity counts as so many of the
/// scenario's first accelerator, or as FLOP/s where the scenario has none.
struct Reference {
  bool is_stated = false;  ///< whether C0 is stated as an amount of compute, in place of a year of the initial fleet
  double compute = 0;      ///< C0 [FLOP], effective
  double unit_seconds = 0;
  double peak_flop = 0;
  double useful_flop = 0;
  double capacity_unit = 1;  ///< FLOP/s of capacity that count as one unit
};

/// Whether all compute counts, or that of the best training run alone.
enum class Accounting { cumulative, best_run };

/// A law that losses are reported by for comparison, on the same compute and the same reference.
struct NamedLaw {
  std::string name;
  models::LossLaw law;
};

/// A capability that is scored by the absolute loss.
struct NamedCapability {
  std::string name;
  models::CapabilityLaw law;
  std::optional<double> target;  ///< score whose date is reported
};

/// What compute is worth: the loss that it buys.
struct LossAccounting {
  models::LossLaw law;
  Accounting accounting = Accounting::cumulative;
  core::Duration run_length;
  double run_share = 1;
  double run_inherits = 0;  ///< share of the compute of the run before it that a run starts from
  Reference reference;
  std::vector<double> targets;
  std::vector<NamedLaw> comparison_laws;      ///< reported besides
  std::vector<NamedCapability> capabilities;  ///< only where the law has an absolute scale
};

using models::Choice;

/// Accelerators of one type that are rented from a date on, for one term.
struct PlannedRent {
  core::Time at;
  std::size_t type = 0;  ///< index into Market::types
  std::int64_t count = 0;
  double unit_usd = 0;  ///< all-in cost of one new at that date, which a rate is of [USD]
  core::Money cost;     ///< rent of all of them over the term
};

/// Accelerators of one type that are moved from one site to another.
struct PlannedMove {
  core::Time at;
  std::size_t type = 0;    ///< index into Market::types
  std::uint32_t from = 0;  ///< index into Plant::sites
  std::uint32_t to = 0;
  std::int64_t count = 0;
  core::Money cost_each;
  core::Duration pause;  ///< from the moment when they leave service until they are on the other site
};

/// A purchase strategy with its money and its sites.
struct Strategy {
  std::string name;
  std::string buys;  ///< the purchase model's name
  models::PurchasePolicy policy;
  std::shared_ptr<const Beliefs> beliefs;  ///< what it plans with; null for the plant itself
  std::optional<core::Money> budget;       ///< for hardware and research, and for energy and sites where it covers all
  core::Money research;                    ///< over the whole horizon
  core::Money initial_energy;              ///< energy of the initial fleet at most, where the budget covers energy
  core::Money facility;              ///< cost of the sites it uses over the whole horizon, where the budget covers all
  std::vector<std::uint32_t> sites;  ///< the sites it uses, filled in this order: index into Plant::sites
  bool budget_covers_energy = false;
  bool power_limits_orders = true;
  double rented = 0;               ///< share of the money at each review that rents rather than buys
  std::vector<PlannedRent> rents;  ///< what it rents by number, by date
  std::vector<PlannedMove> moves;  ///< what it moves from site to site, by date
  core::Money set_aside;           ///< of the budget from the start, for its rents and moves over the whole horizon
  Choice choice = Choice::flop_per_usd;
  /// For Choice::named: index into Market::types, or beyond them where the type does not come in time.
  std::size_t named_type = 0;

  [[nodiscard]] bool may_rent() const { return rented > 0 || !rents.empty(); }
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

/// Everything that a race is set up with and that never changes while it runs.
struct StrategySetup {
  Draw draw;
  Horizon horizon;
  Plant plant;
  Strategy strategy;
  LossAccounting loss;
  models::Finance finance;
  std::shared_ptr<const Actuals> actuals;  ///< null where there are none

  /// How many cohorts the fleet has at the start. They come first among the cohorts and have been paid for.
  [[nodiscard]] std::size_t initial_cohorts() const;
};

}  // namespace fleetrace::fleet
