#pragma once

#include <string>

#include "sim/output/folder/folder.hpp"

namespace fleetrace::output {

/// What the manifest that a folder holds says about the run that is wanted there.
enum class FoundRun { unreadable, other, same_unfinished, same_finished };
[[nodiscard]] FoundRun compare(const std::string& manifest_json, const Manifest& wanted);

}  // namespace fleetrace::output
