#include <cmath>

#include "fleetrace/core/version.hpp"
#include "fleetrace/output/json_writer.hpp"
#include "fleetrace/output/writers.hpp"
#include "series.hpp"

namespace fleetrace::output {
namespace {

using fleet::Final;
using fleet::State;

constexpr int kFormat = 1;

/// Members of one object.
class Members {
 public:
  explicit Members(JsonWriter& json) : json_(json) {}

  void text(std::string_view key, std::string_view value) { json_.key(key), json_.text(value); }
  void real(std::string_view key, double value) { json_.key(key), json_.real(value); }
  void integer(std::string_view key, std::int64_t value) { json_.key(key), json_.integer(value); }
  void money(std::string_view key, core::Money value) { json_.key(key), json_.money(value); }
  void time(std::string_view key, core::Time value) { json_.key(key), json_.time(value); }
  void real(std::string_view key, const std::optional<double>& value) {
    json_.key(key);
    value ? json_.real(*value) : json_.null();
  }

 private:
  JsonWriter& json_;
};

void write_identity(JsonWriter& json, const Run& run) {
  Members members(json);
  members.text("fleetrace", core::version());
  members.integer("format", kFormat);
  json.key("scenario");
  json.begin_flat_object();
  members.text("name", run.scenario.name());
  members.text("sha256", run.scenario.sha256);
  json.end_object();
  members.integer("seed", run.draw.seed);
  members.integer("replication", run.draw.replication);
}

void write_inputs(JsonWriter& json, const Run& run) {
  json.key("inputs");
  json.begin_array();
  for (const InputValue& each : input_values(run)) {
    Members members(json);
    json.begin_flat_object();
    members.text("path", each.input.path);
    members.text("distribution", each.input.written);
    members.text("taken", run.draw.inputs == fleet::InputDraw::drawn ? "drawn" : "median");
    members.real("value", each.value);
    members.text("unit", core::base_unit(each.input.dimension));
    json.end_object();
  }
  json.end_array();
}

void write_split(JsonWriter& json, const fleet::ComputeSplit& split) {
  Members members(json);
  json.key("compute_doublings");
  json.begin_flat_object();
  members.real("total", split.total);
  members.real("fleet", split.fleet);
  members.real("hardware", split.hardware);
  members.real("utilisation", split.utilisation);
  members.real("algorithm", split.algorithm);
  json.end_object();
}

void write_finance(Members& members, const fleet::FinanceReport& finance) {
  members.money("rent_usd", finance.rent);
  members.money("resale_usd", finance.resale);
  members.money("hand_down_credit_usd", finance.credit);
  members.money("salvage_usd", finance.salvage);
  members.real("npv_usd", finance.npv_usd);
  members.real("cost_per_effective_pf_day_usd", finance.usd_per_pf_day);
  members.real("accounting_depreciation_usd", finance.depreciation_usd);
  members.real("book_value_usd", finance.book_usd);
  members.real("economic_depreciation_usd", finance.economic_depreciation_usd);
  members.real("market_value_usd", finance.worth_usd);
  members.real("capital_recovery_usd_per_yr", finance.capital_usd_per_year);
  members.real("operational_carbon_kg", finance.operational_kg);
  members.real("embodied_carbon_kg", finance.embodied_kg);
}

void write_final(JsonWriter& json, const Final& final) {
  Members members(json);
  const auto count = [&final](State state) { return final.accelerators[static_cast<std::size_t>(state)]; };
  json.key("final");
  json.begin_object();
  members.time("time", final.time);
  members.real("relative_loss", final.relative_loss);
  members.real("mean_relative_loss", final.mean_relative_loss);
  members.real("absolute_loss", final.absolute_loss);
  members.real("reducible_loss", final.reducible_loss);
  members.real("compute_equivalent_ratio", final.equivalent_ratio);
  members.real("reference_compute_flop", final.reference_flop);
  members.real("effective_compute_flop", final.effective_flop);
  members.real("physical_compute_flop", final.physical_flop);
  members.real("best_run_flop", final.best_run_flop);
  members.money("capex_usd", final.capex);
  members.money("facility_usd", final.facility);
  members.money("energy_cost_usd", final.energy_cost);
  members.money("research_usd", final.research);
  members.money("opex_usd", final.opex());
  members.money("spend_usd", final.spend());
  members.real("discounted_spend_usd", final.discounted_spend_usd);
  members.money("unspent_usd", final.unspent);
  members.real("idle_usd_years", final.idle_usd_years);
  members.real("idle_accelerator_years", final.idle_accelerator_years);
  write_finance(members, final.finance);
  members.real("energy_kwh", final.energy_kwh);
  members.real("peak_site_power_w", final.peak_site_power);
  members.integer("accelerators", count(State::in_service));
  members.integer("accelerators_ordered", count(State::ordered));
  members.integer("accelerators_in_transit", count(State::in_transit));
  members.integer("accelerators_waiting_for_power", count(State::waiting_for_power));
  members.integer("accelerators_standby", count(State::standby));
  members.integer("accelerators_serving", count(State::serving));
  members.integer("accelerators_in_repair", count(State::in_repair));
  members.integer("accelerators_retired", count(State::retired));
  members.real("capacity_flop_per_s", final.capacity);
  members.real("failures", final.failures);
  if (final.outages) members.real("outages", final.outages);
  members.real("interruptions", final.interruptions);
  members.real("goodput", final.goodput);
  members.real("mfu", final.mfu);
  if (final.service) {
    members.real("serving_demand_flop", final.service->demanded_flop);
    members.real("unmet_demand_flop", final.service->unmet_flop);
    json.key("serving_short_from");
    final.service->short_from ? json.time(*final.service->short_from) : json.null();
  }
  if (final.cancellations) {
    members.integer("accelerators_cancelled", final.cancellations->accelerators);
    members.money("cancellation_fees_usd", final.cancellations->fees);
  }
  write_split(json, final.split);
  members.real("gamma_per_joule", final.gamma_per_joule);
  members.real("gamma_per_usd", final.gamma_per_usd);
  json.end_object();
}

void write_targets(JsonWriter& json, const std::vector<fleet::Target>& targets) {
  json.key("targets");
  json.begin_array();
  for (const fleet::Target& target : targets) {
    json.begin_flat_object();
    Members(json).real("relative_loss", target.relative_loss);
    json.key("reached");
    target.reached ? json.time(*target.reached) : json.null();
    json.end_object();
  }
  json.end_array();
}

void write_beside(JsonWriter& json, const std::vector<fleet::LossFigures>& beside) {
  json.key("beside");
  json.begin_array();
  for (const fleet::LossFigures& each : beside) {
    json.begin_flat_object();
    Members members(json);
    members.text("law", each.law);
    members.real("relative_loss", each.relative);
    members.real("absolute_loss", each.absolute);
    members.real("reducible_loss", each.reducible);
    members.real("compute_equivalent_ratio", each.equivalent);
    json.end_object();
  }
  json.end_array();
}

void write_capabilities(JsonWriter& json, const std::vector<fleet::CapabilityScore>& capabilities) {
  json.key("capabilities");
  json.begin_array();
  for (const fleet::CapabilityScore& each : capabilities) {
    json.begin_flat_object();
    Members members(json);
    members.text("name", each.name);
    members.real("score", each.score);
    members.real("target", each.target);
    json.key("reached");
    each.reached ? json.time(*each.reached) : json.null();
    json.end_object();
  }
  json.end_array();
}

void write_series(JsonWriter& json, const std::vector<fleet::Sample>& series) {
  json.key("series");
  json.begin_object();
  for (const SeriesColumn& column : series_columns()) {
    json.key(column.name);
    json.begin_flat_array();
    for (const fleet::Sample& sample : series) {
      column.is_number ? json.number(column.text(sample)) : json.text(column.text(sample));
    }
    json.end_array();
  }
  json.end_object();
}

void write_obstacles(JsonWriter& json, const fleet::Outcome& outcome) {
  Members members(json);
  const auto count = [&outcome](fleet::Constraint which) { return outcome.obstacles[static_cast<std::size_t>(which)]; };
  json.key("obstacles");
  json.begin_flat_object();
  members.integer("power", count(fleet::Constraint::power));
  members.integer("supply", count(fleet::Constraint::supply));
  members.integer("price", count(fleet::Constraint::price));
  members.integer("nothing_on_sale", count(fleet::Constraint::nothing_on_sale));
  json.end_object();
}

void write_bindings(JsonWriter& json, const fleet::Outcome& outcome, const fleet::Case& plan) {
  json.key("binding");
  json.begin_array();
  for (std::size_t i = 0; i < outcome.bindings.size(); ++i) {
    const bool is_last = i + 1 == outcome.bindings.size();
    json.begin_flat_object();
    Members members(json);
    members.time("from", outcome.bindings[i].from);
    members.time("to", is_last ? plan.horizon.end : outcome.bindings[i + 1].from);
    members.text("constraint", fleet::info(outcome.bindings[i].binding.constraint).name);
    if (const std::string* site = site_of(outcome.bindings[i].binding, plan)) members.text("site", *site);
    json.end_object();
  }
  json.end_array();
}

/// Of whole cohorts. Those of the initial fleet come first, at what they would have cost: capex is the rest.
void write_cohorts(JsonWriter& json, const fleet::Outcome& outcome, const models::Market& market) {
  Members members(json);
  json.key("cohorts");
  json.begin_array();
  for (const fleet::Cohort& cohort : outcome.cohorts) {
    json.begin_flat_object();
    json.key("accelerator");
    cohort.is_capacity() ? json.null() : json.text(market.types[cohort.type].name);
    members.time("ordered", cohort.ordered);
    members.integer("size", cohort.size);
    json.key("rented");
    json.boolean(cohort.rented);
    members.integer("in_service", cohort.count(State::in_service));
    members.integer("standby", cohort.count(State::standby));
    members.integer("serving", cohort.count(State::serving));
    members.integer("in_repair", cohort.count(State::in_repair));
    members.integer("retired", cohort.count(State::retired));
    members.real("capacity_flop_per_s", cohort.peak * static_cast<double>(cohort.size));
    members.real("cost_usd", cohort.cost_usd * static_cast<double>(cohort.size));
    json.end_object();
  }
  json.end_array();
}

void write_project(JsonWriter& json, const fleet::Project& project) {
  Members members(json);
  json.begin_object();
  members.text("name", project.name);
  members.time("start", project.start);
  members.time("opens", project.opens);
  json.key("tasks");
  json.begin_array();
  for (std::size_t i = 0; i < project.tasks.size(); ++i) {
    const models::TaskTimes& times = project.path.tasks[i];
    json.begin_flat_object();
    members.text("name", project.tasks[i].name);
    members.time("start", core::saturating_add(project.start, times.start));
    members.time("end", core::saturating_add(project.start, times.end));
    members.real("slack_days", times.slack.hours() / 24);
    json.key("critical");
    json.boolean(times.critical());
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

/// Those of a scenario that names any.
void write_sites(JsonWriter& json, const fleet::Outcome& outcome, const fleet::Plant& plant) {
  if (plant.sites.front().name.empty()) return;
  Members members(json);
  json.key("sites");
  json.begin_array();
  for (std::size_t i = 0; i < outcome.sites.size(); ++i) {
    const fleet::SiteFigures& each = outcome.sites[i];
    json.begin_object();
    members.text("name", each.name);
    members.real("it_power_w", std::isfinite(each.it_power) ? std::optional(each.it_power) : std::nullopt);
    members.real("peak_it_power_w", each.peak_it_power);
    members.integer("accelerators", each.accelerators);
    members.real("energy_kwh", each.energy_kwh);
    members.real("energy_cost_usd", each.energy_usd);
    members.money("facility_usd", each.facility);
    if (each.apart_flop) members.real("apart_compute_flop", each.apart_flop);
    if (!plant.sites[i].projects.empty()) {
      json.key("projects");
      json.begin_array();
      for (const fleet::Project& project : plant.sites[i].projects) write_project(json, project);
      json.end_array();
    }
    json.end_object();
  }
  json.end_array();
}

void write_strategy(JsonWriter& json, const fleet::Outcome& outcome, const fleet::Case& plan) {
  Members members(json);
  members.text("name", outcome.strategy);
  members.text("buys", outcome.buys);
  write_final(json, outcome.final);
  write_targets(json, outcome.targets);
  write_beside(json, outcome.beside);
  write_capabilities(json, outcome.capabilities);
  members.integer("reviews", outcome.reviews);
  write_obstacles(json, outcome);
  write_bindings(json, outcome, plan);
  members.integer("events", static_cast<std::int64_t>(outcome.events));
  write_sites(json, outcome, plan.plant);
  write_cohorts(json, outcome, plan.plant.market);
  write_series(json, outcome.series);
}

void write_overtakes(JsonWriter& json, const Run& run) {
  json.key("overtakes");
  if (!is_cumulative(run)) return json.null();
  json.begin_array();
  for (const Overtake& each : overtakes(run)) {
    Members members(json);
    json.begin_flat_object();
    members.time("time", each.time);
    members.text("leader", run.outcomes[each.leader].strategy);
    members.text("behind", run.outcomes[each.behind].strategy);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

std::string to_json(const Run& run) {
  JsonWriter json(JsonWriter::Layout::indented);
  json.begin_object();
  write_identity(json, run);
  Members(json).text("accounting", is_cumulative(run) ? "cumulative" : "best_run");
  json.key("unverified_inputs");
  json.begin_array();
  for (const std::string& input : unverified_inputs(run)) json.text(input);
  json.end_array();
  write_inputs(json, run);
  json.key("strategies");
  json.begin_array();
  for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
    json.begin_object();
    write_strategy(json, run.outcomes[i], run.cases[i]);
    json.end_object();
  }
  json.end_array();
  write_overtakes(json, run);
  json.end_object();
  return std::move(json).finish();
}

std::string to_jsonl(const Run& run) {
  std::string lines;
  for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
    JsonWriter json(JsonWriter::Layout::compact);
    json.begin_object();
    write_identity(json, run);
    write_strategy(json, run.outcomes[i], run.cases[i]);
    json.end_object();
    lines += std::move(json).finish();
  }
  return lines;
}

}  // namespace fleetrace::output
