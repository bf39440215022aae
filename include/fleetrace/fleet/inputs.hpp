#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fleetrace/core/uncertain.hpp"
#include "fleetrace/fleet/case.hpp"
#include "fleetrace/fleet/copula.hpp"
#include "fleetrace/fleet/scenario.hpp"

/// The uncertain inputs of a scenario, and the scenario that one draw of them makes.
namespace fleetrace::fleet {

/// A scalar with a distribution in its place.
struct UncertainInput {
  std::string path;                                     ///< where it stands: strategies.lab.with.progress.doubling
  std::size_t name = 0;                                 ///< index into Inputs::names()
  core::Dimension dimension = core::Dimension::number;  ///< of its value: a rate also where a doubling time is written
  core::Uncertain law;
  std::string written;  ///< as the scenario writes it
};

/// An input's name is its path without strategies.NAME.with: what a strategy changes is the same input, with another law,
/// and takes the same uniform number. So all strategies of one replication see one draw of the world.
class Inputs {
 public:
  /// Throws core::InputError where the study's correlations name no input of the scenario or contradict each other.
  explicit Inputs(Scenario scenario);

  /// In the order of the scenario.
  [[nodiscard]] const std::vector<UncertainInput>& all() const { return inputs_; }
  /// Each once, in the order of the scenario.
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

  /// A uniform number in (0, 1) for each name: the first of the stream of (seed, replication, inputs, name), moved by the
  /// study's rank correlations (copula.hpp).
  [[nodiscard]] std::vector<double> uniforms(const Draw& draw) const;
  /// The same, into memory that is there.
  void uniforms(const Draw& draw, std::vector<double>& result) const;

  /// The value of each input at one uniform number for each name, in base units.
  [[nodiscard]] std::vector<double> values(std::span<const double> uniforms) const;
  void values(std::span<const double> uniforms, std::vector<double>& result) const;
  /// The medians of the inputs, in base units.
  [[nodiscard]] std::vector<double> medians() const;

  /// The scenario with these values, one an input, in the place of the distributions.
  [[nodiscard]] Scenario at(std::span<const double> values) const;

  /// With its distributions.
  [[nodiscard]] const Scenario& scenario() const { return scenario_; }

 private:
  Scenario scenario_;
  std::vector<UncertainInput> inputs_;
  std::vector<std::string> names_;
  std::optional<GaussianCopula> copula_;  ///< where inputs are correlated
};

/// The scenario of one draw after the other, in the same memory. Its values are right but still written as distributions, so
/// that what is wrong with them is to be said of Inputs::at().
class DrawnScenario {
 public:
  explicit DrawnScenario(const Inputs& inputs);
  ~DrawnScenario() = default;
  // It knows where in itself its values stand.
  DrawnScenario(const DrawnScenario&) = delete;
  DrawnScenario& operator=(const DrawnScenario&) = delete;
  DrawnScenario(DrawnScenario&&) = delete;
  DrawnScenario& operator=(DrawnScenario&&) = delete;

  [[nodiscard]] const Scenario& at(std::span<const double> values);

 private:
  Scenario scenario_;
  std::vector<core::Value*> places_;  ///< of the inputs, in their order
};

/// The scenario that a draw makes: its inputs at their medians, or drawn.
[[nodiscard]] Scenario drawn(const Scenario& scenario, const Draw& draw);

}  // namespace fleetrace::fleet
