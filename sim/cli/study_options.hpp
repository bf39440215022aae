#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "fleetrace/fleet/measures.hpp"
#include "fleetrace/study/ending.hpp"
#include "verb.hpp"

/// What the verbs that replicate have in common.
namespace fleetrace::cli {

inline constexpr Option kSeedOption{"seed", "N", "0 to 4294967295; all random numbers come from it. Default: 1."};
inline constexpr Option kJobsOption{"jobs", "N",
                                    "Threads. Results do not depend on it. Default: as many as there are processors."};
inline constexpr Option kSetOption{
    "set", "PATH=VALUE",
    "Change one value of the scenario, such as strategies.turtle.budget=\"3e9 USD\". May be repeated.", true};
inline constexpr Option kProgressOption{
    "progress", "WHEN", "A line on standard error while it works: {}. Default: auto, on a terminal.", false, whens};
inline constexpr Option kQuietOption{"quiet", "", "No messages but errors on standard error."};
inline constexpr Option kColorOption{"color", "WHEN", "{}. Default: auto, on a terminal without NO_COLOR.", false,
                                     whens};
inline constexpr Option kObjectiveOption{"objective", "NAME", "{}. Default: study.objective.", false,
                                         fleet::objective_names};
inline constexpr Option kTargetOption{"target", "LOSS",
                                      "The relative loss that the two target objectives mean. Default: study.target."};

/// The scenario's study section, as options change it.
struct StudySettings {
  std::uint32_t seed = 1;
  std::size_t replications = 0;
  int jobs = 0;  ///< 0: all processors
  fleet::Measure objective = fleet::Measure::final_loss;
  std::optional<double> target;
  double confidence = 0.95;
  study::EndRule rule;  ///< fixed, unless an option asks for a half-width or a selection
};
/// Options that a verb does not take count as left out. Throws UsageError, also where an objective lacks its target.
[[nodiscard]] StudySettings study_settings(const Options& options, const fleet::Scenario& scenario);

/// Whether text on standard output may have colour.
[[nodiscard]] bool wants_color(const Options& options, const Streams& streams);

/// What Ctrl-C sets.
[[nodiscard]] const std::atomic<bool>& stop_flag(const Streams& streams);

/// One line on standard error that is written over and over: how many, how fast, how long still.
class ProgressLine {
 public:
  ProgressLine(const Options& options, const Streams& streams, std::size_t total);

  /// So many are done.
  void show(std::size_t done);
  /// Takes the line away.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  std::ostream& err_;
  bool shown_;
  std::size_t total_;
  std::optional<std::size_t> before_;  ///< done before the clock began
  Clock::time_point begun_ = Clock::now();
  Clock::time_point last_;
};

}  // namespace fleetrace::cli
