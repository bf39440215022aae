#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace fleetrace::output {

/// Writes all of the bytes, however often signals interrupt it. Returns 0, or the errno of what went wrong.
[[nodiscard]] int write_all(int file, std::string_view bytes);

/// Writes the file `name` in the folder that `folder` is open on, so that it is there whole or not at all. The bytes go into a new
/// file, which is synchronised and renamed over `name`; then the folder is synchronised. Returns 0, or the errno of the first step
/// that failed, after removing the new file.
[[nodiscard]] int write_atomically(int folder, const std::string& name, std::string_view bytes);

/// The same for a file that is too large for memory: `make` writes it under the name in the folder that it is called with, where there
/// is an empty file. What `make` throws is thrown again, after removing the new file.
[[nodiscard]] int replace_atomically(int folder, const std::string& name,
                                     const std::function<void(const std::string& temporary)>& make);

/// Whether a file of this name is one that write_atomically() began for `name`, and could not rename any more.
[[nodiscard]] bool is_temporary(std::string_view file, std::string_view name);

/// Reads a regular file of at most `most` bytes. Returns 0, or an errno: ENOENT where there is no such file, EINVAL where it is no
/// regular file or too large.
[[nodiscard]] int read_whole(int folder, const std::string& name, std::string& bytes, std::int64_t most = 16 << 20);

}  // namespace fleetrace::output
