#include "sim/output/run/json_parts.hpp"

namespace fleetrace::output {
namespace {

using fleet::State;

void write_split(core::JsonWriter& json, const fleet::DoublingsByCause& split) {
  json.begin_flat_object("compute_doublings");
  json.real("total", split.total);
  json.real("fleet", split.fleet);
  json.real("hardware", split.hardware);
  json.real("utilisation", split.utilisation);
  json.real("algorithm", split.algorithm);
  json.end_object();
}

void write_finance(core::JsonWriter& json, const fleet::FinanceReport& finance) {
  json.money("rent_usd", finance.rent);
  json.money("resale_usd", finance.resale);
  json.money("hand_down_credit_usd", finance.credit);
  json.money("salvage_usd", finance.salvage);
  json.money("revenue_usd", finance.revenue);
  json.money("compute_value_usd", finance.compute_value);
  json.money("interest_usd", finance.interest);
  json.real("facility_residual_usd", finance.facility_residual_usd);
  json.real("waiting_carrying_cost_usd", finance.waiting_carrying_usd);
  json.real("npv_usd", finance.npv_usd);
  json.real("irr_per_yr", finance.irr_per_year);
  json.key("cash_flow_sign_changes");
  finance.cash_flow_sign_changes ? json.integer(*finance.cash_flow_sign_changes) : json.null();
  json.real("payback_yr", finance.payback_years);
  json.real("discounted_payback_yr", finance.discounted_payback_years);
  json.real("marginal_cost_per_effective_pf_day_usd", finance.marginal_usd_per_pf_day);
  json.real("cost_per_effective_pf_day_usd", finance.usd_per_pf_day);
  json.real("initial_fleet_market_value_usd",
            finance.worth_usd ? std::optional(finance.opening_worth_usd) : std::nullopt);
  json.real("accounting_depreciation_usd", finance.depreciation_usd);
  json.real("book_value_usd", finance.book_usd);
  json.real("economic_depreciation_usd", finance.economic_depreciation_usd);
  json.real("market_value_usd", finance.worth_usd);
  json.real("capital_recovery_usd_per_yr", finance.capital_usd_per_year);
  json.real("operational_carbon_kg", finance.operational_kg);
  json.real("embodied_carbon_kg", finance.embodied_kg);
  json.real("water_litres", finance.water_litres);
}

}  // namespace

void write_summary(core::JsonWriter& json, const fleet::Summary& final) {
  const auto count = [&final](State state) { return final.accelerators[static_cast<std::size_t>(state)]; };
  json.begin_object("final");
  json.time("time", final.time);
  json.real("relative_loss", final.relative_loss);
  json.real("mean_relative_loss", final.mean_relative_loss);
  json.real("discounted_relative_loss", final.discounted_relative_loss);
  json.real("absolute_loss", final.absolute_loss);
  json.real("reducible_loss", final.reducible_loss);
  json.real("compute_equivalent_ratio", final.equivalent_ratio);
  json.real("reference_compute_flop", final.reference_flop);
  json.real("effective_compute_flop", final.effective_flop);
  json.real("physical_compute_flop", final.physical_flop);
  json.real("best_run_flop", final.best_run_flop);
  json.money("capex_usd", final.capex);
  json.money("facility_usd", final.facility);
  json.money("energy_cost_usd", final.energy_cost);
  json.money("research_usd", final.research);
  json.money("opex_usd", final.opex());
  json.money("spend_usd", final.spend());
  json.real("discounted_spend_usd", final.discounted_spend_usd);
  json.money("unspent_usd", final.unspent);
  json.real("idle_usd_years", final.idle_usd_years);
  json.real("idle_accelerator_years", final.idle_accelerator_years);
  json.money("idle_usd", final.idle.cash);
  json.integer("idle_accelerators", final.idle.waiting);
  json.real("idle_accelerators_usd", final.idle.waiting_usd);
  json.real("idle_accelerators_usd_per_yr", final.idle.waiting_usd_per_year);
  json.integer("undelivered_accelerators", final.idle.undelivered);
  json.real("undelivered_usd", final.idle.undelivered_usd);
  write_finance(json, final.finance);
  const auto powered = [&final](double value) { return final.has_power ? std::optional(value) : std::nullopt; };
  json.real("energy_kwh", powered(final.energy_kwh));
  json.real("peak_site_power_w", powered(final.peak_site_power));
  json.integer("accelerators", count(State::in_service));
  json.integer("accelerators_in_place", final.in_place());
  json.integer("accelerators_ordered", count(State::ordered));
  json.integer("accelerators_in_transit", count(State::in_transit));
  json.integer("accelerators_waiting_for_power", count(State::waiting_for_power));
  json.integer("accelerators_standby", count(State::standby));
  json.integer("accelerators_serving", count(State::serving));
  json.integer("accelerators_in_repair", count(State::in_repair));
  json.integer("accelerators_retired", count(State::retired));
  json.real("capacity_flop_per_s", final.capacity);
  json.real("h100_equivalents_bf16", final.h100e_bf16);
  json.real("h100_equivalents_8bit", final.h100e_8bit);
  json.real("failures", final.failures);
  if (final.outages) json.real("outages", final.outages);
  json.real("interruptions", final.interruptions);
  json.real("goodput", final.goodput);
  json.real("mfu", final.mfu);
  if (final.service) {
    json.real("serving_demand_flop", final.service->demanded_flop);
    json.real("unmet_demand_flop", final.service->unmet_flop);
    json.time("serving_short_from", final.service->short_from);
  }
  if (final.cancellations) {
    json.integer("accelerators_cancelled", final.cancellations->accelerators);
    json.money("cancellation_fees_usd", final.cancellations->fees);
  }
  write_split(json, final.split);
  json.real("gamma_per_joule", final.gamma_per_joule);
  json.real("gamma_per_usd", final.gamma_per_usd);
  json.end_object();
}

}  // namespace fleetrace::output
