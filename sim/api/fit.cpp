#include "fleetrace/fit.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "fleetrace/study.hpp"
#include "sim/api/fit_changes.hpp"
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
  if (request.model != "trend" && (!request.of.empty() || !request.key.empty() || request.at ||
                                   !request.predict.empty() || request.widening != kTrendWidening))
    throw std::invalid_argument(
        "what it is of, its key, the date of its level, predictions and their widening are of the model trend alone");
}

/// Says where the interval of a lognormal law is not that of the fit, which is askew about its estimate.
void add_skewness_notes(Fit& fit) {
  for (const FitConstant& each : fit.constants) {
    const bool is_there = std::any_of(fit.inputs.begin(), fit.inputs.end(), [&](const FitInput& input) {
      return input.path.ends_with('.' + each.name) && input.value.starts_with("{lognormal: {median");
    });
    if (!is_there || !each.low || !each.high) continue;
    const double spread = std::sqrt(*each.high / *each.low);
    fit.notes.push_back("The interval of " + each.name +
                        " is askew: a scenario takes the estimate as the median of a law that is as wide, from " +
                        quantity(each.value / spread, each.unit) + " to " + quantity(each.value * spread, each.unit) +
                        '.');
  }
}

/// Final losses of the scenario as it is and with what the fit sets, uncertain inputs at their medians.
std::vector<FitEffect> effects_of(const Scenario& scenario, const std::vector<FitInput>& inputs) {
  const ScenarioState& state = scenario.state();
  std::vector<reader::Override> changes = state.changes;
  for (FitInput& each : fit_changes(scenario, inputs))
    changes.push_back({std::move(each.path), std::move(each.value), "fit"});
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
