#pragma once

#include <string>

#include "sim/api/race.hpp"

/// Strategies that are told what is drawn, in the report of a run.
namespace fleetrace::output {

/// Whether a strategy of the run has hindsight, and others that race with it do not: it leads nowhere then.
[[nodiscard]] bool is_bound(const Run& run, std::size_t strategy);

/// Names those that have hindsight, and says what that means; empty where none has.
[[nodiscard]] std::string hindsight_note(const Run& run);

}  // namespace fleetrace::output
