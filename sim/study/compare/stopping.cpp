#include "sim/study/compare/stopping.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/core/numeric/require.hpp"
#include "sim/core/numeric/special.hpp"
#include "sim/core/numeric/student.hpp"

namespace fleetrace::study {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::size_t kLeastFirst = 30;

}  // namespace

SequentialMean::SequentialMean(const HalfWidthRule& rule)
    : rule_(rule), normal_(-core::inverse_normal_cdf((1 - rule.confidence) / 2)) {
  core::require(rule.absolute >= 0 && std::isfinite(rule.absolute),
                "an absolute half-width must be at least 0 and finite");
  core::require(rule.relative >= 0 && std::isfinite(rule.relative),
                "a relative half-width must be at least 0 and finite");
  core::require(rule.absolute > 0 || rule.relative > 0, "a half-width must be above 0");
  core::require(rule.confidence > 0 && rule.confidence < 1, "a confidence must be above 0 and below 1");
  core::require(rule.first >= kLeastFirst, "a half-width rule must begin with at least 30 values");
}

void SequentialMean::add(double value) {
  core::require(std::isfinite(value), "a sequential mean needs finite values");
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
  return s == 0 ? 0 : core::student_two_sided(n_ - 1, rule_.confidence) * s / std::sqrt(static_cast<double>(n_));
}

bool SequentialMean::done() const {
  if (n_ < rule_.first) return false;
  const double wanted = std::max(rule_.absolute, rule_.relative * std::fabs(mean()));
  // Student's quantile is slow to compute. The normal one is smaller and mostly shows already that it is too early.
  return normal_ * sd() / std::sqrt(static_cast<double>(n_)) <= wanted && half_width() <= wanted;
}

}  // namespace fleetrace::study
