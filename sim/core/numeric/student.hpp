#pragma once

#include <cstddef>

/// Student's t law with the same bits on every CPU, which libraries that call the C library's exp and log do not give.
namespace fleetrace::core {

/// The t with P(|T| <= t) = confidence, where T has Student's law with f = `freedom` >= 1 degrees of freedom. `confidence`
/// is in (0, 1), else std::invalid_argument. Relative error below 1e-10 for confidences up to 1 - 1e-6.
///   P(|T| > t) = I_x(f/2, 1/2), x = f / (f + t^2), by its continued fraction and Newton's method    DLMF 8.17.22
///   for f > 1000 by expansion in 1/f                                            Abramowitz and Stegun 1964, 26.7.5
[[nodiscard]] double student_two_sided(std::size_t freedom, double confidence);

}  // namespace fleetrace::core
