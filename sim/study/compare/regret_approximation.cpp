#include <algorithm>
#include <cmath>
#include <functional>

#include "sim/core/numeric/special.hpp"
#include "sim/study/compare/regret_intervals.hpp"

namespace fleetrace::study {
namespace {

/// How each value of a sample bears on an estimate: by how much more it would be, were the value to count twice, times the size.
/// `of` says that of a value; the sample is not copied, since it may be large.
template <class Of>
class Influence {
 public:
  Influence(const std::vector<double>& sample, Of of) : sample_(sample), of_(std::move(of)) {
    const double largest = std::max(std::abs(value(0)), std::abs(value(sample.size() - 1)));
    if (largest == 0) return;
    double squares = 0;
    double cubes = 0;
    for (const double each : sample) {  // in units of the largest, whose cube may be beyond the range of numbers
      const double scaled = of_(each) / largest;
      squares += scaled * scaled;
      cubes += scaled * scaled * scaled;
    }
    acceleration_ = cubes / (6 * squares * std::sqrt(squares));
    length_ = largest * std::sqrt(squares);
  }

  [[nodiscard]] double standard_error() const { return length_ / static_cast<double>(sample_.size()); }
  [[nodiscard]] double acceleration() const { return acceleration_; }
  /// How much a value counts, in place of once, in the sample that moves the estimate by so many standard errors.
  [[nodiscard]] double weight(std::size_t i, double errors) const {
    return std::max(0.0, 1 + errors * value(i) / length_);
  }

 private:
  [[nodiscard]] double value(std::size_t i) const { return of_(sample_[i]); }

  const std::vector<double>& sample_;
  Of of_;
  double length_ = 0;
  double acceleration_ = 0;
};

/// The interval of an estimate whose value `moved` by so many standard errors is given, for a correction of its bias.
template <class Moved>
Interval abc(double acceleration, double correction, double confidence, Moved&& moved) {
  const auto end = [&](double p) {
    const double z = correction + core::inverse_normal_cdf(p);
    const double slope = 1 - acceleration * z;
    return moved(z / (slope * slope));
  };
  return {end((1 - confidence) / 2), end(1 - (1 - confidence) / 2)};
}

Interval of_mean(const std::vector<double>& regrets, double confidence) {
  double mean = 0;
  for (const double each : regrets) mean += each / static_cast<double>(regrets.size());
  const Influence influence(regrets, [mean](double regret) { return regret - mean; });
  // A mean has no bias and no curvature.
  return abc(influence.acceleration(), influence.acceleration(), confidence,
             [&](double errors) { return mean + errors * influence.standard_error(); });
}

/// Mean of the largest 5 % of a descending sample whose values count with weights.
template <class Weight>
double weighted_tail_mean(const std::vector<double>& regrets, Weight&& weight) {
  double whole = 0;
  for (std::size_t i = 0; i < regrets.size(); ++i) whole += weight(i);
  const double tail = kWorstRegrets * whole;
  double left = tail;
  double top = 0;
  for (std::size_t i = 0; i < regrets.size() && left > 0; ++i) {
    const double share = std::min(left, weight(i));
    top += share * regrets[i];
    left -= share;
  }
  return top / tail;
}

Interval of_tail(const std::vector<double>& regrets, double confidence) {
  const auto n = static_cast<double>(regrets.size());
  const auto in_tail = static_cast<std::size_t>(kWorstRegrets * n);
  const double edge = regrets[in_tail];
  const double found = weighted_tail_mean(regrets, [](std::size_t) { return 1.0; });
  // By Rockafellar and Uryasev the figure is the least of a function of the edge, so that where the edge lies bears nothing.
  const Influence influence(
      regrets, [edge, found](double regret) { return std::max(regret - edge, 0.0) / kWorstRegrets - (found - edge); });
  if (influence.standard_error() == 0) return {found, found};
  const auto moved = [&](double errors) {
    return weighted_tail_mean(regrets, [&](std::size_t i) { return influence.weight(i, errors); });
  };
  // The tail holds more or less than its share by chance, and the figure is concave in that: half its second difference.
  const double deviation = std::sqrt(kWorstRegrets * (1 - kWorstRegrets) / n);
  const auto tail_with = [&](double more) {
    return weighted_tail_mean(regrets, [&](std::size_t i) {
      return i < in_tail ? 1 + more / kWorstRegrets : 1 - more / (1 - kWorstRegrets);
    });
  };
  const double bias = (tail_with(deviation) + tail_with(-deviation)) / 2 - found;
  const double curvature = (moved(1) + moved(-1)) / 2 - found;
  const double correction = influence.acceleration() + (curvature - bias) / influence.standard_error();
  return abc(influence.acceleration(), correction, confidence, moved);
}

}  // namespace

RegretIntervals approximate_intervals(std::vector<double> regrets, double confidence) {
  std::sort(regrets.begin(), regrets.end(), std::greater<>{});
  return {of_mean(regrets, confidence), of_tail(regrets, confidence)};
}

}  // namespace fleetrace::study
