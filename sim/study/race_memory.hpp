#pragma once

#include "sim/fleet/world.hpp"

namespace fleetrace::study {

/// The memory that races are run in, one after the other. Replicators of different designs may share it within one thread.
struct RaceMemory {
  fleet::World world;
  fleet::Outcome outcome;
};

}  // namespace fleetrace::study
