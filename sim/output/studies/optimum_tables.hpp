#pragma once

#include <string>
#include <vector>

#include "fleetrace/study/optimum.hpp"
#include "sim/output/table/table.hpp"

/// Tables of a plan beside its schedule.
namespace fleetrace::output {

/// What is taken out of the initial fleet.
[[nodiscard]] Table retired_table(const std::vector<study::EarlyRetirement>& retired);
/// What plans spend within the tolerances: a row for each year, with the least and the most for each tolerance. And what stands above it.
[[nodiscard]] Table flat_table(const study::Optimum& optimum);
[[nodiscard]] std::string flat_heading(const study::Optimum& optimum);

}  // namespace fleetrace::output
