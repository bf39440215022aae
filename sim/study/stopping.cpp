#include "fleetrace/study/stopping.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "fleetrace/core/special.hpp"
#include "fleetrace/study/student.hpp"
#include "require.hpp"

namespace fleetrace::study {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::size_t kLeastFirst = 30;
constexpr std::uint64_t kMost = 1'000'000'000'000'000;

}  // namespace

SequentialMean::SequentialMean(const HalfWidthRule& rule)
    : rule_(rule), normal_(-core::inverse_normal_cdf((1 - rule.confidence) / 2)) {
  require(rule.absolute >= 0 && std::isfinite(rule.absolute), "an absolute half-width must be at least 0 and finite");
  require(rule.relative >= 0 && std::isfinite(rule.relative), "a relative half-width must be at least 0 and finite");
  require(rule.absolute > 0 || rule.relative > 0, "a half-width must be above 0");
  require(rule.confidence > 0 && rule.confidence < 1, "a confidence must be above 0 and below 1");
  require(rule.first >= kLeastFirst, "a half-width rule must begin with at least 30 values");
}

void SequentialMean::add(double value) {
  require(std::isfinite(value), "a sequential mean needs finite values");
  if (n_ == 0) origin_ = value;
  const double off = value - origin_;
  sum_.add(off);
  squares_.add(off * off);
  ++n_;
}

double SequentialMean::mean() const { return n_ == 0 ? 0 : origin_ + sum_.value() / static_cast<double>(n_); }

double SequentialMean::sd() const {
  if (n_ < 2) return 0;
  const auto n = static_cast<double>(n_);
  const double off = sum_.value();
  return std::sqrt(std::max(0.0, squares_.value() - off * off / n) / (n - 1));
}

double SequentialMean::half_width() const {
  if (n_ < 2) return kInfinity;
  const double s = sd();
  return s == 0 ? 0 : student_two_sided(n_ - 1, rule_.confidence) * s / std::sqrt(static_cast<double>(n_));
}

bool SequentialMean::done() const {
  if (n_ < rule_.first) return false;
  const double wanted = std::max(rule_.absolute, rule_.relative * std::fabs(mean()));
  // Student's quantile takes its time, and mostly the normal one says already that it is too early.
  return normal_ * sd() / std::sqrt(static_cast<double>(n_)) <= wanted && half_width() <= wanted;
}

double replications_to_separate(double mean_difference, double sd, double confidence) {
  require(std::isfinite(mean_difference), "a mean must be finite");
  require(sd >= 0 && std::isfinite(sd), "a standard deviation must be at least 0 and finite");
  const auto separates = [=](std::uint64_t n) {
    return student_two_sided(n - 1, confidence) * sd < std::fabs(mean_difference) * std::sqrt(static_cast<double>(n));
  };
  if (!separates(kMost)) return kInfinity;
  std::uint64_t high = 2;
  while (!separates(high)) high = std::min(high * 2, kMost);
  std::uint64_t low = std::max<std::uint64_t>(high / 2, 1);
  while (high - low > 1) {
    const std::uint64_t middle = low + (high - low) / 2;
    (separates(middle) ? high : low) = middle;
  }
  return static_cast<double>(high);
}

}  // namespace fleetrace::study
