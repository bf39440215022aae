#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "sim/api/comparison_study.hpp"
#include "sim/output/folder/comparison_folder.hpp"
#include "sim/output/folder/shard_set.hpp"
#include "sim/output/parts/part.hpp"

/// Comparisons in parts.
namespace fleetrace::output {

/// The manifest of the whole study, whose files have the usual periods. `arguments` are the words of the command, verb first.
[[nodiscard]] Manifest whole_comparison(const scenario::Scenario& scenario, const StudySettings& settings,
                                        std::vector<std::string> arguments);

/// Computes one part of the replications into its folder. Throws as compute_part(), and study::Unaffordable.
[[nodiscard]] PartState compare_part(const StudyRequest& request, const scenario::Scenario& scenario,
                                     const StudySettings& settings, std::vector<std::string> arguments,
                                     const study::Shard& shard, const std::string& path, const PartWatch& watch);

/// Takes the replications from the parts of the study, as far as the folder lacks them, until it is stopped.
void take_parts(const ShardSet& parts, ComparisonFolder& folder, ComparisonStudy& work, const std::atomic<bool>& stop);

}  // namespace fleetrace::output
