#pragma once

#include <functional>
#include <optional>
#include <string>

#include "sim/api/optimum_report.hpp"
#include "sim/api/uncertain_optimum_report.hpp"
#include "sim/output/folder/folder.hpp"

namespace fleetrace::output {

/// What makes a plan, with the best bound so far where it was interrupted.
template <class Report>
using Plan = std::function<Report()>;

/// Opens the folder and writes the plan there that `make` finds, with the scenario that has it as the strategy `optimum`. Nothing is
/// made where the folder holds the very same plan, finished, already. `tell` is told what was found amiss in the folder. Throws
/// FolderError; what `make` throws is noted in the manifest and thrown again.
[[nodiscard]] std::optional<OptimumReport> plan_into(const std::string& path, Manifest manifest,
                                                     const Plan<OptimumReport>& make,
                                                     const std::function<void(const std::string&)>& tell = {});
[[nodiscard]] std::optional<UncertainOptimumReport> plan_into(const std::string& path, Manifest manifest,
                                                              const Plan<UncertainOptimumReport>& make,
                                                              const std::function<void(const std::string&)>& tell = {});

}  // namespace fleetrace::output
