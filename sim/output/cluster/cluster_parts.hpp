#pragma once

#include <string>

#include "sim/output/cluster/cluster.hpp"

/// What the texts for all engines have in common; private to them.
namespace fleetrace::output {

/// The command of one part, for a shell. `number` and `folder` are what the shell puts in for them, quoted where they need it.
[[nodiscard]] std::string part_command(const ClusterStudy& study, const std::string& number, const std::string& folder);
/// The command that merges all parts. `parts` is the folder of their folders and `folder` that of the study, as the shell reads them.
[[nodiscard]] std::string merge_command(const std::string& parts, const std::string& folder);

/// The text with every "{{name}}" of a template replaced.
struct Replacement {
  const char* name;
  std::string text;
};
[[nodiscard]] std::string filled(std::string text, const std::vector<Replacement>& with);

}  // namespace fleetrace::output
