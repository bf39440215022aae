#include "sim/study/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "sim/core/numeric/math.hpp"
#include "sim/core/numeric/special.hpp"
#include "sim/core/numeric/student.hpp"
#include "sim/core/numeric/sum.hpp"

namespace fleetrace::study {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

}  // namespace

Moments moments(std::span<const double> sample) {
  return moments_of_each([sample](const auto& take) {
    for (const double value : sample) take(value);
  });
}

Interval mean_interval(const Moments& moments, double confidence) {
  if (moments.n < 2) return {-kInfinity, kInfinity};
  const double half = moments.sd == 0 ? 0
                                      : core::student_two_sided(moments.n - 1, confidence) * moments.sd /
                                            std::sqrt(static_cast<double>(moments.n));
  return {moments.mean - half, moments.mean + half};
}

double quantile(std::span<const double> sorted, double p) {
  const double position = p * static_cast<double>(sorted.size() - 1);
  const auto below = std::min(static_cast<std::size_t>(position), sorted.size() - 1);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  if (sorted[below] == sorted[above] || position == static_cast<double>(below)) return sorted[below];
  return sorted[below] + (position - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

Spread spread(std::span<const double> sample) {
  std::vector<double> sorted(sample.begin(), sample.end());
  std::sort(sorted.begin(), sorted.end());
  return {quantile(sorted, 0.1), quantile(sorted, 0.5), quantile(sorted, 0.9)};
}

double sign_test(std::size_t more, std::size_t fewer) {
  static constexpr std::size_t kMostExact = 1000;
  if (more < fewer) std::swap(more, fewer);
  const std::size_t all = more + fewer;
  const auto n = static_cast<double>(all);
  if (all > kMostExact) {
    const double z = (static_cast<double>(more) - 0.5 - n / 2) / (std::sqrt(n) / 2);
    return std::min(1.0, 2 * core::normal_cdf(-z));
  }
  double log_ways = 0;  // of choosing k of all, from k = all downwards
  double tail = 0;
  for (std::size_t k = all;; --k) {
    tail += core::exp(log_ways - n * core::log(2));
    if (k == more) break;
    log_ways += core::log(static_cast<double>(k) / static_cast<double>(all - k + 1));
  }
  return std::min(1.0, 2 * tail);
}

double upper_tail_mean(std::span<const double> sorted, double tail) {
  const double wanted = tail * static_cast<double>(sorted.size());
  core::Sum sum;
  double left = wanted;
  for (auto value = sorted.rbegin(); value != sorted.rend() && left > 0; ++value) {
    const double share = std::min(left, 1.0);
    sum.add(share * *value);
    left -= share;
  }
  return sum.value() / wanted;
}

}  // namespace fleetrace::study
