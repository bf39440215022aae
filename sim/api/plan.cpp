#include "sim/api/plan.hpp"

#include <algorithm>
#include <cmath>

#include "sim/api/plan_actuals.hpp"

namespace fleetrace {
namespace {

using core::Money;
using fleet::PlanEntry;
using fleet::SiteBooks;
using fleet::TypeCounts;

/// Energies in whole multiples of a joule, or of what the largest of them is known to. Their differences and the sums of those
/// are exact.
class Joules {
 public:
  explicit Joules(double most_kwh) {
    const double most = most_kwh * 3.6e6;
    unit_ = std::max(1.0, std::nextafter(most, INFINITY) - most);
  }
  [[nodiscard]] double of(double kwh) const { return std::round(kwh * 3.6e6 / unit_) * unit_; }

 private:
  double unit_ = 1;
};

std::optional<Money> money_within_range(double usd) {
  constexpr double kMost = 9e12;
  return std::fabs(usd) < kMost ? std::optional(Money::from_usd(usd)) : std::nullopt;
}

AcceleratorPlan accelerators(const TypeCounts& before, const TypeCounts& after) {
  AcceleratorPlan plan;
  plan.ordered = after.ordered - before.ordered;
  plan.delivered = after.delivered - before.delivered;
  plan.installed = after.installed - before.installed;
  plan.retired = after.retired - before.retired;
  plan.on_order = after.on_order;
  plan.waiting = after.waiting;
  plan.in_service = after.in_service;
  plan.standby = after.standby;
  plan.serving = after.serving;
  plan.in_repair = after.in_repair;
  plan.rented = after.rented;
  return plan;
}

TypeCounts sum_of(const std::vector<TypeCounts>& types) {
  TypeCounts sum;
  for (const TypeCounts& each : types) {
    sum.ordered += each.ordered;
    sum.delivered += each.delivered;
    sum.installed += each.installed;
    sum.retired += each.retired;
    sum.on_order += each.on_order;
    sum.waiting += each.waiting;
    sum.in_service += each.in_service;
    sum.standby += each.standby;
    sum.serving += each.serving;
    sum.in_repair += each.in_repair;
    sum.rented += each.rented;
  }
  return sum;
}

bool is_empty(const TypeCounts& type) {
  return type.ordered == 0 && type.delivered == 0 && type.installed == 0 && type.retired == 0 && type.on_order == 0 &&
         type.waiting == 0 && type.in_service + type.standby + type.serving + type.in_repair == 0;
}

/// What of the books of one race its plan shows.
class PlanMaker {
 public:
  PlanMaker(const fleet::StrategySetup& setup, const std::vector<PlanEntry>& entries)
      : setup_(setup), entries_(entries) {
    for (std::size_t i = 0; i < entries.front().types.size(); ++i) {
      const auto has_any = [i](const PlanEntry& entry) { return !is_empty(entry.types[i]); };
      if (std::any_of(entries.begin(), entries.end(), has_any)) types_.push_back(i);
    }
    for (std::size_t i = 0; i < entries.front().sites.size(); ++i) {
      const std::vector<std::uint32_t>& used = setup.strategy.sites;
      const auto has_any = [i](const PlanEntry& entry) { return entry.sites[i].nameplate_power > 0; };
      if (std::find(used.begin(), used.end(), i) != used.end() || std::any_of(entries.begin(), entries.end(), has_any))
        sites_.push_back(i);
    }
  }

  [[nodiscard]] PlanPeriod period(const PlanDates& dates, const PlanEntry& before, const PlanEntry& after) const {
    PlanPeriod period;
    period.name = dates.name;
    period.begins = dates.begins;
    period.ends = dates.ends;
    period.accelerators = accelerators(sum_of(before.types), sum_of(after.types));
    for (const std::size_t type : types_) {
      period.by_type.push_back(accelerators(before.types[type], after.types[type]));
      period.by_type.back().accelerator = setup_.plant.market.types[type].name;
    }
    period.capacity = after.state.capacity;
    const double seconds = (dates.ends - dates.begins).seconds();
    add_power(before, after, seconds, period);
    period.money = money(before, after);
    return period;
  }

 private:
  void add_power(const PlanEntry& before, const PlanEntry& after, double seconds, PlanPeriod& period) const {
    const auto use = [&](double kwh_before, double kwh_after, double most_kwh, SitePlan& plan) {
      const Joules joules(most_kwh);
      plan.energy_joule = joules.of(kwh_after) - joules.of(kwh_before);
      plan.average_draw = seconds > 0 ? plan.energy_joule / seconds : 0;
    };
    period.power.power_limit = 0;
    for (const std::size_t i : sites_) {
      SitePlan site;
      site.site = setup_.plant.sites[i].name;
      site.nameplate_power = after.sites[i].nameplate_power;
      site.power_limit = after.sites[i].power_limit;
      use(before.sites[i].energy_kwh, after.sites[i].energy_kwh, entries_.back().sites[i].energy_kwh, site);
      period.power.nameplate_power += site.nameplate_power;
      period.power.power_limit += site.power_limit;
      period.by_site.push_back(std::move(site));
    }
    use(before.state.energy_kwh, after.state.energy_kwh, entries_.back().state.energy_kwh, period.power);
  }

  [[nodiscard]] MoneyPlan money(const PlanEntry& before, const PlanEntry& after) const {
    MoneyPlan money;
    money.capex = after.state.capex - before.state.capex;
    money.correction = after.correction - before.correction;
    money.facility = after.state.facility - before.state.facility;
    money.energy = after.state.energy_cost - before.state.energy_cost;
    money.research = after.state.research - before.state.research;
    money.rent = after.state.rent - before.state.rent;
    money.resale = after.state.resale - before.state.resale;
    money.revenue = after.state.revenue - before.state.revenue;
    money.interest = after.interest - before.interest;
    if (setup_.strategy.budget) money.budget_left = after.budget_left;
    money.book_value = money_within_range(after.book_usd);
    if (const auto opening = money_within_range(before.book_usd); opening && money.book_value)
      money.depreciation = *opening + money.capex - money.resale - *money.book_value;
    return money;
  }

  const fleet::StrategySetup& setup_;
  const std::vector<PlanEntry>& entries_;
  std::vector<std::size_t> types_;  ///< that it ever has, by Market::types
  std::vector<std::size_t> sites_;  ///< that it uses or stands on, by Plant::sites
};

}  // namespace

// The state that events before a boundary left is that of the boundary: what happens there belongs to what begins there. What
// follows a correction begins when it has been made.
void PlanRecorder::before(fleet::World& world, core::Time time) {
  while (setup_.actuals && planned_.size() < setup_.actuals->states.size()) {
    const core::Time date = setup_.actuals->states[planned_.size()].date;
    if (date > time) break;
    planned_.push_back(fleet::plan_entry(world, world.state_at(date)));
  }
  while (entries_.size() < periods_.size() && periods_[entries_.size()].begins <= time) {
    const std::size_t next = entries_.size();
    const core::Time begins = periods_[next].begins;
    if (next > 0 && periods_[next - 1].is_correction && !world.corrections.are_done(begins)) return;
    entries_.push_back(fleet::plan_entry(world, world.state_at(begins)));
    // What sites have cost before the first event is paid in the first period.
    if (begins == setup_.horizon.start) entries_.back().state.facility = Money{};
  }
}

void PlanRecorder::finish(fleet::World& world, const fleet::Outcome& outcome) {
  entries_.push_back(fleet::plan_entry(world, outcome.series.back()));
  while (setup_.actuals && planned_.size() < setup_.actuals->states.size()) planned_.push_back(entries_.back());
}

StrategyPlan PlanRecorder::plan(const fleet::Outcome& outcome) const {
  const PlanMaker maker(setup_, entries_);
  const core::Time start = periods_.front().begins;
  StrategyPlan plan;
  plan.strategy = outcome.strategy;
  plan.has_power = outcome.final.has_power;
  plan.has_actuals = setup_.actuals != nullptr;
  plan.opening = maker.period({"start", start, start}, entries_.front(), entries_.front());
  for (std::size_t i = 0; i < periods_.size(); ++i) {
    plan.periods.push_back(maker.period(periods_[i], entries_[i], entries_[i + 1]));
    plan.periods.back().is_correction = periods_[i].is_correction;
    if (setup_.actuals) add_actual(setup_, planned_, plan.periods.back());
  }
  plan.total = maker.period({"total", start, periods_.back().ends}, entries_.front(), entries_.back());
  return plan;
}

std::vector<core::Time> boundaries(const std::vector<PlanDates>& periods,
                                   const std::vector<fleet::StrategySetup>& setups) {
  std::vector<core::Time> times;
  for (const PlanDates& each : periods) {
    if (each.begins > setups.front().horizon.start) times.push_back(each.begins);
  }
  for (const fleet::StrategySetup& setup : setups) {
    if (!setup.actuals) continue;
    for (const fleet::ActualState& each : setup.actuals->states) times.push_back(each.date);
  }
  return times;
}

}  // namespace fleetrace
