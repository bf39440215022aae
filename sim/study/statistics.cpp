#include "fleetrace/study/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "fleetrace/core/sum.hpp"
#include "fleetrace/study/student.hpp"

namespace fleetrace::study {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

}  // namespace

Moments moments(std::span<const double> sample) {
  Moments result;
  result.n = sample.size();
  if (sample.empty()) return result;
  const auto n = static_cast<double>(sample.size());
  core::Sum sum;
  for (const double value : sample) sum.add(value);
  result.mean = sum.value() / n;
  if (sample.size() < 2) return result;
  core::Sum squares;
  for (const double value : sample) squares.add((value - result.mean) * (value - result.mean));
  result.sd = std::sqrt(squares.value() / (n - 1));
  return result;
}

Interval mean_interval(const Moments& moments, double confidence) {
  if (moments.n < 2) return {-kInfinity, kInfinity};
  const double half = moments.sd == 0 ? 0
                                      : student_two_sided(moments.n - 1, confidence) * moments.sd /
                                            std::sqrt(static_cast<double>(moments.n));
  return {moments.mean - half, moments.mean + half};
}

double quantile(std::span<const double> sorted, double p) {
  const double position = p * static_cast<double>(sorted.size() - 1);
  const auto below = std::min(static_cast<std::size_t>(position), sorted.size() - 1);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (position - static_cast<double>(below)) * (sorted[above] - sorted[below]);
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
