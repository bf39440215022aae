#pragma once

#include <string>

#include "sim/engine/simulation.hpp"
#include "sim/fleet/accounting/compute_meter.hpp"
#include "sim/fleet/accounting/ledger.hpp"
#include "sim/fleet/accounting/running_total.hpp"
#include "sim/fleet/accounting/trajectory.hpp"
#include "sim/fleet/actuals/corrections.hpp"
#include "sim/fleet/beliefs/forecast.hpp"
#include "sim/fleet/events/scheduler.hpp"
#include "sim/fleet/inventory/inventory.hpp"
#include "sim/fleet/job/run_scale.hpp"
#include "sim/fleet/job/training_job.hpp"
#include "sim/fleet/procurement/procurement.hpp"
#include "sim/fleet/reliability/reliability.hpp"
#include "sim/fleet/research/research.hpp"
#include "sim/fleet/results/outcome.hpp"
#include "sim/fleet/results/recorder.hpp"
#include "sim/fleet/serving/serving.hpp"
#include "sim/fleet/setup.hpp"
#include "sim/fleet/sites/power_trees.hpp"
#include "sim/fleet/sites/sites.hpp"

namespace fleetrace::fleet {

/// One replication of one strategy: the whole state of a race. A value: a copy goes on independently and identically. reset()
/// keeps memory, so that replication after replication allocates nothing.
///
/// Its components own what changes, each behind a narrow interface, and know nothing of each other but what they are handed.
/// The World keeps for itself the calendar and what joins several components: its methods are called by the handlers of events
/// (events/KIND.cpp), and keep units, power, compute and money in step.
class World final : private PaceWatch {
 public:
  // The components.
  EventScheduler events;    ///< clock and calendar
  Inventory inventory;      ///< cohorts, and how many units of each are in which state
  Procurement procurement;  ///< what is on sale and what was ordered
  Sites sites;              ///< what fits where, what waits, energy
  PowerTrees power;         ///< outages of the sites' power trees
  Reliability reliability;  ///< batches: failures, repairs, aging, retirement
  TrainingJob job;          ///< interruptions of the training job
  RunScale run_scale;       ///< throughput of the largest run
  Serving serving;          ///< the share that serves, load and unmet demand
  Research research;        ///< what moves algorithmic progress
  Forecast forecast;        ///< what the strategy expects
  Ledger ledger;            ///< money
  RunningTotal rents;       ///< rent that runs
  RunningTotal waiting;     ///< what it costs that hardware is delivered and waits
  ComputeMeter meter;       ///< rates and totals of what is installed
  Trajectory trajectory;    ///< effective compute
  Corrections corrections;  ///< to actuals
  Recorder recorder;        ///< series, states on dates, spending, what binds and what idles

  /// Begins a race. `setup` is kept by address and must outlive it.
  void reset(const StrategySetup& setup);
  [[nodiscard]] const StrategySetup& setup() const { return *setup_; }
  [[nodiscard]] core::Time now() const { return events.now(); }
  void handle(const Event& event);
  /// Goes on until the end of the horizon, or for so many events.
  engine::RunResult run(std::uint64_t most_events = engine::Limits{}.events);
  /// Brings everything up to date at the end of the horizon, after the last event.
  void finish();

  // Units: world_units.cpp.

  /// Adds a cohort whose units are all in `state`; returns its index.
  std::uint32_t add_cohort(const Cohort& cohort, State state);
  /// Moves units of the cohort at `index` between states and keeps power and compute in step. `share` of those in service works. Where they
  /// are or come to be installed, `site` says where, and `born` since when they age.
  void move(std::uint32_t index, State from, State to, std::int64_t count, double share = 1, std::uint32_t site = 0,
            core::Time born = {});
  /// Lets as many waiting units into service as power and space of the sites allow, each on the first of its sites with room.
  void install_waiting();
  /// Takes units of a cohort that wait into service, where they age as if installed at `born`. `split_from` is the batch that they
  /// are what was left of: it lends them its place in the books.
  void install(std::uint32_t cohort, std::int64_t count, core::Time born, std::uint32_t site,
               const Batch* split_from = nullptr);
  /// So many units of an order arrive, or as many as are on their way. Those that fail in their burn-in retire at once.
  void deliver(std::uint32_t cohort, std::int64_t count, bool burns_in);
  /// Moves the batch at `index` from training to serving, which is credited once.
  void hand_down(std::uint32_t index);
  /// Takes what is left of the batch at `index` out of service for good, whatever state it is in, and sells it where it can be sold.
  void retire(std::uint32_t index);
  /// Takes batches out of service until a site has the power for the rest: first those with the fewest useful FLOP/s per W of
  /// nameplate, and of equal ones the oldest. Of the last of them as many stay as fit. The others wait for power on that site, or
  /// retire.                                                                              docs/derivations.md 4.7g
  void shrink_to_fit(std::uint32_t site);
  /// Moves accelerators as planned: index into Strategy::moves. The oldest on the site go first, no more than there are.
  void depart(std::uint32_t index);
  /// Retires what was ordered by `ordered_by` and has arrived; what is on its way stays on it.
  void retire_early(core::Time ordered_by);
  /// Rents what the strategy's decision leaves, until the end of the term; gives the rented batch at `index` back.
  void rent(const models::Decision& decision);
  /// Rents what the strategy planned by number: index into Strategy::rents.
  void rent_planned(std::uint32_t index);
  void give_back(std::uint32_t index);
  /// Sells units of a cohort at an age [yr], where they can be resold.
  void sell(const Cohort& cohort, std::int64_t count, double age);

  // What works: world_work.cpp.

  /// More accelerators of a batch could be up, or fewer: those that its site has power for are.
  void change_up(const HealthChange& change);
  /// Fires the first of the devices' clocks, and all that follow before the next other event where no event needs to see them.
  void fire_clocks();
  /// Shares out the power that the tree of a site delivers among what is up there.
  void share_power(std::uint32_t site);
  /// Of those of the batch at `index` in service this share works from now on.
  void set_working_share(std::uint32_t index, double share);
  /// Interrupts the training job.
  void interrupt_job();
  /// Keeps the job, the trajectory and serving in step with what works.
  void refresh_work();
  /// Gives research what it gets of money and accelerators from now on, where progress depends on it.
  void fund_research();
  /// Applies failures and repairs that are pending.
  [[gnu::noinline]] void apply_pending_failures(core::Time at);  // not inlined, since it is rare where it is called
  /// Accelerators that train, on average where failures act as a factor; and those of the job, no more than the largest run.
  [[nodiscard]] double training_accelerators() const;
  [[nodiscard]] double job_accelerators() const;
  /// Peak FLOP/s installed but for what was handed down.
  [[nodiscard]] double training_peak() const;

  // Money, and what is seen: world_books.cpp.

  /// What a purchase needs of the rest of the fleet.
  [[nodiscard]] PurchaseContext purchase_context();
  /// What the strategy can know now: its own books, what is on sale and declared rates. Never the future.
  [[nodiscard]] models::Observation observe() const { return observe(procurement.choice(now())); }
  [[nodiscard]] models::Observation observe(const std::optional<std::size_t>& choice) const;
  /// What a unit like those of a cohort would cost new now [USD].
  [[nodiscard]] double worth_new(const Cohort& cohort) const;
  /// What a unit of a cohort costs its owner [USD/yr] while it waits: its cost times the capital recovery factor of its own life.
  [[nodiscard]] double carrying_usd(const Cohort& cohort) const;
  /// The healthy units of a batch that their owner has to sell.
  [[nodiscard]] std::int64_t to_sell(const Batch& batch) const;
  /// Brings a site up to date and pays what has become due for building it.
  void update_site(std::uint32_t site);
  /// Books energy, research, rent and what was earned up to `at`.
  void book(core::Time at);
  /// The state at `at`, where nothing but failures has happened since now; it is left as it was. Its loss is filled in later.
  [[nodiscard]] Sample state_at(core::Time at);
  /// Its effective compute alone, which is what losses follow from.
  [[nodiscard]] Sample compute_at(core::Time at);
  /// Takes a sample for the series, as much of it as is kept; and when the next is due, but for the last, that of the end.
  void sample(core::Time at);
  [[nodiscard]] core::Time next_sample() const;
  /// Keeps the state of now where a question names the date, and the first efficiency.
  void checkpoint();
  /// Notes what has been spent until now, where somebody will ask what was spent by a date.
  void note_spending();
  /// Power that a site draws on average, with its overhead, where `seen` has what works [W].
  [[nodiscard]] double average_draw(std::uint32_t site, const ComputeMeter& seen) const;
  [[nodiscard]] Totals totals_at(core::Time at) const;
  [[nodiscard]] Efficiency efficiency(core::Time at) const;

  /// Whether money, units by state, power and every component are conserved. Cheap, for every event of test builds.
  [[nodiscard]] bool conserved() const;
  /// The same at `at` recounted from scratch: rates, power, energy and compute by cohort, to 1e-12. No failures may be pending.
  [[nodiscard]] bool recount_agrees(core::Time at) const;

 private:
  [[nodiscard]] MeasuredFleet measured() {
    return {inventory, meter, trajectory, serving.training_fraction(), recorder.keeps_spending() ? this : nullptr};
  }
  void add_initial_fleet();
  [[nodiscard]] double opening_worth() const;
  [[nodiscard]] models::Outlook outlook() const;
  struct Displaced;  ///< units that were taken out of service and wait
  [[nodiscard]] Displaced take_out(std::uint32_t batch);
  std::uint32_t split(Displaced& displaced, std::int64_t count, std::uint32_t site);
  void begin_term(const Lease& lease);
  void place(std::uint32_t index);
  void move_healthy(std::uint32_t index, std::int64_t change);
  [[nodiscard]] core::Money rent_due(core::Time at) const;
  /// What of the fleet earns now, where so much of it works.
  [[nodiscard]] Selling selling(const WorkShares& shares) const;
  /// What runs up with time, but for the rent that falls due at the end [USD].
  [[nodiscard]] double running_usd(core::Time at) const;
  void pace_changes(core::Time at) override;
  void describe_fleet(const ComputeMeter& seen, Sample& sample) const;
  [[nodiscard]] bool sites_agree() const;
  [[nodiscard]] bool power_agrees() const;

  const StrategySetup* setup_ = nullptr;
  ComputeMeter seen_;                     ///< memory for state_at()
  std::vector<std::uint32_t> displaced_;  ///< memory for shrink_to_fit()
};

/// Runs a race to the end of its horizon. `world` and `outcome` keep their memory from one call to the next; the samples and the
/// trajectory are the outcome's then, no longer the world's, and where it holds metrics alone so are the cohorts.
void simulate(World& world, const StrategySetup& setup, Outcome& outcome, const EventObserver& observer = {});
[[nodiscard]] Outcome simulate(const StrategySetup& setup, const EventObserver& observer = {});

/// One line per event for --trace: time, strategy, kind, what and how much.
[[nodiscard]] std::string describe(const World& world, const Event& event);

}  // namespace fleetrace::fleet
