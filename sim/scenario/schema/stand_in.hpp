#pragma once

#include "fleetrace/core/spec.hpp"

namespace fleetrace::scenario {

/// How many different stand-ins there are for a value.
inline constexpr int kStandIns = 3;

/// Puts a valid value in the place of every one that could not be read (core::Value::faulty), so that the rest of the scenario can
/// be checked. What is found under all `variant`s, from 0 to kStandIns - 1, does not depend on the values that stand in.
void stand_in(core::Spec& root, int variant);

}  // namespace fleetrace::scenario
