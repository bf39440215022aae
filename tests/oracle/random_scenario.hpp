#pragma once

#include <cmath>
#include <random>
#include <string>

#include "sim/core/numeric/math.hpp"
#include "tests/oracle/race.hpp"

/// Random valid scenarios as YAML: every model, limits and lags of all kinds, the same text for the same seed everywhere.
namespace fleetrace::test {

/// The left text and then the right one. Every compiler evaluates the operands of `<<` in this order, so that parts that are drawn
/// at random are the same everywhere; those of `+` it may evaluate in any.
inline std::string operator<<(std::string left, const std::string& right) {
  left += right;
  return left;
}

class RandomScenario {
 public:
  /// `reacting` strategies look at the fleet, the market and declared laws; the others follow the calendar.
  /// `trading` ones also resell, hand down, rent, order in lots and count carbon; what else they do stays the same.
  /// `sited` ones have up to three sites whose limits and prices change over time, in the place of one.
  explicit RandomScenario(std::uint64_t seed, bool reacting = false, bool trading = false, bool sited = false)
      : generator_(seed),
        scale_(seed),
        trade_(seed + 1'000'000),
        sites_(seed + 2'000'000),
        earnings_(seed + 3'000'000),
        reacting_(reacting),
        trading_(trading),
        sited_(sited) {}

  std::string yaml() {
    years_ = uniform(0.5, 12);
    if (sited_) count_ = static_cast<int>(places(1, 3.99));
    std::string result = "horizon: {start: 2026-01-01, length: " << text(years_) << " yr";
    if (chance(0.3)) result += ", sample_every: " << text(uniform(0.02, 1.3)) << " yr";
    result += "}\n"
              << hardware() << operations() << supply() << progress() << site() << loss() << initial_fleet()
              << rental();
    const std::string discount = chance(0.3) ? "discount_rate: " << text(uniform(-0.1, 0.3)) : "";
    const std::string finance = discount << earnings(discount.empty());
    if (!finance.empty()) result += "finance: {" << finance << "}\n";
    result += "strategies:\n";
    const int count = static_cast<int>(uniform(1, 4));
    for (int i = 0; i < count; ++i) result += "  s" << std::to_string(i) << ": " << strategy() << "\n";
    return with_throughput(std::move(result));
  }

 private:
  double uniform(double low, double high) {
    return low + (high - low) * static_cast<double>(generator_() >> 11) * 0x1p-53;
  }
  /// The same from numbers of their own.
  double trade(double low, double high) { return low + (high - low) * static_cast<double>(trade_() >> 11) * 0x1p-53; }
  double earns(double low, double high) {
    return low + (high - low) * static_cast<double>(earnings_() >> 11) * 0x1p-53;
  }
  double places(double low, double high) { return low + (high - low) * static_cast<double>(sites_() >> 11) * 0x1p-53; }
  bool has_place(double probability) { return sited_ && places(0, 1) < probability; }
  double large(double low, double high) { return low * core::pow(high / low, places(0, 1)); }
  bool trades(double probability) { return trading_ && trade(0, 1) < probability; }
  double logarithmic(double low, double high) { return low * core::pow(high / low, uniform(0, 1)); }
  bool chance(double probability) { return uniform(0, 1) < probability; }
  std::string pick(std::initializer_list<const char*> of) {
    return *(of.begin() + static_cast<std::ptrdiff_t>(uniform(0, static_cast<double>(of.size()))));
  }
  std::string years(double low, double high) { return text(uniform(low, high)) + " yr"; }

  /// Revenue of every kind, and interest; of trading scenarios.
  std::string earnings(bool is_first) {
    if (!trading_ || earns(0, 1) < 0.3) return "";
    std::string result = is_first ? "revenue: {" : ", revenue: {";
    const bool is_by_compute = trend_ || earns(0, 1) < 0.5;
    result += is_by_compute ? "compute_price: " << text(earns(1e-3, 1e-2)) << " USD/PF-day"
                            : "price: " << text(earns(0.1, 5)) << " USD/h";
    if (earns(0, 1) < 0.5) result += ", decline: " << text(earns(-0.2, 1)) << " /yr";
    if (earns(0, 1) < 0.5) result += ", age_decline: " << text(earns(-0.2, 1)) << " /yr";
    if (earns(0, 1) < 0.5) result += ", sold: " << text(earns(0.1, 1));
    if (earns(0, 1) < 0.3) result += ", on: training";
    result += "}";
    if (earns(0, 1) < 0.5) result += ", interest: " << text(earns(0, 0.1)) << " /yr";
    return result;
  }

  std::string hardware() {
    trend_ = chance(0.35);
    if (trend_) {
      std::string result = "hardware: {model: trend, price_performance_rate: " << text(uniform(-0.2, 1))
                                                                               << " doublings/yr";
      if (chance(0.7)) {
        result += ", power_per_flops: " << text(logarithmic(0.01, 10))
                                        << " W/(TFLOP/s), energy_efficiency_rate: " << text(uniform(-0.2, 1))
                                        << " doublings/yr";
      }
      return result << "}\n";
    }
    const std::string rest = ", precision: bf16, " << price();
    const std::string cadence = "cadence: "
                                << years(0.4, 3)
                                << (chance(0.5) ? ", regularity: " << text(logarithmic(1, 50)) : std::string());
    first_type_ = "B200";
    if (chance(0.3)) return "hardware: {model: generations, first: B200, " << cadence << rest << "}\n";
    const bool goes_on = chance(0.5);
    const std::string list = pick({"[H100]", "[H100, B200, GB300]", "[A100-80, B300, VR200]", "[VR200]"});
    first_type_ = list.substr(1, list.find_first_of(",]") - 1);
    return "hardware: {model: catalog, accelerators: " << list << (goes_on ? ", then: {" << cadence << "}" : "") << rest
                                                       << "}\n";
  }
  std::string price() {
    if (chance(0.6)) return "price_decline: " << text(uniform(-0.1, 0.6)) << " /yr";
    return "price: {model: learning, learning_rate: "
           << text(uniform(0, 0.3)) << ", volume_rate: " << text(uniform(0, 2)) << " doublings/yr"
           << (chance(0.6) ? ", volume: " << text(std::floor(logarithmic(1e5, 1e8))) : std::string()) << "}";
  }
  std::string operations(bool partial = false) {
    std::string result = "operations: {mfu: " << text(uniform(0.1, 1));
    if (chance(0.6)) result += ", lifetime: " << years(0.2, 7);
    if (chance(0.3)) result += ", training_share: " << text(uniform(0.2, 1));
    if (chance(0.4) && !partial) {
      // Capacity has no accelerators that could fail. Large fleets must not fail too often for a test.
      const std::string fidelity = trend_ ? "expected" : pick({"expected", "aggregate", "device"});
      const double often = fidelity == "expected" ? 1 : 1e3;
      result += ", failures: {law: " << pick({"exponential", "exponential", "weibull", "bathtub"})
                                     << ", fidelity: " << fidelity << ", mtbf: " << text(often * logarithmic(1e3, 1e5))
                                     << " h, repair: " << text(uniform(0, 500))
                                     << " h, repair_law: " << pick({"exponential", "lognormal"});
      if (chance(0.5)) result += ", spares: " << text(uniform(0, 0.3));
      result += "}";
    }
    if (chance(0.3) && !partial && !trend_) {
      result += ", job: {checkpoint: " << text(uniform(1, 300))
                                       << " s, interval: " << pick({"optimal", "young", "daly", "1 h"})
                                       << ", interruption_mtbf: " << text(logarithmic(1e7, 1e9))
                                       << " h, fidelity: " << pick({"expected", "aggregate"}) << "}";
    }
    if (!partial && trades(0.7)) {
      result += ", resale: {haircut: " << text(trade(0, 0.9)) << ", decay: " << text(trade(0, 0.5)) << " /yr"
                                       << (trades(0.5) ? ", proceeds: owner" : "")
                                       << (trades(0.3) ? ", salvage: false" : "")
                                       << (trades(0.5) ? ", life: " << text(trade(0.5, 8)) << " yr" : "") << "}";
    }
    if (!partial && trades(0.4))
      result += ", hand_down: {age: " << text(trade(0.1, 3)) << " yr, credit: " << text(trades(0.5) ? 0 : trade(0, 1))
                                      << "}";
    return result << "}\n";
  }
  /// Of numbers of its own, so that it changes nothing else about a scenario. Capacity has no accelerators to count.
  std::string with_throughput(std::string yaml) {
    static constexpr std::string_view kSection = "operations: {";
    static constexpr std::string_view kModels[] = {
        "{model: power_law, exponent: 0.2, at: 10, at_most: 1}",
        "{model: communication, model_parallel: 8, bandwidth: 5 GB/s}",
        "{model: constant, critical_batch: {tokens: 1e5}, largest_run: {accelerators: 500}}"};
    const std::size_t which = scale_() % 8;
    if (which > 2 || yaml.find("capacity:") != std::string::npos || yaml.find("model: trend") != std::string::npos)
      return yaml;
    yaml.insert(yaml.find(kSection) + kSection.size(), "throughput: " << std::string(kModels[which]) << ", ");
    return yaml;
  }
  std::string supply() {
    std::string result = plain_supply();
    if (trend_ || !has_place(0.4)) return result;
    std::string rows;
    for (int i = 0; i < 3; ++i) {
      const std::string site = random_site();
      rows += (i == 0 ? "" : ", ") << std::string("{accelerator: ") << first_type_
                                   << ", count: " << text(std::floor(large(1, 1e5))) << ", from: " << text(places(0, 1))
                                   << " yr" << (has_place(0.7) ? ", site: " << site : "") << "}";
    }
    if (result.empty()) return "supply: {allocations: [" << rows << "]}\n";
    result.erase(result.size() - 2);
    return result << ", allocations: [" << rows << "]}\n";
  }
  std::string plain_supply() {
    if (chance(0.4)) return trades(0.5) ? "supply: {" << lots() << "}\n" : "";
    const double lead = uniform(0, 1.5);
    std::string result = "supply: {lead_time: " << text(lead) << " yr";
    if (chance(0.5)) result += ", transit: " << text(lead * uniform(0, 0.99)) << " yr";
    if (lead > 0 && chance(0.4)) result += ", lead_time_variation: " << text(uniform(0, 2));
    if (!trend_ && chance(0.5)) {
      result += ", production: {rate: " << text(logarithmic(1, 1e7)) << " /yr, ramp: " << years(0, 2)
                                        << ", shipped_every: " << text(uniform(1, 60)) << " days}";
    }
    if (!trend_ && chance(0.4)) result += ", yearly_limit: " << text(std::floor(logarithmic(1, 1e5))) << " /yr";
    return result << (trades(0.5) ? ", " << lots() : "") << "}\n";
  }
  std::string lots() {
    return "order_cost: " << text(trade(0, 1e4)) << " USD"
                          << (trend_ ? "" : ", lot: " << text(std::floor(trade(1, 9))));
  }
  std::string rental() {
    if (!trading_) return "";
    std::string result = "rental: {term: " << text(trade(0.05, 3)) << " yr, ";
    result += trades(0.5) ? "price: 2.4 USD/h, accelerator: H100" : "rate: " << text(trade(0.1, 1.5)) << " /yr";
    return result << "}\n";
  }
  std::string progress() {
    if (chance(0.25)) return "";
    return "progress: {model: exponential, rate: "
           << text(uniform(-0.7, 3)) << " doublings/yr, embodied: " << pick({"true", "false", "false"})
           << (chance(0.3) ? ", cost: " << text(logarithmic(1, 1e7)) << " USD/yr" : "") << "}\n";
  }
  std::string site() {
    if (sited_) return several_sites();
    if (chance(0.25)) return "";
    return "sites: {main: {power: " << (chance(0.8) ? text(logarithmic(1e3, 1e9)) << " W" : std::string("unlimited"))
                                    << ", pue: " << text(uniform(1, 1.6)) << ", electricity: " << text(uniform(0, 0.3))
                                    << " USD/kWh" << (trades(0.5) ? ", carbon: 0.2 kg/kWh, water: 1.1 L/kWh" : "")
                                    << "}}\n";
  }
  std::string several_sites() {
    std::string result = "sites:\n";
    for (int i = 0; i < count_; ++i) result += "  " << site_name(i) << ": {" << one_site() << "}\n";
    return result;
  }
  std::string random_site() { return site_name(static_cast<int>(places(0, count_ - 0.01))); }
  static std::string site_name(int i) { return {static_cast<char>('a' + i)}; }
  std::string one_site() {
    std::string result = "pue: " << text(places(1, 1.6)) << ", electricity: " << text(places(0, 0.3)) << " USD/kWh";
    if (has_place(0.3)) result += ", cooling: " << text(large(1e3, 1e9)) << " W";
    if (has_place(0.2)) result += ", redundancy: " << text(places(1, 2));
    if (has_place(0.4)) result += ", racks: " << text(std::floor(large(1, 1e4)));
    result += ", accelerators_per_rack: " << text(std::floor(places(1, 80)));
    if (has_place(0.4)) {
      const double from = places(0, 0.5) * years_;
      result += ", tariffs: [{from: " << text(from) << " yr, electricity: " << text(places(0, 0.3))
                                      << " USD/kWh}, {from: " << text(from + places(0.01, 0.4) * years_)
                                      << " yr, electricity: 0 USD/kWh}]";
    }
    const double power = large(1e3, 1e9);
    const bool has_grid = has_place(0.5);
    const bool has_project = has_place(0.4);
    if (has_grid) {
      const double from = places(0, 0.3) * years_;
      result += ", grid: [{from: " << text(from) << " yr, power: " << text(power)
                                   << " W}, {from: " << text(from + places(0.01, 0.5) * years_)
                                   << " yr, power: " << text(power * places(1, 3)) << " W}]";
      if (has_place(0.4)) result += ", grid_delay: " << text(places(0, 2)) << " yr";
    } else if (!has_project || has_place(0.5)) {
      result += ", power: " << text(power) << " W";
    }
    if (has_project) {
      result += ", projects: {hall: {power: " << text(power * places(0.1, 2)) << " W, racks: "
                                              << (result.find(" racks") == std::string::npos ? "0" : "20")
                                              << ", announced: " << text(years_ / 3)
                                              << " yr, tasks: {c: {duration: " << text(places(0, 300))
                                              << " days, after: [a, b]}, a: {duration: " << text(places(0, 900))
                                              << " days}, b: {duration: " << text(places(0, 900)) << " days}}}}";
    }
    if (has_place(0.3)) result += ", fixed_overhead: " << text(places(0, 1));
    if (has_place(0.3)) result += ", facility_cost: " << text(places(0, 20)) << " USD/W";
    return result;
  }
  std::string loss() {
    std::string result = "loss: {kappa: " << text(uniform(0.02, 0.3))
                                          << ", reference: " << text(logarithmic(1e18, 1e28)) << " FLOP";
    if (chance(0.4)) {
      result += ", compute: {model: best_run, length: " << text(years_ * uniform(0.02, 1))
                                                        << " yr, share: " << text(uniform(0.2, 1)) << "}";
    }
    return result << ", targets: [0.9, 0.8, 0.5]}\n";
  }
  std::string initial_fleet() {
    std::string result = "initial_fleet:\n";
    if (chance(0.4))
      result += "  - {accelerator: A100-80, count: " << text(std::floor(logarithmic(1, 1e5)))
                                                     << ", installed: 2022-03-01}\n";
    if (chance(0.4))
      result += "  - {accelerator: H100, count: " << text(std::floor(logarithmic(1, 1e5))) << ", installed: 2024-08-15"
                                                  << (has_place(0.4) ? ", site: a" : "") << "}\n";
    if (chance(0.3))
      result += "  - {capacity: " << text(logarithmic(1e14, 1e20)) << " FLOP/s, installed: 2025-06-01}\n";
    return result == "initial_fleet:\n" ? "" : result;
  }
  std::string reacting() {
    const std::string kind = pick({"constant_power", "refresh", "refresh", "capacity_triggered", "leapfrog",
                                   "lookahead", "constant_budget", "exponential_growth"});
    const std::string power = ", power: " << text(logarithmic(1e3, 1e9)) << " W";
    std::string result = kind;
    if (kind == "constant_power") result += power;
    if (kind == "refresh") {
      result += power << ", slots: " << text(std::floor(uniform(1, 9)));
      result += chance(0.3) ? ", timing: optimal" : ", age: " << years(0.3, 6);
    } else {
      result += ", every: " << text(years_ / uniform(1, 40)) << " yr";
    }
    if (kind == "capacity_triggered") {
      result += ", load: " << text(logarithmic(1e14, 1e20)) << " FLOP/s, growth: " << text(uniform(-0.5, 2))
                           << " /yr, theta: " << text(uniform(0.6, 1)) << ", up_to: " << text(uniform(1.8, 4));
    }
    if (kind == "leapfrog" && chance(0.4)) result += ", discount_rate: " << text(uniform(0.01, 1)) << " /yr";
    if (kind == "constant_budget") result += ", per_year: " << text(logarithmic(1, 1e10)) << " USD/yr";
    if (kind == "exponential_growth")
      result += ", first: " << text(logarithmic(1, 1e8)) << " USD/yr, growth: " << text(uniform(-0.5, 1)) << " /yr";
    return result;
  }
  /// Some for a site, more than fits there.
  std::string dated_orders() {
    std::string result = "{buy: orders, power_limits: " << std::string(has_place(0.5) ? "orders" : "installation")
                                                        << ", orders: [";
    for (int i = 0; i < 4; ++i) {
      const std::string at = text(places(0, 0.99) * years_);
      result += (i == 0 ? "" : ", ") << ("{at: " << at) << " yr, accelerator: " << first_type_
                                     << ", count: " << text(std::floor(large(1, 1e4)))
                                     << (has_place(0.7) ? ", site: " << random_site() : "") << "}";
    }
    return result << "]}";
  }
  std::string strategy() {
    if (!trend_ && has_place(0.2)) return dated_orders();
    const std::string kind = reacting_ ? reacting()
                                       : pick({"front_loaded", "incremental", "incremental", "incremental", "once",
                                               "schedule", "none"});
    std::string result = "{buy: " << kind;
    if (kind == "once") result += ", at: " << text(years_ * uniform(0, 0.99)) << " yr";
    if (kind == "incremental") {
      result += ", every: " << text(years_ / std::floor(uniform(1, 40)) * 0.999) << " yr";
      if (chance(0.3)) result += ", growth: " << text(uniform(-1, 2)) << " /yr";
    }
    if (kind == "schedule") {
      result += ", purchases: [{at: " << text(years_ * uniform(0, 0.99))
                                      << " yr, amount: " << text(logarithmic(1, 1e10))
                                      << " USD}, {at: 2026-01-01, amount: " << text(logarithmic(1, 1e10)) << " USD}]";
    } else {
      result += ", budget: " << text(std::round(logarithmic(1, 1e11) * 1e6) / 1e6) << " USD";
    }
    result += ", budget_covers: " << pick({"hardware", "all"})
                                  << ", power_limits: " << pick({"orders", "orders", "installation"});
    if (!trend_) result += ", choose: " << pick({"flop_per_usd", "flop_per_watt", "newest"});
    if (has_place(0.5)) result += ", sites: [" << random_site() << "]";
    if (trades(0.6)) result += ", rented: " << text(trades(0.3) ? 1 : trade(0, 1));
    if (chance(0.2)) {
      std::string changed = operations(true);
      changed.pop_back();
      result += ", with: {" << changed << "}";
    }
    return result << "}";
  }

  std::mt19937_64 generator_;
  std::mt19937_64 scale_;
  std::mt19937_64 trade_;
  std::mt19937_64 sites_;
  std::mt19937_64 earnings_;
  double years_ = 1;
  bool reacting_ = false;
  bool trading_ = false;
  bool sited_ = false;
  int count_ = 0;
  bool trend_ = false;
  std::string first_type_;
};

/// Cases of random scenario `seed`; none where the draw makes no sense (a budget below its research, say).
inline std::vector<fleet::StrategySetup> random_cases(std::uint64_t seed, bool reacting = false, bool trading = false,
                                                      bool sited = false) {
  try {
    return cases_of(RandomScenario(seed, reacting, trading, sited).yaml());
  } catch (const core::InputError&) {
    return {};
  }
}

}  // namespace fleetrace::test
