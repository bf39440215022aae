#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "sim/output/folder/folder.hpp"

namespace fleetrace::output {

/// The layout of folders: what their manifest and their journal look like. Folders of another layout are not gone on with.
inline constexpr int kFolderFormat = 2;
/// Where the manifest of a part has the study that was asked for.
inline constexpr const char* kRequestKey = "part_of";

/// What the manifest that a folder holds says about the run that is wanted there.
enum class FoundRun { unreadable, damaged, other_layout, other, same_unfinished, same_finished };
struct Found {
  FoundRun run;
  std::string difference;  ///< how another run differs, or who left another layout
};
[[nodiscard]] Found compare(const std::string& manifest_json, const Manifest& wanted);

/// Whether a manifest is as to_json() wrote it, by the digest with which it ends.
[[nodiscard]] bool is_whole(const std::string& manifest_json);
/// The digests of files that a manifest states; empty where it states none.
[[nodiscard]] Digests digests_in(const std::string& manifest_json);
/// How many replications a manifest says the journal has.
[[nodiscard]] std::optional<std::size_t> kept_of(const std::string& manifest_json);

}  // namespace fleetrace::output
