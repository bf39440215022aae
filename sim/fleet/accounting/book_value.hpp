#pragma once

#include <limits>

#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

/// A life in years, without end where it is unlimited.
[[nodiscard]] inline double years_of(core::Duration life) {
  return life == core::Duration::unlimited() ? std::numeric_limits<double>::infinity() : life.years();
}

/// Book value of all hardware at `at`, before which nothing more happens [USD]: what it cost, written off in equal parts over
/// its accounting life from its delivery on. What is on its way is worth what was paid for it, so that
/// what is still owed counts against it.
[[nodiscard]] double book_value(const World& world, core::Time at);

}  // namespace fleetrace::fleet
