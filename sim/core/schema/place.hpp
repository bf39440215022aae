#pragma once

#include "fleetrace/core/spec.hpp"

namespace fleetrace::core {

/// Gives a value, or a section, and all that is in it one place, that of what it stands for: what nobody wrote has none of its own.
void place(Value& value, const Location& where);
void place(Spec& spec, const Location& where);

}  // namespace fleetrace::core
