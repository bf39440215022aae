#include <algorithm>
#include <cmath>

#include "fleetrace/models/loss.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

constexpr double kLargest = 0.5;      // highest |p| and y for which the series is used
constexpr std::size_t kTerms = 54;    // enough terms, since 0.5^54 is 6e-17
constexpr double kSmallest = 2e-16;   // relative size of the smallest term that counts
constexpr double kLongest = 0.54930;  // artanh(0.5)

constexpr std::array<double, kTerms + 2> kInverse = [] {
  std::array<double, kTerms + 2> inverse = {};
  for (std::size_t n = 1; n < inverse.size(); ++n) inverse[n] = 1 / static_cast<double>(n);
  return inverse;
}();

/// tanh(h)/h, to 1e-15 for h up to kLongest, by Lambert's continued fraction down to h^2/13.
double tanh_part(double h) {
  const double square = h * h;
  return (135135 + square * (17325 + square * (378 + square))) /
         (135135 + square * (62370 + square * (3150 + square * 28)));
}

/// The mean of (1 + p u)^-x (1 - y u)^(x - 1) (1 + y u)^-1 over u from -1 to 1.
double mean_of_powers(double x, double p, double y) {
  const double square = y * y;
  const double constant = -x * (p + y);
  const double linear = y * ((2 - x) * y - x * p) - square;
  const double cubic = p * square;
  double sum = 1;
  double earlier = 0;
  double before = 0;
  double term = 1;
  double n = 0;
  for (std::size_t next = 1; next <= kTerms; ++next, n += 1) {
    const double following = ((constant - p * n) * term + (linear + square * n) * before + cubic * n * earlier) *
                             kInverse[next];
    earlier = before;
    before = term;
    term = following;
    if (next % 2 == 0) sum += term * kInverse[next + 1];
    if (std::fabs(term) + std::fabs(before) < kSmallest) break;
  }
  return sum;
}

}  // namespace

std::optional<double> mean_of_powers(const LossLaw& law, double first, double last, double change) {
  const double h = change / 4;
  if (!(h <= kLongest)) return std::nullopt;
  const double stretch = tanh_part(h);
  const double y = stretch * h;
  const double begin = first * (1 + y);
  const double end = last * (1 - y);
  const double middle = 0.5 * (begin + end);
  const double p = 0.5 * (end - begin) / middle;
  if (!(p <= kLargest)) return std::nullopt;
  const double log_middle = core::log(middle);
  double mean = law.floor;
  for (const PowerTerm& term : law.terms) {
    if (term.scale > 0)
      mean += term.scale * core::exp(-term.exponent * log_middle) * stretch * mean_of_powers(term.exponent, p, y);
  }
  return mean;
}

}  // namespace fleetrace::models
