#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

/// Purchases of capacity as finite sums in long double, without a simulator.
namespace fleetrace::test {

/// Capacity that is useful from `at` to `until` [years from the start, FLOP/s].
struct Vintage {
  long double at;
  long double until;
  long double rate;
  long double algorithm = 1;  ///< frozen at purchase, where progress is embodied
};

struct FiniteSum {
  std::vector<Vintage> vintages;
  long double alpha = 0;  ///< of disembodied progress [nat/yr]
  static constexpr long double kSeconds = 31'557'600.0L;

  [[nodiscard]] long double multiplier(long double t) const { return std::exp(alpha * t); }

  /// Effective compute by `t`: the sum over vintages of rate times the integral of A while they live.
  [[nodiscard]] long double effective(long double t) const {
    long double sum = 0;
    for (const Vintage& v : vintages) {
      const long double end = std::min(t, v.until);
      if (end <= v.at) continue;
      const long double length = end - v.at;
      sum += v.rate * v.algorithm * (alpha == 0 ? length : multiplier(v.at) * std::expm1(alpha * length) / alpha);
    }
    return sum * kSeconds;
  }
  [[nodiscard]] long double work(long double t) const {
    long double sum = 0;
    for (const Vintage& v : vintages) sum += v.rate * v.algorithm * std::max(0.0L, std::min(t, v.until) - v.at);
    return sum * kSeconds;
  }
  [[nodiscard]] long double rate(long double t) const {
    long double sum = 0;
    for (const Vintage& v : vintages) sum += v.at <= t && t < v.until ? v.rate * v.algorithm : 0;
    return sum * kSeconds;
  }

  /// Compute of the run of `length` that ends at `t`, with the algorithm of its start.
  [[nodiscard]] long double run(long double t, long double length) const {
    return (work(t) - work(t - length)) * multiplier(t - length);
  }
  /// The best run that ends by `t`: between the dates at which capacity changes at either end of the run, its compute is
  /// (p + q s) e^(alpha s), whose stationary point is s = -p/q - 1/alpha.
  [[nodiscard]] long double best_run(long double t, long double length) const {
    if (t < length) return 0;
    std::vector<long double> candidates{length, t};
    for (const Vintage& v : vintages) {
      for (const long double date : {v.at, v.until}) {
        candidates.push_back(date);
        candidates.push_back(date + length);
      }
    }
    std::erase_if(candidates, [&](long double s) { return !(s >= length && s <= t); });
    std::sort(candidates.begin(), candidates.end());
    long double best = 0;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      const long double from = candidates[i];
      best = std::max(best, run(from, length));
      if (alpha == 0 || i + 1 == candidates.size() || candidates[i + 1] <= from) continue;
      const long double middle = (from + candidates[i + 1]) / 2;
      const long double slope = rate(middle) - rate(middle - length);
      if (slope == 0) continue;
      const long double stationary = middle - (work(middle) - work(middle - length)) / slope - 1 / alpha;
      if (stationary > from && stationary < candidates[i + 1]) best = std::max(best, run(stationary, length));
    }
    return best;
  }
};

}  // namespace fleetrace::test
