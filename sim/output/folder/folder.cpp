#include "sim/output/folder/folder.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <new>
#include <optional>
#include <system_error>
#include <utility>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/folder/atomic_file.hpp"
#include "sim/output/folder/journal_format.hpp"
#include "sim/output/folder/manifest.hpp"
#include "sim/output/folder/system_calls.hpp"
#include "sim/reader/load.hpp"

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

/// Names in the folder, which `path` is in messages.
std::vector<std::string> names_in(int folder, const std::string& path) {
  // The stream owns its descriptor, so it gets one of its own.
  const int copy = open_at(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(copy < 0 ? nullptr : ::fdopendir(copy), ::closedir);
  if (stream == nullptr) {
    const int error = errno;
    if (copy >= 0) ::close(copy);
    if (error == ENOMEM) throw std::bad_alloc();
    refuse(path, "cannot be listed: " + reason(error) + '.');
  }
  std::vector<std::string> names;
  while (const dirent* entry = ::readdir(stream.get())) {
    std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(std::move(name));
  }
  return names;
}

/// Removes what a process that was killed left half written. The folder is locked, so nobody is at it.
void remove_left_over(int folder, const std::string& path, const std::vector<std::string>& files) {
  for (const std::string& name : names_in(folder, path)) {
    if (std::any_of(files.begin(), files.end(), [&](const std::string& file) { return is_temporary(name, file); }))
      ::unlinkat(folder, name.c_str(), 0);
  }
}

/// Makes sure that the folder that is open stands in its parent also after a power cut. Returns 0 or an errno.
int sync_into_parent(int folder) {
  const int parent = open_at(folder, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  // Who may not list the parent may not open it either.
  if (parent < 0) return errno == EACCES && ::syncfs(folder) == 0 ? 0 : errno;
  const int error = sync_file(parent) == 0 ? 0 : errno;
  ::close(parent);
  return error;
}

/// Whether the path still names the folder that is open: who made it may have removed it before it was locked here.
bool stands_at(int folder, const std::string& path) {
  struct stat opened {};
  struct stat named {};
  return ::fstat(folder, &opened) == 0 && ::stat(path.c_str(), &named) == 0 && opened.st_dev == named.st_dev &&
         opened.st_ino == named.st_ino;
}

}  // namespace

ResultFolder::ResultFolder(std::string path, const Manifest& manifest) : path_(std::move(path)) {
  try {
    enter();
    open(manifest);
  } catch (...) {
    // Only who has the lock may remove it, and only as long as it is empty.
    if (created_) ::rmdir(path_.c_str());
    if (descriptor_ >= 0) ::close(descriptor_);
    throw;
  }
}

ResultFolder::~ResultFolder() { ::close(descriptor_); }

void ResultFolder::enter() {
  static constexpr int kMostTries = 100;
  for (int i = 0; i < kMostTries; ++i) {
    created_ = false;
    const bool is_made = ::mkdir(path_.c_str(), 0777) == 0;
    if (!is_made && errno != EEXIST) refuse(path_, "cannot be created: " + reason(errno) + '.');
    descriptor_ = open_at(AT_FDCWD, path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor_ < 0 && errno == ENOENT) continue;
    if (descriptor_ < 0) refuse(path_, "cannot be used: " + reason(errno) + '.');
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
      if (errno == EWOULDBLOCK) {
        throw FolderBusy(core::printable(path_) +
                         ": is in use by another process. Nothing was changed; wait for it, or name "
                         "another folder.");
      }
      refuse(path_, "cannot be locked: " + reason(errno) + '.');
    }
    if (stands_at(descriptor_, path_)) {
      created_ = is_made;
      return;
    }
    ::close(std::exchange(descriptor_, -1));
  }
  refuse(path_, "cannot be used: others keep making and removing it.");
}

bool ResultFolder::is_free_for(const Manifest& manifest) const {
  const std::vector<std::string> names = names_in(descriptor_, path_);
  // A manifest that was damaged may have been taken away: the journal says itself which study it is of.
  return names.empty() || is_journal_of(descriptor_, identity_of(manifest));
}

void ResultFolder::open(const Manifest& manifest) {
  std::vector<std::string> files = manifest.files;
  files.emplace_back(kManifest);
  remove_left_over(descriptor_, path_, files);
  std::string found;
  const int error = read_whole(descriptor_, kManifest, found);
  if (error != 0 && error != ENOENT) refuse(path_, "its manifest.json cannot be read: " + reason(error) + '.');
  if (error == ENOENT) {
    if (!is_free_for(manifest))
      refuse(path_, "holds files, but no run of fleetrace. Nothing was changed; name another folder.");
  } else {
    const Found held = compare(found, manifest);
    switch (held.run) {
      case FoundRun::unreadable:
        refuse(path_, "its manifest.json is none of fleetrace. Nothing was changed; name another folder.");
      case FoundRun::damaged:
        refuse(
            path_,
            "its manifest.json is damaged or was changed. Nothing was changed; remove manifest.json, and the same command "
            "goes on with the replications that the folder keeps, or name another folder.");
      case FoundRun::other_layout:
        refuse(path_,
               "was left by " + held.difference +
                   ". Nothing was changed; name another folder, or remove this one where its results are not needed.");
      case FoundRun::other:
        refuse(path_,
               "holds another run (" + held.difference + "). Nothing was changed; name another folder, or remove it.");
      case FoundRun::same_unfinished: break;
      case FoundRun::same_finished: finished_ = has_all_files(found); break;
    }
    if (finished_) kept_ = kept_of(found);
  }
  if (!finished_) reopen(manifest);
}

void ResultFolder::reopen(const Manifest& manifest) {
  finished_ = false;
  kept_.reset();
  if (const int error = sync_into_parent(descriptor_); error != 0)
    refuse(path_, "cannot be created: " + reason(error) + '.');
  write(manifest);
}

bool ResultFolder::has_all_files(const std::string& manifest_json) {
  struct stat status {};
  // The journal has no digest, since its order is that of the threads; how much of it there must be is stated.
  bool has_all = !kept_of(manifest_json) ||
                 ::fstatat(descriptor_, JournalFormat::kName, &status, AT_SYMLINK_NOFOLLOW) == 0;
  for (const auto& [name, stated] : digests_in(manifest_json)) {
    std::string digest;
    const int error = digest_of(descriptor_, name, digest);
    if (error == 0 && digest == stated) continue;
    has_all = false;
    if (error == ENOENT) continue;
    const std::string aside = name + ".changed";
    const bool is_aside = ::renameat(descriptor_, name.c_str(), descriptor_, aside.c_str()) == 0;
    notes_.push_back(core::printable(path_) + '/' + name +
                     ": is not the file that was written; it was changed or damaged" +
                     (is_aside ? ", and is " + aside + " now." : "."));
  }
  return has_all;
}

void ResultFolder::write(const std::string& name, std::string_view bytes) const {
  if (const int error = write_atomically(descriptor_, name, bytes); error != 0) {
    refuse(path_ + '/' + name, "cannot be written: " + reason(error) + '.');
  }
  digests_[name] = reader::sha256(bytes);
}

void ResultFolder::write(const Manifest& manifest) const {
  Digests stated;
  for (const std::string& name : manifest.files) {
    if (const auto entry = digests_.find(name); entry != digests_.end()) stated.insert(*entry);
  }
  write(kManifest, to_json(manifest, manifest.status == Status::finished ? stated : Digests{}));
}

void ResultFolder::replace(const std::string& name, const std::function<void(const std::string&)>& make) const {
  PendingFile file(descriptor_, name);
  if (file.error() == 0) make(path_ + '/' + file.temporary());
  int error = file.keep();
  if (error == 0) error = digest_of(descriptor_, name, digests_[name]);
  if (error != 0) refuse(path_ + '/' + name, "cannot be written: " + reason(error) + '.');
}

}  // namespace fleetrace::output
