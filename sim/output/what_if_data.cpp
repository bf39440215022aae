#include <cmath>

#include "fleetrace/core/quantity.hpp"
#include "fleetrace/output/csv_text.hpp"
#include "fleetrace/output/json_writer.hpp"
#include "fleetrace/output/what_if.hpp"
#include "json_parts.hpp"

namespace fleetrace::output {
namespace {

using study::Estimate;
using study::FigureStanding;
using study::FutureStanding;
using study::kFigures;
using study::kWhatIfMeasures;
using study::StrategyFuture;

void write_estimate(JsonWriter& json, const std::string& prefix, const Estimate& estimate) {
  real(json, prefix.empty() ? "value" : prefix, estimate.mean);
  const std::string before = prefix.empty() ? "" : prefix + '_';
  real(json, before + "ci_low", estimate.interval.low);
  real(json, before + "ci_high", estimate.interval.high);
}

/// Figures from `first` to before `end` of one strategy; those of the base have no difference.
void write_figures(JsonWriter& json, std::string_view key, const StrategyFuture& strategy, std::size_t first,
                   std::size_t end, bool is_base) {
  json.key(key);
  json.begin_object();
  for (std::size_t k = first; k < end; ++k) {
    const FigureStanding& standing = strategy.figures[k];
    if (!standing.applies) continue;
    json.key(study::figure(k).name);
    json.begin_flat_object();
    write_estimate(json, "", standing.value);
    if (!is_base && strategy.in_base) write_estimate(json, "difference", standing.difference);
    json.end_object();
  }
  json.end_object();
}

void write_bindings(JsonWriter& json, const fleet::Outcome& outcome, const fleet::Case& plan) {
  json.key("binding");
  json.begin_array();
  for (std::size_t i = 0; i < outcome.bindings.size(); ++i) {
    json.begin_flat_object();
    json.key("from");
    json.time(outcome.bindings[i].from);
    json.key("to");
    json.time(i + 1 == outcome.bindings.size() ? plan.horizon.end : outcome.bindings[i + 1].from);
    text(json, "constraint", fleet::info(outcome.bindings[i].binding.constraint).name);
    if (const std::string* site = site_of(outcome.bindings[i].binding, plan)) text(json, "site", *site);
    json.end_object();
  }
  json.end_array();
}

void write_future(JsonWriter& json, const WhatIfReport& report, std::size_t future) {
  const FutureStanding& standing = report.result.futures[future];
  const FutureReport& about = report.futures[future];
  json.begin_object();
  text(json, "name", standing.name);
  text(json, "summary", about.summary);
  json.key("changes");
  json.begin_array();
  for (const auto& [path, value] : about.changes) {
    json.begin_flat_object();
    text(json, "path", path);
    text(json, "value", value);
    json.end_object();
  }
  json.end_array();
  json.key("differs");
  json.boolean(standing.differs);
  json.key("strategies");
  json.begin_array();
  for (std::size_t s = 0; s < standing.strategies.size(); ++s) {
    const StrategyFuture& strategy = standing.strategies[s];
    json.begin_object();
    text(json, "name", strategy.name);
    write_figures(json, "measures", strategy, 0, kWhatIfMeasures, future == 0);
    write_figures(json, "shadow_values", strategy, kWhatIfMeasures, kFigures, future == 0);
    write_bindings(json, about.at_medians.outcomes[s], about.at_medians.cases[s]);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

std::string numbers(const Estimate& estimate) {
  std::string line;
  for (const double value : {estimate.mean, estimate.interval.low, estimate.interval.high})
    line += ',' + (std::isfinite(value) ? core::format_real(value) : "");
  return line;
}

}  // namespace

std::string what_if_json(const WhatIfReport& report) {
  JsonWriter json(JsonWriter::Layout::indented);
  json.begin_object();
  write_identity(json, report.name, report.sha256, report.seed);
  real(json, "confidence", report.result.confidence);
  json.key("replications");
  json.integer(static_cast<std::int64_t>(report.result.replications));
  json.key("has_chance");
  json.boolean(report.result.has_chance);
  json.key("futures");
  json.begin_array();
  for (std::size_t f = 0; f < report.futures.size(); ++f) write_future(json, report, f);
  json.end_array();
  json.end_object();
  return std::move(json).finish();
}

std::string what_if_csv(const WhatIfReport& report) {
  std::string csv =
      "future,strategy,figure,unit,value,ci_low,ci_high,difference,difference_ci_low,difference_ci_high\n";
  for (std::size_t f = 0; f < report.result.futures.size(); ++f) {
    const FutureStanding& future = report.result.futures[f];
    for (const StrategyFuture& strategy : future.strategies) {
      for (std::size_t k = 0; k < kFigures; ++k) {
        const FigureStanding& standing = strategy.figures[k];
        if (!standing.applies) continue;
        csv += csv_text(future.name) + ',' + csv_text(strategy.name) + ',' + std::string(study::figure(k).name) + ',' +
               std::string(study::figure(k).unit) + numbers(standing.value);
        csv += f > 0 && strategy.in_base ? numbers(standing.difference) : ",,,";
        csv += '\n';
      }
    }
  }
  return csv;
}

}  // namespace fleetrace::output
