#include "models/theory/divided_exp.hpp"

#include <array>
#include <boost/math/quadrature/gauss.hpp>
#include <cmath>

#include "sim/core/numeric/math.hpp"

namespace fleetrace::models::theory {
namespace {

double phi(double x) { return core::integral_of_exp(x, 1); }

// phi'(x) = sum c_k x^k with c_k = (k + 1)/(k + 2)!. With this many terms the error is below half an ulp for |x| < 1.
// The coefficients are stored from the highest power down.
constexpr int kTerms = 18;
constexpr std::array<double, kTerms> kCoefficients = [] {
  std::array<double, kTerms> result{};
  double factorial = 1;
  for (int k = 0; k < kTerms; ++k) {
    factorial *= k + 2;
    result[static_cast<std::size_t>(kTerms - 1 - k)] = (k + 1) / factorial;
  }
  return result;
}();

double phi_slope(double x) {
  if (std::fabs(x) >= 1) return (core::exp(x) * (x - 1) + 1) / (x * x);
  double sum = 0;
  for (const double coefficient : kCoefficients) sum = sum * x + coefficient;
  return sum;
}

}  // namespace

double divided_exp(double x, double y) {
  if (x == y) return phi_slope(x);
  if (std::fabs(x - y) >= 1) return (phi(x) - phi(y)) / (x - y);
  // For close arguments the quotient would cancel, so this takes the mean of the slope between them.
  return boost::math::quadrature::gauss<double, 10>::integrate([&](double v) { return phi_slope(y + v * (x - y)); },
                                                               0.0, 1.0);
}

}  // namespace fleetrace::models::theory
