#pragma once

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstddef>
#include <vector>

#include "sim/core/numeric/special.hpp"

/// Statistical tests with a controlled rate of false alarms.
///
/// All p-values of all files that use this are one family of at most kMostTests; each alarms below kAlarm, so by Bonferroni
/// an honest generator fails any of them with probability 1e-6 (over seeds; seeds are fixed, so red is red for good).
/// Smallest effects seen with n = 1e6 and a power of one half, z = 6.1: a mean off by 0.6 % of the standard deviation, a
/// standard deviation off by 0.43 %, a distribution function off by 0.33 % anywhere. The tests also show, law by law, that
/// a parameter off by 1 % is condemned.
namespace judge {

inline constexpr double kMostTests = 800;
inline constexpr double kAlarm = 1e-6 / kMostTests;
inline int p_values_so_far = 0;  // NOLINT: counts across the cases of one run

class Verdict {
 public:
  void add(double p) {
    worst_ = std::min(worst_, p);
    if (std::isnan(p)) worst_ = 0;
    ++count_;
  }
  /// Two-sided.
  void add_z(double z) { add(2 * fleetrace::core::normal_cdf(-std::fabs(z))); }
  /// Two-sided: too good a fit is suspicious as well.
  void add_chi_square(double statistic, double freedom) {
    const double p = fleetrace::core::gamma_p(freedom / 2, statistic / 2);
    const double q = fleetrace::core::gamma_q(freedom / 2, statistic / 2);
    add(std::min(1.0, 2 * std::min(p, q)));
  }
  void add_chi_square(const std::vector<double>& observed, const std::vector<double>& expected) {
    double statistic = 0;
    for (std::size_t i = 0; i < observed.size(); ++i) {
      statistic += (observed[i] - expected[i]) * (observed[i] - expected[i]) / expected[i];
    }
    add_chi_square(statistic, static_cast<double>(observed.size() - 1));
  }
  /// Kolmogorov and Smirnov's largest distance between distribution functions; Massart's bound, which holds for every n.
  void add_distance(double distance, double n) { add(std::min(1.0, 2 * std::exp(-2 * n * distance * distance))); }

  [[nodiscard]] double worst() const { return worst_; }

  /// For an honest subject: fails the test where one p-value alarms.
  void acquit() const {
    p_values_so_far += count_;
    CHECK(p_values_so_far <= kMostTests);
    CHECK(worst_ > kAlarm);
  }
  /// For a subject that is wrong on purpose.
  void condemn() const { CHECK(worst_ < kAlarm); }

 private:
  double worst_ = 1;
  int count_ = 0;
};

/// Uniform variates gathered in 4096 cells: chi-square of 64 coarser ones, distance at the cells' bounds (which can only be
/// less than the true one, and by 1/4096 at most), and the first four moments of their normal scores. The scores make the
/// moments comparable between laws, and their sums normal where those of a long-tailed variable's powers would not be.
class Uniformity {
 public:
  void add(double u) {
    const double inside = std::clamp(u, 0x1p-54, 1 - 0x1p-53);
    ++cells_[static_cast<std::size_t>(inside * kCells)];
    const double z = fleetrace::core::inverse_normal_cdf(inside);
    const double square = z * z;
    moments_[0] += z;
    moments_[1] += square - 1;
    moments_[2] += square * z;
    moments_[3] += square * square - 3;
    ++n_;
  }
  void judge(Verdict& verdict) const {
    constexpr std::size_t kCoarse = 64;
    std::vector<double> observed(kCoarse);
    double below = 0;
    double distance = 0;
    for (std::size_t i = 0; i < kCells; ++i) {
      observed[i * kCoarse / kCells] += cells_[i];
      below += cells_[i];
      distance = std::max(distance, std::fabs(below / n_ - static_cast<double>(i + 1) / kCells));
    }
    verdict.add_chi_square(observed, std::vector<double>(kCoarse, n_ / kCoarse));
    verdict.add_distance(distance, n_);
    const std::array<double, 4> variances = {1, 2, 15, 96};
    for (std::size_t i = 0; i < variances.size(); ++i) verdict.add_z(moments_[i] / std::sqrt(variances[i] * n_));
  }

 private:
  static constexpr std::size_t kCells = 4096;
  std::array<double, kCells> cells_ = {};
  std::array<double, 4> moments_ = {};
  double n_ = 0;
};

}  // namespace judge
