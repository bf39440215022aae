#include "read_results.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/scenario/load.hpp"

namespace fleetrace::output {
namespace {

using nlohmann::json;
using study::Comparison;
using study::StrategyStanding;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// A number; where it is null, `otherwise`.
double number(const json& from, const char* key, double otherwise = kInfinity) {
  const json& value = from.at(key);
  return value.is_null() ? otherwise : value.get<double>();
}

study::Interval interval(const json& from) { return {number(from, "ci_low", -kInfinity), number(from, "ci_high")}; }

std::size_t count(const json& from, const char* key) { return from.at(key).get<std::size_t>(); }

std::size_t strategy_of(const std::vector<StrategyStanding>& strategies, const std::string& name) {
  const auto found = std::find_if(strategies.begin(), strategies.end(),
                                  [&name](const StrategyStanding& each) { return each.name == name; });
  if (found == strategies.end()) throw BadResults("names a strategy that it does not have");
  return static_cast<std::size_t>(found - strategies.begin());
}

fleet::Measure objective_of(const json& from) {
  const auto found = fleet::find_objective(from.at("objective").get<std::string>());
  if (!found) throw BadResults("has an objective that is none");
  return *found;
}

/// What each strategy of a comparison and of a sweep's point has.
StrategyStanding read_standing(const json& from, std::size_t replications) {
  StrategyStanding each;
  each.name = from.at("name").get<std::string>();
  each.objective.n = replications;
  each.objective.mean = number(from, "mean");
  each.mean = interval(from);
  each.p_best = number(from, "p_best");
  each.regret_mean = number(from, "regret_mean");
  each.target_reached = number(from, "target_reached");
  each.mean_spend = number(from, "mean_spend_usd");
  each.mean_energy = number(from, "mean_energy_kwh");
  return each;
}

/// Who leads, and whether the evidence says so.
void read_leaders(const json& from, Comparison& comparison) {
  comparison.leader = strategy_of(comparison.strategies, from.at("leader").get<std::string>());
  if (!from.at("best").is_null())
    comparison.best = strategy_of(comparison.strategies, from.at("best").get<std::string>());
}

void read_bands(const json& from, study::LossBands& bands) {
  static constexpr std::array<const char*, 5> kNames = {"quantile_05", "quantile_25", "median", "quantile_75",
                                                        "quantile_95"};
  bands.replications = count(from, "replications");
  for (const json& time : from.at("time")) {
    const auto read = core::parse_iso8601(time.get<std::string>());
    if (!read) throw BadResults("has a date that is none");
    bands.times.push_back(*read);
  }
  for (const json& strategy : from.at("strategies")) {
    std::vector<std::array<double, 5>> path(bands.times.size());
    for (std::size_t k = 0; k < kNames.size(); ++k) {
      const json& values = strategy.at(kNames[k]);
      if (values.size() != path.size()) throw BadResults("has losses for some dates only");
      for (std::size_t i = 0; i < path.size(); ++i) path[i][k] = values[i].get<double>();
    }
    bands.strategies.push_back(std::move(path));
  }
}

void read_ending(const json& from, study::Ending& ending, const Comparison& comparison) {
  using Kind = study::EndRule::Kind;
  const std::string rule = from.at("rule").get<std::string>();
  ending.rule.kind = rule == "select" ? Kind::select : rule == "half_width" ? Kind::half_width : Kind::fixed;
  ending.rule.size = number(from, "size", 0);
  ending.rule.most = comparison.replications;
  ending.met = from.at("met").get<bool>();
  if (!from.at("selected").is_null())
    ending.selected = strategy_of(comparison.strategies, from.at("selected").get<std::string>());
}

/// Whatever the library says about a shape that is not ours.
template <class Read>
auto reading(const std::string& text, Read read) {
  try {
    return read(json::parse(text));
  } catch (const json::exception& error) {
    throw BadResults("does not have the shape of results: " + core::printable(error.what()));
  }
}

study::SobolIndex index(const json& from) {
  return {number(from, "value"), number(from, "ci_low", -kInfinity), number(from, "ci_high")};
}

}  // namespace

ComparisonReport read_comparison(const std::string& text, const fleet::Scenario& scenario) {
  return reading(text, [&scenario](const json& from) {
    const json& target = from.at("target");
    const auto seed = from.at("seed").get<std::uint32_t>();
    const auto wanted = target.is_null() ? std::nullopt : std::optional<double>(target.get<double>());
    study::Plan plan = study::Plan::of(scenario, seed, wanted);
    study::Results none(plan.strategies.size());
    Comparison comparison;
    comparison.objective = objective_of(from);
    comparison.confidence = number(from, "confidence");
    comparison.replications = count(from, "replications");
    for (const json& each : from.at("strategies")) {
      StrategyStanding standing = read_standing(each, comparison.replications);
      standing.objective.sd = number(each, "sd");
      standing.median = number(each, "median");
      standing.quantile_05 = number(each, "quantile_05");
      standing.quantile_95 = number(each, "quantile_95");
      standing.regret_cvar95 = number(each, "regret_cvar95");
      standing.pareto_spend = each.at("pareto_spend").get<bool>();
      standing.pareto_energy = each.at("pareto_energy").get<bool>();
      comparison.strategies.push_back(std::move(standing));
    }
    if (comparison.strategies.size() != plan.strategies.size())
      throw BadResults("has other strategies than the scenario in manifest.json");
    read_leaders(from, comparison);
    for (const json& each : from.at("pairs")) {
      study::PairStanding pair;
      pair.a = strategy_of(comparison.strategies, each.at("a").get<std::string>());
      pair.b = strategy_of(comparison.strategies, each.at("b").get<std::string>());
      pair.difference = {comparison.replications, number(each, "mean_difference"), number(each, "sd")};
      pair.mean = interval(each);
      pair.pairing_gain = number(each, "pairing_gain");
      comparison.pairs.push_back(pair);
    }
    if (const json& rival = from.at("rival"); !rival.is_null())
      comparison.rival = strategy_of(comparison.strategies, rival.get<std::string>());
    comparison.replications_needed = number(from, "replications_needed");
    study::Ending ending;
    read_ending(from.at("ending"), ending, comparison);
    study::LossBands bands;
    read_bands(from.at("loss_over_time"), bands);
    if (bands.replications > 0 && bands.strategies.size() != comparison.strategies.size())
      throw BadResults("has losses over time for some strategies only");
    return ComparisonReport{scenario, std::move(plan), std::move(none), std::move(comparison),
                            ending,   std::move(bands)};
  });
}

SweepReport read_sweep(const std::string& text) {
  return reading(text, [](const json& from) {
    SweepReport report;
    report.name = from.at("scenario").at("name").get<std::string>();
    report.sha256 = from.at("scenario").at("sha256").get<std::string>();
    report.seed = from.at("seed").get<std::uint32_t>();
    report.objective = objective_of(from);
    report.confidence = number(from, "confidence");
    report.has_chance = from.at("has_chance").get<bool>();
    for (const json& axis : from.at("axes"))
      report.axes.push_back({axis.at("path").get<std::string>(), axis.at("values").get<std::vector<std::string>>()});
    for (const json& each : from.at("points")) {
      Comparison point;
      point.objective = report.objective;
      point.confidence = report.confidence;
      point.replications = count(each, "replications");
      for (const json& strategy : each.at("strategies"))
        point.strategies.push_back(read_standing(strategy, point.replications));
      read_leaders(each, point);
      report.points.push_back(std::move(point));
    }
    if (report.axes.empty() || report.points.size() != study::grid_size(report.axes))
      throw BadResults("has not as many points as its axes make");
    return report;
  });
}

SensitivityReport read_sensitivity(const std::string& text, const fleet::Scenario& scenario) {
  return reading(text, [&scenario](const json& from) {
    study::Plan plan = study::Plan::of(scenario, from.at("seed").get<std::uint32_t>(), std::nullopt);
    const auto named = [&plan](const json& name) {
      const auto found = study::find_strategy(plan, name.get<std::string>());
      if (!found) throw BadResults("names a strategy that the scenario in manifest.json does not have");
      return *found;
    };
    study::Sensitivity found;
    found.objective = objective_of(from);
    found.strategy = named(from.at("strategy"));
    if (!from.at("minus").is_null()) found.against = named(from.at("minus"));
    found.mean = number(from, "mean");
    const double sd = number(from, "sd");
    found.variance = sd * sd;
    found.at_medians = number(from, "at_medians");
    found.runs = count(from, "runs");
    const std::vector<std::string>& names = plan.inputs.names();
    for (const json& each : from.at("inputs")) {
      const auto input = std::find(names.begin(), names.end(), each.at("name").get<std::string>());
      if (input == names.end()) throw BadResults("names an input that is not uncertain in manifest.json");
      study::InputEffect effect;
      effect.input = static_cast<std::size_t>(input - names.begin());
      effect.first = index(each.at("first"));
      effect.total = index(each.at("total"));
      effect.at_low = number(each.at("low"), "result");
      effect.at_high = number(each.at("high"), "result");
      for (const json& turn : each.at("break_evens")) effect.break_evens.push_back(number(turn, "quantile"));
      found.inputs.push_back(std::move(effect));
    }
    if (found.inputs.empty()) throw BadResults("has no input");
    study::SensitivityEffort effort;
    effort.points = count(from, "points");
    effort.replicates = count(from, "replicates");
    effort.confidence = number(from, "confidence");
    const bool other_chance = from.at("has_other_chance").get<bool>();
    return SensitivityReport{scenario, std::move(plan), effort, std::move(found), other_chance};
  });
}

namespace {

study::Estimate estimate(const json& from, const std::string& prefix) {
  const std::string before = prefix.empty() ? "" : prefix + '_';
  return {number(from, (prefix.empty() ? "value" : prefix).c_str()),
          {number(from, (before + "ci_low").c_str(), -kInfinity), number(from, (before + "ci_high").c_str())}};
}

study::StrategyFuture read_strategy(const json& from, const study::FutureStanding* base) {
  study::StrategyFuture strategy;
  strategy.name = from.at("name").get<std::string>();
  strategy.in_base = base == nullptr || std::any_of(base->strategies.begin(), base->strategies.end(),
                                                    [&](const auto& each) { return each.name == strategy.name; });
  for (std::size_t k = 0; k < study::kFigures; ++k) {
    const json& figures = from.at(k < study::kWhatIfMeasures ? "measures" : "shadow_values");
    const auto found = figures.find(study::figure(k).name);
    if (found == figures.end()) continue;
    strategy.figures[k].applies = true;
    strategy.figures[k].value = estimate(*found, "");
    if (base != nullptr && strategy.in_base) strategy.figures[k].difference = estimate(*found, "difference");
  }
  return strategy;
}

Run raced(const std::string& resolved, const FutureReport& about, std::uint32_t seed) {
  std::vector<scenario::Override> overrides;
  for (const auto& [path, value] : about.changes) overrides.push_back({path, value});
  try {
    return run_scenario(scenario::load_bytes(resolved, "manifest.json: resolved_scenario", overrides), {seed});
  } catch (const core::InputError&) {
    throw BadResults("has a change that the scenario in manifest.json does not take");
  }
}

}  // namespace

WhatIfReport read_what_if(const std::string& text, const std::string& resolved, Run base) {
  return reading(text, [&](const json& from) {
    WhatIfReport report;
    report.name = from.at("scenario").at("name").get<std::string>();
    report.sha256 = from.at("scenario").at("sha256").get<std::string>();
    report.seed = from.at("seed").get<std::uint32_t>();
    report.result.confidence = number(from, "confidence");
    report.result.replications = count(from, "replications");
    report.result.has_chance = from.at("has_chance").get<bool>();
    report.result.futures.reserve(from.at("futures").size());
    for (const json& each : from.at("futures")) {
      const bool is_base = report.futures.empty();
      FutureReport about;
      about.summary = each.at("summary").get<std::string>();
      for (const json& change : each.at("changes"))
        about.changes.emplace_back(change.at("path").get<std::string>(), change.at("value").get<std::string>());
      about.at_medians = is_base ? std::exchange(base, {}) : raced(resolved, about, report.seed);
      study::FutureStanding future;
      future.name = each.at("name").get<std::string>();
      future.differs = each.at("differs").get<bool>();
      for (const json& strategy : each.at("strategies"))
        future.strategies.push_back(read_strategy(strategy, is_base ? nullptr : &report.result.futures.front()));
      const auto& outcomes = about.at_medians.outcomes;
      if (!std::equal(outcomes.begin(), outcomes.end(), future.strategies.begin(), future.strategies.end(),
                      [](const auto& a, const auto& b) { return a.strategy == b.name; }))
        throw BadResults("has other strategies than the scenario in manifest.json");
      report.result.futures.push_back(std::move(future));
      report.futures.push_back(std::move(about));
    }
    if (report.futures.empty()) throw BadResults("has no future");
    return report;
  });
}

SolveReport read_solve(const std::string& text, const fleet::Scenario& scenario) {
  return reading(text, [&](const json& from) {
    SolveReport report;
    report.name = scenario.name();
    report.sha256 = scenario.sha256;
    report.seed = from.at("seed").get<std::uint32_t>();
    report.confidence = number(from, "confidence");
    report.replications = count(from, "replications");
    const study::Plan plan = study::Plan::of(scenario, report.seed, std::nullopt);
    const auto knob = fleet::Knob::at(scenario, from.at("path").get<std::string>());
    const auto goal = study::parse_goal(from.at("goal").get<std::string>(), plan.strategies,
                                        fleet::resolve(scenario).front().horizon);
    report.strategy = from.at("strategy").get<std::string>();
    if (knob.index() != 0 || goal.index() != 0 || !study::find_strategy(plan, report.strategy))
      throw BadResults("asks for what the scenario in manifest.json does not have");
    report.knob = std::get<fleet::Knob>(knob);
    report.goal = std::get<study::Goal>(goal);
    const auto sample = [](const json& each) {
      return study::SolveSample{number(each, "value"), number(each, "reached"), each.at("met").get<bool>()};
    };
    study::Solution& solution = report.solution;
    const std::string end = from.at("end").get<std::string>();
    solution.end = end == "found"    ? study::Solution::End::found
                   : end == "always" ? study::Solution::End::always
                                     : study::Solution::End::never;
    solution.rises = from.at("rises").get<bool>();
    solution.is_monotone = from.at("is_monotone").get<bool>();
    solution.refused = from.at("refused").get<std::string>();
    for (const json& each : from.at("samples")) solution.samples.push_back(sample(each));
    if (solution.samples.empty()) throw BadResults("has no sample");
    solution.best = sample(from.at("best"));
    report.interval = interval(from);
    report.at_medians = run_at(plan, report.knob, report.strategy, solution.best.input, report.seed);
    return report;
  });
}

}  // namespace fleetrace::output
