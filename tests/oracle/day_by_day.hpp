#pragma once

#include <cmath>
#include <cstdint>
#include <deque>
#include <vector>

/// A fleet simulated naively, day after day in fixed steps: nothing of the program is used but its rules. All dates are
/// whole days from the start.
namespace fleetrace::test {

struct DayByDay {
  struct Type {
    double peak, nameplate, average, all_in;  ///< FLOP/s, W, W, USD on day 0
  };
  // Rules of the race.
  std::vector<Type> types;
  double decline = 0;  ///< [1/yr]
  int days = 0, every = 1, lead = 0, life = 0;
  std::int64_t purchases = 1;
  std::int64_t budget = 0;  ///< micro-dollars
  std::int64_t power = -1;  ///< IT milliwatt; -1 is unlimited
  std::int64_t yearly_limit = -1;
  bool power_limits_orders = true;
  double alpha = 0;   ///< [nat/yr]
  double useful = 1;  ///< mfu x share x availability
  double availability = 1;

  // State.
  struct Batch {
    std::size_t type;
    std::int64_t count;
    int day;  ///< of delivery, or of retirement once it is in service
  };
  std::vector<Batch> coming, in_service;
  std::deque<Batch> waiting;
  std::int64_t retired = 0, spent = 0, ordered_this_year = 0, power_bound = 0, supply_bound = 0;
  double effective = 0, it_joule = 0;

  static std::int64_t milliwatt(const Type& type) { return std::llround(type.nameplate * 1e3); }
  static std::int64_t count_of(const std::vector<Batch>& batches) {
    std::int64_t sum = 0;
    for (const Batch& batch : batches) sum += batch.count;
    return sum;
  }
  template <class Batches>
  std::int64_t power_of(const Batches& batches, int retiring_after = -1) const {
    std::int64_t sum = 0;
    for (const Batch& batch : batches)
      sum += batch.day > retiring_after ? batch.count * milliwatt(types[batch.type]) : 0;
    return sum;
  }

  void deliver_and_install(int day) {
    std::vector<Batch> still;
    for (const Batch& batch : coming) {
      if (batch.day == day)
        waiting.push_back(batch);
      else
        still.push_back(batch);
    }
    coming = still;
    while (!waiting.empty()) {
      Batch& first = waiting.front();
      std::int64_t fits = first.count;
      if (power >= 0) fits = std::min(fits, (power - power_of(in_service)) / milliwatt(types[first.type]));
      if (fits > 0) in_service.push_back({first.type, fits, life == 0 ? 1'000'000 : day + life});
      first.count -= fits;
      if (first.count > 0) return;
      waiting.pop_front();
    }
  }

  void buy(int day) {
    if (day % every != 0 || day / every >= purchases) return;
    const std::int64_t released = budget * (day / every + 1) / purchases;
    const double factor = std::exp(-decline * day / 365.25);
    std::size_t best = 0;
    for (std::size_t i = 1; i < types.size(); ++i) {
      if (types[i].peak / types[i].all_in > types[best].peak / types[best].all_in) best = i;
    }
    const std::int64_t affordable = (released - spent) / std::llround(types[best].all_in * factor * 1e6);
    std::int64_t count = affordable;
    if (power >= 0 && power_limits_orders) {
      const std::int64_t then = power_of(in_service, day + lead) + power_of(coming) + power_of(waiting);
      count = std::min(count, std::max<std::int64_t>(0, power - then) / milliwatt(types[best]));
    }
    power_bound += count < affordable ? 1 : 0;
    if (yearly_limit >= 0) {
      // A year is 365.25 days: reviews on whole days fall into it by day / 365.25.
      const auto year = static_cast<std::int64_t>(day / 365.25);
      if (year != this_year) ordered_this_year = 0;
      this_year = year;
      supply_bound += yearly_limit - ordered_this_year < count ? 1 : 0;
      count = std::min(count, yearly_limit - ordered_this_year);
    }
    if (count <= 0) return;
    ordered_this_year += count;
    spent += count * std::llround(types[best].all_in * factor * 1e6);
    coming.push_back({best, count, day + lead});
  }

  void step(int day) {
    std::vector<Batch> still;
    for (const Batch& batch : in_service) {
      if (batch.day == day)
        retired += batch.count;
      else
        still.push_back(batch);
    }
    in_service = still;
    deliver_and_install(day);
    buy(day);
    if (lead == 0) deliver_and_install(day);
    const double h = 1 / 365.25;
    const double t = day * h;
    const double multiplier = (std::exp(alpha * t) + 4 * std::exp(alpha * (t + h / 2)) + std::exp(alpha * (t + h))) / 6;
    for (const Batch& batch : in_service) {
      const auto count = static_cast<double>(batch.count);
      effective += count * types[batch.type].peak * useful * multiplier * 86'400;
      it_joule += count * types[batch.type].average * availability * 86'400;
    }
  }

 private:
  std::int64_t this_year = 0;
};

}  // namespace fleetrace::test
