#pragma once

#include "tests/oracle/finite_sums.hpp"
#include "tests/oracle/race.hpp"

/// The four ways to spend a budget on trend hardware, as a scenario and as finite sums.
namespace fleetrace::test {

struct TrendRace {
  double horizon = 8;         ///< [yr]
  double price_rate = 0.5;    ///< [doublings/yr]
  double algorithm_rate = 0;  ///< [doublings/yr]
  bool embodied = false;
  double life = 0;      ///< [yr]; 0 is unlimited
  double lead = 0;      ///< [yr]
  double every = 0.25;  ///< [yr]
  double once = 5;      ///< [yr]
  std::string compute = "{model: cumulative}";
  static constexpr double kBudget = 2.4e9;
  static constexpr double kPricePerformance = 3e10;
  static constexpr double kMfu = 0.4;
  static constexpr double kShare = 0.75;
  static constexpr double kReference = 1.8e26;

  [[nodiscard]] std::string yaml() const {
    const std::string budget = "budget: " + text(kBudget) + " USD";
    return "horizon: {start: 2026-01-01, length: " + text(horizon) + " yr}\n" +
           "hardware: {model: trend, price_performance: 3e10 FLOP/s/USD, price_performance_rate: " + text(price_rate) +
           " doublings/yr}\nprogress: {model: exponential, rate: " + text(algorithm_rate) +
           " doublings/yr, embodied: " + (embodied ? "true" : "false") + "}\nsupply: {lead_time: " + text(lead) +
           " yr}\noperations: {mfu: 0.4, training_share: 0.75, lifetime: " +
           (life == 0 ? std::string("unlimited") : text(life) + " yr") +
           "}\nloss: {model: relative, kappa: 0.05, reference: 1.8e26 FLOP, compute: " + compute + "}\nstrategies:\n" +
           "  hare: {buy: front_loaded, " + budget + "}\n  turtle: {buy: incremental, " + budget +
           ", every: " + text(every) + " yr}\n  heron: {buy: once, " + budget + ", at: " + text(once) + " yr}\n" +
           "  diary: {buy: schedule, purchases: [{at: 0.5 yr, amount: 1e9 USD}, {at: 3 yr, amount: 1.2e9 USD}, " +
           "{at: 3.75 yr, amount: 0.2e9 USD}]}\n";
  }

  [[nodiscard]] FiniteSum sum(const std::string& strategy) const {
    FiniteSum result;
    const long double ln2 = 0.693147180559945309417232121458L;
    if (!embodied) result.alpha = algorithm_rate * ln2;
    const auto buy = [&](long double at, long double usd) {
      const long double capacity = usd * kPricePerformance * std::exp2(price_rate * at) * kMfu * kShare;
      const long double arrival = at + lead;
      const long double until = life == 0 ? std::numeric_limits<long double>::infinity() : arrival + life;
      result.vintages.push_back({arrival, until, capacity, embodied ? std::exp2(algorithm_rate * at) : 1.0L});
    };
    if (strategy == "hare") buy(0, kBudget);
    if (strategy == "heron") buy(once, kBudget);
    if (strategy == "diary") {
      buy(0.5L, 1e9L);
      buy(3, 1.2e9L);
      buy(3.75L, 0.2e9L);
    }
    if (strategy == "turtle") {
      const int n = static_cast<int>(horizon / every + 1e-9);
      for (int k = 0; k < n; ++k) buy(static_cast<long double>(k) * every, static_cast<long double>(kBudget) / n);
    }
    return result;
  }
};

inline constexpr const char* kBuyers[] = {"hare", "turtle", "heron", "diary"};

inline long double years_from_start(const Race& run, core::Time t) {
  return static_cast<long double>((t - run.cases[0].horizon.start).milliseconds()) / 31'557'600'000.0L;
}

}  // namespace fleetrace::test
