#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "sim/api/study_request.hpp"
#include "sim/fleet/setup.hpp"
#include "sim/scenario/scenario.hpp"

/// Result folders. Their files are there whole or not at all, and a manifest says what they are.
namespace fleetrace::output {

/// Thrown where something cannot be done with a folder. what() says what, and why.
class FolderError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Thrown where another process is at work in the folder.
class FolderBusy : public FolderError {
 public:
  using FolderError::FolderError;
};

/// How far the run or study of a folder has come.
enum class Status { running, interrupted, finished, failed };

/// What manifest.json says of a folder.
struct Manifest {
  /// What was asked: the verb, and behind it what else makes it another result, such as the axes of a sweep.
  std::string question = "run";
  std::string scenario_name;
  std::string scenario_sha256;
  std::string money;              ///< a note on what money is in; may be empty
  std::string resolved_scenario;  ///< The scenario with every default, as YAML.
  fleet::Draw draw;
  std::string target;  ///< The relative loss to be reached, on which replications depend; empty where there is none.
  /// What else the results depend on, but not the replications, so that it can be asked for anew: a study's objective.
  std::string settings;
  std::vector<std::string>
      files;  ///< The files that a finished run leaves beside the manifest; while it runs, those that it may leave.
  std::optional<std::size_t> kept;         ///< How many replications stand in the journal of a finished study.
  std::vector<std::string> arguments;      ///< The arguments of the program.
  std::optional<StudyRequest> request;     ///< Of a part alone: the study that the parts make.
  std::vector<core::Diagnostic> warnings;  ///< About the scenario, or about all that was asked of it.
  Status status = Status::running;
  std::string message;  ///< What failed.
};
/// The manifest of a run that begins. `arguments` begin with the verb, which becomes the question.
[[nodiscard]] Manifest manifest_of(const scenario::Scenario& scenario, fleet::Draw draw,
                                   std::vector<std::string> arguments);
/// SHA-256 of everything on which a run or the replications of a study depend, hexadecimal: version and build of the program, random
/// scheme, question, scenario with all that it names, seed, draw and target. Two with the same identity are one.
[[nodiscard]] std::string identity_of(const Manifest& manifest);
/// The SHA-256 of files, by name.
using Digests = std::map<std::string, std::string>;
/// `digests` are those of the files of a finished run. The document ends with a digest of itself.
[[nodiscard]] std::string to_json(const Manifest& manifest, const Digests& digests = {});

/// A folder for the results of one run or one study. No other process opens it as long as this object lives.
class ResultFolder {
 public:
  /// Opens the folder, or creates it in a parent that exists. An unfinished or failed attempt at the same run is taken over, and so is
  /// a journal of the same study without a manifest. Throws FolderError where the path is a file, may not be written, holds another
  /// run, or holds files but no run; nothing is changed then. Throws FolderBusy where another process has it open.
  ResultFolder(std::string path, const Manifest& manifest);
  ResultFolder(const ResultFolder&) = delete;
  ResultFolder(ResultFolder&&) = delete;
  ResultFolder& operator=(const ResultFolder&) = delete;
  ResultFolder& operator=(ResultFolder&&) = delete;
  ~ResultFolder();

  /// Whether the folder holds the very same run, and it is finished: all its files are there and have the digests that the manifest
  /// states. Nothing was written then.
  [[nodiscard]] bool is_finished() const { return finished_; }
  /// How many replications the manifest says the journal has, where the study is finished.
  [[nodiscard]] std::optional<std::size_t> kept() const { return kept_; }
  [[nodiscard]] const std::string& path() const { return path_; }
  /// What was found amiss, a sentence each.
  [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }

  /// Takes the run as unfinished after all. Throws FolderError.
  void reopen(const Manifest& manifest);
  /// Writes a file so that it is there whole or not at all, also after a power cut. Where that fails it throws FolderError, and
  /// leaves nothing of the file behind.
  void write(const std::string& name, std::string_view bytes) const;
  /// The same for a file that is too large for memory: `make` writes to the path that it is called with, where there is an empty
  /// file. What it throws is thrown again.
  void replace(const std::string& name, const std::function<void(const std::string& path)>& make) const;
  /// Writes the manifest likewise, with the digests of what was written where the run is finished.
  void write(const Manifest& manifest) const;
  /// The descriptor on which the folder is open, with which openat(2) opens files that grow.
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  void enter();
  void open(const Manifest& manifest);
  /// Whether a folder without a manifest is empty, or has the journal of this study.
  [[nodiscard]] bool is_free_for(const Manifest& manifest) const;
  /// Whether all files that a manifest states are there and have its digests; one that is another is put aside.
  [[nodiscard]] bool has_all_files(const std::string& manifest_json);

  std::string path_;
  int descriptor_ = -1;
  bool created_ = false;
  bool finished_ = false;
  std::optional<std::size_t> kept_;
  std::vector<std::string> notes_;
  mutable Digests digests_;  ///< of what was written
};

}  // namespace fleetrace::output
