#include <algorithm>
#include <array>

#include "sim/fleet/results/dated_metric.hpp"

namespace fleetrace::fleet {
namespace {

using core::Dimension;
using Value = std::optional<double>;

constexpr std::string_view kNoPower = "nothing in the scenario says what power it draws";
constexpr std::string_view kNoPrice = "nothing in the fleet has a price";
constexpr std::string_view kNoDemand = "the scenario has no demand";
constexpr std::string_view kNoJob = "operations.job is left out, or nothing works";
constexpr std::string_view kNoCancellations = "orders cannot be cancelled in the scenario";

double usd(core::Money money) { return money.usd(); }

/// A number of the end of the horizon that Read finds there.
template <auto Read>
constexpr DatedMetric final(std::string_view name, Dimension dimension, std::string_view unit, std::string_view summary,
                            std::string_view absent = {}) {
  return {name,   dimension,
          unit,   summary,
          absent, [](const StrategySetup& setup, const Outcome& outcome) { return Value(Read(setup, outcome)); }};
}

template <auto Read>
constexpr DatedMetric money(std::string_view name, std::string_view summary, std::string_view absent = {}) {
  return final<[](const StrategySetup&, const Outcome& o) { return Value(Read(o.final)); }>(name, Dimension::money,
                                                                                            "USD", summary, absent);
}

template <auto Read>
constexpr DatedMetric number(std::string_view name, std::string_view unit, std::string_view summary,
                             std::string_view absent = {}) {
  return final<[](const StrategySetup&, const Outcome& o) { return Value(Read(o.final)); }>(name, Dimension::number,
                                                                                            unit, summary, absent);
}

/// Reads the state that was kept of a date.
template <auto Read>
Value on_date(const StrategySetup&, const Outcome& outcome, core::Time at) {
  const auto found = std::find_if(outcome.checkpoints.begin(), outcome.checkpoints.end(),
                                  [at](const Sample& state) { return state.time == at; });
  return found == outcome.checkpoints.end() ? Value() : Value(Read(*found));
}

/// A number that the series has, too: at any date.
template <auto Read>
constexpr DatedMetric dated(DatedMetric metric) {
  metric.at = on_date<Read>;
  return metric;
}

/// The same of serving, which a race without demand has at no date.
template <auto Read>
constexpr DatedMetric dated_demand(DatedMetric metric) {
  metric.at = [](const StrategySetup& setup, const Outcome& outcome, core::Time at) {
    return setup.plant.demand ? on_date<Read>(setup, outcome, at) : Value();
  };
  return metric;
}

/// A column of the series alone; its last sample is that of the end.
template <auto Read>
constexpr DatedMetric series(std::string_view name, Dimension dimension, std::string_view unit,
                             std::string_view summary) {
  return dated<Read>(final<[](const StrategySetup&, const Outcome& o) { return Value(Read(o.series.back())); }>(
      name, dimension, unit, summary));
}

template <State state>
constexpr DatedMetric count(std::string_view name, std::string_view summary) {
  return series<[](const Sample& s) { return static_cast<double>(s.accelerators[static_cast<std::size_t>(state)]); }>(
      name, Dimension::count, "", summary);
}

constexpr DatedMetric needing_base(DatedMetric metric) {
  metric.needs_base = true;
  return metric;
}

constexpr DatedMetric kLosses[] = {
    number<[](const Summary& s) { return s.reducible_loss; }>("reducible_loss", "",
                                                              "what is left of what compute can remove"),
    number<[](const Summary& s) { return s.equivalent_ratio; }>(
        "compute_equivalent_ratio", "", "C/C0 of the same relative loss by the law of the paper, kappa 0.05"),
    final<[](const StrategySetup&, const Outcome& o) { return o.final.reference_flop; }>(
        "reference_compute_flop", Dimension::compute, "FLOP", "C0"),
    final<[](const StrategySetup&, const Outcome& o) { return o.final.best_run_flop; }>(
        "best_run_flop", Dimension::compute, "FLOP", "compute of the best run",
        "loss.compute counts all compute, not that of the best run"),
    number<[](const Summary& s) { return s.split.total; }>("compute_doublings.total", "doublings", "log2 of C/C0"),
    number<[](const Summary& s) { return s.split.fleet; }>("compute_doublings.fleet", "doublings", "by more hardware"),
    number<[](const Summary& s) { return s.split.hardware; }>("compute_doublings.hardware", "doublings",
                                                              "by better hardware"),
    number<[](const Summary& s) { return s.split.utilisation; }>("compute_doublings.utilisation", "doublings",
                                                                 "by utilisation"),
    number<[](const Summary& s) { return s.split.algorithm; }>("compute_doublings.algorithm", "doublings",
                                                               "by algorithms"),
    number<[](const Summary& s) { return s.gamma_per_joule; }>(
        "gamma_per_joule", "doublings/yr", "realised growth of effective FLOP per joule", "it has no such growth"),
    number<[](const Summary& s) { return s.gamma_per_usd; }>(
        "gamma_per_usd", "doublings/yr", "realised growth of effective FLOP/s per USD", "it has no such growth"),
};

constexpr DatedMetric kMoney[] = {
    dated<[](const Sample& s) { return usd(s.energy_cost); }>(
        money<[](const Summary& s) { return usd(s.energy_cost); }>("energy_cost_usd", "what energy cost")),
    dated<[](const Sample& s) { return usd(s.research); }>(
        money<[](const Summary& s) { return usd(s.research); }>("research_usd", "research")),
    dated<[](const Sample& s) { return usd(s.rent); }>(
        money<[](const Summary& s) { return usd(s.finance.rent); }>("rent_usd", "rent of accelerators")),
    dated<[](const Sample& s) { return usd(s.resale); }>(
        money<[](const Summary& s) { return usd(s.finance.resale); }>("resale_usd", "what hardware was sold for")),
    money<[](const Summary& s) { return s.discounted_spend_usd; }>("discounted_spend_usd", "all spending, discounted"),
    money<[](const Summary& s) { return usd(s.idle.cash); }>("idle_usd", "released, and neither spent nor committed"),
    money<[](const Summary& s) { return s.idle.waiting_usd; }>("idle_accelerators_usd",
                                                               "what cost that never entered service"),
    final<[](const StrategySetup&, const Outcome& o) { return o.final.idle.waiting_usd_per_year; }>(
        "idle_accelerators_usd_per_yr", Dimension::money_rate, "USD/yr", "the same a year of its life"),
    money<[](const Summary& s) { return s.idle.undelivered_usd; }>("undelivered_usd",
                                                                   "what was ordered and not delivered"),
    money<[](const Summary& s) { return usd(s.finance.credit); }>("hand_down_credit_usd",
                                                                  "value of hardware handed down"),
    money<[](const Summary& s) { return usd(s.finance.salvage); }>("salvage_usd", "value of what is left"),
    money<[](const Summary& s) { return usd(s.finance.compute_value); }>(
        "compute_value_usd", "what its effective compute is worth to the owner"),
    money<[](const Summary& s) { return usd(s.finance.interest); }>("interest_usd",
                                                                    "interest on released money that waited"),
    money<[](const Summary& s) { return s.finance.facility_residual_usd; }>("facility_residual_usd",
                                                                            "value of what is left of the sites"),
    final<[](const StrategySetup&, const Outcome& o) {
      const std::optional<int>& changes = o.final.finance.cash_flow_sign_changes;
      return changes ? Value(*changes) : Value();
    }>("cash_flow_sign_changes", Dimension::count, "", "how often money changes direction", "nothing earns"),
    number<[](const Summary& s) { return s.finance.discounted_payback_years; }>(
        "discounted_payback_yr", "yr", "time until what was spent is earned, both discounted",
        "nothing earns, or it is not earned within the horizon"),
    needing_base(number<[](const Summary& s) { return s.finance.marginal_usd_per_pf_day; }>(
        "marginal_cost_per_effective_pf_day_usd", "USD/PF-day", "what an effective PF-day that the money bought cost",
        "the money bought no compute")),
    number<[](const Summary& s) { return s.finance.usd_per_pf_day; }>(
        "cost_per_effective_pf_day_usd", "USD/PF-day", "what an effective PF-day cost, initial fleet included",
        "nothing computes, or the initial fleet has no price"),
    money<[](const Summary& s) { return s.finance.worth_usd ? Value(s.finance.opening_worth_usd) : Value(); }>(
        "initial_fleet_market_value_usd", "market value of the initial fleet", kNoPrice),
    money<[](const Summary& s) { return s.finance.depreciation_usd; }>("accounting_depreciation_usd",
                                                                       "depreciation in the books"),
    money<[](const Summary& s) { return s.finance.book_usd; }>("book_value_usd", "value in the books"),
    money<[](const Summary& s) { return s.finance.economic_depreciation_usd; }>(
        "economic_depreciation_usd", "depreciation at market values", kNoPrice),
    money<[](const Summary& s) { return s.finance.worth_usd; }>("market_value_usd", "market value of the hardware",
                                                                kNoPrice),
    final<[](const StrategySetup&, const Outcome& o) { return o.final.finance.capital_usd_per_year; }>(
        "capital_recovery_usd_per_yr", Dimension::money_rate, "USD/yr", "yearly cost of the capital installed"),
    final<[](const StrategySetup&, const Outcome& o) { return o.final.finance.operational_kg; }>(
        "operational_carbon_kg", Dimension::mass, "kg", "carbon of the energy", kNoPower),
    final<[](const StrategySetup&, const Outcome& o) { return o.final.finance.embodied_kg; }>(
        "embodied_carbon_kg", Dimension::mass, "kg", "carbon of making what was bought", kNoPower),
    final<[](const StrategySetup&, const Outcome& o) { return o.final.finance.water_litres; }>(
        "water_litres", Dimension::volume, "L", "water that the sites used", kNoPower),
    money<[](const Summary& s) { return s.cancellations ? Value(usd(s.cancellations->fees)) : Value(); }>(
        "cancellation_fees_usd", "fees of cancelled orders", kNoCancellations),
};

constexpr DatedMetric kFleet[] = {
    count<State::ordered>("accelerators_ordered", "accelerators on order"),
    count<State::in_transit>("accelerators_in_transit", "accelerators on their way"),
    count<State::waiting_for_power>("accelerators_waiting_for_power", "delivered accelerators that wait"),
    count<State::standby>("accelerators_standby", "spares"),
    count<State::serving>("accelerators_serving", "accelerators that serve"),
    count<State::in_repair>("accelerators_in_repair", "accelerators in repair"),
    count<State::retired>("accelerators_retired", "accelerators that retired"),
    dated<[](const Sample& s) { return s.h100e_bf16; }>(number<[](const Summary& s) { return s.h100e_bf16; }>(
        "h100_equivalents_bf16", "", "the capacity in H100 of as much peak in 16-bit numbers")),
    dated<[](const Sample& s) { return s.h100e_8bit; }>(number<[](const Summary& s) { return s.h100e_8bit; }>(
        "h100_equivalents_8bit", "", "the capacity in H100 of as much peak in 8-bit numbers")),
    final<[](const StrategySetup&, const Outcome& o) { return static_cast<double>(o.final.in_place()); }>(
        "accelerators_in_place", Dimension::count, "", "accelerators that stand on a site"),
    final<[](const StrategySetup&, const Outcome& o) { return static_cast<double>(o.final.idle.waiting); }>(
        "idle_accelerators", Dimension::count, "", "accelerators that were delivered and never entered service"),
    final<[](const StrategySetup&, const Outcome& o) { return static_cast<double>(o.final.idle.undelivered); }>(
        "undelivered_accelerators", Dimension::count, "", "accelerators that were ordered and not delivered"),
    final<[](const StrategySetup&, const Outcome& o) {
      return o.final.cancellations ? Value(static_cast<double>(o.final.cancellations->accelerators)) : Value();
    }>("accelerators_cancelled", Dimension::count, "", "accelerators whose orders were cancelled", kNoCancellations),
    number<[](const Summary& s) { return s.outages; }>("outages", "", "outages of failure domains and feeds",
                                                       "nothing in the scenario has outages"),
    number<[](const Summary& s) { return s.interruptions; }>("interruptions", "", "interruptions of the job", kNoJob),
    number<[](const Summary& s) { return s.mfu; }>("mfu", "", "model FLOP utilisation of what was in service",
                                                   "nothing works"),
    final<[](const StrategySetup&, const Outcome& o) {
      return o.final.service ? Value(o.final.service->demanded_flop) : Value();
    }>("serving_demand_flop", Dimension::compute, "FLOP", "demand on serving", kNoDemand),
    dated_demand<[](const Sample& s) { return s.unmet_flop; }>(final<[](const StrategySetup&, const Outcome& o) {
      return o.final.service ? Value(o.final.service->unmet_flop) : Value();
    }>("unmet_demand_flop", Dimension::compute, "FLOP", "demand that serving did not carry", kNoDemand)),
    series<[](const Sample& s) { return s.serving_load; }>("serving_load_flop_per_s", Dimension::compute_rate, "FLOP/s",
                                                           "load that serving is asked for"),
    series<[](const Sample& s) { return s.serving_carried; }>("serving_carried_flop_per_s", Dimension::compute_rate,
                                                              "FLOP/s", "load that serving carries"),
};

constexpr std::size_t kAll = std::size(kLosses) + std::size(kMoney) + std::size(kFleet);

constexpr std::array<DatedMetric, kAll> kFurther = [] {
  std::array<DatedMetric, kAll> all;
  auto place = std::copy(std::begin(kLosses), std::end(kLosses), all.begin());
  place = std::copy(std::begin(kMoney), std::end(kMoney), place);
  std::copy(std::begin(kFleet), std::end(kFleet), place);
  return all;
}();

}  // namespace

std::span<const DatedMetric> further_metrics() { return kFurther; }

}  // namespace fleetrace::fleet
