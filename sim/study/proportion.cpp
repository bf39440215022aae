#include "sim/study/proportion.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "sim/core/numeric/math.hpp"
#include "sim/core/numeric/require.hpp"
#include "sim/core/numeric/special.hpp"

namespace fleetrace::study {
namespace {

/// P(X >= k) of k in [1, n] successes in n trials of chance p in (0, 1). Terms fall off by themselves on the far side of the mean;
/// on the near side the rest of the law is summed instead.
double at_least(std::int64_t k, std::int64_t n, double p) {
  const double odds = p / (1 - p);
  double sum = 0;
  if (static_cast<double>(k) >= p * static_cast<double>(n)) {
    double term = core::binomial_mass(k, n, p);
    for (std::int64_t i = k; i <= n && term > sum * 1e-17; ++i) {
      sum += term;
      term *= static_cast<double>(n - i) / static_cast<double>(i + 1) * odds;
    }
    return sum;
  }
  double term = core::binomial_mass(k - 1, n, p);
  for (std::int64_t i = k - 1; i >= 0 && term > sum * 1e-17; --i) {
    sum += term;
    term *= static_cast<double>(i) / static_cast<double>(n - i + 1) / odds;
  }
  return 1 - sum;
}

/// The p at which P(X >= k) is `chance`: it rises with p.
double probability_at(std::int64_t k, std::int64_t n, double chance) {
  static constexpr int kHalvings = 60;
  double low = 0;
  double high = 1;
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = (low + high) / 2;
    (at_least(k, n, middle) < chance ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace

Interval clopper_pearson(std::size_t successes, std::size_t trials, double confidence) {
  core::require(trials >= 1 && successes <= trials, "successes are among at least one trial");
  core::require(confidence > 0 && confidence < 1, "a confidence must be above 0 and below 1");
  const auto k = static_cast<std::int64_t>(successes);
  const auto n = static_cast<std::int64_t>(trials);
  const double tail = (1 - confidence) / 2;
  return {k == 0 ? 0 : probability_at(k, n, tail), k == n ? 1 : probability_at(k + 1, n, 1 - tail)};
}

Interval wilson(double share, std::size_t trials, double confidence) {
  core::require(trials >= 1 && share >= 0 && share <= 1, "a share is from 0 to 1, of at least one trial");
  const double z = -core::inverse_normal_cdf((1 - confidence) / 2);
  const auto n = static_cast<double>(trials);
  const double scale = 1 + z * z / n;
  const double middle = (share + z * z / (2 * n)) / scale;
  const double half = z * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / scale;
  return {share == 0 ? 0 : std::max(0.0, middle - half), share == 1 ? 1 : std::min(1.0, middle + half)};
}

Ranks ranks_of(double p, std::size_t n, double confidence) {
  core::require(p > 0 && p < 1, "a probability must be above 0 and below 1");
  Ranks ranks;
  // A product such as 0.9 x 400 misses the whole number by rounding.
  static constexpr double kRounding = 1e-9;
  ranks.answer = std::clamp<std::size_t>(static_cast<std::size_t>(std::ceil(p * static_cast<double>(n) - kRounding)), 1,
                                         n);
  const auto first = [&](auto holds) {  // the least number of 0 to n for which it holds, n + 1 for none
    std::size_t low = 0;
    std::size_t high = n + 1;
    while (low < high) {
      const std::size_t middle = low + (high - low) / 2;
      (middle > n || holds(clopper_pearson(middle, n, confidence))) ? high = middle : low = middle + 1;
    }
    return low;
  };
  ranks.low = first([p](const Interval& chance) { return chance.high >= p; });
  const std::size_t high = first([p](const Interval& chance) { return chance.low > p; });
  if (high <= n) ranks.high = high;
  return ranks;
}

std::size_t least_trials(double p, double confidence) {
  // All of n meet it: the lower end of the interval is tail^(1/n).
  return static_cast<std::size_t>(std::floor(core::log((1 - confidence) / 2) / core::log(p))) + 1;
}

}  // namespace fleetrace::study
