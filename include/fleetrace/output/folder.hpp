#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/fleet/case.hpp"
#include "fleetrace/fleet/scenario.hpp"

/// Result folders: files that are whole or not there, and a manifest that says what they are.
namespace fleetrace::output {

/// What could not be done with a folder, and why.
class FolderError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Somebody else is at work in the folder.
class FolderBusy : public FolderError {
 public:
  using FolderError::FolderError;
};

enum class Status { running, interrupted, finished, failed };

/// What stands in manifest.json.
struct Manifest {
  /// What was asked: the verb, and behind it what else makes it another result ("sweep", its axes).
  std::string question = "run";
  std::string scenario_name;
  std::string scenario_sha256;
  std::string resolved_scenario;  ///< YAML
  fleet::Draw draw;
  std::string target;  ///< that a study's replications are run for; empty where there is none
  /// What else the results in the folder depend on, and may be asked for anew of the same replications: a study's objective.
  std::string settings;
  std::vector<std::string> files;      ///< that a finished run leaves beside the manifest
  std::vector<std::string> arguments;  ///< of the program
  Status status = Status::running;
  std::string message;  ///< what failed
};
/// `arguments` begin with the verb, which becomes the question.
[[nodiscard]] Manifest manifest_of(const fleet::Scenario& scenario, fleet::Draw draw,
                                   std::vector<std::string> arguments);
[[nodiscard]] std::string to_json(const Manifest& manifest);

/// A folder for the results of one run, or of one study. No other process opens it as long as this object lives.
class ResultFolder {
 public:
  /// Opens the folder, or creates it in a parent that exists. Throws FolderError where it is a file, may not be written,
  /// holds another run, or holds files but no run: then nothing was changed; FolderBusy where somebody else has it open. An
  /// unfinished or failed attempt at the same run is taken over.
  ResultFolder(std::string path, const Manifest& manifest);
  ResultFolder(const ResultFolder&) = delete;
  ResultFolder(ResultFolder&&) = delete;
  ResultFolder& operator=(const ResultFolder&) = delete;
  ResultFolder& operator=(ResultFolder&&) = delete;
  ~ResultFolder();

  /// Whether the very same run (scenario, seed, version) stands there, finished.
  [[nodiscard]] bool is_finished() const { return finished_; }
  [[nodiscard]] const std::string& path() const { return path_; }

  /// Writes a file so that it is there whole or not at all, also after a power cut. Throws FolderError and leaves nothing
  /// of it behind.
  void write(const std::string& name, std::string_view bytes) const;
  /// Where the folder is open, for files that grow: openat(2).
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  void open(const Manifest& manifest);

  std::string path_;
  int descriptor_ = -1;
  bool created_ = false;
  bool finished_ = false;
};

}  // namespace fleetrace::output
