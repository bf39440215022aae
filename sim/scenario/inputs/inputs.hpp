#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/core/schema/uncertain.hpp"
#include "sim/fleet/setup.hpp"
#include "sim/scenario/inputs/copula.hpp"
#include "sim/scenario/scenario.hpp"

/// The uncertain inputs of a scenario, and the scenario that one draw of them makes.
namespace fleetrace::scenario {

/// A number of the scenario for which a distribution stands.
struct UncertainInput {
  std::string path;      ///< such as strategies.lab.with.progress.doubling
  std::size_t name = 0;  ///< index into Inputs::names()
  core::Uncertain law;
  std::string source_text;  ///< the distribution as the scenario writes it
  std::string unit;         ///< the unit in which it does; empty for pure numbers

  /// A quantity of law.dimension(), in `unit`.
  [[nodiscard]] double in_unit(double written) const;
  /// The number that is read back to the same bits with the unit behind it.
  [[nodiscard]] std::string number_text(double written) const;
  /// Number and unit, as the scenario would write them.
  [[nodiscard]] std::string text(double written) const;
};

/// All uncertain inputs of a scenario. The name of an input is its path without `strategies.NAME.with`: if a strategy changes
/// the law of an input, it is still the same input and takes the same uniform number. Thus all strategies of a replication see
/// one draw of the world.
class Inputs {
 public:
  /// Throws core::InputError if the study's correlations name something that is no input, or contradict each other.
  explicit Inputs(Scenario scenario);

  /// The inputs in the order of the scenario.
  [[nodiscard]] const std::vector<UncertainInput>& all() const { return inputs_; }
  /// The names of the inputs, each once, in the order of the scenario.
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

  /// A uniform number in (0, 1) for each name: the first of the stream of (seed, replication, inputs, name), moved by the
  /// study's rank correlations (copula.hpp).
  [[nodiscard]] std::vector<double> uniforms(const fleet::Draw& draw) const;
  /// As above, written to `result`, whose memory is used again.
  void uniforms(const fleet::Draw& draw, std::vector<double>& result) const;

  /// The value of each input in base units, given one uniform number for each name. Growth is a rate, however it is written.
  [[nodiscard]] std::vector<double> values(std::span<const double> uniforms) const;
  void values(std::span<const double> uniforms, std::vector<double>& result) const;
  /// The medians of the inputs, in base units.
  [[nodiscard]] std::vector<double> medians() const;
  /// The quantities that the scenario names, each in the base unit of its law: a doubling time stays one. What people and programs
  /// are shown of a draw.
  [[nodiscard]] std::vector<double> written_values(std::span<const double> uniforms) const;
  [[nodiscard]] std::vector<double> written_medians() const;

  /// The scenario with these values in the place of the distributions, one for each input.
  [[nodiscard]] Scenario at(std::span<const double> values) const;

  /// The scenario with its distributions.
  [[nodiscard]] const Scenario& scenario() const { return scenario_; }

 private:
  Scenario scenario_;
  std::vector<UncertainInput> inputs_;
  std::vector<std::string> names_;
  std::optional<GaussianCopula> copula_;  ///< set if the study correlates inputs
};

/// The scenarios of many draws, one after the other, in the same memory.
class DrawnScenario {
 public:
  explicit DrawnScenario(const Inputs& inputs);
  ~DrawnScenario() = default;
  // It holds pointers to its own values.
  DrawnScenario(const DrawnScenario&) = delete;
  DrawnScenario& operator=(const DrawnScenario&) = delete;
  DrawnScenario(DrawnScenario&&) = delete;
  DrawnScenario& operator=(DrawnScenario&&) = delete;

  [[nodiscard]] const Scenario& at(std::span<const double> values);

 private:
  Scenario scenario_;
  std::vector<core::Value*> places_;  ///< the values of the inputs, in their order
};

/// The scenario with its inputs as the draw makes them: at their medians, or drawn.
[[nodiscard]] Scenario drawn(const Scenario& scenario, const fleet::Draw& draw);

}  // namespace fleetrace::scenario
