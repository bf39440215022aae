#include "sim/output/live/race_json.hpp"

#include <algorithm>

#include "models/finance/finance.hpp"

namespace fleetrace::output::live {
namespace {

constexpr std::size_t kMostSamples = 400;

void write_figures(core::JsonWriter& json, const fleet::Outcome& outcome) {
  const fleet::Summary& final = outcome.final;
  json.text("name", outcome.strategy);
  json.text("buys", outcome.buys);
  json.real("final_loss", final.relative_loss);
  json.real("mean_loss", final.mean_relative_loss);
  json.real("pf_days", final.effective_flop / models::kPetaflopDay);
  json.real("spend_usd", final.spend().usd());
  json.real("energy_kwh", final.energy_kwh);
  json.boolean("has_power", final.has_power);
  json.real("peak_mw", final.peak_site_power / 1e6);
  json.integer("accelerators", final.in_place());
}

template <class Take>
void write_line(core::JsonWriter& json, std::string_view key, const std::vector<fleet::Sample>& series,
                const Take& take) {
  const std::size_t step = 1 + series.size() / kMostSamples;
  json.begin_flat_array(key);
  for (std::size_t i = 0; i < series.size(); i += step) take(series[i]);
  // The last sample is the end of the horizon.
  if (!series.empty() && (series.size() - 1) % step != 0) take(series.back());
  json.end_array();
}

void write_series(core::JsonWriter& json, const fleet::Outcome& outcome) {
  const double reference = outcome.final.reference_flop;
  const auto real = [&](const auto& of) { return [&json, of](const fleet::Sample& sample) { json.real(of(sample)); }; };
  json.begin_object("series");
  write_line(json, "time", outcome.series, [&](const fleet::Sample& each) { json.integer(each.time.milliseconds()); });
  write_line(json, "loss", outcome.series, real([](const fleet::Sample& each) { return each.relative_loss; }));
  write_line(json, "compute", outcome.series,
             real([reference](const fleet::Sample& each) { return (reference + each.effective_flop) / reference; }));
  write_line(json, "spend", outcome.series, real([](const fleet::Sample& each) { return each.spend().usd(); }));
  json.end_object();
}

/// Nameplate IT power of all sites at the ends of the periods, and its limit, null where there is none.
void write_power(core::JsonWriter& json, const StrategyPlan& plan) {
  json.begin_object("power");
  const auto line = [&](std::string_view key, const auto& write) {
    json.begin_flat_array(key);
    write(plan.opening);
    for (const PlanPeriod& each : plan.periods) write(each);
    json.end_array();
  };
  line("time", [&](const PlanPeriod& each) { json.integer(each.ends.milliseconds()); });
  line("mw", [&](const PlanPeriod& each) { json.real(each.power.nameplate_power / 1e6); });
  line("limit_mw", [&](const PlanPeriod& each) { json.real(each.power.power_limit / 1e6); });
  json.end_object();
}

void write_bindings(core::JsonWriter& json, const fleet::Outcome& outcome, const fleet::StrategySetup& setup) {
  json.flat_objects("bindings", outcome.bindings, [&](const fleet::ConstraintSpell& each) {
    json.integer("from", each.from.milliseconds());
    json.integer("kind", static_cast<int>(each.binding.constraint));
    json.text("what", fleet::info(each.binding.constraint).title);
    const std::string* const site = site_of(each.binding, setup);
    if (site != nullptr) json.text("site", *site);
  });
}

}  // namespace

std::string race_json(const Run& run, Told told) {
  core::JsonWriter json(core::JsonWriter::Layout::compact);
  json.begin_object();
  json.begin_array("strategies");
  for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
    const fleet::Outcome& outcome = run.outcomes[i];
    json.begin_object();
    write_figures(json, outcome);
    if (told == Told::everything) {
      write_series(json, outcome);
      if (!run.plans.empty() && outcome.final.has_power) write_power(json, run.plans[i]);
      write_bindings(json, outcome, run.setups[i]);
      json.flat_objects("targets", outcome.targets, [&](const fleet::Target& each) {
        json.real("loss", each.relative_loss);
        json.time("reached", each.reached);
      });
    }
    json.end_object();
  }
  json.end_array();
  if (told == Told::everything) write_diagnostics(json, "warnings", run.scenario.warnings);
  json.end_object();
  return std::move(json).finish();
}

std::string bands_json(const ComparisonReport& report) {
  core::JsonWriter json(core::JsonWriter::Layout::compact);
  json.begin_object();
  json.integer("replications", report.comparison.replications);
  json.begin_flat_array("time");
  for (const core::Time time : report.bands.times) json.integer(time.milliseconds());
  json.end_array();
  json.begin_array("strategies");
  for (std::size_t s = 0; s < report.comparison.strategies.size(); ++s) {
    json.begin_object();
    json.text("name", report.comparison.strategies[s].name);
    json.real("best", report.comparison.strategies[s].p_best);
    json.begin_array("quantiles");
    if (s < report.bands.strategies.size()) {
      for (const auto& date : report.bands.strategies[s]) {
        json.begin_flat_array();
        for (const double each : date) json.real(each);
        json.end_array();
      }
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return std::move(json).finish();
}

void write_diagnostics(core::JsonWriter& json, std::string_view key, const std::vector<core::Diagnostic>& findings) {
  json.flat_objects(key, findings, [&](const core::Diagnostic& each) {
    json.integer("line", each.where.line);
    json.integer("column", each.where.column);
    json.text("path", each.path);
    json.text("problem", each.problem);
    json.text("reason", each.reason);
    json.text("suggestion", each.suggestion);
    json.boolean("is_warning", each.is_warning);
  });
}

}  // namespace fleetrace::output::live
