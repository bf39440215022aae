#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "sim/api/sweep_study.hpp"
#include "sim/output/folder/shard_set.hpp"
#include "sim/output/folder/study_folder.hpp"
#include "sim/output/parts/part.hpp"

/// Sweeps that were asked for, whole or in parts.
namespace fleetrace::output {

/// A sweep that was asked but not raced yet, with the manifest of its folder.
struct AskedSweep {
  SweepStudy study;
  Manifest manifest;
};
/// Loads every point of the grid. `option` names the axes in messages, `arguments` are the words of the command, verb first. Throws
/// core::InputError with what is wrong at any point.
[[nodiscard]] AskedSweep ask_sweep(const Scenario& scenario, const StudyRequest& request, const std::string& option,
                                   const SettingsOf& settings, std::vector<std::string> arguments);

/// Compares one part of the points into its folder. Throws as compute_part().
[[nodiscard]] PartState sweep_part(const AskedSweep& asked, const StudyRequest& request, const study::Shard& shard,
                                   const std::string& path, const PartWatch& watch);
/// Fills in the points: from the parts where these are given, else it races them. Returns false where it was stopped.
[[nodiscard]] bool race(AskedSweep& asked, const ShardSet* parts, const std::atomic<bool>& stop,
                        const Progress& progress);
/// The files of the finished sweep, with the race of the scenario as it is. `known` is the manifest.
[[nodiscard]] StudyFiles files_of(const AskedSweep& asked, const Manifest& known);

}  // namespace fleetrace::output
