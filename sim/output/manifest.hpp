#pragma once

#include <string>

#include "fleetrace/output/folder.hpp"

namespace fleetrace::output {

/// What the manifest that stands in a folder says about the run that is wanted there.
enum class FoundRun { unreadable, other, same_unfinished, same_finished };
[[nodiscard]] FoundRun compare(const std::string& manifest_json, const Manifest& wanted);

}  // namespace fleetrace::output
