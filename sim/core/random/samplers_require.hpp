#pragma once

#include <cmath>

#include "sim/core/numeric/require.hpp"

/// Checks of the arguments of samplers.
namespace fleetrace::core {

inline bool positive(double x) { return x > 0 && std::isfinite(x); }
inline bool not_negative(double x) { return x >= 0 && std::isfinite(x); }

}  // namespace fleetrace::core
