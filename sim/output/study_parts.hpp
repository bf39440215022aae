#pragma once

#include <string>
#include <vector>

#include "fleetrace/output/sensitivity.hpp"
#include "fleetrace/output/sweep.hpp"
#include "fleetrace/output/text_table.hpp"
#include "objective_scale.hpp"

/// The parts of sweeps and sensitivities for people, before they are laid out; private to the output floor.
namespace fleetrace::output {

/// Names of all strategies of all points, in the order in which they appear.
[[nodiscard]] std::vector<std::string> sweep_strategies(const SweepReport& report);
/// A row a point: its values, every strategy's mean, the winner.
[[nodiscard]] TextTable sweep_points(const SweepReport& report);
/// Winners of two axes, the first down; only for two.
[[nodiscard]] TextTable sweep_map(const SweepReport& report);
/// One unit and number of decimals for all means.
[[nodiscard]] ObjectiveScale sweep_scale(const SweepReport& report);
[[nodiscard]] std::vector<std::string> sweep_notes(const SweepReport& report);

/// A row for each input: indices, results at its ends, where the winner changes.
[[nodiscard]] TextTable sensitivity_effects(const SensitivityReport& report);
[[nodiscard]] ObjectiveScale sensitivity_scale(const SensitivityReport& report);
/// "the difference in final loss between heron and turtle", "the final loss of heron".
[[nodiscard]] std::string sensitivity_question(const SensitivityReport& report);
[[nodiscard]] std::vector<std::string> sensitivity_notes(const SensitivityReport& report);

}  // namespace fleetrace::output
