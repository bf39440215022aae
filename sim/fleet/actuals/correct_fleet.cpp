#include <algorithm>

#include "sim/fleet/procurement/make_cohort.hpp"
#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {
namespace {

using core::Money;
using core::Time;

/// Units that the plan has on a site, and that were not counted there. Until it is known what became of them they wait for power.
struct Missing {
  std::uint32_t cohort = 0;
  std::int64_t count = 0;
  Time delivered;              ///< when the plan had them
  std::optional<Batch> batch;  ///< that they were installed in; none where they waited
  std::optional<Time> expected;
};

class FleetCorrection {
 public:
  FleetCorrection(World& world, const ActualState& actual) : world_(world), actual_(actual), now_(world.now()) {}

  Money correct() {
    const std::size_t sites = world_.sites.size();
    const std::vector<std::int64_t> planned = count_in_place(world_);
    std::vector<std::int64_t> lacking = planned;
    for (const CountedAccelerators& each : actual_.counts) lacking[each.type * sites + each.site] -= each.count;
    // First all that goes, so that there is room for what comes.
    for (std::size_t i = 0; i < lacking.size(); ++i) {
      if (lacking[i] > 0) take_away(i / sites, static_cast<std::uint32_t>(i % sites), lacking[i]);
    }
    Money unplanned;
    for (std::size_t i = 0; i < lacking.size(); ++i) {
      if (lacking[i] < 0) unplanned += add(i / sites, static_cast<std::uint32_t>(i % sites), -lacking[i]);
    }
    for (const Missing& each : missing_) settle(each);
    world_.sites.dequeue_if(
        [this](std::uint32_t index) { return world_.inventory[index].count(State::waiting_for_power) == 0; });
    world_.reliability.cancel_retirements(world_.events);
    for (std::uint32_t site = 0; site < sites; ++site) {
      if (world_.power.share(site) < 1) world_.share_power(site);
    }
    world_.sites.request_installation(world_.events);
    return unplanned;
  }

 private:
  [[nodiscard]] bool is_of(const Cohort& cohort, std::size_t type) const {
    return cohort.takes_place() && cohort.type == type;
  }
  /// Whether units of a cohort may stand on a site.
  [[nodiscard]] bool may_stand(std::uint32_t index, std::uint32_t site) const {
    const auto open = world_.sites.open_to(world_.inventory[index], world_.inventory.is_initial(index));
    return std::find(open.begin(), open.end(), site) != open.end();
  }
  [[nodiscard]] std::optional<Time> expected(std::size_t type, std::uint32_t site) const {
    for (const CountedAccelerators& each : actual_.counts) {
      if (each.type == type && each.site == site) return each.expected;
    }
    return std::nullopt;
  }

  void take_away(std::size_t type, std::uint32_t site, std::int64_t count) {
    const std::optional<Time> when = expected(type, site);
    for (const std::uint32_t index : world_.sites.queue()) {
      const Cohort& cohort = world_.inventory[index];
      const std::int64_t waiting = cohort.count(State::waiting_for_power) - already_missing(index);
      if (is_of(cohort, type) && waiting > 0 && may_stand(index, site))
        missing_.push_back({index, waiting, cohort.waits_since, {}, when});
    }
    const auto batches = static_cast<std::uint32_t>(world_.reliability.batches().size());
    const auto take = [&](std::uint32_t i, bool is_initial) {
      const Batch& batch = world_.reliability[i];
      if (count == 0 || batch.count == 0 || batch.site != site || !is_of(world_.inventory[batch.cohort], type) ||
          world_.inventory.is_initial(batch.cohort) != is_initial)
        return;
      const std::int64_t taken = std::min(count, batch.count);
      missing_.push_back({batch.cohort, taken, batch.in_place, batch, when});
      split(i, taken);
      count -= taken;
    };
    for (std::uint32_t i = batches; i-- > 0;) take(i, false);
    for (std::uint32_t i = 0; i < batches; ++i) take(i, true);
  }

  [[nodiscard]] std::int64_t already_missing(std::uint32_t cohort) const {
    std::int64_t count = 0;
    for (const Missing& each : missing_) count += each.cohort == cohort ? each.count : 0;
    return count;
  }

  /// Takes units of a batch out of service; they wait. What is left of it goes on as a batch of the same age.
  void split(std::uint32_t index, std::int64_t count) {
    const Batch old = world_.reliability[index];
    world_.reliability.count_expected_failures(index, world_.inventory[old.cohort], now_);
    world_.reliability.stop(index, world_.events);
    if (old.handed_down) world_.inventory.keep_credit(old.cohort, old.count);
    const auto wait = [&](State from, std::int64_t units, double share) {
      world_.move(old.cohort, from, State::waiting_for_power, units, share, old.site, old.born);
    };
    wait(State::in_service, old.working(), old.share);
    wait(old.idle_state(), old.healthy - old.working(), 1);
    wait(State::in_repair, old.count - old.healthy, 1);
    world_.reliability.remove(index);
    world_.recorder.place({old.cohort, old.site, -old.count});
    if (old.count > count) world_.install(old.cohort, old.count - count, old.born, old.site, &old);
  }

  /// So many more units of a type stand on a site. Returns the cost of those that the plan does not have.
  Money add(std::size_t type, std::uint32_t site, std::int64_t count) {
    const auto take = [&](std::uint32_t index, std::int64_t available, const Batch* was = nullptr) {
      const bool is_open = is_of(world_.inventory[index], type) && may_stand(index, site);
      const std::int64_t taken = is_open ? std::min(count, available) : 0;
      if (taken > 0) place(index, taken, site, was);
      count -= taken;
      return taken;
    };
    for (const std::uint32_t index : std::vector<std::uint32_t>(world_.sites.queue()))
      take(index, world_.inventory[index].count(State::waiting_for_power) - already_missing(index));
    for (Missing& each : missing_) each.count -= take(each.cohort, each.count, each.batch ? &*each.batch : nullptr);
    const auto cohorts = static_cast<std::uint32_t>(world_.inventory.cohorts().size());
    for (std::uint32_t i = world_.inventory.first_coming(); i < cohorts; ++i) {
      for (const State from : {State::in_transit, State::ordered}) {
        if (!is_of(world_.inventory[i], type) || !may_stand(i, site)) continue;
        // What is on order comes today.
        const std::int64_t come = std::min(count, world_.inventory[i].count(from));
        world_.move(i, from, State::waiting_for_power, come);
        take(i, come);
      }
    }
    return count > 0 ? acquire(type, count, site) : Money{};
  }

  /// Installs what fits of units that wait, with the age that they had in the batch `was`; the rest goes on waiting, in its place
  /// of the queue.
  void place(std::uint32_t index, std::int64_t count, std::uint32_t site, const Batch* was = nullptr) {
    const std::int64_t fitting = world_.sites.room(site, world_.inventory[index], count);
    if (fitting > 0) world_.install(index, fitting, was == nullptr ? now_ : was->born, site, was);
    const std::vector<std::uint32_t>& queue = world_.sites.queue();
    if (fitting < count && std::find(queue.begin(), queue.end(), index) == queue.end())
      world_.sites.enqueue(index, world_.inventory[index]);
  }

  Money acquire(std::size_t type, std::int64_t count, std::uint32_t site) {
    const StrategySetup& setup = world_.setup();
    const double usd = setup.plant.market.types[type].cost(now_, world_.procurement.bought(type));
    Cohort cohort = make_accelerators(setup.plant.market, type, count, usd);
    cohort.ordered = cohort.waits_since = now_;
    cohort.site = site;
    cohort.work_rate = work_rate_when_new(cohort, setup.plant.operations, world_.trajectory.law(),
                                          setup.horizon.years_at(now_));
    place(world_.add_cohort(cohort, State::waiting_for_power), count, site);
    return Money::from_usd(usd * static_cast<double>(count));
  }

  /// What is still missing is late, or gone where the plan has had it since the start.
  void settle(const Missing& missing) {
    if (missing.count == 0) return;
    if (world_.inventory.is_initial(missing.cohort))
      return world_.move(missing.cohort, State::waiting_for_power, State::retired, missing.count);
    const core::Duration overdue = std::max(core::kDay, now_ - missing.delivered);
    const Time due = missing.expected.value_or(core::saturating_add(now_, overdue));
    world_.move(missing.cohort, State::waiting_for_power, State::in_transit, missing.count);
    world_.corrections.add_late({missing.cohort, missing.count, due, Money{}}, world_.events);
  }

  World& world_;
  const ActualState& actual_;
  Time now_;
  std::vector<Missing> missing_;
};

}  // namespace

Money correct_fleet(World& world, const ActualState& actual) { return FleetCorrection(world, actual).correct(); }

}  // namespace fleetrace::fleet
