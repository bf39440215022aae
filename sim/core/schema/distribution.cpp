#include "sim/core/schema/distribution.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "sim/core/numeric/special.hpp"
#include "sim/core/random/samplers.hpp"
#include "sim/core/random/samplers_require.hpp"

namespace fleetrace::core {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kLeastMass = 1e-9;

// The value nearest to x in `range`, which is not empty. An infinite bound is allowed even where it is open, because it is
// the quantile at 0 or 1.
double clamped(double x, const Range& range) {
  const bool shift_low = range.low_open && std::isfinite(range.low);
  const bool shift_high = range.high_open && std::isfinite(range.high);
  const double low = shift_low ? std::nextafter(range.low, kInfinity) : range.low;
  const double high = shift_high ? std::nextafter(range.high, -kInfinity) : range.high;
  return std::clamp(x, low, high);
}

Range intersection(const Range& a, const Range& b) {
  Range both;
  both.low = std::max(a.low, b.low);
  both.low_open = (a.low == both.low && a.low_open) || (b.low == both.low && b.low_open);
  both.high = std::min(a.high, b.high);
  both.high_open = (a.high == both.high && a.high_open) || (b.high == both.high && b.high_open);
  return both;
}

}  // namespace

double Distribution::quantile(double u) const {
  require(u >= 0 && u <= 1, "quantile: u must be between 0 and 1");
  if (law_ == Law::choice) return whole_quantile(u);
  return clamped(whole_quantile(std::min(part_.from + u * (part_.to - part_.from), part_.to)), range_);
}

double Distribution::median() const {
  if (law_ != Law::choice) return quantile(0.5);
  std::vector<std::size_t> order(values_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [this](std::size_t a, std::size_t b) { return values_[a] < values_[b]; });
  std::vector<double> weights;
  weights.reserve(order.size());
  for (const std::size_t i : order) weights.push_back(weights_[i]);
  return values_[order[choice_quantile(0.5, weights)]];
}

double Distribution::mean() const {
  if (part_.from == 0 && part_.to == 1) return whole_integral(1);
  const double mean = (whole_integral(part_.to) - whole_integral(part_.from)) / (part_.to - part_.from);
  return clamped(mean, range_);
}

std::vector<double> Distribution::extremes() const {
  constexpr double kRare = 1e-9;
  if (law_ != Law::choice) return {kRare, 1 - kRare};
  const double all = std::accumulate(weights_.begin(), weights_.end(), 0.0);
  std::vector<double> result;
  double before = 0;
  for (const double weight : weights_) {
    if (weight > 0) result.push_back((before + weight / 2) / all);
    before += weight;
  }
  return result;
}

Range Distribution::support() const {
  Range whole;
  if (law_ == Law::choice) {
    whole = between(kInfinity, -kInfinity);
    for (std::size_t i = 0; i < values_.size(); ++i) {
      if (weights_[i] == 0) continue;
      whole.low = std::min(whole.low, values_[i]);
      whole.high = std::max(whole.high, values_[i]);
    }
    return whole;
  }
  whole.low = whole_quantile(0);
  whole.high = whole_quantile(1);
  whole.low_open = law_ == Law::normal || law_ == Law::lognormal;
  whole.high_open = whole.low_open;
  return intersection(whole, range_);
}

Distribution::Part Distribution::part_within(const Range& range) const {
  const double from = std::clamp(whole_cdf(range.low, range.low_open), part_.from, part_.to);
  const double to = std::clamp(whole_cdf(range.high, !range.high_open), part_.from, part_.to);
  return {from, std::max(from, to)};
}

double Distribution::mass_within(const Range& range) const {
  if (law_ == Law::choice) {
    double all = 0;
    double inside = 0;
    for (std::size_t i = 0; i < values_.size(); ++i) {
      all += weights_[i];
      if (range.contains(values_[i])) inside += weights_[i];
    }
    return inside / all;
  }
  const Part inside = part_within(range);
  return (inside.to - inside.from) / (part_.to - part_.from);
}

std::variant<Distribution, QuantityProblem> Distribution::truncated(const Range& range, Dimension dimension) const {
  if (!(mass_within(range) >= kLeastMass)) {
    Parameter input;
    input.dimension = dimension;
    return QuantityProblem{"the distribution has no mass in the allowed range", "must be " + describe(input, range),
                           "Move or widen it."};
  }
  Distribution cut = *this;
  if (law_ == Law::choice) {
    for (std::size_t i = 0; i < values_.size(); ++i) {
      if (!range.contains(values_[i])) cut.weights_[i] = 0;
    }
  } else {
    cut.part_ = part_within(range);
  }
  cut.range_ = intersection(range_, range);
  return cut;
}

}  // namespace fleetrace::core
