#pragma once

#include "sim/api/optimum_report.hpp"
#include "sim/api/uncertain_optimum_report.hpp"
#include "sim/output/folder/folder.hpp"

namespace fleetrace::output {

/// Writes the files of a plan, among them the scenario that has it as the strategy `optimum`, and completes the manifest, which names
/// them. Throws FolderError.
void write_plan(const ResultFolder& folder, const OptimumReport& report, Manifest& manifest);
void write_plan(const ResultFolder& folder, const UncertainOptimumReport& report, Manifest& manifest);

}  // namespace fleetrace::output
