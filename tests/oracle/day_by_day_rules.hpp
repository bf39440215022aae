#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

/// The rules of the naive simulation of day_by_day.hpp. All dates are whole days from the start.
namespace fleetrace::test {

/// What a race is given, and what follows from a date alone.
struct DayByDayRules {
  static constexpr int kNever = 1'000'000;
  static constexpr std::int64_t kUnlimited = -1;

  struct Type {
    double peak, nameplate, average, all_in;  ///< FLOP/s, W, W, USD on the day of its price
    int priced = 0, released = 0;
  };
  struct Phase {
    int announced, opens;
    std::int64_t milliwatt;  ///< of IT power that it adds
  };
  struct Site {
    std::vector<Phase> phases;  ///< what is there at the start is one, too
    std::int64_t places = kUnlimited;
    double pue = 1, fixed = 0, price = 0;  ///< 1, share of the overhead that is always drawn, USD/kWh
    bool has_power_limit = true;
  };
  enum class Rule { usd, watt, newest };

  // Rules of the race.
  std::vector<Type> types;  ///< by release; the first `on_sale` can be bought
  std::size_t on_sale = 0;
  /// FLOP/s per USD at the start and its growth, W per FLOP/s and the growth of efficiency [doublings/yr]; 0 where accelerators
  /// are sold. Capacity is a type of which there is one.
  double trend = 0, trend_rate = 0, trend_watts = 0, trend_efficiency = 0;
  std::vector<Site> sites;
  std::vector<std::size_t> own_sites;  ///< of the strategy, in its order
  Rule rule = Rule::usd;
  double decline = 0;  ///< [1/yr]
  int days = 0, every = 1, lead = 0, life = kNever;
  std::int64_t purchases = 1;
  std::int64_t budget = 0;  ///< micro-dollars
  std::int64_t yearly_limit = kUnlimited;
  bool power_limits_orders = true;
  double alpha = 0;                           ///< [nat/yr]
  std::vector<std::pair<int, double>> jumps;  ///< of progress: day and factor
  double useful = 1;                          ///< mfu x availability
  double availability = 1;
  int run_days = 0;  ///< length of a run
  double inherits = 0;

  /// Nameplate power is counted in whole milliwatts.
  static std::int64_t milliwatt(const Type& type) { return std::llround(type.nameplate * 1e3); }
  /// IT power that a site has at `then`, as it is known `now`.
  [[nodiscard]] std::int64_t limit(const Site& site, int now, int then) const {
    std::int64_t sum = 0;
    for (const Phase& phase : site.phases) {
      if (phase.opens <= now || (phase.announced > now && phase.announced <= then)) sum += phase.milliwatt;
    }
    return sum;
  }
  [[nodiscard]] double capacity_per_usd(int day) const { return trend * std::exp2(trend_rate * day / 365.25); }
  [[nodiscard]] double watts_per_flops(int day) const {
    return trend_watts * std::exp2(-trend_efficiency * day / 365.25);
  }
  [[nodiscard]] double price(const Type& type, int day) const {
    return type.all_in * std::exp(-decline * (day - type.priced) / 365.25);
  }
  /// The better of two types by the rule and its tie-breaks: equal is what differs by less than one part in 1e9.
  [[nodiscard]] bool is_better(std::size_t a, std::size_t b, int day) const {
    const auto compare = [](double x, double y) { return std::fabs(x - y) <= 1e-9 * x ? 0 : x > y ? 1 : -1; };
    const int usd = compare(types[a].peak / price(types[a], day), types[b].peak / price(types[b], day));
    const int watt = compare(types[a].peak / types[a].nameplate, types[b].peak / types[b].nameplate);
    const int age = types[a].released - types[b].released;
    if (rule == Rule::usd) return usd != 0 ? usd > 0 : watt != 0 ? watt > 0 : age > 0;
    if (rule == Rule::watt) return watt != 0 ? watt > 0 : usd != 0 ? usd > 0 : age > 0;
    return age != 0 ? age > 0 : usd != 0 ? usd > 0 : watt > 0;
  }
  [[nodiscard]] double progress(int day, double share) const {
    double factor = std::exp(alpha * (day + share) / 365.25);
    for (const auto& [at, gain] : jumps) factor *= at <= day ? gain : 1;
    return factor;
  }
  [[nodiscard]] double marginal(const Site& site) const { return 1 + (site.pue - 1) * (1 - site.fixed); }

  std::vector<double> work{0};  ///< useful FLOP by the beginning of each day
  /// The run that ends at the end of a day `end` (or just before the first instant after it, where `before`), with what it
  /// inherits: algorithms are those of the instant at which each began.
  [[nodiscard]] double run_ending(int end, bool before) const {
    double sum = 0;
    double share = 1;
    for (int began = end - run_days; began >= 0; began -= run_days, share *= inherits) {
      double factor = 1;
      for (const auto& [at, gain] : jumps) factor *= at < began || (at == began && !before) ? gain : 1;
      const auto day = static_cast<std::size_t>(began);
      sum += share * (work[day + static_cast<std::size_t>(run_days)] - work[day]) * factor;
    }
    return sum;
  }
  /// Where progress comes in jumps alone, runs are linear within a day: the best one ends with one.
  [[nodiscard]] double best_run() const {
    double best = 0;
    for (int end = run_days; end <= days; ++end) best = std::max({best, run_ending(end, true), run_ending(end, false)});
    return best;
  }
};

}  // namespace fleetrace::test
