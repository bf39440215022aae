#include "sim/study/solve/solve.hpp"

#include <algorithm>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <limits>

#include "sim/core/numeric/decade.hpp"
#include "sim/core/numeric/math.hpp"
#include "sim/core/numeric/require.hpp"

namespace fleetrace::study {
namespace {

constexpr int kDoublings = 20;
constexpr int kFromZero = 32;  ///< steps of a factor of four from a start of zero
constexpr int kFlat = 3;       ///< a side is given up after so many steps without any change
constexpr int kSteps = 16;
constexpr int kRefined = 5;       ///< steps to either neighbour of the nearest sample, in each round of a refinement
constexpr int kRounds = 6;        ///< each narrows it by so many times
constexpr double kNarrow = 1e-4;  ///< of the input: no refinement goes below it
constexpr int kBits = 30;
constexpr double kLeast = std::numeric_limits<double>::min();
constexpr double kMost = 1e150;  ///< in place of infinity, so that products of two are finite

class Search {
 public:
  Search(const Goal& goal, const Reached& reached, const SolveRequest& request)
      : goal_(goal), reached_(reached), request_(request) {}

  [[nodiscard]] SolveSample run_between(double low, double high) {
    narrow(at(low), at(high));
    return solution_.best;
  }

  [[nodiscard]] Solution run() {
    if (request_.between) {
      scan(request_.between->first, request_.between->second);
    } else {
      const std::optional<std::pair<double, double>> bracket = bracket_from_start();
      if (bracket) scan(bracket->first, bracket->second);
    }
    const std::vector<SolveSample>& samples = solution_.samples;
    const auto find_crossing = [&samples] {
      return std::adjacent_find(samples.begin(), samples.end(),
                                [](const auto& a, const auto& b) { return a.met != b.met; });
    };
    if (find_crossing() == samples.end()) refine();
    const auto crossing = find_crossing();
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
  [[nodiscard]] SolveSample at(double input) const {
    SolveSample sample{input, reached_(input), false};
    sample.met = goal_.met_by(sample.reached);
    return sample;
  }

  /// How far a sample is from the goal, in the metric's unit; negative where the goal is met with room to spare.
  [[nodiscard]] double off(const SolveSample& sample) const {
    return goal_.is_upper() ? sample.reached - goal_.bound : goal_.bound - sample.reached;
  }

  /// Races an input, unless it was raced before, and keeps the sample in the order of the inputs. Returns whether it can be
  /// raced at all.
  bool take(double input) {
    const auto place = std::lower_bound(solution_.samples.begin(), solution_.samples.end(), input,
                                        [](const SolveSample& sample, double value) { return sample.input < value; });
    if (place != solution_.samples.end() && place->input == input) return true;
    try {
      const SolveSample sample = at(input);
      const bool is_known = request_.may_be_infinite ? !std::isnan(sample.reached) : std::isfinite(sample.reached);
      if (!is_known) return false;
      solution_.samples.insert(place, sample);
      return true;
    } catch (const ReplicationError& error) {
      if (solution_.refused.empty()) solution_.refused = error.what();
      if (input > request_.start) lowest_refused_ = std::min(lowest_refused_, input);
      if (input < request_.start) highest_refused_ = std::max(highest_refused_, input);
      return false;
    }
  }

  /// All samples meet the goal or none does. Looks more closely where they come nearest to the other side, as long as that brings
  /// them nearer: a metric that turns may cross the goal between two samples.
  void refine() {
    for (int round = 0; round < kRounds && !solution_.samples.empty(); ++round) {
      const std::vector<SolveSample>& samples = solution_.samples;
      const bool before = samples.front().met;
      const auto by_distance = [&](const auto& a, const auto& b) { return off(a) < off(b); };
      const auto place = before ? std::max_element(samples.begin(), samples.end(), by_distance)
                                : std::min_element(samples.begin(), samples.end(), by_distance);
      const SolveSample nearest = *place;
      double low = place == samples.begin() ? nearest.input : (place - 1)->input;
      double high = place + 1 == samples.end() ? nearest.input : (place + 1)->input;
      // Beyond the last sample there may be room up to what could not be raced.
      if (place == samples.begin() && std::isfinite(highest_refused_)) low = highest_refused_;
      if (place + 1 == samples.end() && std::isfinite(lowest_refused_)) high = lowest_refused_;
      const bool is_open = low == nearest.input || high == nearest.input;
      const auto is_as_near = [&](double input) {
        return input == nearest.input || find(input).reached == nearest.reached;
      };
      const bool is_flat = is_known(low) && is_known(high) && is_as_near(low) && is_as_near(high);
      if (is_flat || (is_open && round > 0)) return;
      const double least = kNarrow * std::max(std::fabs(low), std::fabs(high));
      if (!(high - low > least)) return;
      for (int i = 1; i < kRefined; ++i) {
        const double share = static_cast<double>(i) / kRefined;
        for (const double end : {low, high}) {
          const double input = request_.grid.nearest(nearest.input + share * (end - nearest.input));
          if (input != end && take(input) && met(input) != before) return;
        }
      }
    }
  }

  [[nodiscard]] const SolveSample& find(double input) const {
    return *std::find_if(solution_.samples.begin(), solution_.samples.end(),
                         [input](const SolveSample& sample) { return sample.input == input; });
  }
  [[nodiscard]] bool is_known(double input) const {
    return std::any_of(solution_.samples.begin(), solution_.samples.end(),
                       [input](const SolveSample& sample) { return sample.input == input; });
  }
  [[nodiscard]] bool met(double input) const { return find(input).met; }

  /// Two inputs of which one meets the goal and the other does not, the nearest to the start by doubling and halving.
  [[nodiscard]] std::optional<std::pair<double, double>> bracket_from_start() {
    const double start = request_.grid.nearest(request_.start);
    if (!request_.range.contains(start) || !take(start)) return std::nullopt;
    const bool before = met(start);
    double up = start;
    double down = start;
    bool can_rise = true;
    bool can_fall = start != 0 || request_.range.contains(-request_.grid.first_step);
    int flat_up = 0;
    int flat_down = 0;
    // From nothing the first steps may be too small to show.
    bool has_moved = start != 0;
    const auto is_flat = [&](int& flat, double from, double to) {
      const bool is_same = find(from).reached == find(to).reached;
      has_moved = has_moved || !is_same;
      // What is infinite says nothing of how far it is from a number.
      flat = is_same && has_moved && std::isfinite(find(to).reached) ? flat + 1 : 0;
      return flat == kFlat;
    };
    const double times = start == 0 ? 4 : 2;
    for (int i = 0; i < (start == 0 ? kFromZero : kDoublings) && (can_rise || can_fall); ++i) {
      if (can_rise) {
        const double next = clamped(up == 0 ? request_.grid.first_step : up > 0 ? times * up : up / times);
        can_rise = next != up && take(next);
        if (can_rise && met(next) != before) return std::pair(up, next);
        can_rise = can_rise && !is_flat(flat_up, up, next);
        up = next;
      }
      if (can_fall) {
        const double next = clamped(down == 0 ? -request_.grid.first_step : down > 0 ? down / times : times * down);
        can_fall = next != down && take(next);
        if (can_fall && met(next) != before) return std::pair(next, down);
        can_fall = can_fall && !is_flat(flat_down, down, next);
        down = next;
      }
    }
    return std::nullopt;
  }

  /// The nearest valid input within the range, or the start for an end that is excluded.
  [[nodiscard]] double clamped(double input) const {
    const core::Range& range = request_.range;
    const double into = std::clamp(request_.grid.nearest(input), range.low, range.high);
    return range.contains(into) ? into : request_.grid.nearest(request_.start);
  }

  void scan(double low, double high) {
    const bool by_ratio = low > 0 && high / low > 4;
    for (int i = 0; i <= kSteps; ++i) {
      const double share = static_cast<double>(i) / kSteps;
      double input = by_ratio ? low * core::pow(high / low, share) : low + share * (high - low);
      if (const double few = request_.grid.rounded(input, 4, 0); few > low && few < high) input = few;
      if (i == 0) input = low;
      if (i == kSteps) input = high;
      (void)take(request_.grid.nearest(input));
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

  /// Finds the crossing between two neighbours and takes the input beside it that meets the goal.
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
    if (request_.grid.is_whole) {
      while (std::fabs(outside - inside.input) > 1) note(at(std::floor((outside + inside.input) / 2)));
    } else {
      // The value is never zero, so that a strict goal does not count as met at its bound and a jump does not end the search.
      const auto signed_off = [&](double input) {
        const SolveSample sample = at(input);
        note(sample);
        return kept_off(sample);
      };
      std::uintmax_t iterations = 200;
      (void)boost::math::tools::toms748_solve(signed_off, low.input, high.input, kept_off(low), kept_off(high),
                                              boost::math::tools::eps_tolerance<double>(kBits), iterations);
      inside = shortened(inside, outside, high.input - low.input);
    }
    solution_.best = inside;
  }

  /// How far a sample is off, as a number that is neither zero nor infinite and tells by its sign whether the goal is met.
  [[nodiscard]] double kept_off(const SolveSample& sample) const {
    return sample.met ? std::clamp(off(sample), -kMost, -kLeast) : std::clamp(off(sample), kLeast, kMost);
  }

  /// The input rounded to six digits or a few more, away from the side that does not meet the goal: to the fewest with which it
  /// still meets the goal, since whole accelerators make what an input reaches go up and down. The exact one where none does.
  [[nodiscard]] SolveSample shortened(const SolveSample& exact, double outside, double width) const {
    if (exact.input == 0) return exact;
    const int away = exact.input > outside ? 1 : -1;
    for (int digits = 6; digits <= 9; ++digits) {
      if (const auto sample = met_at(request_.grid.rounded(exact.input, digits, away), exact, width)) return *sample;
    }
    if (request_.grid.grain == 0) return exact;
    const double grains = exact.input / request_.grid.grain;
    const auto sample = met_at((away > 0 ? std::ceil(grains) : std::floor(grains)) * request_.grid.grain, exact, width);
    return sample.value_or(exact);
  }

  /// The sample at an input near an exact one, where it is valid and meets the goal.
  [[nodiscard]] std::optional<SolveSample> met_at(double input, const SolveSample& exact, double width) const {
    if (!request_.range.contains(input) || std::fabs(input - exact.input) > width) return std::nullopt;
    const SolveSample sample = at(input);
    return sample.met ? std::optional(sample) : std::nullopt;
  }

  const Goal& goal_;
  const Reached& reached_;
  const SolveRequest& request_;
  double lowest_refused_ = std::numeric_limits<double>::infinity();    ///< above the start
  double highest_refused_ = -std::numeric_limits<double>::infinity();  ///< below the start
  Solution solution_;
};

}  // namespace

double InputGrid::nearest(double number) const {
  if (grain > 0) return std::round(number / grain) * grain;
  return is_whole ? std::round(number) : number;
}

double InputGrid::rounded(double input, int digits, int direction) const {
  if (input == 0) return input;
  const double step = grain > 0 ? 1 : core::pow(10, digits - 1 - core::decade(input / unit));  // in a unit
  const double steps = input / unit * step;
  const double whole = direction > 0 ? std::ceil(steps) : direction < 0 ? std::floor(steps) : std::round(steps);
  const double few = whole / step * unit;
  return tidied ? tidied(few) : few;
}

SolveSample solve_between(const Goal& goal, const Reached& reached, const SolveRequest& request, double low,
                          double high) {
  return Search(goal, reached, request).run_between(low, high);
}

Solution solve(const Goal& goal, const Reached& reached, const SolveRequest& request) {
  core::require(!request.between || request.between->first < request.between->second,
                "bounds must have room between them");
  return Search(goal, reached, request).run();
}

}  // namespace fleetrace::study
