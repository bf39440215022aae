#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/study.hpp"
#include "sim/reader/load.hpp"

namespace fleetrace {

/// A study that may be computed in parts, as it was asked: with the scenario that it names, everything on which its numbers
/// depend. A part keeps it, so that whoever merges the parts can ask for the whole study.
struct StudyRequest {
  enum class Verb { compare, sweep, sensitivity };

  Verb verb = Verb::compare;
  std::string scenario;                   ///< a file, or the name of an embedded scenario
  bool reads_files = true;                ///< whether the CSV files that the scenario names are read
  std::vector<reader::Override> changes;  ///< changes of the scenario, in their order
  StudyOptions options;                   ///< without jobs, progress and stop, which are the caller's
  std::vector<study::Axis> axes;          ///< of a sweep
  std::string strategy;                   ///< that a sensitivity asks about; empty for the best
  std::string against;                    ///< the strategy that a sensitivity compares it with; may be empty
  std::size_t points = 128;               ///< of each Sobol sequence of a sensitivity
};

/// "compare", "sweep" or "sensitivity".
[[nodiscard]] std::string_view verb_name(StudyRequest::Verb verb);
/// The study of that name; nullopt where it has no parts.
[[nodiscard]] std::optional<StudyRequest::Verb> find_verb(std::string_view name);

/// The scenario that a request names, with its changes. Throws InvalidScenario.
[[nodiscard]] Scenario load(const StudyRequest& request);

}  // namespace fleetrace
