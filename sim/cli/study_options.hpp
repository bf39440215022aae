#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "fleetrace/fleet/metric.hpp"
#include "sim/api/settings.hpp"
#include "sim/api/study_request.hpp"
#include "sim/cli/verb.hpp"

/// Options and settings that the verbs share which replicate a scenario.
namespace fleetrace::cli {

inline constexpr Option kSeedOption{"seed", "N", "0 to 4294967295; all random numbers come from it. Default: 1."};
inline constexpr Option kJobsOption{"jobs", "N",
                                    "Threads. Results do not depend on it. Default: as many as there are processors."};
inline constexpr Option kSetOption{
    "set", "PATH=VALUE",
    "Change one value of the scenario, such as strategies.turtle.budget=\"3e9 USD\". May be repeated.", true};
inline constexpr Option kFromOption{
    "from", "DATE",
    "Go on from the last actual state up to that date, where the scenario has actuals; until then the plan is replayed. It is "
    "horizon.from of the scenario."};
inline constexpr Option kNoFilesOption{
    "no-files", "",
    "Read no CSV file that the scenario names, of which some may be no business of whoever wrote it. So it is anyway for -."};
/// Options of every verb that replicates a scenario.
inline constexpr Option kReplicatingOptions[] = {kSeedOption, kJobsOption, kSetOption, kFromOption, kNoFilesOption};

inline constexpr Option kProgressOption{
    "progress", "WHEN", "A line on standard error while it works: {}. Default: auto, on a terminal.", false, whens};
inline constexpr Option kQuietOption{"quiet", "", "No messages but errors on standard error."};
inline constexpr Option kColorOption{"color", "WHEN", "{}. Default: auto, on a terminal without NO_COLOR.", false,
                                     whens};
/// Options that say what a verb prints beside its result.
inline constexpr Option kTerminalOptions[] = {kProgressOption, kQuietOption, kColorOption};

/// `--output` of the verbs that write their whole study at its end.
inline constexpr Option kStudyFolderOption{
    "output", "DIR",
    "Write results.csv, results.json, results.xlsx, report.html and manifest.json there. A folder that holds another result is left alone."};
inline constexpr Option kReplicationsOption{
    "replications", "N", "How many draws of the world. Default: study.replications of the scenario."};
inline constexpr Option kConfidenceOption{"confidence", "P", "Of the intervals. Default: study.confidence."};
inline constexpr Option kObjectiveOption{"objective", "NAME", "{}. Default: study.objective.", false,
                                         fleet::objective_names};
inline constexpr Option kTargetOption{"target", "LOSS",
                                      "The relative loss that the two target objectives mean. Default: study.target."};

/// Reads the settings of a study. Options that a verb does not have count as left out. Throws UsageError for a value that is
/// out of range and where an objective lacks its target.
[[nodiscard]] StudySettings study_settings(const Options& options, const scenario::Scenario& scenario);

/// The study that options ask of the scenario of that name or file, but for what its verb alone has, and its settings.
[[nodiscard]] StudyRequest study_request(StudyRequest::Verb verb, const Options& options, const std::string& scenario);
/// The settings that options ask for; what is left out is nothing. Throws UsageError for a value that is out of range.
[[nodiscard]] StudyOptions asked_settings(const Options& options, const scenario::Scenario& scenario);

/// The value of `--jobs`; 0, for all processors, where it is left out. Throws UsageError for what is no number of threads.
[[nodiscard]] int jobs_of(const Options& options);

/// Whether text on standard output may be coloured.
[[nodiscard]] bool wants_color(const Options& options, const Streams& streams);

/// The flag that Ctrl-C sets.
[[nodiscard]] const std::atomic<bool>& stop_flag(const Streams& streams);

/// A progress line on standard error, which is overwritten by its next state: how many replications are done, how fast they
/// go and how long the rest will take. Whether it is shown at all, --progress and --quiet decide.
class ProgressLine {
 public:
  ProgressLine(const Options& options, const Streams& streams, std::size_t total);

  /// Shows that so many replications are done.
  void show(std::size_t done);
  /// Removes the line.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  std::ostream& err_;
  bool shown_;
  std::size_t total_;
  std::optional<std::size_t> before_;  ///< how many were done before the clock started
  Clock::time_point begun_ = Clock::now();
  Clock::time_point last_;  ///< when the line was written last
};

}  // namespace fleetrace::cli
