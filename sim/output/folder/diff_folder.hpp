#pragma once

#include <string>
#include <vector>

#include "sim/api/diff_study.hpp"

/// Result folders as sides of a difference.
namespace fleetrace::output {

/// What a folder says of its side.
struct FolderSide {
  DiffSide side;
  std::vector<std::string> notes;  ///< What a reader of the difference has to know, in sentences.
};

/// The scenario and the draw of a finished folder: of a run its own, of a study that of its seed with uncertain inputs at their
/// medians. A run is raced anew and compared with its results.json: results of this version must be the same, those of another
/// one may differ, and a note says by how much. Throws core::InputError where the folder holds no finished result or damaged files,
/// and FolderBusy where a process is at work in it.
[[nodiscard]] FolderSide read_side(const std::string& path);

}  // namespace fleetrace::output
