#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"
#include "fleetrace/models/hardware.hpp"

namespace fleetrace::fleet {

/// A whole scenario, valid key by key. Combinations are checked by resolve() in case.hpp.
struct Scenario {
  core::Spec root;     ///< of scenario_entry()
  std::string sha256;  ///< of the bytes it was read from, hexadecimal; empty where it was made otherwise
  std::shared_ptr<const models::AcceleratorCatalog> catalog;

  [[nodiscard]] const std::string& name() const { return root.text("name"); }
};

/// The top level: what keys a scenario takes.
[[nodiscard]] const core::Entry& scenario_entry();

/// Whether `with` may change the top-level section of that name.
[[nodiscard]] bool may_differ_by_strategy(std::string_view section);

/// Whether values in the top-level section of that name may be distributions: what the replications of a study have in
/// common may not.
[[nodiscard]] bool may_be_uncertain(std::string_view section);

/// `base` with a strategy's `with` laid over it: key by key, a section of another model replaced, tables by name, lists
/// whole. `changes` is a partial scenario whose absent values leave the base as it is.
[[nodiscard]] core::Spec merged(const core::Spec& base, const core::Spec& changes);

/// The value at a path such as `strategies.turtle.budget`, `hardware.then.cadence` or `initial_fleet.0.count`; nullptr
/// where nothing stands there. A growth rate is found under either of its keys.
[[nodiscard]] const core::Value* find(const Scenario& scenario, std::string_view path);

/// Replaces a scalar by `text`, read as its parameter demands: `set(s, "strategies.turtle.budget", "3e9 USD")`. The
/// sections on the way must exist. Throws core::InputError naming the path otherwise, or where the text is not valid.
void set(Scenario& scenario, std::string_view path, std::string_view text);

}  // namespace fleetrace::fleet
