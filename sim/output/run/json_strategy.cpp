#include "sim/output/run/json_parts.hpp"
#include "sim/output/run/series.hpp"

namespace fleetrace::output {
namespace {

using fleet::State;

void write_targets(core::JsonWriter& json, const std::vector<fleet::Target>& targets) {
  json.flat_objects("targets", targets, [&](const fleet::Target& target) {
    json.real("relative_loss", target.relative_loss);
    json.time("reached", target.reached);
  });
}

/// What other laws make of the same compute.
void write_comparison_laws(core::JsonWriter& json, const std::vector<fleet::LawResult>& laws) {
  json.flat_objects("beside", laws, [&](const fleet::LawResult& each) {
    json.text("law", each.law);
    json.real("relative_loss", each.relative);
    json.real("absolute_loss", each.absolute);
    json.real("reducible_loss", each.reducible);
    json.real("compute_equivalent_ratio", each.equivalent);
  });
}

void write_capabilities(core::JsonWriter& json, const std::vector<fleet::CapabilityScore>& capabilities) {
  json.flat_objects("capabilities", capabilities, [&](const fleet::CapabilityScore& each) {
    json.text("name", each.name);
    json.real("score", each.score);
    json.real("target", each.target);
    json.time("reached", each.reached);
  });
}

/// How many reviews each constraint held back.
void write_constraint_counts(core::JsonWriter& json, const fleet::Outcome& outcome) {
  const auto count = [&outcome](fleet::Constraint which) {
    return outcome.constraint_counts[static_cast<std::size_t>(which)];
  };
  json.begin_flat_object("obstacles");
  for (const fleet::Constraint each : fleet::kPurchaseConstraints) json.integer(fleet::info(each).name, count(each));
  json.end_object();
}

/// What was bought or rented, by date and site.
void write_bought(core::JsonWriter& json, const fleet::Outcome& outcome) {
  json.flat_objects("bought", outcome.bought, [&](const fleet::Acquisition& each) {
    each.accelerator.empty() ? json.null("accelerator") : json.text("accelerator", each.accelerator);
    json.time("ordered", each.ordered);
    json.integer("count", each.count);
    json.real("capacity_flop_per_s", each.capacity);
    json.real("unit_usd", each.unit_usd);
    json.real("cost_usd", each.cost_usd);
    json.boolean("rented", each.rented);
    each.site.empty() ? json.null("site") : json.text("site", each.site);
    json.boolean("installed", each.installed);
    json.integer("undelivered", each.undelivered);
    each.newer_on_sale.empty() ? json.null("newer_on_sale") : json.text("newer_on_sale", each.newer_on_sale);
  });
}

/// Whole cohorts. Those of the initial fleet come first, at what they would have cost; the others cost what capex says.
void write_cohorts(core::JsonWriter& json, const fleet::Outcome& outcome, const models::Market& market) {
  json.flat_objects("cohorts", outcome.cohorts, [&](const fleet::Cohort& cohort) {
    json.key("accelerator");
    cohort.is_capacity() ? json.null() : json.text(market.types[cohort.type].name);
    json.time("ordered", cohort.ordered);
    json.integer("size", cohort.size);
    json.boolean("rented", cohort.rented);
    json.integer("in_service", cohort.count(State::in_service));
    json.integer("standby", cohort.count(State::standby));
    json.integer("serving", cohort.count(State::serving));
    json.integer("in_repair", cohort.count(State::in_repair));
    json.integer("retired", cohort.count(State::retired));
    json.real("capacity_flop_per_s", cohort.peak * static_cast<double>(cohort.size));
    json.real("cost_usd", cohort.cost_usd * static_cast<double>(cohort.size));
  });
}

void write_project(core::JsonWriter& json, const fleet::Project& project) {
  json.begin_object();
  json.text("name", project.name);
  json.time("start", project.start);
  json.time("opens", project.opens);
  json.begin_array("tasks");
  for (std::size_t i = 0; i < project.tasks.size(); ++i) {
    const models::TaskTimes& times = project.path.tasks[i];
    json.begin_flat_object();
    json.text("name", project.tasks[i].name);
    json.time("start", core::saturating_add(project.start, times.start));
    json.time("end", core::saturating_add(project.start, times.end));
    json.real("slack_days", times.slack.hours() / 24);
    json.boolean("critical", times.critical());
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

/// The sites, where the scenario names them.
void write_sites(core::JsonWriter& json, const fleet::Outcome& outcome, const fleet::Plant& plant) {
  if (plant.sites.front().name.empty()) return;
  const auto powered = [&outcome](double value) {
    return outcome.final.has_power ? std::optional(value) : std::nullopt;
  };
  json.begin_array("sites");
  for (std::size_t i = 0; i < outcome.sites.size(); ++i) {
    const fleet::SiteResult& each = outcome.sites[i];
    json.begin_object();
    json.text("name", each.name);
    json.real("it_power_w", each.it_power);
    json.real("peak_it_power_w", powered(each.peak_it_power));
    json.integer("accelerators", each.accelerators);
    json.real("energy_kwh", powered(each.energy_kwh));
    json.real("energy_cost_usd", each.energy_usd);
    json.real("take_or_pay_usd", each.take_or_pay_usd);
    json.real("demand_charge_usd", each.demand_charge_usd);
    json.money("facility_usd", each.facility);
    if (each.unjoined_flop) json.real("apart_compute_flop", each.unjoined_flop);
    if (!plant.sites[i].projects.empty()) {
      json.begin_array("projects");
      for (const fleet::Project& project : plant.sites[i].projects) write_project(json, project);
      json.end_array();
    }
    json.end_object();
  }
  json.end_array();
}

void write_series(core::JsonWriter& json, const fleet::Outcome& outcome) {
  json.begin_object("series");
  for (const SeriesColumn& column : series_columns()) {
    json.begin_flat_array(column.name);
    for (const fleet::Sample& sample : outcome.series) {
      if (!column.holds_for(outcome)) {
        json.null();
        continue;
      }
      column.is_number ? json.number(column.text(sample)) : json.text(column.text(sample));
    }
    json.end_array();
  }
  json.end_object();
}

/// What the note on test-time compute says; nothing where the law has none.
void write_test_time(core::JsonWriter& json, const models::LossLaw& law) {
  if (law.test_time_worth == 1 && law.latency == 1) return;
  json.begin_flat_object("test_time");
  json.real("training_compute_factor", law.test_time_worth);
  json.real("latency_factor", law.latency);
  json.end_object();
}

}  // namespace

void write_binding_constraints(core::JsonWriter& json, const fleet::Outcome& outcome,
                               const fleet::StrategySetup& setup) {
  json.begin_array("binding");
  for (std::size_t i = 0; i < outcome.bindings.size(); ++i) {
    const bool is_last = i + 1 == outcome.bindings.size();
    json.begin_flat_object();
    json.time("from", outcome.bindings[i].from);
    json.time("to", is_last ? setup.horizon.end : outcome.bindings[i + 1].from);
    json.text("constraint", fleet::info(outcome.bindings[i].binding.constraint).name);
    if (const std::string* site = site_of(outcome.bindings[i].binding, setup)) json.text("site", *site);
    json.end_object();
  }
  json.end_array();
}

void write_strategy(core::JsonWriter& json, const fleet::Outcome& outcome, const fleet::StrategySetup& setup) {
  json.text("name", outcome.strategy);
  json.text("buys", outcome.buys);
  write_summary(json, outcome.final);
  write_targets(json, outcome.targets);
  write_comparison_laws(json, outcome.comparison_laws);
  write_capabilities(json, outcome.capabilities);
  write_test_time(json, setup.loss.law);
  json.integer("reviews", outcome.reviews);
  write_constraint_counts(json, outcome);
  write_binding_constraints(json, outcome, setup);
  json.integer("events", outcome.events);
  write_sites(json, outcome, setup.plant);
  write_bought(json, outcome);
  write_cohorts(json, outcome, setup.plant.market);
  write_series(json, outcome);
}

}  // namespace fleetrace::output
