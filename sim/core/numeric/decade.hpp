#pragma once

/// The size of a number, for rounding it to so many digits.
namespace fleetrace::core {

/// The largest whole e with 10^e <= |x|: 3 for 1000 and for 9999.9, -1 for 0.5. It is exact: the largest double below 1000 has 2.
/// Numbers that have no size (0, infinite, or no number) count like 1 and have 0.
[[nodiscard]] int decade(double x);

}  // namespace fleetrace::core
