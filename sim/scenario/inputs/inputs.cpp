#include "sim/scenario/inputs/inputs.hpp"

#include <algorithm>

#include "models/purchase/belief.hpp"
#include "sim/core/units/written_unit.hpp"
#include "sim/scenario/reference/source_text.hpp"

namespace fleetrace::scenario {
namespace {

using core::Parameter;
using core::Shape;
using core::Spec;
using core::Value;

/// Where an uncertain value stands, and what the input is called.
struct InputPath {
  std::string path;
  std::string name;

  [[nodiscard]] InputPath below(std::string_view key) const {
    const auto join = [key](const std::string& base) { return base + (base.empty() ? "" : ".") + std::string(key); };
    return {join(path), join(name)};
  }
};

/// Calls `visit(parameter, value, place)` for every uncertain value of a section, in its order.
template <class Section, class Visit>
void each_uncertain(Section& spec, const InputPath& place, const Visit& visit) {
  for (std::size_t i = 0; i < spec.values.size(); ++i) {
    const Parameter& parameter = spec.entry->parameters[i];
    // What a strategy believes is no part of the world and is not drawn.
    if (parameter.name == models::kBelieves) continue;
    auto& value = spec.values[i];
    auto* sections = std::get_if<std::vector<Spec>>(&value.data);
    if (!value.uncertain && sections == nullptr) continue;
    InputPath here = place.below(parameter.name);
    if (value.uncertain) visit(parameter, value, here);
    if (sections == nullptr) continue;
    // What a strategy changes is named as the whole scenario names it.
    if (parameter.shape == Shape::changes) here.name.clear();
    const bool is_one = parameter.shape == Shape::section || parameter.shape == Shape::changes;
    for (std::size_t k = 0; k < sections->size(); ++k) {
      auto& section = (*sections)[k];
      const std::string key = section.name.empty() ? std::to_string(k) : section.name;
      each_uncertain(section, is_one ? here : here.below(key), visit);
    }
  }
}

}  // namespace

double UncertainInput::in_unit(double written) const { return core::amount_in(law.dimension(), written, unit); }

std::string UncertainInput::number_text(double written) const {
  return core::number_in(law.dimension(), written, unit);
}

std::string UncertainInput::text(double written) const {
  return number_text(written) + (unit.empty() ? "" : ' ' + unit);
}

Inputs::Inputs(Scenario scenario) : scenario_(std::move(scenario)) {
  each_uncertain(scenario_.root(), {}, [this](const Parameter&, const Value& value, const InputPath& place) {
    const auto known = std::find(names_.begin(), names_.end(), place.name);
    const auto index = static_cast<std::size_t>(known - names_.begin());
    if (known == names_.end()) names_.push_back(place.name);
    inputs_.push_back({place.path, index, *value.uncertain, value.source_text,
                       std::string(core::written_unit(value.uncertain->dimension(), value.source_text))});
  });
  const std::vector<Spec>& correlations = scenario_.root().section("study")->sections("correlations");
  if (correlations.empty()) return;
  const core::Value& all = scenario_.root().section("study")->value("correlations");
  const auto refuse = [](const core::Location& where, const std::string& path, core::QuantityProblem problem) {
    throw core::InputError(
        {{where, path, std::move(problem.problem), std::move(problem.reason), std::move(problem.suggestion)}});
  };
  std::vector<RankCorrelation> pairs;
  for (std::size_t i = 0; i < correlations.size(); ++i) {
    const std::vector<std::string>& between = correlations[i].texts("between");
    if (between.size() != 2) {
      refuse(correlations[i].value("between").where, "study.correlations." + std::to_string(i) + ".between",
             {"a correlation is between two inputs", std::to_string(between.size()) + " are given",
              "Write [path, path]."});
    }
    pairs.push_back({between[0], between[1], correlations[i].number("rank")});
  }
  auto made = GaussianCopula::make(names_, pairs);
  if (auto* problem = std::get_if<core::QuantityProblem>(&made))
    refuse(all.where, "study.correlations", std::move(*problem));
  copula_ = std::get<GaussianCopula>(std::move(made));
}

std::vector<double> Inputs::uniforms(const fleet::Draw& draw) const {
  std::vector<double> result;
  uniforms(draw, result);
  return result;
}

void Inputs::uniforms(const fleet::Draw& draw, std::vector<double>& result) const {
  result.clear();
  for (const std::string& name : names_) {
    core::Stream stream(draw.seed, draw.replication, core::Purpose::inputs, core::Entity::named(name));
    result.push_back(stream.uniform());
  }
  if (copula_) copula_->correlate(result, result);
}

std::vector<double> Inputs::values(std::span<const double> uniforms) const {
  std::vector<double> result;
  values(uniforms, result);
  return result;
}

void Inputs::values(std::span<const double> uniforms, std::vector<double>& result) const {
  result.clear();
  for (const UncertainInput& input : inputs_) result.push_back(input.law.at(uniforms[input.name]));
}

std::vector<double> Inputs::medians() const {
  std::vector<double> result;
  result.reserve(inputs_.size());
  for (const UncertainInput& input : inputs_) result.push_back(input.law.median());
  return result;
}

std::vector<double> Inputs::written_values(std::span<const double> uniforms) const {
  std::vector<double> result;
  result.reserve(inputs_.size());
  for (const UncertainInput& input : inputs_) result.push_back(input.law.written_at(uniforms[input.name]));
  return result;
}

std::vector<double> Inputs::written_medians() const {
  std::vector<double> result;
  result.reserve(inputs_.size());
  for (const UncertainInput& input : inputs_) result.push_back(input.law.written_median());
  return result;
}

namespace {

/// Puts a value in the place of each distribution; of what is certain then there is nothing to correlate.
template <class Visit>
void make_certain(Scenario& scenario, const Visit& visit) {
  auto& study = std::get<std::vector<Spec>>(scenario.edit().value("study").data).front();
  study.value("correlations") = {};
  each_uncertain(scenario.edit(), {}, [&](const Parameter& parameter, Value& value, const InputPath& place) {
    visit(parameter, value, place);
    value.uncertain.reset();
  });
}

}  // namespace

Scenario Inputs::at(std::span<const double> values) const {
  Scenario scenario = scenario_;
  std::size_t next = 0;
  make_certain(scenario, [&](const Parameter& parameter, Value& value, const InputPath&) {
    const UncertainInput& input = inputs_[next];
    const double number = values[next++];
    value.data = number;
    value.source_text = written_number(parameter, number, input.law.is_doubling_time(), input.unit);
  });
  return scenario;
}

DrawnScenario::DrawnScenario(const Inputs& inputs) : scenario_(inputs.scenario()) {
  make_certain(scenario_, [this](const Parameter&, Value& value, const InputPath&) {
    value.source_text.clear();  // messages show the number that is drawn
    places_.push_back(&value);
  });
}

const Scenario& DrawnScenario::at(std::span<const double> values) {
  for (std::size_t i = 0; i < places_.size(); ++i) places_[i]->data = values[i];
  return scenario_;
}

Scenario drawn(const Scenario& scenario, const fleet::Draw& draw) {
  const Inputs inputs(scenario);
  if (inputs.all().empty()) return scenario;
  return inputs.at(draw.inputs == fleet::InputDraw::medians ? inputs.medians() : inputs.values(inputs.uniforms(draw)));
}

}  // namespace fleetrace::scenario
