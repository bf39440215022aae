#pragma once

#include "fleetrace/scenario/load.hpp"
#include "fleetrace/scenario/node.hpp"

namespace fleetrace::scenario {

/// Lays `--set` values over a document, before it is validated: sections on the way are made where they are missing.
void apply(Node& root, const Override& change, core::Diagnostics& diagnostics);

}  // namespace fleetrace::scenario
