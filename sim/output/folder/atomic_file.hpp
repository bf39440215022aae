#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace fleetrace::output {

/// Writes all of the bytes, however often signals interrupt it. Returns 0, or the errno of what went wrong.
[[nodiscard]] int write_all(int file, std::string_view bytes);

/// A new file that takes the place of `name` once it is whole. Until then, and where that fails, what stands there stays.
class PendingFile {
 public:
  /// Begins the file in the folder that `folder` is open on; error() says whether that worked.
  PendingFile(int folder, std::string name);
  PendingFile(const PendingFile&) = delete;
  PendingFile(PendingFile&&) = delete;
  PendingFile& operator=(const PendingFile&) = delete;
  PendingFile& operator=(PendingFile&&) = delete;
  /// Removes the new file unless keep() gave it its name.
  ~PendingFile();

  /// 0, or the errno of the first step that failed.
  [[nodiscard]] int error() const { return error_; }
  /// The name under which the new file stands until then, for who writes it by other means.
  [[nodiscard]] const std::string& temporary() const { return temporary_; }
  /// Adds to the file. Does nothing after an error.
  void write(std::string_view bytes);
  /// Synchronises the file, renames it over `name` and synchronises the folder. Returns error().
  int keep();

 private:
  void note(bool worked);

  int folder_;
  std::string name_;
  std::string temporary_;
  int error_ = 0;
  std::size_t place_;  ///< where remove_pending_files() finds it
  int file_;
};

/// Removes every PendingFile that has no name of its own yet. A handler of signals may call it before it ends the process.
void remove_pending_files() noexcept;

/// Writes the file `name` in the folder that `folder` is open on, so that it is there whole or not at all (PendingFile). Returns 0,
/// or the errno of the first step that failed, after removing the new file.
[[nodiscard]] int write_atomically(int folder, const std::string& name, std::string_view bytes);

/// Whether a file of this name is one that PendingFile began for `name`, and could not rename any more.
[[nodiscard]] bool is_temporary(std::string_view file, std::string_view name);

/// Reads a regular file of at most `most` bytes. Returns 0, or an errno: ENOENT where there is no such file, EINVAL where it is no
/// regular file, EFBIG where it is too large.
[[nodiscard]] int read_whole(int folder, const std::string& name, std::string& bytes, std::int64_t most = 16 << 20);

/// SHA-256 of a regular file, hexadecimal. Returns 0 or an errno, as read_whole().
[[nodiscard]] int digest_of(int folder, const std::string& name, std::string& digest);

}  // namespace fleetrace::output
