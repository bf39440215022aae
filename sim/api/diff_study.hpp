#pragma once

#include <atomic>
#include <optional>
#include <string>

#include "fleetrace/diff.hpp"
#include "sim/api/race.hpp"

/// Differences, as the program asks for them.
namespace fleetrace {

/// One side of a difference.
struct DiffSide {
  std::string name;
  scenario::Scenario scenario;
  fleet::Draw draw;
};

/// Compares the two sides, and races what lies between them on so many threads (0: all cores). None where it was stopped. Throws
/// RunError where a side itself cannot be raced.
[[nodiscard]] std::optional<Diff> diff_of(const DiffSide& a, const DiffSide& b, int jobs,
                                          const std::atomic<bool>& stop);

}  // namespace fleetrace
