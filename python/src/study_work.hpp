#pragma once

#include <functional>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "fleetrace/study.hpp"
#include "python/src/work.hpp"
#include "sim/api/study_request.hpp"
#include "sim/output/folder/study_folder.hpp"
#include "sim/scenario/inputs/inputs.hpp"
#include "sim/study/solve/goal.hpp"

namespace fleetrace::python {

/// A folder that results go to, and the words of the command that would make it.
using FolderRequest = std::optional<std::pair<std::string, std::vector<std::string>>>;

/// The options that all studies share, with the work's stop and progress.
[[nodiscard]] StudyOptions study_options(const py::dict& given, Work& work);

/// The goals that `fail_if` states, about the strategies of a scenario that resolves. Throws py::value_error with a suggestion.
[[nodiscard]] std::vector<study::Goal> goals_of(const std::vector<std::string>& texts,
                                                const scenario::Scenario& scenario);

/// What a study puts into its folder.
struct StudyFolder {
  std::string question;  ///< what makes it another one beside the scenario
  std::vector<core::Diagnostic> warnings;
  std::function<output::StudyFiles(const output::Manifest&)> files;
};

/// Runs a study, into the folder where one is asked for; where that holds the very same result, it is only run. `run` returns false
/// where it was stopped, which throws Stopped.
void run_into(const FolderRequest& folder, const scenario::Scenario& scenario, std::uint32_t seed,
              const StudyFolder& content, const std::function<bool()>& run);

/// The same with the manifest that the folder gets.
void run_into(const FolderRequest& folder, output::Manifest manifest,
              const std::function<output::StudyFiles(const output::Manifest&)>& files,
              const std::function<bool()>& run);

/// The words of the command that a folder names; none where no folder is asked for.
[[nodiscard]] std::vector<std::string> words_of(const FolderRequest& folder);

/// A study that is asked of a scenario of Python. `source` is what commands name the scenario.
[[nodiscard]] StudyRequest study_request(StudyRequest::Verb verb, const Scenario& scenario, const std::string& source,
                                         const StudyOptions& options);

/// (name with the unit at its end, unit, path, distribution) of each uncertain input.
[[nodiscard]] std::vector<std::tuple<std::string, std::string, std::string, std::string>> described(
    const scenario::Inputs& inputs);

/// Warns of what was found amiss in a folder; any thread may call it.
void tell(const std::string& note);

}  // namespace fleetrace::python
