#include "fleetrace/fleet/inputs.hpp"

#include <algorithm>
#include <functional>

namespace fleetrace::fleet {
namespace {

using core::Parameter;
using core::Shape;
using core::Spec;
using core::Value;

/// Where a value stands, and what the input is called.
struct Place {
  std::string path;
  std::string name;

  [[nodiscard]] Place below(std::string_view key) const {
    const auto join = [key](const std::string& base) { return base + (base.empty() ? "" : ".") + std::string(key); };
    return {join(path), join(name)};
  }
};

using Visit = std::function<void(const Parameter&, Value&, const Place&)>;

/// Every uncertain value of a section, in its order.
void each_uncertain(Spec& spec, const Place& place, const Visit& visit) {
  for (std::size_t i = 0; i < spec.values.size(); ++i) {
    const Parameter& parameter = spec.entry->parameters[i];
    Value& value = spec.values[i];
    auto* sections = std::get_if<std::vector<Spec>>(&value.data);
    if (!value.uncertain && sections == nullptr) continue;
    Place here = place.below(parameter.name);
    if (value.uncertain) visit(parameter, value, here);
    if (sections == nullptr) continue;
    // What a strategy changes is named as the whole scenario names it.
    if (parameter.shape == Shape::changes) here.name.clear();
    const bool is_one = parameter.shape == Shape::section || parameter.shape == Shape::changes;
    for (std::size_t k = 0; k < sections->size(); ++k) {
      Spec& section = (*sections)[k];
      const std::string key = section.name.empty() ? std::to_string(k) : section.name;
      each_uncertain(section, is_one ? here : here.below(key), visit);
    }
  }
}

/// Of the value that a draw gives.
core::Dimension dimension_of(const Parameter& parameter) {
  return parameter.shape == Shape::growth ? core::Dimension::growth : core::uncertain_dimension(parameter, {});
}

}  // namespace

Inputs::Inputs(Scenario scenario) : scenario_(std::move(scenario)) {
  each_uncertain(scenario_.root, {}, [this](const Parameter& parameter, const Value& value, const Place& place) {
    const auto known = std::find(names_.begin(), names_.end(), place.name);
    const auto index = static_cast<std::size_t>(known - names_.begin());
    if (known == names_.end()) names_.push_back(place.name);
    inputs_.push_back({place.path, index, dimension_of(parameter), *value.uncertain, value.written});
  });
  const std::vector<Spec>& correlations = scenario_.root.section("study")->sections("correlations");
  if (correlations.empty()) return;
  const core::Value& all = scenario_.root.section("study")->value("correlations");
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

std::vector<double> Inputs::uniforms(const Draw& draw) const {
  std::vector<double> result;
  uniforms(draw, result);
  return result;
}

void Inputs::uniforms(const Draw& draw, std::vector<double>& result) const {
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

namespace {

/// Puts a value in the place of each distribution; of what is certain then there is nothing to correlate.
void make_certain(Scenario& scenario, const Visit& visit) {
  auto& study = std::get<std::vector<Spec>>(scenario.root.value("study").data).front();
  study.value("correlations") = {};
  each_uncertain(scenario.root, {}, [&](const Parameter& parameter, Value& value, const Place& place) {
    visit(parameter, value, place);
    value.uncertain.reset();
  });
}

}  // namespace

Scenario Inputs::at(std::span<const double> values) const {
  Scenario scenario = scenario_;
  std::size_t next = 0;
  make_certain(scenario, [&](const Parameter& parameter, Value& value, const Place&) {
    value.data = values[next++];
    value.written = core::format_quantity(dimension_of(parameter), std::get<double>(value.data));
  });
  return scenario;
}

DrawnScenario::DrawnScenario(const Inputs& inputs) : scenario_(inputs.scenario()) {
  make_certain(scenario_, [this](const Parameter&, Value& value, const Place&) { places_.push_back(&value); });
}

const Scenario& DrawnScenario::at(std::span<const double> values) {
  for (std::size_t i = 0; i < places_.size(); ++i) places_[i]->data = values[i];
  return scenario_;
}

Scenario drawn(const Scenario& scenario, const Draw& draw) {
  const Inputs inputs(scenario);
  if (inputs.all().empty()) return scenario;
  return inputs.at(draw.inputs == InputDraw::medians ? inputs.medians() : inputs.values(inputs.uniforms(draw)));
}

}  // namespace fleetrace::fleet
