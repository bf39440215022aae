#include "fleetrace/study/solve.hpp"

#include <algorithm>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <limits>

#include "fleetrace/core/math.hpp"
#include "require.hpp"

namespace fleetrace::study {
namespace {

constexpr int kDoublings = 20;
constexpr int kFlat = 3;  ///< steps without any change after which a side is given up
constexpr int kSteps = 16;
constexpr int kBits = 30;
constexpr double kLeast = std::numeric_limits<double>::min();

class Search {
 public:
  Search(const Goal& goal, const Reached& reached, const SolveRequest& request)
      : goal_(goal), reached_(reached), request_(request) {}

  [[nodiscard]] Solution run() {
    if (request_.between) {
      scan(request_.between->first, request_.between->second);
    } else {
      const std::optional<std::pair<double, double>> bracket = bracket_from_start();
      if (bracket) scan(bracket->first, bracket->second);
    }
    const std::vector<SolveSample>& samples = solution_.samples;
    const auto crossing = std::adjacent_find(samples.begin(), samples.end(),
                                             [](const auto& a, const auto& b) { return a.met != b.met; });
    solution_.is_monotone = is_monotone();
    if (samples.empty()) return std::move(solution_);
    if (crossing == samples.end()) {
      solution_.end = samples.front().met ? Solution::End::always : Solution::End::never;
      solution_.best = *std::min_element(samples.begin(), samples.end(),
                                         [&](const auto& a, const auto& b) { return off(a) < off(b); });
      return std::move(solution_);
    }
    solution_.end = Solution::End::found;
    solution_.rises = (crossing + 1)->met;
    narrow(*crossing, *(crossing + 1));
    return std::move(solution_);
  }

 private:
  [[nodiscard]] double valid(double input) const { return request_.is_whole ? std::round(input) : input; }

  [[nodiscard]] SolveSample at(double input) const {
    SolveSample sample{input, reached_(input), false};
    sample.met = goal_.met_by(sample.reached);
    return sample;
  }

  /// How far from the goal, in its own unit; negative where it is met with room to spare.
  [[nodiscard]] double off(const SolveSample& sample) const {
    return goal_.is_upper() ? sample.reached - goal_.bound : goal_.bound - sample.reached;
  }

  /// Whether it could be raced; keeps the sample in its place by input.
  bool take(double input) {
    const auto place = std::lower_bound(solution_.samples.begin(), solution_.samples.end(), input,
                                        [](const SolveSample& sample, double value) { return sample.input < value; });
    if (place != solution_.samples.end() && place->input == input) return true;
    try {
      const SolveSample sample = at(input);
      if (!std::isfinite(sample.reached)) return false;
      solution_.samples.insert(place, sample);
      return true;
    } catch (const ReplicationError& error) {
      if (solution_.refused.empty()) solution_.refused = error.what();
      return false;
    }
  }

  [[nodiscard]] const SolveSample& find(double input) const {
    return *std::find_if(solution_.samples.begin(), solution_.samples.end(),
                         [input](const SolveSample& sample) { return sample.input == input; });
  }
  [[nodiscard]] bool met(double input) const { return find(input).met; }

  /// The nearest change by doubling and halving.
  [[nodiscard]] std::optional<std::pair<double, double>> bracket_from_start() {
    const double start = valid(request_.start);
    if (!request_.range.contains(start) || !take(start)) return std::nullopt;
    const bool before = met(start);
    double up = start;
    double down = start;
    bool can_rise = true;
    bool can_fall = start != 0;
    int flat_up = 0;
    int flat_down = 0;
    const auto is_flat = [this](int& flat, double from, double to) {
      flat = find(from).reached == find(to).reached ? flat + 1 : 0;
      return flat == kFlat;
    };
    for (int i = 0; i < kDoublings && (can_rise || can_fall); ++i) {
      if (can_rise) {
        const double next = clamped(up == 0 ? 1 : up > 0 ? 2 * up : up / 2);
        can_rise = next != up && take(next);
        if (can_rise && met(next) != before) return std::pair(up, next);
        can_rise = can_rise && !is_flat(flat_up, up, next);
        up = next;
      }
      if (can_fall) {
        const double next = clamped(down > 0 ? down / 2 : 2 * down);
        can_fall = next != down && take(next);
        if (can_fall && met(next) != before) return std::pair(next, down);
        can_fall = can_fall && !is_flat(flat_down, down, next);
        down = next;
      }
    }
    return std::nullopt;
  }

  /// Within the range; an end that is excluded is never reached.
  [[nodiscard]] double clamped(double input) const {
    const core::Range& range = request_.range;
    const double into = std::clamp(valid(input), range.low, range.high);
    return range.contains(into) ? into : valid(request_.start);
  }

  void scan(double low, double high) {
    const bool by_ratio = low > 0 && high / low > 4;
    for (int i = 0; i <= kSteps; ++i) {
      const double share = static_cast<double>(i) / kSteps;
      double input = by_ratio ? low * core::pow(high / low, share) : low + share * (high - low);
      if (const double few = rounded(input, 4, 0); few > low && few < high) input = few;
      if (i == 0) input = low;
      if (i == kSteps) input = high;
      (void)take(valid(input));
    }
  }

  [[nodiscard]] bool is_monotone() const {
    bool rises = false;
    bool falls = false;
    for (std::size_t i = 1; i < solution_.samples.size(); ++i) {
      const double change = solution_.samples[i].reached - solution_.samples[i - 1].reached;
      rises = rises || change > 0;
      falls = falls || change < 0;
    }
    return !(rises && falls);
  }

  /// To the crossing between two neighbours, and from there to the side that meets the goal.
  void narrow(const SolveSample& low, const SolveSample& high) {
    SolveSample inside = low.met ? low : high;
    double outside = low.met ? high.input : low.input;
    const auto note = [&](const SolveSample& sample) {
      if (sample.met) {
        const double distance = std::fabs(sample.input - outside);
        if (distance < std::fabs(inside.input - outside)) inside = sample;
      } else if (std::fabs(sample.input - inside.input) < std::fabs(outside - inside.input)) {
        outside = sample.input;
      }
    };
    if (request_.is_whole) {
      while (std::fabs(outside - inside.input) > 1) note(at(std::floor((outside + inside.input) / 2)));
    } else {
      // Never zero, so that a strict goal is not taken to be met at its bound, nor a jump to end the search.
      const auto signed_off = [&](double input) {
        const SolveSample sample = at(input);
        note(sample);
        return sample.met ? std::min(off(sample), -kLeast) : std::max(off(sample), kLeast);
      };
      const auto kept_off = [&](const SolveSample& sample) {
        return sample.met ? std::min(off(sample), -kLeast) : std::max(off(sample), kLeast);
      };
      std::uintmax_t iterations = 200;
      (void)boost::math::tools::toms748_solve(signed_off, low.input, high.input, kept_off(low), kept_off(high),
                                              boost::math::tools::eps_tolerance<double>(kBits), iterations);
      inside = shortened(inside, outside, high.input - low.input);
    }
    solution_.best = inside;
  }

  /// So many digits in the unit asked for: up for a direction above 0, down below it, else the nearest.
  [[nodiscard]] double rounded(double input, int digits, int direction) const {
    if (input == 0) return input;
    const double size = core::log2(std::fabs(input) / request_.unit) / core::log2(10);
    const double step = core::pow(10, digits - 1 - std::floor(size));  // in a unit
    const double steps = input / request_.unit * step;
    const double whole = direction > 0 ? std::ceil(steps) : direction < 0 ? std::floor(steps) : std::round(steps);
    return whole / step * request_.unit;
  }

  /// Six digits, away from the side that does not meet the goal, where that keeps it met.
  [[nodiscard]] SolveSample shortened(const SolveSample& exact, double outside, double width) const {
    if (exact.input == 0) return exact;
    const double input = rounded(exact.input, 6, exact.input > outside ? 1 : -1);
    if (!request_.range.contains(input) || std::fabs(input - exact.input) > width) return exact;
    const SolveSample sample = at(input);
    return sample.met ? sample : exact;
  }

  const Goal& goal_;
  const Reached& reached_;
  const SolveRequest& request_;
  Solution solution_;
};

}  // namespace

Solution solve(const Goal& goal, const Reached& reached, const SolveRequest& request) {
  require(!request.between || request.between->first < request.between->second, "bounds must have room between them");
  return Search(goal, reached, request).run();
}

}  // namespace fleetrace::study
