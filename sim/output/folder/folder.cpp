#include "sim/output/folder/folder.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <optional>
#include <system_error>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/folder/atomic_file.hpp"
#include "sim/output/folder/manifest.hpp"

namespace fleetrace::output {
namespace {

constexpr const char* kManifest = "manifest.json";

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

/// Names in the folder; nothing where it cannot be listed.
std::optional<std::vector<std::string>> names_in(int folder) {
  // The stream owns its descriptor, so it gets one of its own.
  const int copy = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(copy < 0 ? nullptr : ::fdopendir(copy), ::closedir);
  if (stream == nullptr) return std::nullopt;
  std::vector<std::string> names;
  while (const dirent* entry = ::readdir(stream.get())) {
    std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(std::move(name));
  }
  return names;
}

/// Removes what a process that was killed left half written. The folder is locked, so nobody is at it.
void remove_left_over(int folder, const std::vector<std::string>& files) {
  for (const std::string& name : names_in(folder).value_or(std::vector<std::string>{})) {
    if (std::any_of(files.begin(), files.end(), [&](const std::string& file) { return is_temporary(name, file); }))
      ::unlinkat(folder, name.c_str(), 0);
  }
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
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) {
      throw FolderBusy(core::printable(path_) +
                       ": is in use by another process. Nothing was changed; wait for it, or name "
                       "another folder.");
    }
    refuse(path_, "cannot be locked: " + reason(errno) + '.');
  }
  std::vector<std::string> files = manifest.files;
  files.emplace_back(kManifest);
  remove_left_over(descriptor_, files);
  std::string found;
  const int error = read_whole(descriptor_, kManifest, found);
  if (error != 0 && error != ENOENT) refuse(path_, "its manifest.json cannot be read: " + reason(error) + '.');
  if (error == ENOENT) {
    const auto names = names_in(descriptor_);
    if (!names || !names->empty()) {
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
  for (const std::string& name : manifest.files) {
    struct stat status {};
    if (finished_ && ::fstatat(descriptor_, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) finished_ = false;
  }
  if (!finished_) write(kManifest, to_json(manifest));
}

void ResultFolder::write(const std::string& name, std::string_view bytes) const {
  if (const int error = write_atomically(descriptor_, name, bytes); error != 0) {
    refuse(path_ + '/' + name, "cannot be written: " + reason(error) + '.');
  }
}

void ResultFolder::replace(const std::string& name, const std::function<void(const std::string&)>& make) const {
  const int error = replace_atomically(descriptor_, name,
                                       [&](const std::string& temporary) { make(path_ + '/' + temporary); });
  if (error != 0) refuse(path_ + '/' + name, "cannot be written: " + reason(error) + '.');
}

}  // namespace fleetrace::output
