#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fleetrace/output/writers.hpp"
#include "fleetrace/study/sweep.hpp"

/// Races over a grid, for people and for programs.
namespace fleetrace::output {

struct SweepReport {
  std::string name;    ///< of the scenario
  std::string sha256;  ///< of the scenario, the grid aside
  std::uint32_t seed = 1;
  fleet::Measure objective = fleet::Measure::final_loss;
  double confidence = 0.95;
  bool has_chance = false;  ///< at some point
  std::vector<study::Axis> axes;
  std::vector<study::Comparison> points;  ///< of the grid, the last axis running fastest
};

/// "turtle wins at 21 of 45 points, hare at 24.": the answer in a sentence.
[[nodiscard]] std::string answer(const SweepReport& report);

/// One axis: a row a value. Two: a map of winners, the first axis down and the second across. More: a row a point.
[[nodiscard]] std::string sweep_table(const SweepReport& report, const TableStyle& style);
[[nodiscard]] std::string sweep_markdown(const SweepReport& report);
/// One document; reals have 12 significant digits, an interval that says nothing is null.
[[nodiscard]] std::string sweep_json(const SweepReport& report);
/// Long: a row for each point and strategy, with a column for each axis, named by its path.
[[nodiscard]] std::string sweep_csv(const SweepReport& report);

}  // namespace fleetrace::output
