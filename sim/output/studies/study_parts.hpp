#pragma once

#include <string>
#include <vector>

#include "sim/output/studies/objective_scale.hpp"
#include "sim/output/studies/sensitivity.hpp"
#include "sim/output/studies/sweep.hpp"
#include "sim/output/table/table.hpp"

/// The parts of the reports of sweeps and sensitivities for people, before they are laid out; private to the output floor.
namespace fleetrace::output {

/// The inputs of the axes in words.
[[nodiscard]] std::vector<std::string> sweep_labels(const SweepReport& report);
/// The names of all strategies of all points, in the order in which they appear.
[[nodiscard]] std::vector<std::string> sweep_strategies(const SweepReport& report);
/// Every point: its values, the mean of every strategy, and the winner.
[[nodiscard]] Table sweep_points(const SweepReport& report);
/// Every strategy at every point: its mean with the interval of that, and how its outcomes spread. Empty without chance.
[[nodiscard]] Table sweep_spreads(const SweepReport& report);
/// A map of winners, for a sweep of two axes: the first axis down, the second across.
[[nodiscard]] Table sweep_map(const SweepReport& report);
/// The strategies, those that win most points first.
[[nodiscard]] std::vector<std::string> sweep_winners(const SweepReport& report);
/// Who wins at a point: a name, or a sign where nobody does.
[[nodiscard]] std::string sweep_winner(const study::Comparison& point);
/// The unit and decimals that means have everywhere in the report.
[[nodiscard]] ObjectiveScale sweep_scale(const SweepReport& report);
[[nodiscard]] std::vector<std::string> sweep_notes(const SweepReport& report);

/// Every input: its indices, the results at its ends, and where the winner changes.
[[nodiscard]] Table sensitivity_effects(const SensitivityReport& report);
[[nodiscard]] ObjectiveScale sensitivity_scale(const SensitivityReport& report);
/// What is asked: "the difference in final loss between heron and turtle", or "the final loss of heron".
[[nodiscard]] std::string sensitivity_question(const SensitivityReport& report);
[[nodiscard]] std::vector<std::string> sensitivity_notes(const SensitivityReport& report);

}  // namespace fleetrace::output
