#pragma once

#include <bit>
#include <cstdint>

/// The logarithm that exponential variates are made of, four times as fast as the general one; the same bits everywhere.
namespace fleetrace::core {

/// ln x for 0 < x <= 1 and not below 2^-53, to 2 ulp.
///
///   x = 2^k m, m in [0.707, 1.414);  ln x = k ln 2 + ln c + ln(1 + (m - c)/c)
/// with c the middle of the cell of m among 256 in which m lies, and 1 for those next to it, where m - 1 is exact.
[[nodiscard]] double log_of_uniform(double x);

}  // namespace fleetrace::core
