#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>

#include "sim/output/json/document.hpp"
#include "sim/output/json/warnings_json.hpp"
#include "sim/output/studies/comparison.hpp"
#include "sim/output/studies/study_json.hpp"
#include "sim/scenario/schema/money_entry.hpp"

namespace fleetrace::output {
namespace {

using study::Comparison;
using study::PairStanding;
using study::StrategyStanding;
using Rule = study::StoppingRule::Kind;

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();
constexpr std::string_view kRules[] = {"fixed", "half_width", "select"};
constexpr std::array<const char*, 5> kQuantiles = {"quantile_05", "quantile_25", "median", "quantile_75",
                                                   "quantile_95"};

void write_end(core::JsonWriter& json, const ComparisonReport& report) {
  const study::StoppingResult& end = report.stopping;
  json.begin_flat_object("ending");
  json.text("rule", kRules[static_cast<std::size_t>(end.rule.kind)]);
  json.real("size", end.rule.kind == Rule::fixed ? std::nullopt : std::optional(end.rule.size));
  json.boolean("met", end.met);
  write_strategy_name(json, "selected", report.comparison, end.selected);
  json.end_object();
}

study::StoppingResult read_end(const JsonValue& from, const Comparison& comparison) {
  study::StoppingResult end;
  const std::string rule = read_text(from, "rule");
  const auto* const known = std::find(std::begin(kRules), std::end(kRules), rule);
  if (known == std::end(kRules)) throw BadResults("has an ending rule that is none: " + rule);
  end.rule.kind = static_cast<Rule>(known - std::begin(kRules));
  end.rule.size = read_number(from, "size", 0);
  end.rule.most = comparison.replications;
  end.met = from.at("met").get<bool>();
  end.selected = read_optional_strategy_name(from, "selected", comparison);
  return end;
}

/// The inputs are those of the scenario, so that nobody reads them back.
void write_inputs(core::JsonWriter& json, const ComparisonReport& report) {
  json.flat_objects("inputs", report.design.inputs.all(), [&](const scenario::UncertainInput& input) {
    json.text("path", input.path);
    json.text("distribution", input.source_text);
    json.text("unit", input.unit);
  });
}

void write_strategies(core::JsonWriter& json, const Comparison& comparison) {
  json.objects("strategies", comparison.strategies, [&](const StrategyStanding& each) {
    write_standing(json, each, Standing::of_comparison);
    json.boolean("hindsight", each.is_bound);
    json.boolean("pareto_spend", each.pareto_spend);
    json.key("pareto_energy");
    std::isnan(each.mean_energy) ? json.null() : json.boolean(each.pareto_energy);
  });
}

void read_strategies(const JsonValue& from, Comparison& comparison) {
  for (const JsonValue& each : from.at("strategies")) {
    StrategyStanding standing = read_standing(each, Standing::of_comparison);
    standing.is_bound = each.contains("hindsight") && each.at("hindsight").get<bool>();
    standing.pareto_spend = each.at("pareto_spend").get<bool>();
    const JsonValue& pareto_energy = each.at("pareto_energy");
    standing.pareto_energy = !pareto_energy.is_null() && pareto_energy.get<bool>();
    comparison.strategies.push_back(std::move(standing));
  }
}

void write_pairs(core::JsonWriter& json, const Comparison& comparison) {
  json.flat_objects("pairs", comparison.pairs, [&](const PairStanding& pair) {
    write_strategy_name(json, "a", comparison, pair.a);
    write_strategy_name(json, "b", comparison, pair.b);
    json.real("mean_difference", pair.difference.mean);
    write_interval(json, pair.mean);
    json.real("sd", pair.difference.sd);
    json.real("pairing_gain", pair.pairing_gain);
    json.integer("replications", pair.difference.n);
    json.integer("a_alone", pair.a_alone);
    json.integer("b_alone", pair.b_alone);
  });
}

void read_pairs(const JsonValue& from, Comparison& comparison) {
  for (const JsonValue& each : from.at("pairs")) {
    PairStanding pair;
    pair.a = read_strategy_name(each, "a", comparison);
    pair.b = read_strategy_name(each, "b", comparison);
    pair.difference = {read_count(each, "replications"), read_number(each, "mean_difference", kNoNumber),
                       read_number(each, "sd")};
    pair.a_alone = read_count(each, "a_alone");
    pair.b_alone = read_count(each, "b_alone");
    pair.mean = read_interval(each);
    pair.pairing_gain = read_number(each, "pairing_gain");
    comparison.pairs.push_back(pair);
  }
}

/// Null where no strategy plans by what it believes.
void write_information(core::JsonWriter& json, const Comparison& comparison) {
  if (!comparison.information) {
    json.key("information");
    json.null();
    return;
  }
  const study::InformationValue& value = *comparison.information;
  json.begin_object("information");
  write_strategy_name(json, "best_fixed_plan", comparison, value.fixed);
  json.real("best_fixed_plan_mean",
            value.fixed ? std::optional(comparison.strategies[*value.fixed].objective.mean) : std::nullopt);
  json.flat_objects("policies", value.policies, [&](std::size_t policy) {
    json.text("name", comparison.strategies[policy].name);
    json.real("mean", comparison.strategies[policy].objective.mean);
  });
  json.integer("hindsight_replications", value.hindsight.n);
  json.real("hindsight_mean", value.hindsight.mean);
  write_interval(json, value.hindsight_mean, "hindsight");
  json.real("hindsight_sd", value.hindsight.sd);
  json.end_object();
}

void read_information(const JsonValue& from, Comparison& comparison) {
  if (from.is_null()) return;
  study::InformationValue value;
  value.fixed = read_optional_strategy_name(from, "best_fixed_plan", comparison);
  for (const JsonValue& each : from.at("policies"))
    value.policies.push_back(read_strategy_name(each, "name", comparison));
  value.hindsight = {read_count(from, "hindsight_replications"), read_number(from, "hindsight_mean"),
                     read_number(from, "hindsight_sd")};
  value.hindsight_mean = read_interval(from, "hindsight");
  comparison.information = std::move(value);
}

/// Loss over time, in the order of the strategies.
void write_bands(core::JsonWriter& json, const ComparisonReport& report) {
  const study::LossBands& bands = report.bands;
  json.begin_object("loss_over_time");
  json.integer("replications", bands.replications);
  json.begin_flat_array("time");
  for (const core::Time time : bands.times) json.time(time);
  json.end_array();
  json.begin_array("strategies");
  for (std::size_t i = 0; i < bands.strategies.size(); ++i) {
    json.begin_object();
    json.text("name", report.design.strategies[i]);
    for (std::size_t k = 0; k < kQuantiles.size(); ++k) {
      json.begin_flat_array(kQuantiles[k]);
      for (const auto& at : bands.strategies[i]) json.real(at[k]);
      json.end_array();
    }
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

study::LossBands read_bands(const JsonValue& from) {
  study::LossBands bands;
  bands.replications = read_count(from, "replications");
  for (const JsonValue& time : from.at("time")) {
    const auto read = core::parse_iso8601(time.get<std::string>());
    if (!read) throw BadResults("has a date that is none");
    bands.times.push_back(*read);
  }
  for (const JsonValue& strategy : from.at("strategies")) {
    std::vector<std::array<double, 5>> path(bands.times.size());
    for (std::size_t k = 0; k < kQuantiles.size(); ++k) {
      const JsonValue& values = strategy.at(kQuantiles[k]);
      if (values.size() != path.size()) throw BadResults("has losses for some dates only");
      for (std::size_t i = 0; i < path.size(); ++i) path[i][k] = values[i].get<double>();
    }
    bands.strategies.push_back(std::move(path));
  }
  return bands;
}

}  // namespace

std::string comparison_json(const ComparisonReport& report) {
  const Comparison& comparison = report.comparison;
  core::JsonWriter json(core::JsonWriter::Layout::indented);
  json.begin_object();
  write_identity(json, report.scenario.name(), report.scenario.sha256, report.design.seed,
                 scenario::money_note(report.scenario.root()));
  write_objective(json, comparison.objective);
  json.real("target", report.design.target);
  json.real("confidence", comparison.confidence);
  json.integer("replications", comparison.replications);
  write_end(json, report);
  write_leaders(json, comparison);
  write_strategy_name(json, "rival", comparison, comparison.rival);
  json.real("replications_to_halve_interval", comparison.replications_to_halve > 0
                                                  ? std::optional(static_cast<double>(comparison.replications_to_halve))
                                                  : std::nullopt);
  json.boolean("restricted_mean", comparison.is_restricted());
  write_warnings(json, report.scenario.warnings);
  write_inputs(json, report);
  write_strategies(json, comparison);
  json.text("pairs_simultaneous", "Bonferroni");
  json.real("pairs_confidence_each", comparison.pair_confidence);
  write_pairs(json, comparison);
  write_information(json, comparison);
  write_bands(json, report);
  json.end_object();
  return std::move(json).finish();
}

ComparisonReport read_comparison(const std::string& text, const scenario::Scenario& scenario) {
  return read_document(text, [&scenario](const JsonValue& from) {
    const JsonValue& target = from.at("target");
    const auto seed = from.at("seed").get<std::uint32_t>();
    const auto wanted = target.is_null() ? std::nullopt : std::optional<double>(target.get<double>());
    study::StudyDesign design = study::StudyDesign::of(scenario, seed, wanted);
    study::Results none(design.strategies.size());
    Comparison comparison;
    comparison.objective = read_objective(from);
    comparison.confidence = read_confidence(from);
    comparison.replications = read_count(from, "replications");
    read_strategies(from, comparison);
    if (comparison.strategies.size() != design.strategies.size())
      throw BadResults("has other strategies than the scenario in manifest.json");
    read_leaders(from, comparison);
    comparison.pair_confidence = read_number(from, "pairs_confidence_each");
    read_pairs(from, comparison);
    if (from.contains("information")) read_information(from.at("information"), comparison);
    comparison.rival = read_optional_strategy_name(from, "rival", comparison);
    comparison.replications_to_halve = static_cast<std::size_t>(read_number(from, "replications_to_halve_interval", 0));
    const study::StoppingResult end = read_end(from.at("ending"), comparison);
    study::LossBands bands = read_bands(from.at("loss_over_time"));
    const bool has_bands = bands.replications > 0 || !bands.strategies.empty();
    if (has_bands && bands.strategies.size() != comparison.strategies.size())
      throw BadResults("has losses over time for some strategies only");
    return ComparisonReport{scenario, std::move(design), std::move(none), std::move(comparison), end, std::move(bands)};
  });
}

}  // namespace fleetrace::output
