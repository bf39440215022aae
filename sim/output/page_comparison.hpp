#pragma once

#include <string>
#include <vector>

#include "fleetrace/output/comparison.hpp"

/// The pictures of a comparison.
namespace fleetrace::output::page {

/// The objective of each strategy, its lead on the same draws, how often it is best and its regret. None without chance.
[[nodiscard]] std::vector<std::string> standing_figures(const ComparisonReport& report);

/// Medians and bands of loss over time; empty where no more than one replication was kept.
[[nodiscard]] std::vector<std::string> band_figures(const ComparisonReport& report);

}  // namespace fleetrace::output::page
