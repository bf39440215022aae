#pragma once

#include "tests/oracle/day_by_day.hpp"
#include "tests/oracle/day_draws.hpp"

/// Random races on whole days: the rules for the naive simulation, and the same as a scenario.
namespace fleetrace::test {

class DayRace : DayDraws {
 public:
  explicit DayRace(std::uint64_t seed) : DayDraws(seed) {
    naive.days = whole(300, 1500);
    naive.every = chance(0.3) ? whole(1, 30) : whole(10, 200);
    naive.lead = chance(0.3) ? 0 : whole(1, 300);
    naive.life = chance(0.2) ? DayByDay::kNever : chance(0.2) ? whole(50, 300) : whole(300, 1500);
    naive.purchases = naive.days / naive.every;
    naive.budget = static_cast<std::int64_t>(uniform(1e6, 5e8)) * 1'000'000;
    naive.yearly_limit = chance(0.7) ? DayByDay::kUnlimited : whole(1, 3000);
    naive.power_limits_orders = chance(0.6);
    // Runs are linear within a day where progress comes in jumps alone.
    const bool in_runs = chance(0.3);
    const double rate = in_runs ? 0 : uniform(-0.3, 2);
    naive.alpha = rate * kLn2;
    yaml = "horizon: {start: 2026-01-01, length: " + days(naive.days) + ", sample_every: 30 days}\n";
    // One after the other, since what is drawn later depends on what was drawn before.
    yaml += hardware();
    yaml += progress(rate, in_runs);
    yaml += operations();
    yaml += supply();
    yaml += several_sites();
    yaml += loss(in_runs);
    yaml += initial_fleet();
    yaml += strategy();
  }

  DayByDay naive;
  std::string yaml;

 private:
  /// H100 of 33 600 USD on 2023-07-01 and B200 of 37 000 USD on 2024-11-15, 915 and 412 days before the start; or generations
  /// after B200, that may be equal by the dollar, by the watt or by both.
  std::string hardware() {
    if (chance(0.3)) return trend();
    constexpr double kAllIn = 1.64 / 0.81;
    naive.decline = chance(0.2) ? 0 : uniform(0, 0.5);
    const DayByDay::Type h100{989.4e12, 1275, 956.25, 33'600 * kAllIn, -915, -1199};
    const DayByDay::Type b200{2250e12, 1800, 1350, 37'000 * kAllIn, -412, -412};
    const char* rules[] = {"flop_per_usd", "flop_per_watt", "newest"};
    const int rule = whole(0, 2);
    choose_ = rules[rule];
    naive.rule = static_cast<DayByDay::Rule>(rule);
    const std::string decline = ", price_decline: " + text(naive.decline) + " /yr}\n";
    if (chance(0.5)) {
      naive.types = {h100, b200};
      naive.on_sale = 2;
      return "hardware: {model: catalog, accelerators: [H100, B200]" + decline;
    }
    const int cadence = whole(120, 700);
    const double better = chance(0.3) ? 0 : uniform(0, 1);
    const double greener = chance(0.5) ? 0 : uniform(0, 1);
    const double jump = std::exp2(better * cadence / 365.25);
    const double power = jump / std::exp2(greener * cadence / 365.25);
    naive.types = {b200};
    while (naive.types.back().released + cadence < naive.days) {
      DayByDay::Type next = naive.types.back();
      next.priced += cadence;
      next.released += cadence;
      next.peak *= jump;
      next.nameplate *= power;
      next.average *= power;
      naive.types.push_back(next);
    }
    naive.on_sale = naive.types.size();
    naive.types.push_back(h100);
    return "hardware: {model: generations, first: B200, cadence: " + days(cadence) +
           ", price_performance_rate: " + text(better) + " doublings/yr, energy_efficiency_rate: " + text(greener) +
           " doublings/yr" + decline;
  }
  /// Capacity by the dollar, of which a purchase is one block.
  std::string trend() {
    naive.trend = 1e10;
    naive.trend_rate = uniform(0, 1);
    naive.trend_watts = 1e-12;
    naive.trend_efficiency = uniform(0, 1);
    naive.budget *= 5;  // draws about as much power
    return "hardware: {model: trend, price_performance: 1e10 FLOP/s/USD, price_performance_rate: " +
           text(naive.trend_rate) +
           " doublings/yr, power_per_flops: 1 W/(TFLOP/s), energy_efficiency_rate: " + text(naive.trend_efficiency) +
           " doublings/yr}\n";
  }
  std::string progress(double rate, bool in_runs) {
    std::string result = "progress: {model: exponential, rate: " + text(rate) + " doublings/yr";
    const int jumps = in_runs ? whole(0, 3) : whole(0, 1);
    // Some at the very instant at which the last run, or one that it inherits from, begins.
    naive.run_days = in_runs ? whole(20, naive.days / 2) : 0;
    for (int i = 0; i < jumps; ++i) {
      const int runs_before = whole(1, 2);
      const int at = in_runs && chance(0.6) ? naive.days - runs_before * naive.run_days : whole(1, naive.days - 1);
      if (at > 0) naive.jumps.emplace_back(at, uniform(1, 3));
    }
    for (std::size_t i = 0; i < naive.jumps.size(); ++i) {
      result += (i == 0 ? ", adoptions: [" : ", ") + ("{at: " + days(naive.jumps[i].first)) +
                ", gain: " + text(naive.jumps[i].second) + "}";
    }
    return result + (naive.jumps.empty() ? "}\n" : "]}\n");
  }
  std::string operations() {
    const double mfu = uniform(0.2, 0.6);
    const double repair = uniform(0, 2000);
    naive.availability = 10'000 / (10'000 + repair);
    naive.useful = mfu * naive.availability;
    return "operations: {mfu: " + text(mfu) + ", failures: {law: exponential, mtbf: 10000 h, repair: " + text(repair) +
           " h}, lifetime: " + (naive.life == DayByDay::kNever ? std::string("unlimited") : days(naive.life)) + "}\n";
  }
  std::string supply() const {
    return "supply: {lead_time: " + days(naive.lead) +
           (naive.yearly_limit < 0 || naive.trend > 0
                ? ""
                : ", yearly_limit: " + std::to_string(naive.yearly_limit) + " /yr") +
           "}\n";
  }
  std::string several_sites() {
    const int count = whole(1, 3);
    std::string result = "sites:\n";
    for (int i = 0; i < count; ++i)
      result += "  " + name(static_cast<std::size_t>(i)) + ": {" + one_site(naive) + "}\n";
    for (std::size_t i = 0; i < naive.sites.size(); ++i) naive.own_sites.push_back(i);
    if (chance(0.5)) std::reverse(naive.own_sites.begin(), naive.own_sites.end());
    if (chance(0.3)) naive.own_sites.resize(static_cast<std::size_t>(whole(1, count)));
    return result;
  }
  static std::string name(std::size_t site) { return {static_cast<char>('a' + site)}; }
  std::string loss(bool in_runs) {
    if (!in_runs) return "loss: {reference: 1e24 FLOP}\n";
    naive.inherits = chance(0.5) ? 0 : uniform(0, 1);
    return "loss: {reference: 1e24 FLOP, compute: {best_run: {length: " + days(naive.run_days) +
           ", inherits: " + text(naive.inherits) + "}}}\n";
  }
  /// By date of installation, the oldest first; what is past its life is not there.
  std::string initial_fleet() {
    const int cohorts = whole(0, 3);
    std::string rows;
    int installed = -400;
    for (int i = 0; i < cohorts; ++i) {
      installed = i == 2 ? 0 : std::min(0, installed + whole(1, 250));
      const bool is_h100 = chance(0.5);
      const int count = whole(1, 1500);
      const int site = chance(0.3) ? whole(0, static_cast<int>(naive.sites.size()) - 1) : -1;
      DayByDay::Batch batch{0, count, installed, site, true};
      std::string what = "accelerator: " + std::string(is_h100 ? "H100" : "B200") + ", count: " + std::to_string(count);
      if (naive.trend > 0) {
        what = "capacity: " + std::to_string(count) + " PFLOP/s";
        naive.types.push_back({count * 1e15, count * 1e3, count * 1e3, 0});
        batch.type = naive.types.size() - 1;
        batch.count = 1;
      } else {
        while (is_h100 != (naive.types[batch.type].nameplate == 1275)) ++batch.type;
      }
      rows += (i == 0 ? "{" : ", {") + what +
              ", installed: " + core::to_date(core::parse_iso8601("2026-01-01").value() + core::kDay * installed) +
              (site < 0 ? "" : ", site: " + name(static_cast<std::size_t>(site))) + "}";
      if (naive.life == DayByDay::kNever || installed + naive.life > 0) naive.waiting.push_back(batch);
    }
    return rows.empty() ? "" : "initial_fleet: [" + rows + "]\n";
  }
  std::string strategy() const {
    std::string own;
    for (const std::size_t site : naive.own_sites) own += (own.empty() ? "" : ", ") + name(site);
    return "strategies: {turtle: {buy: incremental, every: " + days(naive.every) +
           ", budget: " + std::to_string(naive.budget / 1'000'000) + " USD" +
           (naive.trend > 0 ? "" : ", choose: " + choose_) + ", sites: [" + own +
           "], power_limits: " + (naive.power_limits_orders ? "orders" : "installation") + "}}\n";
  }

  std::string choose_;
};

}  // namespace fleetrace::test
