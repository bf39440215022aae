#pragma once

#include <string>
#include <vector>

#include "fleetrace/core/parameter.hpp"

/// The format of scenario files as documentation, made of the entries that the reader checks by. A new model, section or family
/// appears in it by itself.
namespace fleetrace::scenario {

/// One key that an entry takes, as documentation shows it.
struct Key {
  std::string name;  ///< key in the file: "every", "then.cadence", "doubling or rate"
  std::string summary;
  std::string type;    ///< "duration", "list of numbers", "one of the failure models"
  std::string units;   ///< units that may be written; empty if there are none
  std::string valid;   ///< range or choices; empty if every value is valid
  std::string preset;  ///< default; empty if there is none
  std::string source;  ///< source of the default
  bool verified = true;
  bool required = false;
};

/// A group of entries that are listed together: the models of a family, or the sections of a scenario file.
struct Chapter {
  std::string name;
  std::string summary;
  std::string selector;  ///< key whose value names one of the entries; empty for sections
  std::string preset;    ///< entry that is meant if the selector is left out
  std::vector<const core::Entry*> entries;
  std::vector<std::string> names;  ///< names of the entries, in their order
};

/// The sections of a scenario file, then all model families that can be reached from there.
[[nodiscard]] std::vector<Chapter> chapters();

/// One section of a scenario file with everything that can be named in it: one page of the reference.
struct Section {
  std::string name;
  std::string summary;
  /// The section's own keys, where it has any, then the families that no earlier section has reached.
  std::vector<Chapter> chapters;
};

/// The sections of a scenario file in their order; then `distribution`, which may stand for any number.
[[nodiscard]] std::vector<Section> sections();

/// The documentation of a parameter, with `prefix` before its name.
[[nodiscard]] Key key_of(const core::Parameter& parameter, const std::string& prefix = {});

/// The keys of the entry at `index`. Keys of a plain section follow the key of the section, under a dotted name. The top level
/// of a scenario lists its own keys only, since its sections are entries of their own.
[[nodiscard]] std::vector<Key> keys(const Chapter& chapter, std::size_t index);

/// How a scenario selects the entry: "buy: once".
[[nodiscard]] std::string selection(const Chapter& chapter, std::size_t index);

}  // namespace fleetrace::scenario
