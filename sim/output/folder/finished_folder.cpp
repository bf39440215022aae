#include "sim/output/folder/finished_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <nlohmann/json.hpp>
#include <system_error>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/version.hpp"
#include "sim/output/folder/atomic_file.hpp"
#include "sim/output/folder/folder.hpp"
#include "sim/output/folder/manifest.hpp"
#include "sim/output/json/warnings_json.hpp"

namespace fleetrace::output {

using nlohmann::json;

FinishedFolder::FinishedFolder(std::string path, Use use, Versions versions)
    : path_(std::move(path)),
      versions_(versions),
      descriptor_(::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  if (descriptor_ < 0) {
    if (errno == ENOTDIR) refuse("", "is a file, and a result is a folder", "Name the folder that --output left.");
    if (errno == ENOENT) refuse("", "there is no such folder", "Name the folder that --output left.");
    refuse("", "cannot be opened: " + std::generic_category().message(errno), "");
  }
  if (::flock(descriptor_, (use == Use::read ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0) {
    ::close(descriptor_);
    throw FolderBusy(core::printable(path_) + ": is in use by another process. Nothing was changed; wait for it.");
  }
}

FinishedFolder::~FinishedFolder() { ::close(descriptor_); }

void FinishedFolder::refuse(const std::string& file, const std::string& problem, const std::string& suggestion) const {
  throw core::InputError({{{file.empty() ? path_ : path_ + '/' + file, 0, 0}, "", problem, "", suggestion}});
}

std::pair<std::string, json> FinishedFolder::read(const char* name) const {
  static constexpr std::int64_t kMostMegabytes = 64;
  std::string bytes;
  const int error = read_whole(descriptor_, name, bytes, kMostMegabytes << 20);
  if (error == EFBIG)
    refuse(name, "is larger than the " + std::to_string(kMostMegabytes) + " MB that are read of results", "");
  if (error == ENOENT)
    refuse("", "holds no result of fleetrace: " + std::string(name) + " is missing",
           "Name the folder that --output left.");
  if (error != 0) refuse(name, "cannot be read: " + std::generic_category().message(error), "");
  json document = json::parse(bytes, nullptr, false);
  if (document.is_discarded()) refuse(name, "is cut off or damaged: it is no JSON document", kMakeAgain);
  const bool is_ours = document.is_object() && document.contains("fleetrace") && document["fleetrace"].is_string() &&
                       document.contains("format") && document["format"].is_number_integer();
  if (!is_ours)
    refuse(name, "is none of fleetrace: it names neither version nor format", "Name the folder that --output left.");
  const std::string version = core::printable(document["fleetrace"].get<std::string>());
  if (const auto format = document["format"].get<std::int64_t>(); format != 1) {
    refuse(name,
           "is of format " + std::to_string(format) + ", which fleetrace " + version + " writes and this one, " +
               std::string(core::version()) + ", does not read",
           "Use that version.");
  }
  if (versions_ == Versions::this_one && version != core::version()) {
    refuse(name,
           "was written by fleetrace " + version + ", and this is " + std::string(core::version()) +
               ", whose numbers may differ",
           "Use that version, or run the command again.");
  }
  return {std::move(bytes), std::move(document)};
}

json FinishedFolder::read_manifest(const char* made_anew) const {
  auto [bytes, manifest] = read(kManifestFile);
  const json status = manifest.value("status", json());
  const std::string said = status.is_string() ? status.get<std::string>() : "";
  if (said != "finished")
    refuse("", "is not finished: its manifest says \"" + core::printable(said) + '"',
           "The command that began it goes on where it was stopped.");
  require_build(manifest);
  require_digests(bytes, made_anew);
  return manifest;
}

void FinishedFolder::require_build(const json& manifest) const {
  if (versions_ == Versions::all) return;
  if (manifest.value("folder_format", json(1)) != kFolderFormat)
    refuse(kManifestFile, "was left by another version of fleetrace, which does not state what this one checks",
           kMakeAgain);
  const json hash = manifest.value("git_hash", json());
  const std::string build = hash.is_string() ? core::printable(hash.get<std::string>()) : "unknown";
  if (build != core::git_hash())
    refuse(kManifestFile,
           "was written by another build of fleetrace (" + build + ", and this is " + std::string(core::git_hash()) +
               "), whose numbers may differ",
           "Use that build, or run the command again into another folder.");
}

void FinishedFolder::require_digests(const std::string& manifest, const std::string& made_anew) const {
  const Digests digests = digests_in(manifest);
  if (digests.empty() && versions_ == Versions::all) return;  // an earlier version stated none
  if (!is_whole(manifest)) refuse(kManifestFile, "is damaged or was changed: its own digest is another", kMakeAgain);
  for (const auto& [name, digest] : digests) {
    std::string found;
    const int error = name == made_anew ? ENOENT : digest_of(descriptor_, name, found);
    if (error == ENOENT || (error == 0 && found == digest)) continue;
    refuse(name, "is damaged or was changed: its digest is not the one that manifest.json states", kMakeAgain);
  }
}

void FinishedFolder::write(const char* name, const std::string& bytes) const {
  static constexpr std::int64_t kMost = 1 << 30;
  std::string found;
  if (read_whole(descriptor_, name, found, kMost) == 0 && found == bytes) return;
  if (const int error = write_atomically(descriptor_, name, bytes); error != 0)
    throw FolderError(core::printable(path_) + '/' + name +
                      ": cannot be written: " + std::generic_category().message(error) + '.');
}

MadeFrom made_from(const json& manifest, const json& results) {
  MadeFrom found;
  found.question = manifest.at("question").get<std::string>();
  found.sha256 = manifest.at("scenario").at("sha256").get<std::string>();
  found.resolved = manifest.at("resolved_scenario").get<std::string>();
  found.draw.seed = manifest.at("seed").get<std::uint32_t>();
  found.draw.replication = manifest.at("replication").get<std::uint32_t>();
  found.draw.inputs = manifest.at("inputs") == "drawn" ? fleet::InputDraw::drawn : fleet::InputDraw::medians;
  found.plan = find_plan_options(manifest.value("settings", ""));
  found.arguments = manifest.at("arguments").get<std::vector<std::string>>();
  found.warnings = read_warnings(JsonValue(&results));
  return found;
}

}  // namespace fleetrace::output
