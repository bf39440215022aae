#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/core/spec.hpp"

/// Where two scenarios differ, and scenarios between them.
namespace fleetrace::scenario {

/// A step on the way from a section to a value in it: a parameter, and where that holds several sections, one of them.
struct PathStep {
  std::size_t parameter = 0;
  std::string name = {};  ///< of an entry of a table
  std::size_t item = 0;   ///< of a list
  bool is_whole = false;  ///< whether all that stands under the parameter is meant
};

/// A place at which two sections differ. Another model, a list of another length, and an entry of a table that only one of them has
/// are one difference.
struct Difference {
  std::string path;    ///< as --set takes it
  std::string before;  ///< as it is written, on one line; empty where nothing stands there
  std::string after;
  std::vector<PathStep> place;
};

/// All differences of two sections of the same entry, in the order of its parameters. A default and the same value written out do
/// not differ, nor does a quantity in another unit.
[[nodiscard]] std::vector<Difference> differences(const core::Spec& before, const core::Spec& after);

/// Gives `target` what stands in `source` at the place of one difference between the two.
void adopt(core::Spec& target, const core::Spec& source, const Difference& difference);

/// A section on one line, as `{model: exponential, doubling: 8 months}`, without its defaults.
[[nodiscard]] std::string flow_text(const core::Spec& section, std::string_view selector);

}  // namespace fleetrace::scenario
