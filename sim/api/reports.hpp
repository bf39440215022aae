#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/api/race.hpp"
#include "sim/scenario/inputs/scalar_input.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/study/compare/comparison.hpp"
#include "sim/study/compare/loss_paths.hpp"
#include "sim/study/compare/stopping_rule.hpp"
#include "sim/study/sensitivity/sensitivity.hpp"
#include "sim/study/solve/solve.hpp"
#include "sim/study/sweep/sweep.hpp"
#include "sim/study/what_if/what_if.hpp"

/// What each study came to, with what it was asked: everything that its writers need.
namespace fleetrace {

/// A comparison of strategies over many replications.
struct ComparisonReport {
  scenario::Scenario scenario;
  study::StudyDesign design;
  study::Results results;
  study::Comparison comparison;
  study::StoppingResult stopping;
  study::LossBands bands;
};

/// Which input decides.
struct SensitivityReport {
  scenario::Scenario scenario;
  study::StudyDesign design;
  study::SensitivityEffort effort;
  study::RacedSensitivity sensitivity;
  bool has_other_chance =
      false;  ///< Whether jumps, failures and so on happen by chance; they are those of replication 0.
};

/// Races at every point of a grid.
struct SweepReport {
  std::string name;    ///< Name of the scenario.
  std::string sha256;  ///< SHA-256 of the scenario, without the values of the grid.
  std::uint32_t seed = 1;
  std::string money;  ///< A note on what money is in; may be empty.
  fleet::Metric objective = fleet::Metric::final_loss;
  double confidence = 0.95;
  bool has_chance = false;  ///< Whether anything is random at any point.
  /// C0 [FLOP] that every point is measured against; none where points or draws have a C0 of their own.
  std::optional<double> reference;
  std::vector<study::Axis> axes;
  std::vector<study::Comparison> points;  ///< The points of the grid; the last axis runs fastest.
  /// Warnings that hold at every point: what nothing reads at some points is read at others.
  std::vector<core::Diagnostic> warnings;
};

/// What is known of a case beside its results.
struct WhatIfCaseReport {
  std::string summary;                                       ///< A line about the case; may be empty.
  std::vector<std::pair<std::string, std::string>> changes;  ///< Paths and their new values; none for the base.
  Run at_medians;                                            ///< The race at the medians, which says what binds.
};

/// A what-if: what changed, what binds, and what relaxing it is worth.
struct WhatIfReport {
  std::string name;    ///< Name of the scenario.
  std::string sha256;  ///< SHA-256 of the scenario as it stands, before any change.
  std::uint32_t seed = 1;
  study::WhatIf result;
  std::vector<WhatIfCaseReport> cases;     ///< One for each case of the result, the base first.
  std::vector<core::Diagnostic> warnings;  ///< About the base, and what is new in each case, under its name.
};

/// The input that meets a goal.
struct SolveReport {
  std::string name;  ///< Name of the scenario.
  std::string sha256;
  std::uint32_t seed = 1;
  double confidence = 0.95;
  std::size_t replications = 1;
  scenario::ScalarInput scalar_input;
  study::Goal goal;
  std::optional<double> probability;  ///< with which the goal is to be met; empty where its mean is
  std::string strategy;               ///< The strategy that is to meet the goal.
  study::Solution solution;
  /// Interval of the goal's mean at the solution, or of the quantile there; of no width where nothing is random.
  study::Interval interval;
  Run at_medians;  ///< The race of that strategy with the best input, other inputs at their medians.
  std::vector<core::Diagnostic> warnings;  ///< About the scenario as it stands.
};

}  // namespace fleetrace
