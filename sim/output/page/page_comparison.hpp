#pragma once

#include <string>
#include <vector>

#include "sim/output/studies/comparison.hpp"

/// The charts of a comparison.
namespace fleetrace::output::page {

/// The objective of each strategy, its lead on the same draws, how often it is best, and its regret. There are no charts where
/// nothing is random.
[[nodiscard]] std::vector<std::string> standing_figures(const ComparisonReport& report, const Run& at_medians);

/// Medians and bands of loss over time. There are none where no more than one replication was kept.
[[nodiscard]] std::vector<std::string> band_figures(const ComparisonReport& report, const Run& at_medians);

}  // namespace fleetrace::output::page
