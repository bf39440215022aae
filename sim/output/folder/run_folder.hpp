#pragma once

#include <functional>
#include <optional>
#include <string>

#include "sim/api/race.hpp"
#include "sim/output/folder/folder.hpp"

namespace fleetrace::output {

/// The manifest of a run's folder. `arguments` are the words of the command, verb first.
[[nodiscard]] Manifest run_manifest(const scenario::Scenario& scenario, const fleet::Draw& draw,
                                    const std::optional<PlanOptions>& plan, std::vector<std::string> arguments);

/// Races into a folder; nullopt where the very same run stands there already. `tell` is told what was found amiss in the folder.
/// Throws FolderError; what `race` throws is noted in the manifest and thrown again.
[[nodiscard]] std::optional<Run> race_into(const std::string& path, Manifest manifest, const std::function<Run()>& race,
                                           const std::function<void(const std::string&)>& tell = {});

}  // namespace fleetrace::output
