#pragma once

#include <string>
#include <vector>

#include "fleetrace/output/comparison.hpp"
#include "fleetrace/output/text_table.hpp"
#include "objective_scale.hpp"

/// The parts of a comparison for people, before they are laid out; private to the output floor.
namespace fleetrace::output {

/// A row for each strategy: mean, interval, quantiles, how often it is best, regret, spend and energy.
[[nodiscard]] TextTable comparison_standings(const ComparisonReport& report);
/// A row for each pair of strategies, on the same draws; empty for one strategy.
[[nodiscard]] TextTable comparison_differences(const ComparisonReport& report);
/// One unit and number of decimals for the objective everywhere.
[[nodiscard]] ObjectiveScale comparison_scale(const ComparisonReport& report);
/// What has to be known to read the tables, a sentence or two each.
[[nodiscard]] std::vector<std::string> comparison_notes(const ComparisonReport& report);

}  // namespace fleetrace::output
