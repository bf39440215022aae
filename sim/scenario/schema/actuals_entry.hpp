#pragma once

#include <string_view>

#include "fleetrace/core/parameter.hpp"

namespace fleetrace::scenario {

/// What a fleet really was on some dates.
[[nodiscard]] const core::Family& actuals_family();

/// In the place of the name of a strategy: all of them.
inline constexpr std::string_view kEveryStrategy = "every";

}  // namespace fleetrace::scenario
