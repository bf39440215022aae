#pragma once

#include <string>
#include <vector>

#include "fleetrace/core/parameter.hpp"
#include "grid.hpp"

/// Entries and their parameters in words.
namespace fleetrace::output::listing {

/// One key that an entry takes, as documentation shows it.
struct Key {
  std::string name;  ///< as written: "every", "then.cadence", "doubling or rate"
  std::string summary;
  std::string type;    ///< "duration", "list of numbers", "one of the failure models"
  std::string units;   ///< those that may be written; empty where there are none
  std::string valid;   ///< range or choices; empty where everything is valid
  std::string preset;  ///< the default; empty where there is none
  std::string source;  ///< of the default
  bool verified = true;
  bool required = false;
};

/// Entries that are listed together: those of a model family, or the sections of a scenario file.
struct Chapter {
  std::string name;
  std::string summary;
  std::string selector;  ///< the key that names one of them; empty for sections
  std::string preset;    ///< the one meant where the selector is left out
  std::vector<const core::Entry*> entries;
  std::vector<std::string> names;  ///< what the entries are called
};

/// The sections of a scenario file, then all model families that can be reached from there.
[[nodiscard]] std::vector<Chapter> chapters();

/// A parameter in words; `prefix` stands before its name.
[[nodiscard]] Key key_of(const core::Parameter& parameter, const std::string& prefix = {});

/// The keys of the entry at `index`; those of its plain sections follow theirs with a dotted name. The top level of a
/// scenario keeps to its own keys, since its sections are entries of their own.
[[nodiscard]] std::vector<Key> keys(const Chapter& chapter, std::size_t index);

/// One row a key.
[[nodiscard]] grid::Grid key_grid(const std::vector<Key>& keys);

/// How the entry is written in a scenario: "buy: once".
[[nodiscard]] std::string written(const Chapter& chapter, std::size_t index);

}  // namespace fleetrace::output::listing
