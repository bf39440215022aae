#pragma once

#include <atomic>

#include "sim/api/comparison_study.hpp"
#include "sim/cli/parts.hpp"
#include "sim/output/folder/comparison_folder.hpp"

/// Comparisons in parts.
namespace fleetrace::cli {

/// Computes one part of the replications into the folder that --output names. `whole` is the manifest of the whole study.
[[nodiscard]] int compare_part(const scenario::Scenario& scenario, const StudySettings& settings,
                               output::Manifest whole, const study::Shard& shard, const Options& options,
                               const Streams& streams);

/// Takes the replications from the parts of the study, as far as the folder lacks them, until Ctrl-C.
void take_parts(const output::ShardSet& parts, output::ComparisonFolder& folder, ComparisonStudy& work,
                const std::atomic<bool>& stop);

}  // namespace fleetrace::cli
