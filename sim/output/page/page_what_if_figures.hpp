#pragma once

#include <string>
#include <vector>

#include "sim/output/studies/what_if.hpp"

/// The charts of a what-if.
namespace fleetrace::output::page {

/// From the base to each case, by strategy: the final loss, and the money that is spent. What is the same everywhere has no chart.
[[nodiscard]] std::vector<std::string> change_figures(const WhatIfReport& report);
/// Which constraint binds each strategy when, in every case.
[[nodiscard]] std::vector<std::string> binding_figures(const WhatIfReport& report);
/// Money and power of each strategy over time, base and cases together.
[[nodiscard]] std::vector<std::string> course_figures(const WhatIfReport& report);

}  // namespace fleetrace::output::page
