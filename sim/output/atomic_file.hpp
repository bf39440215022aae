#pragma once

#include <string>
#include <string_view>

namespace fleetrace::output {

/// Writes `name` in the folder that `folder` is open on: into a new file beside it, synchronised, renamed over `name`, the
/// folder synchronised. Returns 0, or the errno of the first step that failed, after removing the new file.
[[nodiscard]] int write_atomically(int folder, const std::string& name, std::string_view bytes);

/// Reads a regular file of at most 16 MiB. Returns 0, or an errno (ENOENT where there is none, EINVAL where it is no file
/// or too large).
[[nodiscard]] int read_whole(int folder, const std::string& name, std::string& bytes);

}  // namespace fleetrace::output
