#pragma once

#include <string_view>

#include "fleetrace/core/spec.hpp"

namespace fleetrace::scenario {

/// Where a path such as `strategies.turtle.budget` leads.
struct LocatedValue {
  const core::Parameter* parameter = nullptr;  ///< the parameter that the value belongs to
  core::Value* value = nullptr;                ///< null where the path leads nowhere
  std::string_view key;                        ///< the key that it was reached by; a growth rate has two
};

/// The value at a path of a section of scenario_entry(). Names in it may hold points.
[[nodiscard]] LocatedValue locate(core::Spec& root, std::string_view path);

}  // namespace fleetrace::scenario
