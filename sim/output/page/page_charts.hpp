#pragma once

#include <string>
#include <vector>

#include "sim/output/page/page_figure.hpp"

/// The charts of a run.
namespace fleetrace::output::page {

/// Loss of each strategy over time, drawn exactly, with the targets as levels.
[[nodiscard]] Figure loss_chart(const Run& run);
/// Effective and physical compute since the start, on the same logarithmic axis. There is no chart where nothing was computed.
[[nodiscard]] std::vector<Figure> compute_charts(const Run& run);
/// Money and energy since the start. What nobody uses has no chart.
[[nodiscard]] std::vector<Figure> cost_charts(const Run& run);
/// Accelerators in place by generation: a chart for each strategy that ever has any, all on one scale. Where hardware is bought
/// by capacity, so that there are no accelerators to count, one chart shows the installed capacity of all strategies.
[[nodiscard]] std::vector<Figure> fleet_charts(const Run& run);

}  // namespace fleetrace::output::page
