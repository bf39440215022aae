#pragma once

#include <cstddef>
#include <memory>
#include <span>

/// Numbers that are too many for memory, in a temporary file that nobody else sees.
namespace fleetrace::study {

/// A file of doubles without a name, which the system removes with the process, however it ends. It stands in the folder that
/// TMPDIR names, or else in /var/tmp, which is a disk where /tmp may be memory.
class SpillFile {
 public:
  /// Null where no such file can be made.
  [[nodiscard]] static std::unique_ptr<SpillFile> create();
  SpillFile(const SpillFile&) = delete;
  SpillFile(SpillFile&&) = delete;
  SpillFile& operator=(const SpillFile&) = delete;
  SpillFile& operator=(SpillFile&&) = delete;
  ~SpillFile();

  /// The number of doubles of the file. New ones are 0. Throws std::system_error.
  void resize(std::size_t size) const;
  /// Writes from that place on. Several threads may write at a time, each somewhere else. Throws std::system_error.
  void write(std::size_t at, std::span<const double> values) const;
  /// Reads from that place on. Throws std::system_error.
  void read(std::size_t at, std::span<double> values) const;

 private:
  explicit SpillFile(int file) : file_(file) {}

  int file_;
};

}  // namespace fleetrace::study
