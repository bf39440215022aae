#include "fleetrace/fit.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "fleetrace/study.hpp"
#include "sim/api/fit_inputs.hpp"
#include "sim/api/fit_models.hpp"
#include "sim/api/race.hpp"
#include "sim/api/scenario_state.hpp"
#include "sim/core/numeric/math.hpp"
#include "sim/scenario/reference/paths.hpp"

namespace fleetrace {
namespace {

using Fitter = Fit (*)(const FitRequest&, const FitSource&);
struct FitEntry {
  FitModel model;
  Fitter fit;
};

const std::vector<FitEntry>& entries() {
  static const std::vector<FitEntry> kEntries = {
      {{"trend", "growth or decline by date, exponential or saturating", {"exponential", "logistic"}, "date, value"},
       fit_trend},
      {{"life",
        "lives until failure, of single accelerators or of a life table",
        {"exponential", "weibull", "stepped"},
        "age_yr, failed, entered_yr, count; or from_yr, to_yr, exposure_yr, deaths"},
       fit_life},
      {{"repair", "durations of repairs, lognormal", {}, "duration_yr, or duration_h"}, fit_repair},
      {{"learning", "prices by cumulative volume: Wright's law", {}, "volume, price"}, fit_learning},
      {{"cadence", "dates of releases, as a Gamma renewal process", {}, "date"}, fit_cadence},
      {{"kaplan", "loss by compute, without a floor", {}, "compute_flop, loss; or parameters, tokens, loss"},
       fit_kaplan},
      {{"chinchilla", "loss by parameters and tokens", {}, "parameters, tokens, loss"}, fit_chinchilla},
      {{"data_limited", "the same with data that are repeated", {}, "parameters, tokens, loss, unique_tokens"},
       fit_data_limited},
  };
  return kEntries;
}

const FitEntry& entry_of(const FitRequest& request) {
  std::vector<std::string_view> names;
  for (const FitEntry& each : entries()) {
    if (each.model.name == request.model) return each;
    names.push_back(each.model.name);
  }
  throw std::invalid_argument("there is no model \"" + core::printable(request.model) + "\" to be fitted. " +
                              core::suggest(request.model, names));
}

/// The law that is meant.
std::string law_of(const FitModel& model, const FitRequest& request) {
  if (request.law.empty()) return model.laws.empty() ? std::string() : std::string(model.laws.front());
  if (std::find(model.laws.begin(), model.laws.end(), request.law) != model.laws.end()) return request.law;
  if (model.laws.empty()) throw std::invalid_argument("the model " + std::string(model.name) + " has one law alone");
  throw std::invalid_argument("there is no law \"" + core::printable(request.law) + "\" of the model " +
                              std::string(model.name) + ". " + core::suggest(request.law, model.laws));
}

void check_use(const FitRequest& request) {
  if (!(request.confidence > 0 && request.confidence < 1))
    throw std::invalid_argument("the confidence is between 0 and 1");
  if (request.model != "life" && !request.steps.empty())
    throw std::invalid_argument("steps are of the model life alone");
  if (request.model != "trend" &&
      (!request.of.empty() || !request.key.empty() || request.at || !request.predict.empty()))
    throw std::invalid_argument(
        "what it is of, its key, the date of its level and predictions are of the model trend alone");
}

/// The section of which a fit chooses the model: "operations.failures" of "operations.failures.law".
struct ChosenModel {
  std::string section;
  std::string selector;
  std::string name;
};
std::optional<ChosenModel> chosen_model(const FitInput& input) {
  const std::size_t dot = input.path.rfind('.');
  const std::string key = input.path.substr(dot + 1);
  if (key != "law" && key != "model") return std::nullopt;
  return ChosenModel{input.path.substr(0, dot), key, input.value};
}

/// What a section of another model keeps: the values of the scenario that it knows, too, but for those that the fit sets.
std::string kept_values(const core::Spec& now, const core::Entry& then, const std::vector<std::string>& set) {
  std::string text;
  for (std::size_t i = 0; i < now.values.size(); ++i) {
    const core::Value& value = now.values[i];
    const std::string name(now.entry->parameters[i].name);
    const bool is_plain = value.given() && !value.preset && !value.source_text.empty();
    if (!is_plain || now.entry->parameters[i].shape == core::Shape::growth || then.find(name) == nullptr) continue;
    if (std::find(set.begin(), set.end(), name) == set.end()) text += ", " + name + ": " + value.source_text;
  }
  return text;
}

/// Says where the middle of a lognormal law is not the estimate, since the interval that they share is askew.
void add_skewness_notes(Fit& fit) {
  constexpr double kMuch = 0.1;
  for (const FitConstant& each : fit.constants) {
    const bool is_there = std::any_of(fit.inputs.begin(), fit.inputs.end(), [&](const FitInput& input) {
      return input.path.ends_with('.' + each.name) && input.value.starts_with("{lognormal");
    });
    if (!is_there || !each.low || !each.high) continue;
    const double middle = std::sqrt(*each.low * *each.high);
    if (std::fabs(middle / each.value - 1) < kMuch) continue;
    fit.notes.push_back(
        "The interval of " + each.name + " is askew: the law that a scenario takes has it, and a median of " +
        quantity(middle, each.unit) + ", where the estimate is " + quantity(each.value, each.unit) + '.');
  }
}

/// A section of a scenario and the parameter that it is the value of.
struct Place {
  const core::Spec* section = nullptr;
  const core::Parameter* parameter = nullptr;
};
/// The section at a path such as "operations.failures"; none where the scenario has none there.
Place section_at(const core::Spec& root, std::string_view path) {
  Place place{&root, nullptr};
  for (std::size_t begin = 0; begin <= path.size() && place.section != nullptr;) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    const std::string_view key = path.substr(begin, end - begin);
    place.parameter = place.section->entry->find(key);
    const bool is_section = place.parameter != nullptr && place.parameter->shape == core::Shape::section;
    place.section = is_section ? place.section->section(key) : nullptr;
    begin = end + 1;
  }
  return place;
}

/// The changes that the inputs are. Where the model of a section becomes another, the section is written anew, since keys of the old
/// model would be none of the new one.
std::vector<reader::Override> changes_of(const Scenario& scenario, const std::vector<FitInput>& inputs) {
  std::vector<reader::Override> changes = scenario.state().changes;
  std::string rewritten;
  for (const FitInput& input : inputs) {
    if (!rewritten.empty() && input.path.starts_with(rewritten)) continue;
    const std::optional<ChosenModel> chosen = chosen_model(input);
    const Place place = chosen ? section_at(scenario.details().root(), chosen->section) : Place();
    if (place.section == nullptr || place.section->entry->name == chosen->name) {
      changes.push_back({input.path, input.value, "fit"});
      continue;
    }
    rewritten = chosen->section + '.';
    std::string text = '{' + chosen->selector + ": " + chosen->name;
    std::vector<std::string> set;
    for (const FitInput& each : inputs) {
      if (!each.path.starts_with(rewritten) || &each == &input) continue;
      set.push_back(each.path.substr(rewritten.size()));
      text += ", " + set.back() + ": " + each.value;
    }
    const core::Entry* const then = place.parameter->family->find(chosen->name);
    changes.push_back({chosen->section, text + kept_values(*place.section, *then, set) + '}', "fit"});
  }
  return changes;
}

/// Final losses of the scenario as it is and with what the fit sets, uncertain inputs at their medians.
std::vector<FitEffect> effects_of(const Scenario& scenario, const std::vector<FitInput>& inputs) {
  const ScenarioState& state = scenario.state();
  const std::vector<reader::Override> changes = changes_of(scenario, inputs);
  const fleet::Draw draw{1, 0, fleet::InputDraw::medians};
  const Run before = run_scenario(state.loaded, draw);
  const Run after = run_scenario(state.document->load_future(state.loaded, changes), draw);
  std::vector<FitEffect> effects;
  for (std::size_t i = 0; i < before.outcomes.size(); ++i) {
    effects.push_back({before.setups[i].strategy.name, before.outcomes[i].final.relative_loss,
                       after.outcomes[i].final.relative_loss});
  }
  return effects;
}

}  // namespace

std::span<const FitModel> fit_models() {
  static const std::vector<FitModel> kModels = [] {
    std::vector<FitModel> models;
    for (const FitEntry& each : entries()) models.push_back(each.model);
    return models;
  }();
  return kModels;
}

bool FitSource::has(std::string_view path) const {
  if (scenario == nullptr) return false;
  const std::vector<scenario::Path> known = scenario::paths(scenario->details());
  return std::any_of(known.begin(), known.end(), [&](const scenario::Path& each) { return each.path == path; });
}

std::vector<double> places(double first, double last, std::size_t count) {
  std::vector<double> all(count);
  for (std::size_t i = 0; i < count; ++i)
    all[i] = first + (last - first) * static_cast<double>(i) / static_cast<double>(count - 1);
  return all;
}

std::vector<double> ratio_places(double first, double last, std::size_t count) {
  std::vector<double> all = places(core::log(first), core::log(last), count);
  for (double& each : all) each = core::exp(each);
  all.front() = first;
  all.back() = last;
  return all;
}

double years_of(core::Time time) { return static_cast<double>(time.milliseconds()) / core::kYear.milliseconds(); }

core::Time time_of(double years) {
  return core::Time::from_milliseconds(std::llround(years * static_cast<double>(core::kYear.milliseconds())));
}

Fit fit(const FitRequest& request, std::string_view csv, const std::string& file,
        const std::optional<Scenario>& scenario) {
  const FitEntry& entry = entry_of(request);
  FitRequest complete = request;
  complete.law = law_of(entry.model, request);
  check_use(request);
  Fit found = entry.fit(complete, {csv, file, scenario ? &*scenario : nullptr});
  found.model = entry.model.name;
  found.law = complete.law;
  found.file = file;
  found.sha256 = reader::sha256(csv);
  found.confidence = request.confidence;
  found.yaml = to_yaml(found.inputs);
  add_skewness_notes(found);
  if (scenario && !found.inputs.empty()) {
    found.scenario = scenario->name();
    found.effects = effects_of(*scenario, found.inputs);
  }
  return found;
}

}  // namespace fleetrace
