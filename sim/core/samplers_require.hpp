#pragma once

#include <cmath>
#include <stdexcept>

/// The contract of samplers: what is checked, and how a breach is reported.
namespace fleetrace::core {

inline void require(bool valid, const char* message) {
  if (!valid) throw std::invalid_argument(message);
}
inline bool positive(double x) { return x > 0 && std::isfinite(x); }
inline bool not_negative(double x) { return x >= 0 && std::isfinite(x); }

}  // namespace fleetrace::core
