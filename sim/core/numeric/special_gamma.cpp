#include <sleef.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "sim/core/numeric/math.hpp"
#include "sim/core/numeric/special.hpp"

namespace fleetrace::core {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kEpsilon = std::numeric_limits<double>::epsilon();
constexpr double kHalfLogTwoPi = 0.918938533204672741780329736406;
constexpr double kSqrtTwoPi = 2.506628274631000502415765284811;
constexpr double kSmallestShape = 1e-3;
constexpr double kLargestShape = 1e7;

// The remainder of Stirling's formula: ln Gamma(x + 1) - (x + 1/2) ln x + x - ln(2 pi) / 2.     DLMF 5.11.1
double stirling_rest(double x) {
  // Values at x = 0, 1, 2, ..., computed in 40 digits and rounded.
  static constexpr double kWhole[] = {0,
                                      0.081061466795327261,
                                      0.041340695955409297,
                                      0.027677925684998338,
                                      0.020790672103765093,
                                      0.016644691189821193,
                                      0.013876128823070748,
                                      0.01189670994589177,
                                      0.010411265261972096,
                                      0.0092554621827127329,
                                      0.0083305634333628708,
                                      0.0075736754879518406,
                                      0.0069428401072095299,
                                      0.0064089941880042071,
                                      0.0059513701127588475};
  if (x < 15 && x >= 1 && x == std::floor(x)) return kWhole[static_cast<int>(x)];
  if (x < 15) return log_gamma(x + 1) - (x + 0.5) * log(x) + x - kHalfLogTwoPi;
  const double y = 1 / (x * x);
  return (1.0 / 12 - y * (1.0 / 360 - y * (1.0 / 1260 - y * (1.0 / 1680 - y * (1.0 / 1188 - y * 691 / 360360))))) / x;
}

// x ln(x / mean) + mean - x without cancellation where the two are close: the logarithm is 2 artanh(v).     Loader 2000
double deviance(double x, double mean) {
  const double difference = x - mean;
  if (std::fabs(difference) >= 0.3 * (x + mean)) return x * log(x / mean) - difference;
  const double v = difference / (x + mean);
  double sum = difference * v;
  double power = 2 * x * v;
  for (int odd = 3;; odd += 2) {
    power *= v * v;
    const double next = sum + power / odd;
    if (next == sum) return sum;
    sum = next;
  }
}

// x^a e^-x / Gamma(a + 1), which is a Poisson probability where a is whole.
double poisson_density(double a, double x) {
  if (a < 1) return exp(a * log(x) - x - log_gamma(a + 1));
  return exp(-stirling_rest(a) - deviance(a, x)) / (kSqrtTwoPi * std::sqrt(a));
}

// P(a, x) / poisson_density(a, x), by the series 1 + x / (a + 1) + x^2 / ((a + 1)(a + 2)) + ...; for x < a + 1.
double lower_series(double a, double x) {
  double sum = 1;
  double term = 1;
  for (double n = a + 1; term > sum * 0.25 * kEpsilon; ++n) {
    term *= x / n;
    sum += term;
  }
  return sum;
}

// Q(a, x) / (a poisson_density(a, x)), by the continued fraction 1 / (x + 1 - a - 1 (1 - a) / (x + 3 - a - ...)),
// evaluated forward (modified Lentz); for x >= a + 1.
double upper_fraction(double a, double x) {
  double b = x + 1 - a;
  double d = 1 / b;
  double c = 1 / std::numeric_limits<double>::min();
  double value = d;
  for (double n = 1;; ++n) {
    const double numerator = -n * (n - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    const double factor = c * d;
    value *= factor;
    if (std::fabs(factor - 1) <= kEpsilon) return value;
  }
}

struct Tails {
  double p;
  double q;
  double density;  // x times the density of the gamma law: dP / d ln x
};

Tails tails(double a, double x) {
  if (x == 0) return {0, 1, 0};
  if (x == std::numeric_limits<double>::infinity()) return {1, 0, 0};
  const double density = poisson_density(a, x);
  if (x < a + 1) {
    const double p = std::min(density * lower_series(a, x), 1.0);
    return {p, 1 - p, density * a};
  }
  const double q = density == 0 ? 0 : std::min(density * a * upper_fraction(a, x), 1.0);
  return {1 - q, q, density * a};
}

bool in_range(double a, double x) { return a >= kSmallestShape && a <= kLargestShape && x >= 0; }

// Wilson and Hilferty's cube, or the quantile by the leading term of P where that is larger, which never exceeds the
// true one.
double first_guess(double a, double p) {
  const double leading = exp((log(p) + log_gamma(a + 1)) / a);
  const double base = 1 - 1 / (9 * a) + inverse_normal_cdf(p) / (3 * std::sqrt(a));
  return base > 0 ? std::max(leading, a * base * base * base) : leading;
}

}  // namespace

double log_gamma(double x) { return x > 0 ? Sleef_cinz_lgammad1_u10purec(x) : kNaN; }

double gamma_p(double a, double x) { return in_range(a, x) ? tails(a, x).p : kNaN; }
double gamma_q(double a, double x) { return in_range(a, x) ? tails(a, x).q : kNaN; }

double inverse_gamma_p(double a, double p) {
  if (!in_range(a, p) || p > 1) return kNaN;
  if (p == 0) return 0;
  if (p == 1) return std::numeric_limits<double>::infinity();
  double x = first_guess(a, p);
  if (x < 1e-300) return 0;
  // ln P and ln Q are concave in ln x, so the steps converge from anywhere; each squares the error, in units of the law's
  // relative width.
  const double width = 1 / std::sqrt(std::max(a, 1.0));
  constexpr int kEnough = 100;  // fewer than ten steps are needed
  for (int i = 0; i < kEnough; ++i) {
    const Tails at = tails(a, x);
    const double step = p <= 0.5 ? log(p / at.p) * at.p / at.density : log(at.q / (1 - p)) * at.q / at.density;
    x *= exp(std::clamp(step, -2.0, 2.0));
    if (std::fabs(step) < 1e-8 * width) break;
  }
  return x;
}

double poisson_mass(std::int64_t k, double mean) {
  if (!(mean >= 0)) return kNaN;
  if (k < 0) return 0;
  if (mean == 0) return k == 0 ? 1 : 0;
  if (k == 0) return exp(-mean);
  return poisson_density(static_cast<double>(k), mean);
}

double binomial_mass(std::int64_t k, std::int64_t n, double p) {
  if (!(p >= 0 && p <= 1) || n < 0) return kNaN;
  if (k < 0 || k > n) return 0;
  if (p == 0) return k == 0 ? 1 : 0;
  if (p == 1) return k == n ? 1 : 0;
  const auto trials = static_cast<double>(n);
  const auto hits = static_cast<double>(k);
  const double misses = trials - hits;
  if (k == 0) return exp(trials * log1p(-p));
  if (k == n) return exp(trials * log(p));
  const double rest = stirling_rest(trials) - stirling_rest(hits) - stirling_rest(misses);
  const double spread = deviance(hits, trials * p) + deviance(misses, trials * (1 - p));
  return exp(rest - spread) * std::sqrt(trials / hits / misses) / kSqrtTwoPi;
}

}  // namespace fleetrace::core
