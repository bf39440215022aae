#include "sim/fleet/procurement/procurement.hpp"

#include <algorithm>

namespace fleetrace::fleet {

void Procurement::reset(const StrategySetup& setup, EventScheduler& events) {
  setup_ = &setup;
  const Plant& plant = setup.plant;
  const std::size_t types = plant.market.types.size();
  const bool has_queues = plant.supply.production.is_limited() && !plant.market.trend;
  committed_production_.assign(has_queues ? types : 0, 0);
  const bool learns = std::any_of(plant.market.types.begin(), plant.market.types.end(),
                                  [](const models::AcceleratorType& type) { return type.price.learns_from_own(); });
  own_purchases_.assign(learns ? types : 0, 0);
  taken_.assign(plant.supply.allocations.empty() ? 0 : types * (plant.sites.size() + 1), 0);
  cancelled_ = {};
  ordered_this_year_ = carried_limit_ = year_ = 0;
  order_milliwatt_ = kNoLimit;
  fleet_watts_ = std::numeric_limits<double>::infinity();
  lost_in_burn_in_ = 0;
  released_types_ = 0;
  for (std::size_t i = 0; i < plant.market.on_sale; ++i) {
    if (plant.market.types[i].released <= setup.horizon.start) {
      released_types_ = i + 1;
    } else {
      events.schedule(plant.market.types[i].released, EventKind::release, static_cast<std::uint32_t>(i));
    }
  }
}

std::optional<std::size_t> Procurement::choice(core::Time now, const std::vector<bool>& passed_over) const {
  const models::Market& market = setup_->plant.market;
  const auto is_passed_over = [&](std::size_t type) { return type < passed_over.size() && passed_over[type]; };
  if (setup_->strategy.choice == Choice::named) {
    const std::size_t named = setup_->strategy.named_type;
    return is_on_sale(named, now) && !is_passed_over(named) ? std::optional(named) : std::nullopt;
  }
  const std::int64_t lot = setup_->plant.supply.lot;
  const auto is_to_be_had = [&](std::size_t type) {
    return taken_.empty() || allocation_left(type, now).value_or(lot) >= lot;
  };
  std::optional<std::size_t> best;
  models::Merits most;
  for (std::size_t i = 0; i < released_types_; ++i) {
    if (!is_on_sale(i, now) || is_passed_over(i) || !is_to_be_had(i)) continue;
    const models::AcceleratorType& type = market.types[i];
    const models::Merits merits{type.useful_peak() / type.cost(now, bought(i)),
                                type.useful_peak() / type.nameplate_power, type.released};
    if (!best || models::is_better(setup_->strategy.choice, merits, most)) {
      best = i;
      most = merits;
    }
  }
  return best;
}

bool Procurement::has_allocations(std::size_t type) const {
  const std::vector<Allocation>& all = setup_->plant.supply.allocations;
  return std::any_of(all.begin(), all.end(), [type](const Allocation& each) { return each.type == type; });
}

std::optional<std::int64_t> Procurement::allocation_left(std::size_t type, core::Time now) const {
  if (taken_.empty() || !has_allocations(type)) return std::nullopt;
  std::int64_t count = allocation_left(type, kAnySite, now);
  for (const std::uint32_t site : setup_->strategy.sites) count += allocation_left(type, site, now);
  return count;
}

std::int64_t Procurement::allocation_left(std::size_t type, std::uint32_t site, core::Time now) const {
  std::int64_t count = -taken_[taken_index(type, site)];
  for (const Allocation& each : setup_->plant.supply.allocations) {
    if (each.type == type && each.site == site && each.from <= now) count += each.count;
  }
  return count;
}

std::int64_t Procurement::yearly_limit_left(core::Time now) {
  if (setup_->plant.supply.yearly_limit == kNoLimit) return kNoLimit;
  const std::int64_t year = (now - setup_->horizon.start) / core::kYear;
  for (; year_ < year; ++year_) {
    carried_limit_ = (setup_->plant.supply.yearly_limit + carried_limit_ - ordered_this_year_) %
                     setup_->plant.supply.lot;
    ordered_this_year_ = 0;
  }
  return setup_->plant.supply.yearly_limit + carried_limit_ - ordered_this_year_;
}

bool Procurement::sells_anything(core::Time now) const {
  for (std::size_t i = 0; i < released_types_; ++i) {
    if (is_on_sale(i, now)) return true;
  }
  return false;
}

void Procurement::enter(const Cohort& cohort, std::int64_t count) {
  if ((cohort.ordered - setup_->horizon.start) / core::kYear == year_) ordered_this_year_ += count;
  if (!taken_.empty()) taken_[taken_index(cohort.type, cohort.allotted_to)] += count;
  if (!own_purchases_.empty()) own_purchases_[cohort.type] += count;
  count_ordered_power(count * cohort.nameplate_milliwatt);
}

std::optional<double> Procurement::price_of_compute(core::Time at) const {
  const models::Market& market = setup_->plant.market;
  if (market.trend) return 1 / market.trend->price_performance_at(at);
  std::optional<double> least;
  for (std::size_t i = 0; i < released_types_; ++i) {
    if (!is_on_sale(i, at)) continue;
    const double price = market.types[i].cost(at, bought(i)) / market.types[i].useful_peak();
    if (!least || price < *least) least = price;
  }
  return least;
}

double Procurement::worth_new(const Cohort& cohort, const std::optional<double>& price, core::Time at,
                              const models::ProgressLaw& progress) const {
  double worth = 0;
  if (price) {
    worth = *price * cohort.useful_peak();
  } else if (!cohort.is_capacity()) {
    worth = setup_->plant.market.types[cohort.type].cost(at, bought(cohort.type));
  }
  if (!progress.embodied) return worth;
  // Of the software that new hardware comes with, it has a share.
  const double best = cohort.useful_peak() * setup_->plant.operations.utilisation() *
                      progress.multiplier(setup_->horizon.years_at(at));
  return worth * cohort.work_rate / best;
}

bool Procurement::consistent(core::Time now) const {
  const auto is_negative = [](std::int64_t count) { return count < 0; };
  if (ordered_this_year_ < 0 || std::any_of(taken_.begin(), taken_.end(), is_negative) ||
      std::any_of(own_purchases_.begin(), own_purchases_.end(), is_negative))
    return false;
  if (setup_->plant.supply.yearly_limit != kNoLimit &&
      ordered_this_year_ > setup_->plant.supply.yearly_limit + carried_limit_)
    return false;
  for (std::size_t type = 0; !taken_.empty() && type < released_types_; ++type) {
    if (allocation_left(type, now).value_or(0) < 0) return false;
  }
  return true;
}

}  // namespace fleetrace::fleet
