#pragma once

#include "tests/oracle/day_by_day_rules.hpp"

/// A fleet simulated naively, day after day in fixed steps: nothing of the program is used but its rules.
namespace fleetrace::test {

struct DayByDay : DayByDayRules {
  // State.
  struct Batch {
    std::size_t type;
    std::int64_t count;
    int day;        ///< of delivery, or of retirement once it is in service
    int site = -1;  ///< the only site that it may stand on; where it stands
    bool initial = false;
  };
  std::vector<Batch> coming, waiting, in_service;
  std::int64_t retired = 0, spent = 0, power_bound = 0, supply_bound = 0;
  double effective = 0, kwh = 0, energy_usd = 0, peak_watts = 0;

  static std::int64_t count_of(const std::vector<Batch>& batches) {
    std::int64_t sum = 0;
    for (const Batch& batch : batches) sum += batch.count;
    return sum;
  }
  [[nodiscard]] double installed_peak() const {
    double sum = 0;
    for (const Batch& batch : in_service) sum += static_cast<double>(batch.count) * types[batch.type].peak;
    return sum;
  }
  /// IT power that is free on a site, and how many of a type it has room for.
  [[nodiscard]] std::int64_t free_power(std::size_t site, int now, int then) const {
    if (!sites[site].has_power_limit) return INT64_MAX / 4;
    std::int64_t free = limit(sites[site], now, then);
    for (const Batch& batch : in_service) {
      if (batch.site == static_cast<int>(site)) free -= batch.count * milliwatt(types[batch.type]);
    }
    return std::max<std::int64_t>(0, free);
  }
  [[nodiscard]] std::int64_t room(std::size_t site, std::size_t type, int now, int then) const {
    const std::int64_t fits = free_power(site, now, then) / milliwatt(types[type]);
    if (sites[site].places == kUnlimited || trend > 0) return fits;
    std::int64_t places = sites[site].places;
    for (const Batch& batch : in_service) places -= batch.site == static_cast<int>(site) ? batch.count : 0;
    return std::max<std::int64_t>(0, std::min(fits, places));
  }

  void retire(int day) {
    for (const Batch& batch : in_service) retired += batch.day == day ? batch.count : 0;
    std::erase_if(in_service, [day](const Batch& batch) { return batch.day == day; });
  }
  void deliver(int day) {
    for (const Batch& batch : coming) {
      if (batch.day == day) waiting.push_back(batch);
    }
    std::erase_if(coming, [day](const Batch& batch) { return batch.day == day; });
  }
  /// Who came first is asked first, and takes the first of its sites with room. Who finds none holds up nobody.
  void install(int day, int now) {
    for (Batch& batch : waiting) {
      std::vector<std::size_t> where = own_sites;
      if (batch.initial) {
        where.clear();
        for (std::size_t i = 0; i < sites.size(); ++i) where.push_back(i);
      }
      if (batch.site >= 0) where = {static_cast<std::size_t>(batch.site)};
      for (const std::size_t site : where) {
        const std::int64_t fits = std::min(batch.count, room(site, batch.type, now, day));
        if (fits == 0) continue;
        const int born = batch.initial && day == 0 ? batch.day : day;
        in_service.push_back({batch.type, fits, life == kNever ? kNever : born + life, static_cast<int>(site)});
        batch.count -= fits;
      }
    }
    std::erase_if(waiting, [](const Batch& batch) { return batch.count == 0; });
  }

  /// What orders of a day find when they arrive: the same fleet has gone on without purchases until then.
  [[nodiscard]] DayByDay on_arrival(int day) const {
    DayByDay then = *this;
    for (int each = day; each <= day + lead; ++each) {
      const auto due = [each](const Batch& batch) { return batch.day == each; };
      bool changes = each == day || std::any_of(then.coming.begin(), then.coming.end(), due) ||
                     std::any_of(then.in_service.begin(), then.in_service.end(), due);
      for (const Site& site : sites) {
        for (const Phase& phase : site.phases) changes = changes || phase.announced == each;
      }
      if (!changes) continue;
      then.retire(each);
      then.deliver(each);
      then.install(each, day);
    }
    return then;
  }

  void buy(int day) {
    if (day % every != 0 || day / every >= purchases) return;
    const std::int64_t cash = budget * (day / every + 1) / purchases - spent;
    trend > 0 ? buy_capacity(day, cash) : buy_accelerators(day, cash);
  }
  /// One block, which one of the sites must take whole.
  void buy_capacity(int day, std::int64_t cash) {
    double capacity = static_cast<double>(cash) / 1e6 * capacity_per_usd(day);
    std::int64_t cost = cash;
    std::int64_t free = INT64_MAX / 4;
    if (power_limits_orders) {
      const DayByDay then = on_arrival(day);
      free = 0;
      for (const std::size_t site : own_sites) free = std::max(free, then.free_power(site, day, day + lead));
      const double most = static_cast<double>(free) / 1e3 / watts_per_flops(day);
      if (most < capacity) {
        ++power_bound;
        capacity = most;
        cost = std::min(cash, static_cast<std::int64_t>(std::llround(capacity / capacity_per_usd(day) * 1e6)));
      }
    }
    if (cost <= 0) return;
    spent += cost;
    const double watts = capacity * watts_per_flops(day);
    const auto drawn = static_cast<std::int64_t>(std::ceil(watts * 1e3));
    types.push_back({capacity, static_cast<double>(std::min(free, drawn)) / 1e3, watts, 0, 0, 0});
    coming.push_back({types.size() - 1, 1, day + lead});
  }
  void buy_accelerators(int day, std::int64_t cash) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < on_sale && types[i].released <= day; ++i) {
      if (is_better(i, best, day)) best = i;
    }
    const std::int64_t each = std::llround(price(types[best], day) * 1e6);
    const std::int64_t affordable = cash / each;
    std::int64_t count = affordable;
    if (power_limits_orders) {
      const DayByDay then = on_arrival(day);
      std::int64_t fits = 0;
      for (const std::size_t site : own_sites) fits += then.room(site, best, day, day + lead);
      count = std::min(count, fits);
    }
    power_bound += count < affordable ? 1 : 0;
    if (yearly_limit >= 0) {
      const auto year = static_cast<std::int64_t>(day / 365.25);  // of 365.25 days
      if (year != this_year) ordered_this_year = 0;
      this_year = year;
      supply_bound += yearly_limit - ordered_this_year < count ? 1 : 0;
      count = std::min(count, yearly_limit - ordered_this_year);
    }
    if (count <= 0) return;
    ordered_this_year += count;
    spent += count * each;
    coming.push_back({best, count, day + lead});
  }

  [[nodiscard]] double fixed_watts(std::size_t site, int day) const {
    if (std::find(own_sites.begin(), own_sites.end(), site) == own_sites.end() || sites[site].fixed == 0) return 0;
    return (sites[site].pue - 1) * sites[site].fixed * static_cast<double>(limit(sites[site], day, day)) / 1e3;
  }
  void see_peak(int day) {
    double watts = 0;
    for (std::size_t i = 0; i < sites.size(); ++i) watts += fixed_watts(i, day);
    for (const Batch& batch : in_service) {
      watts += static_cast<double>(batch.count * milliwatt(types[batch.type])) / 1e3 *
               marginal(sites[static_cast<std::size_t>(batch.site)]);
    }
    peak_watts = std::max(peak_watts, watts);
  }

  void step(int day) {
    retire(day);
    deliver(day);
    install(day, day);
    see_peak(day);
    buy(day);
    if (lead == 0) {
      deliver(day);
      install(day, day);
      see_peak(day);
    }
    const double multiplier = (progress(day, 0) + 4 * progress(day, 0.5) + progress(day, 1)) / 6;
    work.push_back(work.back());
    for (std::size_t i = 0; i < sites.size(); ++i) {
      const double used = fixed_watts(i, day) * 24 / 1e3;
      kwh += used;
      energy_usd += used * sites[i].price;
    }
    for (const Batch& batch : in_service) {
      const auto count = static_cast<double>(batch.count);
      const Site& site = sites[static_cast<std::size_t>(batch.site)];
      const double useful_flop = count * types[batch.type].peak * useful * 86'400;
      work.back() += useful_flop;
      effective += useful_flop * multiplier;
      const double used = count * types[batch.type].average * availability * 24 / 1e3 * marginal(site);
      kwh += used;
      energy_usd += used * site.price;
    }
  }

 private:
  std::int64_t this_year = 0, ordered_this_year = 0;
};

}  // namespace fleetrace::test
