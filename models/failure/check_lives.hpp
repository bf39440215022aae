#pragma once

#include <string>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/spec.hpp"

namespace fleetrace::models {

/// Adds a diagnostic for rows of the failure section of the operations at `path` that make no life together. resolve_failures() then
/// has one stand in. Other laws take no memory here: every replication comes by.
void check_lives(const core::Spec& spec, const std::string& path, core::Diagnostics& diagnostics);

}  // namespace fleetrace::models
