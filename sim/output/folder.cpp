#include "fleetrace/output/folder.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <system_error>

#include "atomic_file.hpp"
#include "fleetrace/core/diagnostic.hpp"
#include "manifest.hpp"

namespace fleetrace::output {
namespace {

constexpr const char* kManifest = "manifest.json";
constexpr const char* kResults[] = {"results.csv", "results.json"};

std::string reason(int error) {
  switch (error) {
    case ENOENT: return "the folder that it should stand in does not exist";
    case EACCES:
    case EPERM: return "no permission";
    case ENOTDIR: return "there is a file where a folder is needed";
    default: return std::generic_category().message(error);
  }
}

[[noreturn]] void refuse(const std::string& path, const std::string& problem) {
  throw FolderError(core::printable(path) + ": " + problem);
}

bool is_empty(int folder) {
  // The stream owns its descriptor, so it gets one of its own.
  const int copy = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(copy < 0 ? nullptr : ::fdopendir(copy), ::closedir);
  if (stream == nullptr) return false;
  while (const dirent* entry = ::readdir(stream.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") return false;
  }
  return true;
}

}  // namespace

ResultFolder::ResultFolder(std::string path, const Manifest& manifest) : path_(std::move(path)) {
  try {
    open(manifest);
  } catch (...) {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (created_) ::rmdir(path_.c_str());
    throw;
  }
}

ResultFolder::~ResultFolder() { ::close(descriptor_); }

void ResultFolder::open(const Manifest& manifest) {
  created_ = ::mkdir(path_.c_str(), 0777) == 0;
  if (!created_ && errno != EEXIST) refuse(path_, "cannot be created: " + reason(errno) + '.');
  descriptor_ = ::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor_ < 0) refuse(path_, "cannot be used: " + reason(errno) + '.');
  std::string found;
  const int error = read_whole(descriptor_, kManifest, found);
  if (error != 0 && error != ENOENT) refuse(path_, "its manifest.json cannot be read: " + reason(error) + '.');
  if (error == ENOENT) {
    if (!is_empty(descriptor_)) {
      refuse(path_, "holds files, but no run of fleetrace. Nothing was changed; name another folder.");
    }
  } else {
    switch (compare(found, manifest)) {
      case FoundRun::unreadable:
        refuse(path_, "its manifest.json is none of fleetrace. Nothing was changed; name another folder.");
      case FoundRun::other:
        refuse(
            path_,
            "holds another run (other scenario, --set, seed or version). Nothing was changed; name another folder, or remove it.");
      case FoundRun::same_unfinished: break;
      case FoundRun::same_finished: finished_ = true; break;
    }
  }
  for (const char* name : kResults) {
    struct stat status {};
    if (finished_ && ::fstatat(descriptor_, name, &status, AT_SYMLINK_NOFOLLOW) != 0) finished_ = false;
  }
  if (!finished_) write(kManifest, to_json(manifest));
}

void ResultFolder::write(const std::string& name, std::string_view bytes) const {
  if (const int error = write_atomically(descriptor_, name, bytes); error != 0) {
    refuse(path_ + '/' + name, "cannot be written: " + reason(error) + '.');
  }
}

}  // namespace fleetrace::output
