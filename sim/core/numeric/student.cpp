#include "sim/core/numeric/student.hpp"

#include <cmath>
#include <limits>
#include <numbers>

#include "sim/core/numeric/math.hpp"
#include "sim/core/numeric/require.hpp"
#include "sim/core/numeric/special.hpp"

namespace fleetrace::core {
namespace {

constexpr std::size_t kExpandAbove = 1000;

// The continued fraction of the incomplete beta function, evaluated forward (modified Lentz); for x < (a + 1) / (a + b + 2).
double beta_fraction(double a, double b, double x) {
  double c = 1;
  double d = 1 / (1 - (a + b) * x / (a + 1));
  double value = d;
  for (double m = 1;; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    value *= d * c;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    value *= d * c;
    if (std::fabs(d * c - 1) <= std::numeric_limits<double>::epsilon()) return value;
  }
}

// Gamma((f + 1) / 2) / Gamma(f / 2).
double gamma_ratio(std::size_t freedom) {
  const double root_pi = std::sqrt(std::numbers::pi);
  std::size_t f = freedom % 2 == 1 ? 1 : 2;
  double ratio = f == 1 ? 1 / root_pi : root_pi / 2;
  for (; f < freedom; f += 2) ratio *= static_cast<double>(f + 1) / static_cast<double>(f);
  return ratio;
}

double expanded(double freedom, double z) {
  const double y = z * z;
  const double g1 = z * (y + 1) / 4;
  const double g2 = z * ((5 * y + 16) * y + 3) / 96;
  const double g3 = z * (((3 * y + 19) * y + 17) * y - 15) / 384;
  const double g4 = z * ((((79 * y + 776) * y + 1482) * y - 1920) * y - 945) / 92160;
  return z + (g1 + (g2 + (g3 + g4 / freedom) / freedom) / freedom) / freedom;
}

}  // namespace

double student_two_sided(std::size_t freedom, double confidence) {
  require(freedom >= 1, "Student's law needs a degree of freedom");
  require(confidence > 0 && confidence < 1, "a confidence must be above 0 and below 1");
  const double tail = 1 - confidence;
  const auto f = static_cast<double>(freedom);
  double t = -core::inverse_normal_cdf(tail / 2);
  if (!(t > 0)) return 0;  // a confidence so small that 1 - confidence is 1
  if (freedom > kExpandAbove) return expanded(f, t);

  // On logarithms of both, where the tail is concave: beyond the root Newton's steps only come nearer.
  const double scale = gamma_ratio(freedom) / std::sqrt(std::numbers::pi);
  for (int step = 0; step < 100; ++step) {
    const double y = t * t / (f + t * t);
    const double x = f / (f + t * t);
    const double front = scale * core::exp(-0.5 * f * core::log1p(t * t / f)) * std::sqrt(y);
    const double beyond = x < (f + 2) / (f + 5) ? front * beta_fraction(0.5 * f, 0.5, x) * 2 / f
                                                : 1 - 2 * front * beta_fraction(0.5, 0.5 * f, y);
    const double change = core::log(beyond / tail) * beyond / (2 * front);
    t *= core::exp(change);
    if (std::fabs(change) < 1e-14) break;
  }
  return t;
}

}  // namespace fleetrace::core
