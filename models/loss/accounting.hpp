#pragma once

#include "fleetrace/core/parameter.hpp"

namespace fleetrace::models {

/// What compute stands behind a loss (docs/derivations.md 11): `cumulative`, all useful compute since the start, or
/// `best_run {length, share}`, the best completed training run of that length with its algorithm frozen at its start.
[[nodiscard]] const core::Family& accounting_family();

}  // namespace fleetrace::models
