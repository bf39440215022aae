#pragma once

/// Elementary functions with the same bits on every CPU.
///
/// glibc picks FMA or non-FMA code at run time and the two differ in the last place, so code behind results never calls
/// std::exp, std::log or std::pow. The functions here wrap SLEEF's deterministic scalar ones (error at most 1.0 ulp).
/// Domain errors follow IEEE 754: log(-1) is NaN, exp(1000) is infinity.
namespace fleetrace::core {

[[nodiscard]] double exp(double x);
[[nodiscard]] double exp2(double x);
[[nodiscard]] double expm1(double x);
[[nodiscard]] double log(double x);
[[nodiscard]] double log2(double x);
[[nodiscard]] double log1p(double x);
[[nodiscard]] double pow(double base, double exponent);

/// (e^(rate * length) - 1) / rate, the integral of an exponential; exactly `length` in the limit rate = 0.
[[nodiscard]] double integral_of_exp(double rate, double length);

inline constexpr double kLn2 = 0.693147180559945309417232121458;

}  // namespace fleetrace::core
