#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "sim/api/sensitivity_study.hpp"
#include "sim/output/folder/shard_set.hpp"
#include "sim/output/folder/study_folder.hpp"
#include "sim/output/parts/part.hpp"

/// Sensitivities that were asked for, whole or in parts.
namespace fleetrace::output {

/// A sensitivity that was asked but not raced yet, with the manifest of its folder.
struct AskedSensitivity {
  scenario::Scenario scenario;
  study::StudyDesign design;
  study::SensitivityQuestion question;
  study::SensitivityEffort effort;
  Manifest manifest;
};
/// `question` is about the strategies that the request names, `arguments` are the words of the command, verb first.
[[nodiscard]] AskedSensitivity ask_sensitivity(scenario::Scenario scenario, study::StudyDesign design,
                                               const study::SensitivityQuestion& question, const StudyRequest& request,
                                               const StudySettings& settings, std::vector<std::string> arguments);

/// Runs one part of the points of the Sobol sequences into its folder. Throws as compute_part().
[[nodiscard]] PartState sensitivity_part(const AskedSensitivity& asked, const StudyRequest& request,
                                         const study::Shard& shard, const std::string& path, const PartWatch& watch);
/// Runs the points of the sequences, or takes them from the parts where these are given. Nullopt where it was stopped.
[[nodiscard]] std::optional<SensitivityReport> race(const AskedSensitivity& asked, const ShardSet* parts,
                                                    const std::atomic<bool>& stop, const Progress& progress);
/// The files of the finished sensitivity, with the race at the medians. `known` is the manifest.
[[nodiscard]] StudyFiles files_of(const AskedSensitivity& asked, const SensitivityReport& report,
                                  const Manifest& known);

}  // namespace fleetrace::output
