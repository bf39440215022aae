#include <cmath>

#include "sim/core/numeric/math.hpp"
#include "sim/core/numeric/special.hpp"
#include "sim/core/random/samplers.hpp"
#include "sim/core/random/samplers_require.hpp"

namespace fleetrace::core {
namespace {

constexpr double kMostEvents = 1e15;    // up to it, integers and their halves are exact doubles
constexpr double kInversionBelow = 10;  // Hörmann's hats are valid from this mean on

// The smallest k whose cumulated probability reaches u. `at_zero` is p(0), and `ratio` gives p(k + 1) / p(k).
template <class Ratio>
std::int64_t search(double u, double at_zero, Ratio ratio) {
  double mass = at_zero;
  double sum = mass;
  std::int64_t k = 0;
  while (sum < u) {
    mass *= ratio(static_cast<double>(k));
    const double next = sum + mass;
    if (next == sum && mass < 1e-17) break;  // the rounded sum may stay below u for ever
    sum = next;
    ++k;
  }
  return k;
}

// Hörmann's table-mountain hat, which makes a candidate and the height of the hat there from two uniforms.
struct Hat {
  double a;
  double b;
  double centre;
  double surely;  // a candidate near the middle is accepted at once while v stays below

  struct Candidate {
    double k;
    double v;
    double height;
    bool accepted;
  };

  Candidate draw(Stream& stream) const {
    const double u = stream.uniform() - 0.5;
    const double v = stream.uniform();
    const double edge = 0.5 - std::fabs(u);
    return {std::floor((2 * a / edge + b) * u + centre), v, a / (edge * edge) + b, edge >= 0.07 && v <= surely};
  }
};

// Hörmann's algorithm PTRS.
std::int64_t poisson_by_rejection(Stream& stream, double mean) {
  const double b = 0.931 + 2.53 * std::sqrt(mean);
  const Hat hat{-0.059 + 0.02483 * b, b, mean + 0.43, 0.9277 - 3.6224 / (b - 2)};
  const double scale = 1.1239 + 1.1328 / (b - 3.4);
  const double most = 10 * kMostEvents;  // far above any number with a noticeable probability
  while (true) {
    const Hat::Candidate candidate = hat.draw(stream);
    if (candidate.k < 0 || candidate.k > most) continue;
    const auto k = static_cast<std::int64_t>(candidate.k);
    if (candidate.accepted) return k;
    if (candidate.v * scale <= poisson_mass(k, mean) * candidate.height) return k;
  }
}

// Hörmann's algorithm BTRS, for p <= 1/2.
std::int64_t binomial_by_rejection(Stream& stream, std::int64_t n, double p) {
  const auto trials = static_cast<double>(n);
  const double sd = std::sqrt(trials * p * (1 - p));
  const double b = 1.15 + 2.53 * sd;
  const Hat hat{-0.0873 + 0.0248 * b + 0.01 * p, b, trials * p + 0.5, 0.92 - 4.2 / b};
  const double scale = (2.83 + 5.1 / b) * sd * binomial_mass(static_cast<std::int64_t>((trials + 1) * p), n, p);
  while (true) {
    const Hat::Candidate candidate = hat.draw(stream);
    if (candidate.k < 0 || candidate.k > trials) continue;
    const auto k = static_cast<std::int64_t>(candidate.k);
    if (candidate.accepted) return k;
    if (candidate.v * scale <= binomial_mass(k, n, p) * candidate.height) return k;
  }
}

// Marsaglia and Tsang's method for `shape` >= 1: the hat is a transformed normal density.
double standard_gamma(Stream& stream, double shape) {
  const double d = shape - 1.0 / 3;
  const double c = 1 / std::sqrt(9 * d);
  while (true) {
    const double x = inverse_normal_cdf(stream.uniform());
    const double u = stream.uniform();
    const double root = 1 + c * x;
    if (root <= 0) continue;
    const double v = root * root * root;
    if (u < 1 - 0.0331 * (x * x) * (x * x)) return d * v;
    if (log(u) < 0.5 * x * x + d * (1 - v + log(v))) return d * v;
  }
}

}  // namespace

double gamma(Stream& stream, double shape, double scale) {
  require(shape > 0 && shape <= 1e7, "gamma: the shape must be above 0 and at most 1e7");
  require(not_negative(scale), "gamma: the scale must be finite and at least 0");
  if (shape >= 1) return scale * standard_gamma(stream, shape);
  const double above = standard_gamma(stream, shape + 1);
  return scale * above * pow(stream.uniform(), 1 / shape);
}

std::int64_t poisson(Stream& stream, double mean) {
  require(mean >= 0 && mean <= kMostEvents, "poisson: the mean must be at least 0 and at most 1e15");
  if (mean >= kInversionBelow) return poisson_by_rejection(stream, mean);
  return search(stream.uniform(), exp(-mean), [mean](double k) { return mean / (k + 1); });
}

std::int64_t binomial(Stream& stream, std::int64_t n, double p) {
  require(n >= 0 && n <= static_cast<std::int64_t>(kMostEvents), "binomial: n must be at least 0 and at most 1e15");
  require(p >= 0 && p <= 1, "binomial: the chance must be between 0 and 1");
  // Counts failures instead where they are rarer than successes.
  if (p > 0.5) return n - binomial(stream, n, 1 - p);
  const auto trials = static_cast<double>(n);
  if (trials * p >= kInversionBelow) return binomial_by_rejection(stream, n, p);
  const double odds = p / (1 - p);
  return search(stream.uniform(), exp(trials * log1p(-p)),
                [trials, odds](double k) { return (trials - k) / (k + 1) * odds; });
}

}  // namespace fleetrace::core
