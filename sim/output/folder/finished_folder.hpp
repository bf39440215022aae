#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/api/plan_periods.hpp"
#include "sim/fleet/setup.hpp"

/// Folders that --output left, to be read; private to the output floor.
namespace fleetrace::output {

inline constexpr const char* kManifestFile = "manifest.json";
inline constexpr const char* kResultsFile = "results.json";
inline constexpr const char* kMakeAgain = "Run the command that made the folder again, into another one.";

/// A folder that is open, and that nobody else changes as long as it is.
class FinishedFolder {
 public:
  /// What a folder is opened for. Several processes may read it at a time. One that changes it has it for itself.
  enum class Use { read, change };
  /// Whose files are read: those of other versions and builds say the same things, but their numbers may be others.
  enum class Versions { this_one, all };

  /// Throws core::InputError where there is no such folder, and FolderBusy where another process is at work in it.
  FinishedFolder(std::string path, Use use, Versions versions);
  FinishedFolder(const FinishedFolder&) = delete;
  FinishedFolder(FinishedFolder&&) = delete;
  FinishedFolder& operator=(const FinishedFolder&) = delete;
  FinishedFolder& operator=(FinishedFolder&&) = delete;
  ~FinishedFolder();

  /// The descriptor on which the folder is open.
  [[nodiscard]] int descriptor() const { return descriptor_; }
  /// Throws a core::InputError about a file of the folder, or about the folder itself where `file` is empty.
  [[noreturn]] void refuse(const std::string& file, const std::string& problem, const std::string& suggestion) const;

  /// The bytes of a document of format 1, and the document; or a refusal that says what is wrong with it.
  [[nodiscard]] std::pair<std::string, nlohmann::json> read(const char* name) const;
  /// The manifest of a run that is finished and whose files have the digests that it states, or a refusal. Of files that are not
  /// there, and of `made_anew`, nothing is said.
  [[nodiscard]] nlohmann::json read_manifest(const char* made_anew = "") const;
  /// Writes nothing where the file holds these bytes already, so that a disk that cannot be written to is no trouble. Throws
  /// FolderError where writing fails.
  void write(const char* name, const std::string& bytes) const;

 private:
  void require_build(const nlohmann::json& manifest) const;
  void require_digests(const std::string& manifest, const std::string& made_anew) const;

  std::string path_;
  Versions versions_;
  int descriptor_;
};

/// What a manifest says of how its results were made.
struct MadeFrom {
  std::string question;
  std::string sha256;
  std::string resolved;
  fleet::Draw draw;
  std::optional<PlanOptions> plan;
  std::vector<std::string> arguments;
  std::vector<core::Diagnostic> warnings;  ///< with the places of the scenario as it was written
};
/// Throws nlohmann::json::exception for a manifest or results that lack something.
[[nodiscard]] MadeFrom made_from(const nlohmann::json& manifest, const nlohmann::json& results);

}  // namespace fleetrace::output
