#pragma once

#include <cstddef>

/// Student's t with the same bits on every CPU, which libraries that call the C library's exp and log do not give.
namespace fleetrace::study {

/// The t with P(|T| <= t) = confidence, T of Student's law with that many degrees of freedom, at least 1; confidence in
/// (0, 1), else std::invalid_argument. Relative error below 1e-10 for confidences up to 1 - 1e-6.
///   P(|T| > t) = I_x(f/2, 1/2), x = f / (f + t^2), by its continued fraction and Newton's method    DLMF 8.17.22
///   above 1000 degrees of freedom by expansion in their inverse                 Abramowitz and Stegun 1964, 26.7.5
[[nodiscard]] double student_two_sided(std::size_t freedom, double confidence);

}  // namespace fleetrace::study
