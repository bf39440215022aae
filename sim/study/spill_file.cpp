#include "sim/study/spill_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

#include "sim/core/system/positioned_io.hpp"

namespace fleetrace::study {
namespace {

/// A file in the folder that has no name any more; below 0 where none can be made.
int nameless_in(const std::string& folder) {
  std::string path = folder + "/fleetrace-XXXXXX";
  const int file = ::mkostemp(path.data(), O_CLOEXEC);
  if (file >= 0) ::unlink(path.c_str());
  return file;
}

[[noreturn]] void fail(int error) {
  throw std::system_error(error, std::generic_category(),
                          "the temporary file that holds the results of a large study (TMPDIR says where it is)");
}

}  // namespace

std::unique_ptr<SpillFile> SpillFile::create() {
#ifdef __EMSCRIPTEN__
  return nullptr;  // A page in a browser has no disk.
#endif
  std::error_code error;
  const std::string asked = std::filesystem::temp_directory_path(error).string();
  for (const std::string& folder : {asked == "/tmp" ? "/var/tmp" : asked, asked, std::string("/tmp")}) {
    const int file = nameless_in(folder);
    if (file >= 0) return std::unique_ptr<SpillFile>(new SpillFile(file));
  }
  return nullptr;
}

SpillFile::~SpillFile() { ::close(file_); }

void SpillFile::resize(std::size_t size) const {
  if (::ftruncate(file_, static_cast<off_t>(size * sizeof(double))) != 0) fail(errno);
}

void SpillFile::write(std::size_t at, std::span<const double> values) const {
  const int error = core::write_all_at(file_, std::as_bytes(values), static_cast<off_t>(at * sizeof(double)));
  if (error != 0) fail(error);
}

void SpillFile::read(std::size_t at, std::span<double> values) const {
  const int error = core::read_all_at(file_, std::as_writable_bytes(values), static_cast<off_t>(at * sizeof(double)));
  if (error != 0) fail(error);
}

}  // namespace fleetrace::study
