#pragma once

#include "sim/reader/load.hpp"
#include "sim/reader/sha256.hpp"
#include "sim/reader/yaml/node.hpp"

namespace fleetrace::reader {

/// Changes one value of a document before it is validated. Sections on the way that are missing are made.
void apply(Node& root, const Override& change, core::Diagnostics& diagnostics);

/// Adds a change to the hash of the text that it changes.
void add_to(Sha256& hash, const Override& change);

}  // namespace fleetrace::reader
