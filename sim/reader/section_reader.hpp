#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "fleetrace/core/spec.hpp"
#include "sim/core/units/currency.hpp"
#include "sim/reader/findings.hpp"
#include "sim/reader/reader.hpp"
#include "sim/reader/strangers.hpp"
#include "sim/reader/yaml/node.hpp"

/// From the nodes of a file to the sections of a scenario; private to the reader.
namespace fleetrace::reader {

/// Reads one scenario, or one section of a family. If a node does not fit, a method adds a finding and returns something
/// harmless, such as a section without entry; what was read is not used once there is a finding. `base` is the section that a
/// strategy changes, or null.
class SectionReader {
 public:
  /// Of a scenario that `is_cut` short nothing is said to be missing.
  SectionReader(core::Diagnostics& diagnostics, Strangers& strangers, bool is_cut = false, Files files = Files::beside)
      : findings_(diagnostics), strangers_(strangers), is_cut_(is_cut), files_(files) {}

  [[nodiscard]] core::Spec scenario(Node node);
  [[nodiscard]] core::Spec section(const Node& node, const core::Family& family, const std::string& path,
                                   const core::Spec* base);

 private:
  // reader.cpp: sections and their keys.
  /// Reads a section of that entry; an empty one if `entry` is null, which has its finding already.
  core::Spec section_of(const core::Entry* entry, const Node& node, const core::Family& family, const std::string& path,
                        const core::Spec* base);
  const core::Entry* named_entry(const std::string& name, const core::Location& where, const core::Family& family,
                                 const std::string& path);
  core::Spec members(const Node& node, const core::Entry& entry, const core::Family& family, const std::string& path,
                     const core::Spec* base);

  // section_values.cpp: what stands under a key.
  core::Value value(const Node& node, const core::Parameter& parameter, const std::string& key, const std::string& path,
                    const core::Value* base);
  /// Reads a distribution, such as {lognormal: {median: 2 yr, sigma: 0.3}}.
  core::Value uncertain(const Node& node, const core::Parameter& parameter, const std::string& key,
                        const std::string& path);
  std::vector<core::Spec> list(const Node& node, const core::Parameter& parameter, const std::string& path);
  /// Reads a list of numbers, which may be the only column of a CSV file.
  core::Value numbers(const Node& node, const core::Parameter& parameter, const std::string& key,
                      const std::string& path);
  std::vector<core::Spec> entries(const Node& node, const core::Family& family, const std::string& path);
  /// Reads the rows of the CSV file that the node names, relative to the scenario file. Throws core::InputError
  /// where the files come to more than may be read.
  std::optional<Node> csv(const Node& node, const core::Family& family, const std::string& path);
  std::vector<core::Spec> table(const Node& node, const core::Parameter& parameter, const std::string& path,
                                const core::Value* base);

  // section_changes.cpp: what one strategy has for itself.
  /// Reads the `with` of a strategy: a partial scenario that changes the one read so far.
  core::Spec changes(const Node& node, const std::string& path);
  void refuse_change(const Member& member, const std::string& path, bool is_section);

  Findings findings_;
  Strangers& strangers_;
  bool is_cut_;
  Files files_;
  std::optional<core::Currency> currency_;  ///< what money may be written in beside USD
  std::size_t csv_bytes_ = 0;               ///< of all CSV files so far, each as often as it is named
  std::size_t csv_values_ = 0;              ///< the same, with all keys that each row may have
  const core::Spec* root_ = nullptr;        ///< the scenario that is being read
};

/// The index of an entry's own parameter.
[[nodiscard]] inline std::size_t index_of(const core::Parameter& parameter, const core::Entry& entry) {
  return static_cast<std::size_t>(&parameter - entry.parameters.data());
}

}  // namespace fleetrace::reader
