#pragma once

#include <map>
#include <string>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"

namespace fleetrace::reader {

/// The files outside of a scenario's folder that it names. What stands in them is not shown, so that nobody learns from messages what is
/// in files that are not theirs.
class Strangers {
 public:
  /// The scenario names a file in its value at `path`, as `name`. Files below its folder, wherever links lead to, are no strangers.
  void note(const std::string& file, const core::Location& where, const std::string& path, const std::string& name);
  /// The findings with one for each place that names such a file, instead of all that are about what stands in the file.
  [[nodiscard]] std::vector<core::Diagnostic> hidden(const std::vector<core::Diagnostic>& found) const;
  /// The same of findings and warnings, in their place.
  void hide(core::Diagnostics& diagnostics) const;

 private:
  /// Where the scenario names a file.
  struct Naming {
    core::Location where;
    std::string path;
    std::string name;
  };

  [[nodiscard]] const Naming* naming_of(const core::Diagnostic& found) const;

  std::map<std::string, std::vector<Naming>> namings_;  ///< by file
};

}  // namespace fleetrace::reader
