#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "fleetrace/core/random.hpp"
#include "fleetrace/engine/buckets.hpp"
#include "fleetrace/engine/calendar.hpp"
#include "fleetrace/fleet/batch.hpp"
#include "fleetrace/fleet/case.hpp"
#include "fleetrace/fleet/cohort.hpp"
#include "fleetrace/fleet/constraint.hpp"
#include "fleetrace/fleet/job.hpp"
#include "fleetrace/fleet/ledger.hpp"
#include "fleetrace/fleet/meter.hpp"
#include "fleetrace/fleet/outcome.hpp"
#include "fleetrace/fleet/run_scale.hpp"
#include "fleetrace/fleet/service.hpp"
#include "fleetrace/fleet/trajectory.hpp"

namespace fleetrace::fleet {

/// What happens to a fleet, in the order in which events of one instant are handled (with the engine's closing phase last).
enum class EventKind : std::uint8_t {
  booking,
  release,
  progress,
  site_change,
  retirement,
  expiry,
  hand_down,
  allotment,
  repair,
  restoration,
  power_restoration,
  restart,
  recovery,
  aging,
  turnover,
  failure,
  outage,
  power_outage,
  interruption,
  shipment,
  delivery,
  installation,
  retuning,
  review,
  sample
};
inline constexpr std::size_t kEventKinds = 25;
[[nodiscard]] std::string_view to_string(EventKind kind);

struct Payload {
  EventKind kind = EventKind::sample;
  /// Where the kind has one: an accelerator type (release), a cohort (shipment, delivery), a batch (retirement,
  /// expiry of a rent, hand-down; aging; turnover; failure and
  /// repair as their fidelity has it: a batch, a pending repair or a device), a domain (outage, restoration), a clock of an
  /// element (power_outage, power_restoration), a site (site_change), a step of
  /// adoptions counted from 1 (progress; 0 for a random change).
  std::uint32_t index = 0;
  std::int64_t count = 0;  ///< units, where the kind has them
};
using Event = engine::Event<Payload>;

/// A batch that leaves service at a known date.
struct Retirement {
  core::Time at;
  std::int64_t nameplate_mw = 0;
  std::uint32_t batch = 0;
  engine::EventId event;  ///< where it lies within the horizon
};

/// Running costs since the start, as they were booked.
struct Booking {
  core::Time at;
  core::Money energy;
  core::Money research;
  core::Money rent;
};

/// Rent that runs, constant between changes.
struct Rents {
  core::Sum per_year;  ///< [USD/yr] of the terms that run
  core::Sum due;       ///< [USD] until `changed`
  core::Time changed;
  std::int64_t terms = 0;  ///< how many, so that none leave no rounding error
};

/// What failures and repairs have changed since the last settlement; by batch it stands there.
struct Drift {
  core::Time since;                    ///< of the last settlement
  std::vector<std::uint32_t> batches;  ///< that have changed
  double work = 0;                     ///< useful FLOP/s then
  std::int64_t change = 0;             ///< of it since then, as Batch::Drift::rate counts it
  std::int64_t begin = 0;              ///< of the bucket of time that has come [ms since 1970]
  double lag = 0;                      ///< the integral of the change up to there, in absolute value, times ms
};

/// One replication of one strategy: the whole state of a race. A value: a copy goes on independently and identically.
/// reset() keeps memory, so that replication after replication allocates nothing.
struct World {
  Detail detail = Detail::whole;  ///< of its outcome; reset() keeps it
  std::optional<std::size_t>
      measured_target;  ///< of LossAccounting::targets, the one that Detail::measures is about; kept, too
  const Case* plan = nullptr;
  engine::Calendar<Payload> calendar;
  std::vector<Cohort> cohorts;
  std::uint32_t initial_cohorts = 0;    ///< the first so many stood there at the start
  std::vector<std::uint32_t> waiting;   ///< cohorts with units that wait for power or space, first come first served
  std::size_t first_waiting = 0;        ///< into waiting
  std::vector<Retirement> retirements;  ///< by date, since every life has the same length
  std::size_t next_retirement = 0;
  std::vector<Batch> batches;                              ///< in order of installation
  std::size_t first_alive = 0;                             ///< all batches before it have retired
  std::vector<Device, engine::HugePages<Device>> devices;  ///< where failures are drawn device by device
  engine::Buckets clocks;                                  ///< of the devices: when each is back (kind 0) or fails (1)
  engine::EventId next_clock;                              ///< the first of them
  std::uint64_t ran_ahead = 0;                             ///< devices that passed by without an event each
  Drift drift;                                             ///< since the last settlement, where there are any
  std::vector<PendingRepair> pending_repairs;              ///< where they are drawn batch by batch; with holes
  std::uint32_t free_repair = Batch::kNone;                ///< the first hole
  std::vector<Cell> cells;                                 ///< of batches with failure domains
  std::vector<Domain> domains;                             ///< likewise
  std::int64_t outages = 0;                                ///< of domains, drawn so far
  std::vector<models::PowerGrid::State> grids;  ///< by site, where elements of its power tree go out as events
  std::vector<PowerClock> power_clocks;         ///< of those elements
  std::int64_t power_outages = 0;               ///< of them, so far
  double fresh_failures = 0;                    ///< expected so far of batches that started fresh
  double lost_in_burn_in = 0;                   ///< expected and not taken from a delivery yet, in accelerators
  Job job;                                      ///< where its interruptions are drawn
  RunScale run;                                 ///< where throughput depends on it
  std::size_t allotment = 0;                  ///< into Operations::allotments, where there are any: the one that holds
  Service service;                            ///< where the scenario states a demand
  core::Sum handed_down_peak;                 ///< FLOP/s of what was handed down and is up, likewise
  std::int64_t handed_down = 0;               ///< its units, so that none of them leave no rounding error
  std::int64_t handed_down_accelerators = 0;  ///< of them, real ones
  std::int64_t failures = 0;                  ///< drawn so far
  std::int64_t interruptions = 0;             ///< drawn so far
  Rents rents;
  Ledger ledger;
  Meter meter;
  Trajectory trajectory;
  core::Stream progress_stream{0, 0, core::Purpose::progress_jumps};
  std::vector<Sample> series;  ///< without losses, which need the whole race
  bool keeps_series = true;    ///< else what was booked stands for it
  std::vector<Booking> bookings;
  std::size_t released_types = 0;    ///< of the market's types on sale, by release date
  std::int64_t committed_mw = 0;     ///< nameplate IT power of everything that is not retired
  core::Sum pending_peak;            ///< FLOP/s of what is ordered and not in service yet
  std::int64_t pending = 0;          ///< its units, so that none of them leave no rounding error
  std::int64_t committed_units = 0;  ///< accelerators of it, that take a place in a rack
  std::int64_t powered_mw = 0;       ///< of what is in service
  std::int64_t peak_powered_mw = 0;
  double peak_site_watts = 0;  ///< of what is in service, with the overhead of its sites
  std::vector<SiteState> sites;
  std::int64_t ordered_this_year = 0;        ///< accelerators, against the yearly limit
  std::int64_t year = 0;                     ///< of the horizon, to which that count belongs
  std::vector<double> committed_production;  ///< by type, up to which its production is taken; empty without limit
  std::vector<std::int64_t> own_purchases;   ///< by type; empty where they move no price
  std::vector<std::int64_t> taken;           ///< of allocations, by type and site; empty without any
  CancellationReport cancelled;
  bool installation_pending = false;
  bool runs_ahead = true;  ///< whether devices pass by without an event each, unseen by observers; reset() keeps it
  bool gathers = false;    ///< whether failures and repairs may be settled together
  std::array<std::int64_t, kConstraints> obstacles = {};  ///< reviews at which each kept money from being spent
  Bindings bindings;
  std::int64_t idling = 0;  ///< real accelerators that wait to enter service
  core::Sum idle_seconds;   ///< the integral of `idling` until `idle_changed`
  core::Time idle_changed;
  std::int64_t reviews = 0;
  double opening_worth = 0;  ///< market value of the fleet at the start [USD]
  /// Effective FLOP per joule and per USD of what is in service.
  struct Efficiency {
    core::Time time;
    double per_joule = 0;  ///< 0 where nothing draws power
    double per_usd = 0;
  };
  std::optional<Efficiency> first_efficiency;  ///< at the first sample with anything in service, for the realised gamma

  void reset(const Case& scenario_case);
  [[nodiscard]] core::Time now() const { return calendar.now(); }

  /// The default id, which names nothing, where `at` lies beyond the horizon.
  engine::EventId schedule(core::Time at, EventKind kind, std::uint32_t index = 0, std::int64_t count = 0);
  /// The same after a wait [ms], rounded.
  engine::EventId schedule_after(double wait, EventKind kind, std::uint32_t index = 0, std::int64_t count = 0);
  void handle(const Event& event);

  /// Moves units of a cohort between states and keeps power and compute in step. `share` of those in service
  /// works. Where they are or come to be installed, `site` says where.
  void move(std::uint32_t index, State from, State to, std::int64_t count, double share = 1, std::uint32_t site = 0);
  /// Adds a cohort whose units are all in `state`.
  std::uint32_t add_cohort(Cohort cohort, State state);
  /// Keeps the sum of what is ordered and not in service yet.
  void count_pending(const Cohort& cohort, std::int64_t count);
  /// Keeps the sum of what was handed down and is up, where it matters.
  void count_handed_down(const Cohort& cohort, std::int64_t count);
  /// Gives research what it gets of money and chips from now on, where progress depends on it.
  void fund_research();
  /// Has progress change again after a random wait, where it does so by itself.
  void schedule_progress();
  /// Lets as many waiting units into service as power and space of the sites allow, first come first served, each on the
  /// first of its sites with room.
  void install_waiting();
  /// The same for one cohort, on one site or on the first of its own with room; false where some of it still waits.
  bool place(std::uint32_t index);
  bool place(std::uint32_t index, std::uint32_t site);
  /// What keeps a waiting cohort out of the first of its sites.
  [[nodiscard]] Binding short_of(std::uint32_t index) const;
  /// Puts up the sites as they are at the start of the race.
  void open_sites();
  /// Keeps what is installed on a site.
  void count_installed(const Cohort& cohort, std::int64_t change, std::uint32_t site);
  /// Brings a site up to date: what fits there, what it has cost to build, what a kWh costs.
  void update_site(std::uint32_t index);
  /// Energy of a site since the start [kWh].
  [[nodiscard]] double site_kwh(std::size_t index, core::Time at) const;
  /// Takes units of a cohort that wait for power into service, where they age as if `installed` then.
  void install(std::uint32_t index, std::int64_t count, core::Time installed, std::uint32_t site);
  /// So many more units of a batch are up, or fewer: spares stand in for them as far as they go.
  void change_healthy(Batch& batch, std::int64_t change);
  /// Keeps what came at `at`, where nothing but sums depends on it, for the next settlement: that many more work, and stand
  /// by or serve.
  void gather(Batch& batch, std::int64_t working, std::int64_t idle, core::Time at);
  /// The same for changes within one bucket of time (see Buckets), in any order, since enter_bucket.
  void gather(Batch& batch, const Batch::Changes& working, const Batch::Changes& idle);
  /// The first change in a new bucket of time: settles those of earlier ones where they have come to much.
  void enter_bucket(core::Time at);
  /// The first change of a batch since the last settlement.
  void begin_drift(Batch& batch);
  /// Brings all sums up to date with what was gathered. Nothing but failures and repairs may happen in between.
  void settle(core::Time at);
  /// The same for what is powered as well.
  void move_healthy(Batch& batch, std::int64_t change);
  /// Shares out the power that a site's tree delivers among what is up there.
  void share_power(std::uint32_t site);
  /// Of those of a batch in service this share works from now on.
  void set_share(Batch& batch, double share);
  /// Counts the expected failures of a batch that started fresh, up to `at`.
  void count_fresh_failures(Batch& batch, core::Time at);
  /// What is expected of a batch that started fresh, up to the next landmark of its age.
  void age(std::uint32_t batch, bool is_in_service);
  /// Takes what is left of a batch out of service for good, whatever state it is in.
  void retire(Batch& batch);
  /// Moves a batch from training to serving, where it stays until it retires.
  void hand_down(Batch& batch);
  /// What a FLOP/s of peak performance on sale now costs at least [USD] on a date from now on; nullopt where nothing is on sale.
  [[nodiscard]] std::optional<double> price_of_compute(core::Time at) const;
  /// What a unit like those of a cohort would cost new then: its effective FLOP/s at `price` [USD]. 0 where it has none.
  [[nodiscard]] double worth_new(const Cohort& cohort, const std::optional<double>& price, core::Time at) const;
  [[nodiscard]] double worth_new(const Cohort& cohort) const {
    return worth_new(cohort, price_of_compute(now()), now());
  }
  /// Sells units of a cohort at an age [yr], where they can be resold.
  void sell(const Cohort& cohort, std::int64_t count, double age);
  /// The healthy units of a batch that their owner has to sell.
  [[nodiscard]] std::int64_t to_sell(const Batch& batch) const;
  /// Rents what the strategy's share of free cash pays for until the end of the term.
  void rent(const models::Decision& limits);
  /// Ends the term of a rented batch.
  void give_back(Batch& batch);
  /// Rent due until `at`, never more than is committed; at the end of the horizon the rest of all terms, too.
  [[nodiscard]] core::Money rent_due(core::Time at) const;
  void change_rents(double per_year, int terms);
  /// The batch that a failure or a repair befalls.
  [[nodiscard]] const Batch& batch_of(const Payload& payload) const;
  /// Accelerators that work at training, on average where failures act as a factor.
  [[nodiscard]] double training_accelerators() const;
  /// Of them, those of the job: no more than the largest run can use.
  [[nodiscard]] double job_accelerators() const;
  /// What scale leaves of throughput now; recomputed only when what works changes.
  [[nodiscard]] const Shares& scaled();
  /// Useful share of what works now, because of interruptions.
  [[nodiscard]] double goodput() const;
  /// Share of the most that ever trains that trains now.
  [[nodiscard]] double allotted_to_training() const;
  /// Peak FLOP/s installed but for what was handed down.
  [[nodiscard]] double training_peak() const;
  /// What serves now.
  [[nodiscard]] models::ServingFleet serving_fleet() const;
  /// Keeps the job, the trajectory and serving in step with what works.
  void refresh_work();
  /// Keeps the integral of what waits to enter service.
  void count_idle(const Cohort& cohort, std::int64_t count);
  [[nodiscard]] double idle_accelerator_years(core::Time at) const {
    return (idle_seconds.value() + static_cast<double>(idling) * (at - idle_changed).seconds()) / core::kYear.seconds();
  }
  /// Notes what kept money from being spent at a review.
  void hindered_by(Constraint constraint, std::uint32_t site = Binding::kNoSite) {
    ++obstacles[static_cast<std::size_t>(constraint)];
    bindings.ordering(now(), {constraint, site});
  }
  /// Has install_waiting() run in this instant, if anything waits.
  void request_installation();
  /// What the strategy can know now: its own books, what is on sale and declared rates. Never the future.
  [[nodiscard]] models::Observation observe() const { return observe(choice()); }
  [[nodiscard]] models::Observation observe(const std::optional<std::size_t>& choice) const;
  /// The type on sale that the strategy would choose now, but for those passed over (by type; empty for none); nullopt where
  /// none is, or on a trend.
  [[nodiscard]] std::optional<std::size_t> choice(const std::vector<bool>& passed_over = {}) const;
  /// Spends the cash that is free on the strategy's choice, within the limits of its decision.
  void buy(const models::Decision& limits, const std::optional<std::size_t>& choice);
  /// Takes out of service what was ordered by `ordered_by`, whatever state it is in; what is on its way stays on it.
  void retire_early(core::Time ordered_by);
  /// How many of a type were bought so far, where that moves its price; else 0.
  [[nodiscard]] double bought(std::size_t type) const;
  /// How many of a type may still be ordered now for the strategy's sites, by its allocations; nullopt where it has none.
  [[nodiscard]] std::optional<std::int64_t> allotted(std::size_t type) const;
  /// Of them, those allotted to one site, or to none (SiteState::kAny).
  [[nodiscard]] std::int64_t allotted_to(std::size_t type, std::uint32_t site) const;
  /// What was taken of a type's allocations to a site, or to none: its index into `taken`.
  [[nodiscard]] std::size_t taken_index(std::size_t type, std::uint32_t site) const {
    return type * (sites.size() + 1) + std::min<std::size_t>(site, sites.size());
  }
  /// Cancels what the maker still has of orders whose refund buys more of the type just released, and orders that.
  void cancel_for(std::size_t released);
  /// Empties the order books and forgets what was bought.
  void reset_supply();
  /// Has what was ordered made, shipped and delivered, as supply allows.
  void fulfil(std::uint32_t index);
  /// Books energy and research up to now.
  void book() { book(now()); }
  void book(core::Time at);
  void sample(core::Time at);
  /// What of a sample is not money.
  void describe_fleet(Sample& sample) const;
  [[nodiscard]] Totals totals_at(core::Time at) const;
  [[nodiscard]] Efficiency efficiency(core::Time at) const;

  /// Whether everything is conserved: money, units per state, power. Cheap, for every event of test builds.
  [[nodiscard]] bool conserved() const;
  [[nodiscard]] bool batches_agree() const;
  [[nodiscard]] bool sites_agree() const;
  [[nodiscard]] bool bound_agree() const;
  [[nodiscard]] bool power_agrees() const;
  [[nodiscard]] bool cells_agree() const;
  /// The same recounted from scratch: rates, power, energy and compute by cohort, to 1e-12.
  [[nodiscard]] bool recount_agrees() const;
};

/// Called with each event before it is handled.
using EventObserver = std::function<void(const World&, const Event&)>;

/// Runs a case to the end of its horizon. `world` and `outcome` keep their memory from one call to the next; the samples
/// and the trajectory are the outcome's then, no longer the world's, and where it holds measures alone so are the cohorts.
void simulate(World& world, const Case& scenario_case, Outcome& outcome, const EventObserver& observer = {});
[[nodiscard]] Outcome simulate(const Case& scenario_case, const EventObserver& observer = {});

/// One line per event for --trace: time, strategy, kind, what and how much.
[[nodiscard]] std::string describe(const World& world, const Event& event);

}  // namespace fleetrace::fleet
