#pragma once

#include <string>
#include <vector>

#include "page_figure.hpp"

/// The charts of a run.
namespace fleetrace::output::page {

/// Loss of each strategy over time, exactly, with the targets as levels.
[[nodiscard]] Figure loss_chart(const Run& run);
/// Effective and physical compute since the start on the same logarithmic axis; empty where nothing was computed.
[[nodiscard]] std::vector<Figure> compute_charts(const Run& run);
/// Money and energy since the start; none of what nobody uses.
[[nodiscard]] std::vector<Figure> cost_charts(const Run& run);
/// Accelerators in place by generation, a chart for each strategy that ever has any, on one scale; where there are none to
/// count, installed capacity of all strategies.
[[nodiscard]] std::vector<Figure> fleet_charts(const Run& run);

}  // namespace fleetrace::output::page
