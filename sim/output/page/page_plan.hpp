#pragma once

#include <vector>

#include "sim/output/page/page_figure.hpp"

/// Charts of a run by periods of the calendar. There are none of a run without plans.
namespace fleetrace::output::page {

/// Installed nameplate power against what fits, for each site that any strategy has; none where power is not modelled.
[[nodiscard]] std::vector<Figure> power_figures(const Run& run);
/// Cash out by calendar year and what it is for, a chart for each strategy that stands out, all on one scale.
[[nodiscard]] std::vector<Figure> cash_figures(const Run& run);

}  // namespace fleetrace::output::page
