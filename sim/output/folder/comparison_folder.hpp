#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/api/comparison_study.hpp"
#include "sim/output/folder/journal.hpp"

namespace fleetrace::output {

/// The manifest of a comparison that begins. `plan` are the periods of its files, `arguments` the words of the command, verb first.
[[nodiscard]] Manifest comparison_manifest(const scenario::Scenario& scenario, const StudySettings& settings,
                                           const std::optional<PlanOptions>& plan, std::vector<std::string> arguments);

/// The folder of a comparison, in which every finished replication is kept, so that the study goes on where it was stopped.
class ComparisonFolder {
 public:
  /// Opens the folder and fills in what it holds of the study. `plan` are the periods of its files, `arguments` the words of the
  /// command, verb first. Throws FolderError.
  ComparisonFolder(const std::string& path, const scenario::Scenario& scenario, const StudySettings& settings,
                   const std::optional<PlanOptions>& plan, std::vector<std::string> arguments, ComparisonStudy& work);

  [[nodiscard]] const std::string& path() const { return folder_.path(); }
  [[nodiscard]] const Manifest& manifest() const { return manifest_; }
  /// Whether the very same study is finished there.
  [[nodiscard]] bool is_finished() const { return folder_.is_finished(); }
  /// What was found amiss in it, and what is done about it, a sentence each.
  [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }
  /// Where replications go as they are finished; of a finished study none are missing.
  [[nodiscard]] Journal& journal() { return *journal_; }

  /// Writes all files of the finished study, with the race at its medians. Throws FolderError.
  void write(const ComparisonReport& report);
  /// Notes that the study was stopped. Throws FolderError.
  void note_interruption() { note(Status::interrupted, ""); }
  /// Notes why the study failed. Throws FolderError.
  void note_failure(const std::string& message) { note(Status::failed, message); }

 private:
  void note(Status status, const std::string& message);
  void tell_gaps(const study::Results& results, std::size_t most);

  const scenario::Scenario& scenario_;
  std::uint32_t seed_;
  std::optional<PlanOptions> plan_;
  Manifest manifest_;
  ResultFolder folder_;
  std::vector<std::string> notes_;
  std::optional<Journal> journal_;
};

}  // namespace fleetrace::output
