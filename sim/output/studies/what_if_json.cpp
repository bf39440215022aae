#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/output/json/document.hpp"
#include "sim/output/json/warnings_json.hpp"
#include "sim/output/run/json_parts.hpp"
#include "sim/output/studies/study_json.hpp"
#include "sim/output/studies/what_if.hpp"
#include "sim/output/studies/what_if_parts.hpp"
#include "sim/reader/document.hpp"
#include "sim/scenario/schema/money_entry.hpp"

namespace fleetrace::output {
namespace {

using study::Estimate;
using study::kRaceMetrics;
using study::kWhatIfMetrics;
using study::MetricStanding;
using study::WhatIfCaseStanding;
using study::WhatIfStrategy;

/// A mean and its interval, and quantiles of the futures: "value", "ci_low", "ci_high", "p10", "p50", "p90", or with the prefix
/// "difference" that key and those behind it.
void write_estimate(core::JsonWriter& json, const std::string& prefix, const Estimate& estimate) {
  json.real(prefix.empty() ? "value" : prefix, estimate.mean);
  write_interval(json, estimate.interval, prefix);
  const std::string before = prefix.empty() ? "" : prefix + '_';
  json.real(before + "p10", estimate.futures.p10);
  json.real(before + "p50", estimate.futures.p50);
  json.real(before + "p90", estimate.futures.p90);
}

Estimate read_estimate(const JsonValue& from, const std::string& prefix) {
  const std::string before = prefix.empty() ? "" : prefix + '_';
  return {read_number(from, prefix.empty() ? "value" : prefix),
          read_interval(from, prefix),
          {read_number(from, before + "p10"), read_number(from, before + "p50"), read_number(from, before + "p90")}};
}

/// Figures from `first` to before `end` of one strategy.
void write_metrics(core::JsonWriter& json, std::string_view key, const WhatIfStrategy& strategy, std::size_t first,
                   std::size_t end) {
  json.begin_object(key);
  for (std::size_t k = first; k < end; ++k) {
    const MetricStanding& standing = strategy.metrics[k];
    if (!standing.applies) continue;
    json.begin_flat_object(study::what_if_metric(k).name);
    write_estimate(json, "", standing.value);
    if (standing.has_difference) {
      write_estimate(json, "difference", standing.difference);
      if (const double before = before_of(standing); before != 0)
        json.real("relative_difference", standing.difference.mean / std::fabs(before));
    }
    json.end_object();
  }
  json.end_object();
}

WhatIfStrategy read_strategy(const JsonValue& from, const WhatIfCaseStanding* base) {
  WhatIfStrategy strategy;
  strategy.name = read_text(from, "name");
  strategy.in_base = base == nullptr || std::any_of(base->strategies.begin(), base->strategies.end(),
                                                    [&](const auto& each) { return each.name == strategy.name; });
  for (std::size_t k = 0; k < kWhatIfMetrics; ++k) {
    const JsonValue& figures = from.at(k < kRaceMetrics.size() ? "measures" : "shadow_values");
    if (!figures.contains(study::what_if_metric(k).name)) continue;
    const JsonValue found = figures.at(study::what_if_metric(k).name);
    strategy.metrics[k].applies = true;
    strategy.metrics[k].value = read_estimate(found, "");
    strategy.metrics[k].has_difference = found.contains("difference");
    if (strategy.metrics[k].has_difference) strategy.metrics[k].difference = read_estimate(found, "difference");
    if (strategy.metrics[k].has_difference && !std::isfinite(strategy.metrics[k].difference.mean))
      throw BadResults("has a difference that is no number");
  }
  return strategy;
}

void write_case(core::JsonWriter& json, const WhatIfReport& report, std::size_t which) {
  const WhatIfCaseStanding& standing = report.result.cases[which];
  const WhatIfCaseReport& about = report.cases[which];
  json.begin_object();
  json.text("name", standing.name);
  json.text("summary", about.summary);
  json.begin_array("changes");
  for (const auto& [path, value] : about.changes) {
    json.begin_flat_object();
    json.text("path", path);
    json.text("value", value);
    json.end_object();
  }
  json.end_array();
  json.boolean("differs", standing.differs);
  if (which > 0) json.text("answer", what_if_answer(report, which));
  if (const auto& setups = about.at_medians.setups; !setups.empty())
    json.real("reference_compute_flop", setups.front().loss.reference.compute);
  json.begin_array("strategies");
  for (std::size_t s = 0; s < standing.strategies.size(); ++s) {
    const WhatIfStrategy& strategy = standing.strategies[s];
    json.begin_object();
    json.text("name", strategy.name);
    write_metrics(json, "measures", strategy, 0, kRaceMetrics.size());
    write_metrics(json, "shadow_values", strategy, kRaceMetrics.size(), kWhatIfMetrics);
    write_binding_constraints(json, about.at_medians.outcomes[s], about.at_medians.setups[s]);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

/// A changed case is raced anew for what binds.
Run raced(const reader::Document& document, const scenario::Scenario& base, const WhatIfCaseReport& about,
          std::uint32_t seed) {
  std::vector<reader::Override> overrides;
  for (const auto& [path, value] : about.changes) overrides.push_back({path, value});
  try {
    return run_scenario(document.load_future(base, overrides), {seed});
  } catch (const core::InputError&) {
    throw BadResults("has a change that the scenario in manifest.json does not take");
  }
}

/// Appends a case; the first one is the base, whose run is at hand.
void read_case(const JsonValue& from, const reader::Document& document, Run& base, WhatIfReport& report) {
  const bool is_base = report.cases.empty();
  WhatIfCaseReport about;
  about.summary = read_text(from, "summary");
  for (const JsonValue& change : from.at("changes"))
    about.changes.emplace_back(read_text(change, "path"), read_text(change, "value"));
  about.at_medians = is_base ? std::exchange(base, {})
                             : raced(document, report.cases.front().at_medians.scenario, about, report.seed);
  WhatIfCaseStanding standing;
  standing.name = read_text(from, "name");
  standing.differs = from.at("differs").get<bool>();
  for (const JsonValue& strategy : from.at("strategies"))
    standing.strategies.push_back(read_strategy(strategy, is_base ? nullptr : &report.result.cases.front()));
  const auto& outcomes = about.at_medians.outcomes;
  if (!std::equal(outcomes.begin(), outcomes.end(), standing.strategies.begin(), standing.strategies.end(),
                  [](const auto& a, const auto& b) { return a.strategy == b.name; }))
    throw BadResults("has other strategies than the scenario in manifest.json");
  report.result.cases.push_back(std::move(standing));
  report.cases.push_back(std::move(about));
}

}  // namespace

std::string what_if_json(const WhatIfReport& report) {
  core::JsonWriter json(core::JsonWriter::Layout::indented);
  json.begin_object();
  write_identity(json, report.name, report.sha256, report.seed,
                 scenario::money_note(report.cases.front().at_medians.scenario.root()));
  json.real("confidence", report.result.confidence);
  json.integer("replications", report.result.replications);
  json.boolean("has_chance", report.result.has_chance);
  write_warnings(json, report.warnings);
  json.begin_array("futures");
  for (std::size_t f = 0; f < report.cases.size(); ++f) write_case(json, report, f);
  json.end_array();
  json.end_object();
  return std::move(json).finish();
}

WhatIfReport read_what_if(const std::string& text, const std::string& resolved, Run base) {
  return read_document(text, [&](const JsonValue& from) {
    WhatIfReport report;
    report.name = read_text(from.at("scenario"), "name");
    report.sha256 = read_text(from.at("scenario"), "sha256");
    report.seed = from.at("seed").get<std::uint32_t>();
    report.result.confidence = read_number(from, "confidence");
    report.result.replications = read_count(from, "replications");
    report.result.has_chance = from.at("has_chance").get<bool>();
    report.warnings = read_warnings(from);
    const reader::Document document({resolved, "manifest.json: resolved_scenario"});
    for (const JsonValue& each : from.at("futures")) read_case(each, document, base, report);
    if (report.cases.empty()) throw BadResults("has no case");
    return report;
  });
}

}  // namespace fleetrace::output
