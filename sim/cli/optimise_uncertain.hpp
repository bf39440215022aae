#pragma once

#include "sim/api/uncertain_optimum_report.hpp"
#include "sim/cli/study_options.hpp"

/// `optimize --replications`: one plan for all draws.
namespace fleetrace::cli {

[[nodiscard]] std::vector<std::string_view> risks();

inline constexpr Option kUncertainOptions[] = {
    {"replications", "N",
     "Make one plan for N draws of the uncertain inputs, and judge it by others. Default: a plan for their medians."},
    {"batches", "M", "With --replications: judge it by M batches of N other draws. Default: 10."},
    {"risk", "NAME", "With --replications: {}, of the losses of all draws or of the worst of them. Default: mean.",
     false, risks},
    {"level", "L", "With --risk cvar: the worst share of 1 - L of the draws counts. Default: 0.9."},
    {"confidence", "P", "With --replications: of intervals and of the bound. Default: 0.95."},
};

/// What is asked; `plan` has what a plan for one world is asked, too. Throws UsageError.
[[nodiscard]] UncertainOptimizeOptions uncertain_options(const Options& options, const OptimizeOptions& plan);
/// Throws UsageError where an option stands without the one that it belongs to.
void require_replications(const Options& options);

}  // namespace fleetrace::cli
