#include "sim/output/studies/study_json.hpp"

#include <algorithm>

#include "sim/output/json/document.hpp"
#include "sim/output/studies/standing_columns.hpp"

namespace fleetrace::output {
namespace {

bool is_meant(const StandingColumn& column, Standing columns) {
  return column.in_sweeps || columns == Standing::of_comparison;
}

std::size_t strategy_named(const study::Comparison& comparison, const std::string& name) {
  const std::vector<study::StrategyStanding>& all = comparison.strategies;
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&name](const study::StrategyStanding& each) { return each.name == name; });
  if (found == all.end()) throw BadResults("names a strategy that it does not have");
  return static_cast<std::size_t>(found - all.begin());
}

std::string prefixed(const std::string& prefix, const char* key) { return prefix.empty() ? key : prefix + '_' + key; }

}  // namespace

void write_objective(core::JsonWriter& json, fleet::Metric objective) {
  const fleet::MetricInfo& info = fleet::info(objective);
  json.text("objective", info.name);
  json.text("unit", info.unit);
  json.boolean("lower_is_better", info.lower_is_better);
}

fleet::Metric read_objective(const JsonValue& from) {
  const auto found = fleet::find_objective(read_text(from, "objective"));
  if (!found) throw BadResults("has an objective that is none");
  return *found;
}

void write_interval(core::JsonWriter& json, const study::Interval& interval, const std::string& prefix) {
  json.real(prefixed(prefix, "ci_low"), interval.low);
  json.real(prefixed(prefix, "ci_high"), interval.high);
}

study::Interval read_interval(const JsonValue& from, const std::string& prefix) {
  return {read_number(from, prefixed(prefix, "ci_low"), -kUnlimited), read_number(from, prefixed(prefix, "ci_high"))};
}

void write_strategy_name(core::JsonWriter& json, std::string_view key, const study::Comparison& comparison,
                         const std::optional<std::size_t>& strategy) {
  json.key(key);
  strategy ? json.text(comparison.strategies[*strategy].name) : json.null();
}

std::size_t read_strategy_name(const JsonValue& from, const char* key, const study::Comparison& comparison) {
  return strategy_named(comparison, read_text(from, key));
}

std::optional<std::size_t> read_optional_strategy_name(const JsonValue& from, const char* key,
                                                       const study::Comparison& comparison) {
  const std::optional<std::string> name = read_optional_text(from, key);
  return name ? std::optional(strategy_named(comparison, *name)) : std::nullopt;
}

void write_standing(core::JsonWriter& json, const study::StrategyStanding& strategy, Standing columns) {
  json.text("name", strategy.name);
  for (const StandingColumn& column : standing_columns()) {
    if (is_meant(column, columns)) json.real(column.name, column.value(strategy));
  }
}

study::StrategyStanding read_standing(const JsonValue& from, Standing columns) {
  study::StrategyStanding strategy;
  strategy.name = read_text(from, "name");
  for (const StandingColumn& column : standing_columns()) {
    if (is_meant(column, columns)) column.set(strategy, read_number(from, std::string(column.name), column.missing));
  }
  return strategy;
}

void write_leaders(core::JsonWriter& json, const study::Comparison& comparison) {
  write_strategy_name(json, "best", comparison, comparison.best);
  write_strategy_name(json, "leader", comparison, comparison.leader);
  std::vector<std::string> tied;
  for (const std::size_t i : comparison.tied) tied.push_back(comparison.strategies[i].name);
  write_texts(json, "tied", tied);
  json.integer("without_winner", comparison.without_winner);
}

void read_leaders(const JsonValue& from, study::Comparison& comparison) {
  comparison.leader = read_optional_strategy_name(from, "leader", comparison);
  for (const JsonValue& name : from.at("tied"))
    comparison.tied.push_back(strategy_named(comparison, name.get<std::string>()));
  comparison.without_winner = read_count(from, "without_winner");
  comparison.best = read_optional_strategy_name(from, "best", comparison);
}

}  // namespace fleetrace::output
